"""Do models abstain where a premise is missing, and what does it cost them? On public answers of twelve.

    .venv/bin/python benchmarks/abstention.py --data DIR            (prints Markdown tables)
    .venv/bin/python benchmarks/abstention.py --data DIR --show     (where lexicon and reader part)

DIR holds missing_premise.jsonl.gz (MiP-Overthinking, arXiv 2504.06514): GSM8K questions as they are and with
a premise removed. Abstention is told by the lexicon of the probe `know`, which `labels/abstention.tsv`
checks: 200 answers drawn at random by model and kind (19 and 4 of each) and labelled by reading them.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from bridle import read_response
from bridle.errors import DataError
from bridle.probes.know.abstain import abstains, detects
from bridle.statistics import Estimate, rate
from bridle.statistics.ratios import ratio

QUESTIONS = 582  # ids from here on repeat the answers to the questions of the ids less this
MISSING, POSED = "missing premise", "well-posed"
LABELS = Path(__file__).parent / "labels" / "abstention.tsv"


def rows(path: Path) -> list[dict[str, Any]]:
    """The rows, each with `question_id`, the answer without the thinking, and what the lexicon says."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        given = [json.loads(line) for line in lines]
    once: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in given:
        row["question_id"] = row["id"] % QUESTIONS
        once.setdefault((row["model"], row["kind"], row["question_id"], row["response"]), row)
    found = list(once.values())
    for row in found:
        read = read_response(row["response"], finish_reason="stop")
        answer = read.answer or row["response"]
        row["abstains"] = abstains(answer) is not None
        row["detects"] = detects(row["response"]) is not None
        row["words"] = len(row["response"].split())
    return found


def agreement(found: list[dict[str, Any]], show: bool) -> None:
    """The lexicon beside the labels."""
    by_key = {(row["model"], row["kind"], row["question_id"]): row for row in found}
    both: dict[tuple[bool, bool], int] = defaultdict(int)
    for line in LABELS.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        model, kind, number, label = line.split("\t")
        row = by_key[model, kind, int(number) % QUESTIONS]
        both[label == "1", row["abstains"]] += 1
        if show and (label == "1") != row["abstains"]:
            print(f"\n[{model}, {kind}, {number}] reader {label}, lexicon {int(row['abstains'])}")
            print(f"  {row['question']}\n  … {row['response'].strip()[-500:]!r}")
    right = [True] * (both[True, True] + both[False, False])
    wrong = [False] * (both[True, False] + both[False, True])
    print("| | lexicon: abstains | lexicon: answers |\n| --- | --: | --: |")
    print(f"| reader: abstains | {both[True, True]} | {both[True, False]} |")
    print(f"| reader: answers | {both[False, True]} | {both[False, False]} |\n")
    print(
        f"Agreement: {percent(rate([*right, *wrong], what='agreement'))} of {len(right + wrong)}.\n"
    )


def percent(e: Estimate) -> str:
    return f"{100 * e.value:.1f} % [{100 * e.low:.1f}, {100 * e.high:.1f}]"


def share(part: Iterable[dict[str, Any]], column: str) -> str:
    part = list(part)
    if not part:
        return "not in the set"
    keys = [row["question_id"] for row in part]
    return percent(rate([row[column] for row in part], keys, what=column))


def per_posed(part: list[dict[str, Any]], size: Callable[[dict[str, Any]], float | None]) -> str:
    """Mean size of answers to questions with a missing premise over that to whole ones, same questions."""
    means: dict[str, dict[int, list[float]]] = {
        MISSING: defaultdict(list),
        POSED: defaultdict(list),
    }
    for row in part:
        value = size(row)
        if value is not None:
            means[row["kind"]][row["question_id"]].append(value)
    shared = sorted(set(means[MISSING]) & set(means[POSED]))
    if not shared:
        return ""
    top, bottom = ([sum(v := means[k][q]) / len(v) for q in shared] for k in (MISSING, POSED))
    try:
        found = ratio(top, bottom, shared, what="length, missing premise over well-posed")
    except DataError as error:
        return error.what
    return f"{found.value:.2f} [{found.low:.2f}, {found.high:.2f}]"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--show", action="store_true", help="print where lexicon and reader part")
    given = parser.parse_args()
    found = rows(given.data / "missing_premise.jsonl.gz")
    agreement(found, given.show)
    print(
        "| model | abstains, premise missing | says so, answers all the same | abstains, well-posed | "
        "words, missing / well-posed | tokens, missing / well-posed |\n| --- | --- | --- | --- | --- | --- |"
    )
    for model in sorted({row["model"] for row in found}):
        mine = [row for row in found if row["model"] == model]
        missing = [row for row in mine if row["kind"] == MISSING]
        told = [{**row, "kept": row["detects"] and not row["abstains"]} for row in missing]
        posed = [row for row in mine if row["kind"] == POSED]
        cells = (
            share(missing, "abstains"),
            share(told, "kept"),
            share(posed, "abstains"),
            per_posed(mine, lambda row: row["words"]),
            per_posed(mine, lambda row: row["tokens"]),
        )
        print(f"| {model} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
