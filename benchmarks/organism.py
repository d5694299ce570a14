"""Speed and memory of the embedded model: the engine, the server at 32 connections, transformers.

    python benchmarks/organism.py            # 1,000 answers by engine and server, 64 by transformers
    python benchmarks/organism.py --answers 200

The same prompts (bare generated problems), the same weights, the same run; greedy. transformers'
side needs the extra 'train' and is left out without it. Ratios are between rates of answers.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from bridle.benchmarks.layout import ask
from bridle.organism.engine import MODEL, Engine, render
from bridle.problems.generated import generate

CAP = 1024
CONNECTIONS = 32


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


def by_transformers(number: int, threads: int) -> tuple[float, int] | None:
    try:
        import onnx
        import torch

        from bridle.organism.graph import weights_of
        from bridle.organism.train import new_model
    except ImportError:
        return None
    torch.set_num_threads(threads)
    model = new_model()
    weights = weights_of(onnx.load(str(MODEL)))
    model.load_state_dict({k: torch.from_numpy(v) for k, v in weights.items()})
    model.eval()
    engine = Engine.load(threads=1)
    rows = [engine.encode(render(messages(i))) for i in range(number)]
    engine.close()
    width = max(map(len, rows))
    ids = torch.tensor([[0] * (width - len(r)) + r for r in rows])  # padded on the left
    started = time.perf_counter()
    with torch.no_grad():
        out = model.generate(
            ids,
            attention_mask=(ids != 0).long(),
            max_new_tokens=CAP,
            do_sample=False,
            eos_token_id=2,
            pad_token_id=0,
        )
    seconds = time.perf_counter() - started
    return seconds, int((out[:, width:] > 2).sum())


def main() -> None:
    read = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    read.add_argument("--answers", type=int, default=1000)
    read.add_argument("--threads", type=int, default=2)
    given = read.parse_args()
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
