"""A study that needs no benchmark of ours: sums, each with and without one constraint.

As a script (to be killed): python tiny_study.py OUT BASE_URL ITEMS MAX_CONNECTIONS
"""

import sys

from bridle.benchmarks.base import Benchmark, Decoding
from bridle.benchmarks.item import Item
from bridle.problems.base import Problem

DRAWN = Decoding(temperature=1.0, max_tokens=64)


def sums(count: int, *, decoding: Decoding = DRAWN) -> Benchmark:
    items = []
    for i in range(count):
        question = f"What is {i} + {i}? Answer within \\boxed{{}}."
        items.append(
            Item(
                id=f"sum:{i}",
                problem=Problem(id=f"sum:{i}", question=question, answer=str(2 * i)),
                constraints=(),
                prompt=f"{question} Be brief.",
                bare_prompt=question,
                benchmark="sums",
            )
        )
    return Benchmark(
        name="sums", items=tuple(items), decoding=decoding, provenance={"made": "here"}
    )


if __name__ == "__main__":
    from bridle.studies.study import run

    out, url, count, connections = sys.argv[1:]
    outcome = run(
        out,
        benchmark=sums(int(count)),
        models=["openai-api/local/m"],
        base_url=url,
        max_connections=int(connections),
    )
    print(outcome.line())
    sys.exit(0 if outcome.complete else 1)
