"""Speed and memory of the embedded model: the engine, the server at 32 connections, transformers.

    python benchmarks/organism.py            # 1,000 answers by engine and server, 64 by transformers
    python benchmarks/organism.py --answers 200
    python benchmarks/organism.py --identical 256    # is it token for token what transformers writes?

The same prompts (bare generated problems), the same weights (the file's float16 numbers, computed in
float32 on both sides), the same run; greedy. transformers' side needs the extra 'train' and is left
out without it. Ratios are between rates of answers.

`--identical` asks as many prompts, half of them crossed with constraints and half bare, and compares
every token with transformers' own `generate`, in batches with a cache as it is used. Both sides add
the same numbers in different orders, so that two tokens whose scores differ by less than about 1e-4
may change places: where the outputs part, the gap between the two tokens in transformers' scores is
printed, and whether transformers itself writes our token when it is asked without a batch.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from bridle.benchmarks.crossed import items as crossed
from bridle.benchmarks.prompts import ask
from bridle.organism.model.engine import MODEL, Engine, render
from bridle.problems.generated import generate

CAP = 1024
CONNECTIONS = 32
BATCH = 32  # of transformers
PAD, END = 0, 2
TIE = 1e-3  # a gap between scores that the order of additions explains


def messages(index: int) -> list[dict[str, str]]:
    return [{"role": "user", "content": ask(generate(index, seed=77).problem.question, [])}]


def by_engine(number: int, threads: int) -> tuple[float, int]:
    engine = Engine.load(threads=threads)
    prompts = [render(messages(i)) for i in range(number)]
    engine.generate(prompts[:8], max_tokens=16)
    started = time.perf_counter()
    done = engine.generate(prompts, max_tokens=CAP)
    seconds = time.perf_counter() - started
    engine.close()
    return seconds, sum(c.tokens_out for c in done)


def by_server(number: int, threads: int) -> tuple[float, int, float]:
    """Seconds, tokens, and the server's largest memory in MB."""
    import httpx

    command = [sys.executable, "-m", "bridle", "serve", "--port", "0", "--threads", str(threads)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    address = server.stdout.readline().split()[-1]
    with httpx.Client(timeout=300) as client, ThreadPoolExecutor(CONNECTIONS) as pool:

        def one(index: int) -> int:
            body = {"messages": messages(index), "temperature": 0, "max_tokens": CAP}
            reply = client.post(f"{address}/chat/completions", json=body)
            reply.raise_for_status()
            return reply.json()["usage"]["completion_tokens"]

        one(0)
        started = time.perf_counter()
        tokens = sum(pool.map(one, range(number)))
        seconds = time.perf_counter() - started
    server.terminate()
    server.wait(30)
    return seconds, tokens, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def transformers_model(threads: int) -> Any:
    """The same weights in transformers; None without the extra."""
    try:
        import onnx
        import torch

        from bridle.organism.model.graph import weights_of
        from bridle.organism.training.train import new_model
    except ImportError:
        return None
    torch.set_num_threads(threads)
    model = new_model()
    weights = weights_of(onnx.load(str(MODEL)))
    model.load_state_dict({k: torch.from_numpy(v) for k, v in weights.items()})
    return model.eval()


def written(model: Any, rows: list[list[int]]) -> list[list[int]]:
    """transformers' greedy completions of prompts in one batch, without the mark of the end."""
    import torch

    width = max(map(len, rows))
    ids = torch.tensor([[PAD] * (width - len(r)) + r for r in rows])  # padded on the left
    with torch.no_grad():
        out = model.generate(
            ids,
            attention_mask=(ids != PAD).long(),
            max_new_tokens=CAP,
            do_sample=False,
            eos_token_id=[PAD, END],
            pad_token_id=PAD,
        )
    texts = [row[width:].tolist() for row in out]
    ends = [min((i for i, t in enumerate(r) if t in (PAD, END)), default=len(r)) for r in texts]
    return [row[:end] for row, end in zip(texts, ends, strict=True)]


def by_transformers(number: int, threads: int) -> tuple[float, int] | None:
    model = transformers_model(threads)
    if model is None:
        return None
    engine = Engine.load(threads=1)
    rows = [engine.encode(render(messages(i))) for i in range(number)]
    engine.close()
    started = time.perf_counter()
    done = written(model, rows)
    return time.perf_counter() - started, sum(map(len, done))


def identical(number: int, threads: int) -> bool:
    """Whether every output is transformers', but for ties; prints where they part."""
    model = transformers_model(threads)
    if model is None:
        raise SystemExit("this needs the extra 'train': pip install 'bridle-eval[train]'")
    half = number // 2
    items = crossed.load(limit=half, seed=77).items[:half]
    asked = [[{"role": "user", "content": item.prompt}] for item in items]
    asked += [messages(i) for i in range(number - half)]
    engine = Engine.load(threads=threads)
    prompts = [engine.encode(render(m)) for m in asked]
    ours = [list(f.result().ids) for f in [engine.submit(p, max_tokens=CAP) for p in prompts]]
    order = sorted(range(number), key=lambda i: len(ours[i]))
    theirs: dict[int, list[int]] = {}
    for start in range(0, number, BATCH):
        part = order[start : start + BATCH]
        theirs |= dict(zip(part, written(model, [prompts[i] for i in part]), strict=True))
        print(f"  {len(theirs)} of {number}", file=sys.stderr)
    same = [ours[i] == theirs[i] for i in range(number)]
    print(
        f"identical     {sum(same)} of {number} outputs are token for token transformers' "
        f"({sum(same[:half])} of {half} with constraints, {sum(same[half:])} of {number - half} "
        f"bare); {sum(map(len, ours)):,} tokens"
    )
    explained = True
    for index in [i for i in range(number) if not same[i]]:
        place, gap = _parting(model, prompts[index], ours[index], theirs[index])
        alone = written(model, [prompts[index]])[0]
        explained &= gap < TIE or alone == ours[index]
        print(
            f"  prompt {index}: part at token {place} of {len(ours[index])}; the two differ by "
            f"{gap:.1e} in transformers' scores; without a batch transformers writes "
            f"{'our output' if alone == ours[index] else 'another one'}"
        )
    engine.close()
    return explained


def _parting(
    model: Any, prompt: list[int], ours: list[int], theirs: list[int]
) -> tuple[int, float]:
    """The first place where the outputs differ, and how far apart the two tokens' scores are."""
    import torch

    ours, theirs = [*ours, END], [*theirs, END]
    place = next(i for i, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b)
    with torch.no_grad():
        scores = model(torch.tensor([prompt + ours[:place]])).logits[0, -1]
    return place, abs(float(scores[ours[place]] - scores[theirs[place]]))


def main() -> None:
    read = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    read.add_argument("--answers", type=int, default=1000)
    read.add_argument("--threads", type=int, default=2)
    read.add_argument("--identical", type=int, metavar="N", help="compare N outputs, and only that")
    given = read.parse_args()
    if given.identical is not None:
        sys.exit(0 if identical(given.identical, given.threads) else 1)
    number = given.answers

    seconds, tokens = by_engine(number, given.threads)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    engine_rate = number / seconds
    print(
        f"engine        {number} answers in {seconds:.1f} s: {engine_rate:.1f} answers/s, "
        f"{tokens / seconds:,.0f} tokens/s; peak memory {memory:.0f} MB"
    )
    seconds, tokens, memory = by_server(number, given.threads)
    print(
        f"server        {number} answers in {seconds:.1f} s over {CONNECTIONS} connections: "
        f"{number / seconds:.1f} answers/s, {tokens / seconds:,.0f} tokens/s; "
        f"peak memory {memory:.0f} MB; {number / seconds / engine_rate:.2f} x engine"
    )
    few = min(64, number)
    theirs = by_transformers(few, given.threads)
    if theirs is None:
        print("transformers  left out: the extra 'train' is not installed")
        return
    seconds, tokens = theirs
    print(
        f"transformers  {few} answers in one batch in {seconds:.1f} s: {few / seconds:.1f} answers/s, "
        f"{tokens / seconds:,.0f} tokens/s; the engine is {engine_rate / (few / seconds):.1f} x as fast"
    )


if __name__ == "__main__":
    main()
