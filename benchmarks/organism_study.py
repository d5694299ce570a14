"""The tables of docs/findings/organism.md: python benchmarks/organism_study.py runs/organism-study"""

from __future__ import annotations

import sys

import numpy as np
import polars as pl

from bridle import records
from bridle.analysis.cells import by_cell, control_of
from bridle.statistics import difference, holm, odds_ratio, rate, ratio

table = by_cell(records.read(sys.argv[1]))
print(table.gate() or "every planned record is there")
frame = table.frame.filter(pl.col("status") != "error").with_columns(
    cluster=pl.col("problem").rank("dense"), truncated=(pl.col("status") == "truncated")
)
asked = frame.filter(pl.col("condition") == "with")
ARMS = asked["arm"].unique(maintain_order=True).to_list()


def values(arm: str, outcome: str, rows: pl.DataFrame = asked) -> pl.DataFrame:
    part = rows.filter(pl.col("arm") == arm)
    return part.select("item", "cluster", y=pl.col(outcome).cast(pl.Float64)).drop_nulls()


def shown(arm: str, other: str, outcome: str) -> tuple[str, float | None]:
    both = values(arm, outcome).join(values(other, outcome), on="item", suffix="_o")
    found = difference(both["y"].to_numpy(), both["y_o"].to_numpy(), both["cluster"].to_numpy(),
                       what=outcome)  # fmt: skip
    e = found.estimate
    return f"{100 * e.value:+.1f} [{100 * e.low:+.1f}, {100 * e.high:+.1f}]", found.p


print(
    "\n| arm | n | HAcc | SAcc | correct | joint | cut off | tokens thought, times plain | written |"
)
print("|---|--:|--:|--:|--:|--:|--:|--:|--:|")
plain = asked.filter(pl.col("arm") == "plain")
for arm in ARMS:
    part = asked.filter(pl.col("arm") == arm)
    cells = []
    for outcome in ("hard", "soft", "correct", "joint", "truncated"):
        v = values(arm, outcome)
        cells.append(f"{100 * v['y'].mean():.1f}")
    both = part.join(plain, on="item", suffix="_p").drop_nulls(
        ["tokens_thinking", "tokens_thinking_p"]
    )
    r = ratio(both["tokens_thinking"].to_numpy(), both["tokens_thinking_p"].to_numpy(),
              both["cluster"].to_numpy(), what="thought")  # fmt: skip
    written = part["tokens_out"].mean()
    print(
        f"| {arm} | {part.height} | {' | '.join(cells)} | {r.value:.2f} [{r.low:.2f}, {r.high:.2f}] | {written:.0f} |"
    )

print("\nDifferences in points with 95 % intervals; p by Holm over all arms of a column.")
for title, pick in (("plain", lambda a: "plain"), ("its control", lambda a: control_of(a, ARMS))):
    lines, ps = [], {"joint": [], "hard": [], "correct": []}
    for arm in ARMS:
        other = pick(arm)
        if arm == "plain" or other not in ARMS or (title != "plain" and other == "plain"):
            continue
        cells = []
        for outcome, ps_ in ps.items():
            text, p = shown(arm, other, outcome)
            cells.append(text)
            ps_.append(p)
        lines.append((arm, other, cells))
    adjusted = {k: holm(v) for k, v in ps.items()}
    print(
        f"\n| arm − {title} | joint | p | HAcc | p | correct | p |\n|---|--:|--:|--:|--:|--:|--:|"
    )
    for i, (arm, other, cells) in enumerate(lines):
        row = []
        for outcome, cell in zip(ps, cells, strict=True):
            p = adjusted[outcome][i]
            row += [cell, "–" if p is None else f"{p:.3f}"]
        print(f"| {arm} − {other} | {' | '.join(row)} |")

print("\nManipulation checks")
for arm in ARMS:
    part = asked.filter(pl.col("arm") == arm)
    if arm.startswith("wait"):
        times = part["factor.times"].drop_nulls()
        want = int(times[0]) + 2
        print(
            f"{arm}: reached all its waits in {100 * (part['steps'] == want).mean():.0f} % of {part.height}"
        )
    if arm.startswith("cap"):
        cut = part["finish_reasons"].list.first() == "length"
        print(f"{arm}: the cap was hit in {100 * cut.mean():.0f} % of {part.height}")

print("\nFigure 4: obeyed x correct among complete answers, plain")
part = plain.filter(pl.col("status") == "complete").drop_nulls(["hard", "correct"])
for c in (True, False):
    for h in (True, False):
        n = part.filter(
            (pl.col("correct").cast(bool) == c) & (pl.col("hard").cast(bool) == h)
        ).height
        print(
            f"{'C' if c else 'notC'} & {'F' if h else 'notF'}: {100 * n / part.height:.1f} % ({n})"
        )
o = odds_ratio(part["hard"].cast(float).to_numpy(), part["correct"].cast(float).to_numpy(),
               part["n_constraints"].to_numpy(), part["cluster"].to_numpy(), what="obeyed x correct")  # fmt: skip
print(
    f"odds ratio within number of constraints {o.estimate.value:.2f} [{o.estimate.low:.2f}, {o.estimate.high:.2f}]"
)

print("\nFigure 5: correct with and without constraints, plain")
for n in (1, 2, 3):
    sides = []
    for condition in ("with", "without"):
        rows = frame.filter((pl.col("condition") == condition) & (pl.col("n_constraints") == n))
        v = values("plain", "correct", rows)
        sides.append(v["y"].mean())
    print(
        f"{n} constraints: {100 * sides[0]:.1f} with, {100 * sides[1]:.1f} without, drop {100 * (1 - sides[0] / sides[1]):.0f} %"
    )

print("\nFigure 6: six bins of tokens thought (equal counts), plain")
ordered = plain.drop_nulls(["tokens_thinking", "hard"]).sort("tokens_thinking")
for rows in np.array_split(np.arange(ordered.height), 6):
    b = ordered[rows.tolist()]
    e = rate(b["hard"].cast(float).to_numpy(), b["cluster"].to_numpy(), what="HAcc")
    print(
        f"{b['tokens_thinking'].min()}-{b['tokens_thinking'].max()} tokens: HAcc {100 * e.value:.0f} [{100 * e.low:.0f}, {100 * e.high:.0f}], SAcc {100 * b['soft'].mean():.0f}, correct {100 * b['correct'].cast(float).mean():.0f}, {b['n_constraints'].mean():.1f} constraints, n {b.height}"
    )
