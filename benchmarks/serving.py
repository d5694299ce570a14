"""`bridle serve` under real clients: who works with it, and how it bears a load.

    python benchmarks/serving.py clients                       # openai, Inspect, bridle run
    python benchmarks/serving.py clients --lm-eval PYTHON      # and lm-evaluation-harness
    python benchmarks/serving.py load --clients 64 --requests 2000

Each starts a server of its own. `clients` runs every client as its users do and compares what it
measured with the engine's own figures; PYTHON is an interpreter with `lm-eval[api]`, and with
`transformers` for the check that tokenizes on the client's side. `load` opens one connection a
client; every tenth request streams, every fiftieth is left after its first bytes. Exit 1 on a failure.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from math import exp
from pathlib import Path
from typing import Any

from bridle.benchmarks.prompts import ask
from bridle.organism.model.engine import get_engine, render
from bridle.organism.model.tokens import FOLDER
from bridle.problems.generated import generate

TASKS = Path(__file__).parent / "lm_eval_tasks"
CAP = 1024
FLAT_MB = 16  # by which memory may still grow over the second half of a load


def messages(index: int) -> list[dict[str, str]]:
    return [{"role": "user", "content": ask(generate(index, seed=77).problem.question, [])}]


@contextlib.contextmanager
def serving(threads: int) -> Iterator[tuple[str, int]]:
    """A server's address and process; at the end it must go down by SIGTERM with exit code 0."""
    command = [sys.executable, "-m", "bridle", "serve", "--port", "0", "--threads", str(threads)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    try:
        yield server.stdout.readline().split()[-1], server.pid
    finally:
        server.terminate()
        code = server.wait(60)
    if code:
        raise SystemExit(f"the server ended with exit code {code}")


# -- clients -----------------------------------------------------------------------------------------


def by_openai(address: str) -> str:
    import openai

    client = openai.OpenAI(base_url=address, api_key="none", max_retries=0)
    say = {"model": "organism", "messages": messages(0), "temperature": 0, "max_tokens": CAP}
    whole = client.chat.completions.create(**say).choices[0].message
    raw = get_engine().generate([render(messages(0))], max_tokens=CAP)[0].text
    thought, _, answer = raw.removeprefix("<think>\n").partition("\n</think>\n\n")
    assert (whole.reasoning_content, whole.content) == (thought, answer)
    content = reasoning = ""
    for chunk in client.chat.completions.create(**say, stream=True):
        for choice in chunk.choices:
            content += choice.delta.content or ""
            reasoning += getattr(choice.delta, "reasoning_content", None) or ""
    assert (reasoning, content) == (thought, answer)
    drawn = client.chat.completions.create(**{**say, "temperature": 1, "n": 8, "seed": 4}).choices
    again = client.chat.completions.create(**{**say, "temperature": 1, "n": 8, "seed": 4}).choices
    assert [c.message for c in drawn] == [c.message for c in again]
    begun = [*messages(0), {"role": "assistant", "content": f"<think>\n{thought}\n</think>\n\n"}]
    rest = client.chat.completions.create(**{**say, "messages": begun}).choices[0].message
    assert rest.content == answer
    return "whole, streamed, drawn by seed, continued: all the same"


def by_bridle_run(address: str) -> str:
    """The instrument itself, through Inspect's `openai-api`."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "bridle", "run", "--benchmark", "crossed", "--limit", "8"]
        command += ["--model", "openai-api/bridle/organism", "--base-url", address]
        command += ["--temperature", "0", "--out", f"{folder}/study"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=600)
        assert done.returncode == 0, done.stderr[-400:] + done.stdout[-400:]
        lines = (Path(folder) / "study/responses.jsonl").read_text("utf-8").splitlines()
    replies = [json.loads(line) for line in lines]
    errors = sum(bool(reply.get("error")) for reply in replies)
    assert errors == 0 and len(replies) == 16, f"{len(replies)} replies, {errors} errors"
    return f"{len(replies)} replies, none an error"


def by_inspect_completions(address: str) -> str:
    """Inspect's `openai-api-completions`, by its perplexity scorer."""
    from inspect_ai import Task, eval
    from inspect_ai.dataset import Sample
    from inspect_ai.model import GenerateConfig, get_model
    from inspect_ai.scorer import perplexity

    texts = [generate(i, seed=505).problem.question for i in range(8)]
    model = get_model("openai-api-completions/bridle/organism", base_url=address, api_key="none")
    with tempfile.TemporaryDirectory() as logs:
        task = Task(
            dataset=[Sample(input=text) for text in texts],
            scorer=perplexity(),
            config=GenerateConfig(prompt_logprobs=1),
        )
        log = eval(task, model=model, log_dir=logs, display="none")[0]
    assert log.status == "success" and log.results is not None, log.error
    figures = log.results.scores[0].metrics
    theirs = figures["perplexity_per_token"].value
    scores = [score(get_engine().encode(text), 1) for text in texts]
    ours = exp(-sum(map(sum, scores)) / sum(map(len, scores)))
    assert abs(theirs / ours - 1) < 1e-3, f"{theirs} against the engine's {ours}"
    return f"perplexity {theirs:.4f}, the engine's own {ours:.4f}"


def score(ids: list[int], start: int) -> list[float]:
    """The engine's log probabilities of the tokens from `start` on."""
    done = get_engine().submit(ids, max_tokens=0, prompt_logprobs=0).result()
    assert done.prompt is not None
    return [t.logprob for t in done.prompt[start:] if t.logprob is not None]


def lm_eval(
    python: str, address: str, model: str, path: str, task: str, *more: str, args: str = ""
) -> list[dict[str, Any]]:
    """The samples of a task, after a run of the harness as its users start it."""
    with tempfile.TemporaryDirectory() as folder:
        command = [
            str(Path(python).absolute()),
            "-m",
            "lm_eval",
            "run",
            "--model",
            model,
            "--tasks",
            task,
            *more,
        ]
        command += ["--model_args", f"model=organism,base_url={address}{path}{args}"]
        command += ["--include_path", ".", "--log_samples", "--output_path", folder]
        calm = {"HF_HOME": folder, "HF_HUB_OFFLINE": "1"}
        done = subprocess.run(
            command,
            cwd=TASKS,
            env={**os.environ, **calm},
            capture_output=True,
            text=True,
            timeout=1200,
        )
        assert done.returncode == 0, done.stderr[-600:]
        [file] = Path(folder).rglob(f"samples_{task}_*.jsonl")
        return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def by_lm_eval_chat(python: str, address: str) -> str:
    samples = lm_eval(
        python,
        address,
        "local-chat-completions",
        "/chat/completions",
        "bridle_answers",
        "--apply_chat_template",
        args=",num_concurrent=8,eos_string=<|im_end|>",
    )
    return _answers(samples, thought=False)


def by_lm_eval_template(python: str, address: str) -> str:
    """`local-completions`, tokenized on the client's side by transformers, with our template."""
    samples = lm_eval(
        python,
        address,
        "local-completions",
        "/completions",
        "bridle_answers",
        "--apply_chat_template",
        "--batch_size=8",
        args=f",tokenizer={FOLDER},tokenizer_backend=huggingface",
    )
    return _answers(samples, thought=True)


def _answers(samples: list[dict[str, Any]], *, thought: bool) -> str:
    """Each response must be the engine's own, with or without its thought."""
    layout = "{}\nPut your final answer within \\boxed{{}}."
    asked = [[{"role": "user", "content": layout.format(s["doc"]["question"])}] for s in samples]
    ours = [d.text for d in get_engine().generate([render(m) for m in asked], max_tokens=CAP)]
    expected = ours if thought else [text.rpartition("</think>\n\n")[2] for text in ours]
    same = sum(s["resps"][0][0] == e for s, e in zip(samples, expected, strict=True))
    assert same == len(samples), f"{same} of {len(samples)} responses are the engine's"
    right = sum(s["exact_match"] for s in samples)
    return f"{same} of {len(samples)} responses are the engine's; exact match {right / same:.2f}"


def by_lm_eval_choices(python: str, address: str) -> str:
    """`local-completions`, token ids and echo; the server's own tokenizer is found by the harness."""
    path = ("local-completions", "/completions", "bridle_choices", "--batch_size=8")
    samples = lm_eval(python, address, *path)
    engine, worst = get_engine(), 0.0
    for sample in samples:
        for number, (resp,) in enumerate(sample["resps"]):
            context, choice = (
                sample["arguments"][f"gen_args_{number}"][f"arg_{i}"] for i in (0, 1)
            )
            start = len(engine.encode(context))
            ours = sum(score(engine.encode(context + choice), start))
            worst = max(worst, abs(float(resp[0]) - ours))
    assert worst < 1e-3, f"log likelihoods are off by up to {worst}"
    right = sum(s["acc"] for s in samples) / len(samples)
    return f"accuracy {right:.2f}; log likelihoods within {worst:.0e} of the engine's"


def by_lm_eval_perplexity(python: str, address: str) -> str:
    path = ("local-completions", "/completions", "bridle_perplexity")
    samples = lm_eval(python, address, *path, args=",num_concurrent=8,tokenizer_backend=remote")
    engine, worst = get_engine(), 0.0
    for sample in samples:
        ids = engine.encode("<|im_end|>" + sample["doc"]["question"])  # the harness puts it before
        worst = max(worst, abs(float(sample["resps"][0][0]) - sum(score(ids, 1))))
    assert worst < 1e-2, f"log likelihoods are off by up to {worst}"
    return f"{len(samples)} texts; log likelihoods within {worst:.0e} of the engine's"


def clients(given: argparse.Namespace) -> bool:
    checks: list[tuple[str, Callable[[str], str]]] = [
        ("openai", by_openai),
        ("bridle run, Inspect's openai-api", by_bridle_run),
        ("Inspect's openai-api-completions", by_inspect_completions),
    ]
    if given.lm_eval is None:
        print("left out  lm-evaluation-harness: no --lm-eval PYTHON")
    else:
        for name, check in [
            ("lm-eval local-chat-completions", by_lm_eval_chat),
            ("lm-eval local-completions, template", by_lm_eval_template),
            ("lm-eval local-completions, choices", by_lm_eval_choices),
            ("lm-eval local-completions, rolling", by_lm_eval_perplexity),
        ]:
            checks.append((name, lambda at, check=check: check(given.lm_eval, at)))
    fine = True
    with serving(given.threads) as (address, _):
        for name, check in checks:
            try:
                print(f"pass      {name:38} {check(address)}", flush=True)
            except Exception as error:  # whatever a client finds wrong is a finding
                fine = False
                print(f"FAIL      {name:38} {type(error).__name__}: {error}", flush=True)
    return fine


# -- load --------------------------------------------------------------------------------------------


def load(given: argparse.Namespace) -> bool:
    import httpx

    total, numbers, lock = given.requests, count(), threading.Lock()
    said: dict[int, str] = {}  # the answer to a problem; asked again it must be the same
    failed: list[str] = []
    memory: list[float] = []
    left = 0

    def one(http: httpx.Client, address: str, number: int) -> None:
        nonlocal left
        problem = number % max(1, total // 4)
        body = {"messages": messages(problem), "temperature": 0, "max_tokens": CAP}
        if number % 50 == 49:
            with httpx.Client(timeout=300) as gone:
                body |= {"stream": True, "temperature": 2}
                with gone.stream("POST", f"{address}/chat/completions", json=body) as reply:
                    next(reply.iter_raw())
            left += 1
            return
        if number % 10 == 9:
            text = ""
            with http.stream(
                "POST", f"{address}/chat/completions", json={**body, "stream": True}
            ) as r:
                for line in r.iter_lines():
                    if line.startswith("data: {"):
                        [choice] = json.loads(line[6:])["choices"]
                        text += choice["delta"].get("content", "")
        else:
            reply = http.post(f"{address}/chat/completions", json=body)
            reply.raise_for_status()
            text = reply.json()["choices"][0]["message"]["content"]
        with lock:
            if said.setdefault(problem, text) != text:
                failed.append(f"problem {problem} was answered in two ways")

    def client(address: str, pid: int) -> None:
        with httpx.Client(timeout=300) as http:
            while (number := next(numbers)) < total:
                try:
                    one(http, address, number)
                except Exception as error:  # any failure of a call is what this looks for
                    failed.append(f"{type(error).__name__}: {error}")
                if number % max(1, total // 10) == 0:
                    memory.append(resident(pid))

    with serving(given.threads) as (address, pid):
        before = resident(pid)
        started = time.perf_counter()
        with ThreadPoolExecutor(given.clients) as pool:
            for done in [pool.submit(client, address, pid) for _ in range(given.clients)]:
                done.result()
        seconds = time.perf_counter() - started
        time.sleep(1)
        after = resident(pid)
        still = httpx.get(f"{address.removesuffix('/v1')}/health").json()["answers"]
    grown = max([*memory[len(memory) // 2 :], after]) - memory[len(memory) // 2]
    print(
        f"{total} requests by {given.clients} clients in {seconds:.1f} s: {total / seconds:.1f} a "
        f"second; {len(failed)} errors, {left} left halfway, {still} answers still in the making"
    )
    series = " ".join(f"{m:.0f}" for m in memory)
    print(f"memory {before:.0f} MB before, {after:.0f} after; on the way {series}")
    print(f"growth over the second half {grown:.1f} MB (at most {FLAT_MB})")
    for reason in sorted(set(failed))[:10]:
        print(f"FAIL  {reason}")
    return not failed and still == 0 and grown <= FLAT_MB


def resident(pid: int) -> float:
    """A process's memory in MB (Linux)."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def main() -> None:
    read = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    what = read.add_subparsers(required=True)
    who = what.add_parser("clients", help="run each client against the server")
    who.add_argument("--lm-eval", metavar="PYTHON", help="an interpreter with lm-eval[api]")
    who.set_defaults(run=clients)
    bear = what.add_parser("load", help="many connections at once")
    bear.add_argument("--clients", type=int, default=64)
    bear.add_argument("--requests", type=int, default=2000)
    bear.set_defaults(run=load)
    for one in (who, bear):
        one.add_argument("--threads", type=int, default=2)
    given = read.parse_args()
    sys.exit(0 if given.run(given) else 1)


if __name__ == "__main__":
    main()
