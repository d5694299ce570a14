"""The tables of docs/findings/public.md: python benchmarks/public_findings.py --data ../shared/data/public"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from bridle.errors import DataError
from bridle.maths import equal, find_answer, kind_of
from bridle.responses import read_response
from bridle.statistics import difference, odds_ratio, rate

parser = argparse.ArgumentParser()
parser.add_argument("--data", type=Path, required=True)
parser.add_argument("--limit", type=int, help="rows of each set")
args = parser.parse_args()
TAGS = re.compile(r"<answer>(.*?)</answer>", re.DOTALL)


def rows(name: str) -> Iterator[dict[str, Any]]:
    with gzip.open(args.data / name, "rt", encoding="utf-8") as file:
        for number, line in enumerate(file):
            if args.limit and number >= args.limit:
                return
            yield json.loads(line)


def right(reference: str, text: str) -> bool:
    found = find_answer(text, kind=kind_of(reference))
    return found is not None and equal(reference, found.text).equal is True


# -- one format instruction, eleven models -----------------------------------------------------------
by_model: dict[str, list[tuple[str, str, bool, bool, bool]]] = defaultdict(list)
for row in rows("format_zero_shot.jsonl.gz"):
    answer = (row["response"] or "").rpartition("</think>")[2]
    tags = TAGS.findall(answer)
    # exactly one pair of tags, with something in it, at the end
    obeyed = len(tags) == 1 and bool(tags[0].strip()) and answer.rstrip().endswith("</answer>")
    theirs = float(row["their_score"] or 0) >= 0.99
    given = tags[0].strip() if tags else answer
    same = given == str(row["answer"]).strip()
    ours = same or right(str(row["answer"]), given if tags else answer)
    by_model[row["model"]].append((row["task"], row["level"], obeyed, ours, theirs))

print(
    "| model | n | obeyed | correct, ours | theirs | agree | odds ratio obeyed × correct, ours | theirs |"
)
print("|---|--:|--:|--:|--:|--:|--:|--:|")


def odds(obeyed: Any, correct: Any, strata: Any) -> str:
    try:
        e = odds_ratio(obeyed, correct, strata, what="obeyed x correct").estimate
    except DataError as error:
        return error.what.split(":")[-1].strip()
    return f"{e.value:.2f} [{e.low:.2f}, {e.high:.2f}]"


for model, found in sorted(by_model.items()):
    strata = np.unique([f"{t} {lv}" for t, lv, *_ in found], return_inverse=True)[1]
    o, c, t = (np.array([f[i] for f in found], float) for i in (2, 3, 4))
    e = rate(o, what="obeyed")
    print(f"| {model} | {len(found):,} | {100 * e.value:.1f} [{100 * e.low:.1f}, {100 * e.high:.1f}] | {100 * c.mean():.1f} "
          f"| {100 * t.mean():.1f} | {100 * (c == t).mean():.1f} % | {odds(o, c, strata)} | {odds(o, t, strata)} |")  # fmt: skip

# -- a 3B model before and after RL ------------------------------------------------------------------
answers: dict[str, dict[str, tuple[str, bool, bool, bool]]] = defaultdict(dict)
for row in rows("rl_before_after.jsonl.gz"):
    answer = read_response(row["response"] or "").answer
    boxed = "\\boxed" in answer
    ours = right(str(row["answer"]), answer)
    theirs = bool(row["their_score"])
    answers[row["model"]][row["id"]] = (row["source"], boxed, ours, theirs)
before, after = sorted(answers, key=lambda name: "Instruct" not in name)[:2]
print(f"\nBefore: {before}; after: {after}")
both = [k for k in answers[before] if k in answers[after]]
print("\n| set | n | correct before | after | difference, ours | theirs | boxed before | after |")
print("|---|--:|--:|--:|--:|--:|--:|--:|")
sources = ["all", *dict.fromkeys(answers[before][k][0] for k in both)]
for source in sources:
    keys = [k for k in both if source in ("all", answers[before][k][0])]
    cols = [
        np.array([answers[m][k][i] for k in keys], float)
        for i in (1, 2, 3)
        for m in (before, after)
    ]
    cells = []
    for i in (2, 4):
        e = difference(cols[i + 1], cols[i], what=source).estimate
        cells.append(f"{100 * e.value:+.1f} [{100 * e.low:+.1f}, {100 * e.high:+.1f}]")
    print(f"| {source} | {len(keys):,} | {100 * cols[2].mean():.1f} | {100 * cols[3].mean():.1f} | {' | '.join(cells)} "
          f"| {100 * cols[0].mean():.1f} | {100 * cols[1].mean():.1f} |")  # fmt: skip
