"""Is the final answer found? By model, on public outputs that nobody here wrote.

    .venv/bin/python benchmarks/finding.py --data DIR        (prints Markdown tables)

DIR holds missing_premise.jsonl.gz, rl_before_after.jsonl.gz and format_zero_shot.jsonl.gz, one JSON
object a line with model, answer (the reference), response and, where its authors scored it,
their_score. `theirs` counts scores of at least 0.99: some of their tasks give part of a point.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bridle import read_response
from bridle.maths import HOWS, NONE_STATED, equal, find_answer, kind_of

SETS = ("missing_premise", "rl_before_after", "format_zero_shot")


def rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row.get("answer") is not None:
                yield row


def count(path: Path) -> dict[str, Counter[str]]:
    """Counts by model. Generation ended where the model stopped: none of these sets keeps why."""
    table: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows(path):
        counts = table[row["model"]]
        counts["n"] += 1
        theirs = row.get("their_score")
        if theirs is not None:
            counts["theirs"] += float(theirs) >= 0.99
        response = read_response(row["response"], finish_reason="stop")
        if response.status != "complete":
            counts["unread"] += 1
            continue
        found = find_answer(response.answer, kind=kind_of(row["answer"]))
        counts[found.how if found else NONE_STATED] += 1
        if found is None:
            continue
        verdict = equal(row["answer"], found.text, patient=True).equal
        counts[{True: "correct", False: "wrong", None: "undecided"}[verdict]] += 1
        if theirs is not None and verdict is True and float(theirs) < 0.99:
            counts["ours only"] += 1
    return table


def print_table(name: str, table: dict[str, Counter[str]]) -> None:
    columns = ("n", "theirs", "correct", "wrong", "undecided", NONE_STATED, "unread", "ours only")
    used = [c for c in (*columns, *HOWS) if any(counts[c] for counts in table.values())]
    print(f"### {name}\n\n| model | {' | '.join(used)} |")
    print("| --- |" + " ---: |" * len(used))
    for model, counts in sorted(table.items()):
        print(f"| {model} | {' | '.join(f'{counts[c]:,}' for c in used)} |")
    print()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("sets", nargs="*", default=SETS)
    options = parser.parse_args()
    for name in options.sets:
        print_table(name, count(options.data / f"{name}.jsonl.gz"))


if __name__ == "__main__":
    main()
