"""The tables of docs/findings/training.md: python studies/training/figures.py studies/training/results

Two intervals stand side by side. Over problems: do these weights differ from those they are set beside?
Over seeds: does the training do that? The second needs seeds, and is the one a claim about training rests on.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import yaml

from bridle.statistics import difference
from bridle.statistics.estimate import LEVEL, t_of

SHOWN = ("hard", "soft", "skill", "right", "joint", "trivial", "truncated")
HARDER = 4  # steps from which a problem counts as skill: what the trainings train on
MEANINGS = {
    "right": "correct, 4-8 steps, all",
    "hard": "HAcc", "soft": "SAcc", "skill": "correct, 4-8 steps, no constraint",
    "joint": "joint", "trivial": "HAcc on trivial problems", "truncated": "cut off",
}  # fmt: skip


def load(folder: Path) -> pl.DataFrame:
    """The records with the outcomes of the tables, a float column each, null where one does not apply."""
    frame = pl.read_parquet(folder / "records.parquet")
    bare, easy = pl.col("n_constraints") == 0, pl.col("group") == "trivial"
    number = {
        name: pl.col(name).cast(pl.Float64)
        for name in ("hard", "soft", "correct", "joint", "truncated")
    }
    return frame.with_columns(
        hard=pl.when(~bare & ~easy).then(number["hard"]),
        soft=pl.when(~bare & ~easy).then(number["soft"]),
        joint=pl.when(~bare & ~easy).then(number["joint"]),
        correct=pl.when(~easy).then(number["correct"]),
        skill=pl.when(bare & ~easy & (pl.col("difficulty") >= HARDER)).then(number["correct"]),
        right=pl.when(~easy & (pl.col("difficulty") >= HARDER)).then(number["correct"]),
        trivial=pl.when(easy).then(number["hard"]),
        truncated=number["truncated"],
    )


def last(frame: pl.DataFrame, arm: str, seed: int) -> pl.DataFrame:
    """The records of an arm's last checkpoint."""
    rows = frame.filter((pl.col("arm") == arm) & (pl.col("seed") == seed))
    return rows.filter(pl.col("step") == rows["step"].max()) if rows.height else rows


def seeds_of(frame: pl.DataFrame, arm: str) -> list[int]:
    """The seeds of which the arm's last step is measured."""
    rows = frame.filter(
        (pl.col("arm") == arm) & ((pl.col("step") > 0) | (pl.col("arm") == "parent"))
    )
    if not rows.height:
        return []
    ends = (
        rows.group_by("seed").agg(pl.col("step").max()).filter(pl.col("step") == rows["step"].max())
    )
    return sorted(ends["seed"].to_list())


def over_seeds(values: Sequence[float]) -> str:
    """Mean with Student's interval over seeds, in points."""
    mean = 100 * float(np.mean(values))
    if len(values) < 2:
        return f"{mean:+.1f} [one seed]"
    half = 100 * t_of(LEVEL, len(values) - 1) * float(np.std(values, ddof=1)) / len(values) ** 0.5
    return f"{mean:+.1f} [{mean - half:+.1f}, {mean + half:+.1f}]"


def changes(frame: pl.DataFrame, arm: str, base: str, outcome: str) -> tuple[list[float], str]:
    """(the difference of each seed, the pooled one with its interval over problems)."""
    each: list[float] = []
    pairs: list[pl.DataFrame] = []
    for seed in seeds_of(frame, arm):
        columns = ["item", "problem", outcome]
        one = last(frame, arm, seed).select(columns).drop_nulls()
        two = last(frame, base, seed).select("item", pl.col(outcome).alias("base")).drop_nulls()
        both = one.join(two, on="item")
        if both.height:
            pairs.append(both)
            each.append(mean(both[outcome] - both["base"]))
    if not pairs:
        return [], "–"
    rows = pl.concat(pairs).with_columns(cluster=pl.col("problem").rank("dense"))
    found = difference(
        rows[outcome].to_numpy(), rows["base"].to_numpy(), rows["cluster"].to_numpy(), what=outcome
    ).estimate  # fmt: skip
    return each, f"[{100 * found.low:+.1f}, {100 * found.high:+.1f}]"


def level(frame: pl.DataFrame, arm: str, outcome: str) -> str:
    """The mean over seeds, in percent."""
    means = [mean(last(frame, arm, s)[outcome]) for s in seeds_of(frame, arm)]
    return f"{100 * float(np.mean(means)):.1f}" if means else "–"


def levels(frame: pl.DataFrame, arms: Sequence[str]) -> list[str]:
    """A table of levels: outcomes, tokens written and thought."""
    lines = [
        "| arm | seeds | "
        + " | ".join(MEANINGS[o] for o in SHOWN)
        + " | tokens written | thought |",
        "|---|--:|" + "--:|" * (len(SHOWN) + 2),
    ]
    for arm in arms:
        seeds = seeds_of(frame, arm)
        if not seeds:
            continue
        ends = pl.concat([last(frame, arm, s) for s in seeds])
        cells = [level(frame, arm, o) for o in SHOWN]
        cells += [f"{ends[c].mean():.0f}" for c in ("tokens_out", "tokens_thinking")]
        lines.append(f"| {arm} | {len(seeds)} | " + " | ".join(cells) + " |")
    return lines


