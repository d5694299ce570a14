r"""How are real outputs read, where is their final answer found, and how is it judged?

    python benchmarks/reading.py --data DIR [--limit N]      DIR holds the public sets, *.jsonl.gz

For each set and model: how many responses were read how (status, dialect, what decided it), found
how, judged how, beside the score that the set's own authors recorded, where they did. Responses
vote by model, as in `bridle score`. Prints Markdown; --limit takes the first N rows of each model.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from bridle.maths import equal, find_answer
from bridle.responses import Ballot, Hints, read_response

NAME = re.compile(r"\s*\([^)]{12,}\)")  # long notes behind a model's name


def rows_by_model(path: Path, limit: int | None) -> dict[str, list[dict[str, Any]]]:
    """The rows of a set, by model, in the file's order."""
    found: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            rows = found[NAME.sub("", row["model"])]
            if limit is None or len(rows) < limit:
                rows.append(row)
    return dict(found)


def parts(row: dict[str, Any]) -> dict[str, Any]:
    """The arguments of `read_response` that a row holds."""
    return {
        "raw": row.get("raw", row.get("response")),
        "reasoning": row.get("thinking"),
        "finish_reason": row.get("finish_reason"),
    }


class Counts:
    """What became of one model's responses."""

    def __init__(self) -> None:
        self.status: Counter[str] = Counter()
        self.read: Counter[str] = Counter()
        self.found: Counter[str] = Counter()
        self.judged: Counter[str] = Counter()
        self.theirs: list[float] = []

    def add(self, row: dict[str, Any], hints: Hints) -> None:
        """Reads, finds and judges one row."""
        response = read_response(**parts(row), hints=hints)
        self.status[response.status] += 1
        self.read[f"{response.dialect}, {response.read_how}"] += 1
        gold = row.get("gold", row.get("answer"))
        if gold is None:
            return
        if row.get("their_score") is not None:
            self.theirs.append(float(row["their_score"]))
        if response.status != "complete":
            self.judged["unfinished"] += 1
            return
        found = find_answer(response.answer)
        self.found[found.how if found else "none stated"] += 1
        if found is None:
            self.judged["none stated"] += 1
            return
        verdict = equal(str(gold), found.text, patient=True).equal
        self.judged[{True: "right", False: "wrong", None: "undecided"}[verdict]] += 1


def said(counts: Counter[str]) -> str:
    """Counts in words, the commonest first."""
    return ", ".join(f"{name} {n:,}" for name, n in counts.most_common()) or "–"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--limit", type=int)
    options = parser.parse_args()
    paths = sorted(options.data.glob("*.jsonl.gz"))
    if not paths:
        parser.error(f"{options.data} holds no *.jsonl.gz; give the folder of the public sets")
    for path in paths:
        print(f"## {path.name.removesuffix('.jsonl.gz')}\n")
        print("| model | n | status | read | found | judged | right % | theirs % |")
        print("| --- | --- | --- | --- | --- | --- | --- | --- |")
        votes: list[str] = []
        for model, rows in rows_by_model(path, options.limit).items():
            ballot = Ballot()
            for row in rows:
                ballot.add(**parts(row))
            hints, counts = ballot.hints(), Counts()
            votes += [f"- {model}: {line}" for line in hints.said()]
            for row in rows:
                counts.add(row, hints)
            judged = sum(counts.judged.values())
            right = f"{100 * counts.judged['right'] / judged:.1f}" if judged else "–"
            theirs = (
                f"{100 * sum(counts.theirs) / len(counts.theirs):.1f}" if counts.theirs else "–"
            )
            cells = (model, f"{len(rows):,}", said(counts.status), said(counts.read))
            cells += (said(counts.found), said(counts.judged), right, theirs)
            print("| " + " | ".join(cells) + " |", flush=True)
        if votes:
            print("\nDecided by a vote of the model's responses:\n\n" + "\n".join(votes))
        print()


if __name__ == "__main__":
    main()
