"""Scoring in bulk: what the worker processes cost over grading in one process, and what they hold.

    python benchmarks/bulk.py                       2,000 and 8,000 responses
    python benchmarks/bulk.py --responses 10000 --workers 2

Simulated responses of 250 words with thinking before them, three constraints each, every one another item.
CPU is that of this process and of its workers, user and system; memory is the most that each has held. The
ratio to grading in one process is taken on the same file in the same run.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

from bridle import records
from bridle.scoring.bulk import score_into
from bridle.scoring.score import Scored, Scoring

RULES = [
    {"type": "no_comma"},
    {"type": "words", "at_most": 300},
    {"type": "keywords", "keywords": ["therefore"]},
]
WORDS = [
    "we",
    "take",
    "the",
    "sum",
    "of",
    "both",
    "sides",
    "and",
    "so",
    "it",
    "follows",
    "that",
    "each",
    "term",
    "is",
    "even",
    "therefore",
    "the",
    "number",
    "must",
    "be",
    "divided",
    "by",
    "two",
    "once",
    "more",
    "before",
    "the",
    "remaining",
    "factor",
    "can",
    "be",
    "read",
    "from",
    "the",
    "table",
    "which",
    "gives",
    "the",
    "result",
]


def write(path: Path, responses: int, start: int = 0) -> None:
    rng = random.Random(start)
    with path.open("w") as file:
        for i in range(start, start + responses):
            words = rng.choices(WORDS, k=250)
            for at in range(12, 250, 13):
                words[at] += "."
            text = f"<think>{' '.join(words[:120])}</think>{' '.join(words)} \\boxed{{{i % 7}}}"
            row = {
                "id": f"item-{i}",
                "question": f"What is {i}?",
                "answer": "4",
                "constraints": RULES,
            }
            file.write(json.dumps({**row, "response": text, "model": "simulated"}) + "\n")


def cpu() -> float:
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in both)


def megabytes(who: int) -> float:
    return resource.getrusage(who).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def alone(path: Path, out: Path) -> float:
    """CPU seconds of grading in this process, the table included."""
    start = cpu()
    with records.Writer(out / "records.parquet", about={}) as table:
        for result in Scoring().file(path):
            if isinstance(result, Scored):
                table.add(result.record)
    return cpu() - start


def main() -> int:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--responses", type=int, default=2_000)
    options.add_argument("--workers", type=int, default=1)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "warm").mkdir()
        write(home / "warm.jsonl", 50, 10**9)
        alone(home / "warm.jsonl", home / "warm")  # what is loaded once is loaded
        taken: list[tuple[int, float]] = []
        start_up = cpu()
        score_into([home / "warm.jsonl"], home / "w", workers=given.workers)
        start_up = cpu() - start_up
        for responses in (given.responses, 4 * given.responses):
            path, out = home / f"{responses}.jsonl", home / f"{responses}"
            out.mkdir()
            write(path, responses)
            one = alone(path, out) if responses == given.responses else None
            begun, wall = cpu(), time.perf_counter()
            score_into([path], out / "bulk", workers=given.workers, rows=given.responses // 2)
            used, wall = cpu() - begun - start_up, time.perf_counter() - wall
            taken.append((responses, used))
            print(
                f"{responses:,} responses, {given.workers} workers: {1e3 * used / responses:.2f} ms of CPU "
                f"each ({responses / used:,.0f} a second and core), {wall:.0f} s; most held: "
                f"{megabytes(resource.RUSAGE_SELF):.0f} MB here, "
                f"{megabytes(resource.RUSAGE_CHILDREN):.0f} MB in a worker"
            )
            if one is not None:
                print(
                    f"  in one process {1e3 * one / responses:.2f} ms: ratio {used / one:.2f} "
                    f"(starting the workers, {start_up:.1f} s, taken off)"
                )
        (few, cheap), (many, dear) = taken
        print(f"four times as many: {dear / cheap / (many / few):.2f} of the CPU a response")
    return 0


if __name__ == "__main__":
    sys.exit(main())