def contrasts(
    frame: pl.DataFrame, pairs: Sequence[tuple[str, str]], shown: Sequence[str]
) -> list[str]:
    """A table of differences in points: over seeds, and over problems."""
    lines = [
        "| | seeds | " + " | ".join(f"{MEANINGS[o]} | over problems" for o in shown) + " |",
        "|---|--:|" + "--:|--:|" * len(shown),
    ]
    for arm, base in pairs:
        cells: list[str] = []
        count = 0
        for outcome in shown:
            each, problems = changes(frame, arm, base, outcome)
            count = max(count, len(each))
            cells += [over_seeds(each) if each else "–", problems]
        if count:
            lines.append(f"| {arm} − {base} | {count} | " + " | ".join(cells) + " |")
    return lines


def losses(frame: pl.DataFrame, arms: Sequence[str], base: str) -> list[str]:
    """How much of a change of HAcc is truncation: HAcc as run, among complete, and answers' length."""
    lines = [
        f"| arm | HAcc − {base} | of it cut off, at most | among complete | answer, tokens | {base}'s |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for arm in arms:
        seeds = seeds_of(frame, arm)
        if not seeds:
            continue
        one = pl.concat([last(frame, arm, s) for s in seeds])
        two = pl.concat([last(frame, base, s) for s in seeds])
        asked = [f.filter(pl.col("hard").is_not_null()) for f in (one, two)]
        hard = [100 * mean(f["hard"]) for f in asked]
        cut = [100 * mean(f["truncated"]) for f in asked]
        whole = [f.filter(pl.col("truncated") == 0) for f in asked]
        among = [100 * mean(f["hard"]) for f in whole]
        length = [mean(f["tokens_answer"]) for f in whole]
        lines.append(
            f"| {arm} | {hard[0] - hard[1]:+.1f} | {cut[1] - cut[0]:+.1f} | {among[0] - among[1]:+.1f} "
            f"| {length[0]:.0f} | {length[1]:.0f} |"
        )
    return lines


def mixtures(frame: pl.DataFrame, recipe: Mapping[str, Any]) -> list[str]:
    """The curves of mixed weights: a row a share, with both ends, over the seeds that have all of them."""
    lines = [
        "| mix | share of the child | seeds | HAcc | skill | joint | tokens written |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    for name, arm in recipe["arms"].items():
        if arm["kind"] != "mix" or not seeds_of(frame, name):
            continue
        seeds = [s for s in seeds_of(frame, name) if s in seeds_of(frame, arm["other"])]
        start = arm.get("start", "parent")
        for step, share in enumerate([0.0, *arm["shares"], 1.0]):
            ends = {0.0: start, 1.0: arm["other"]}
            rows = [
                last(frame, ends[share], s)
                if share in ends
                else frame.filter(
                    (pl.col("arm") == name) & (pl.col("seed") == s) & (pl.col("step") == step)
                )
                for s in seeds
            ]
            part = pl.concat(rows)
            cells = [f"{100 * mean(part[o]):.1f}" for o in ("hard", "skill", "joint")]
            told = [name, f"{share:g}", str(len(seeds)), *cells, f"{mean(part['tokens_out']):.0f}"]
            lines.append("| " + " | ".join(told) + " |")
    return lines


def mean(values: pl.Series) -> float:
    """The mean of what is there; NaN of nothing."""
    found = values.drop_nulls().cast(pl.Float64).to_numpy()
    return float(found.mean()) if len(found) else float("nan")


def main() -> None:
    folder = Path(sys.argv[1])
    frame = load(folder)
    told = json.loads((folder / "manifest.json").read_text())
    recipe = yaml.safe_load(told["recipe"])
    kinds = {name: arm["kind"] for name, arm in recipe["arms"].items()}
    there = ["parent", *(a for a in kinds if kinds[a] != "mix" and seeds_of(frame, a))]
    children = there[1:]
    print(
        f"{frame.height:,} records; missing: {len(told['missing'])} of {len(kinds) * len(recipe['seeds'])} runs\n"
    )
    parts = {
        "Levels at the last step, percent, mean over seeds": levels(frame, there),
        "Against the parent": contrasts(
            frame, [(a, "parent") for a in children], ("hard", "soft", "skill", "right", "joint")
        ),
        "Caps of the rollouts, against RL with the whole length; RL against SFT": contrasts(
            frame,
            [("sft_rl", "sft"), *((a, "sft_rl") for a in children if a.startswith("sft_rl_cap"))],
            ("hard", "soft", "right"),
        ),
        "Controls and remedies, against plain RL": contrasts(
            frame,
            [(a, "rl") for a in children if a.startswith("rl_") or a == "pretrain"],
            ("hard", "soft", "right", "joint"),
        ),
        "What a change of HAcc is made of": losses(frame, children, "parent"),
        "Weights between": mixtures(frame, recipe),
    }
    for title, lines in parts.items():
        print(f"{title}\n")
        print("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
