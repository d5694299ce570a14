"""Two sides on the same items: one row an item, its mean on either side, and what their difference says.

    paired = pair(before, after)
    contrast(paired, "joint", "joint")
    -> Contrast(key="joint", a=0.62, b=0.58, difference=Difference(...), says="worse")

What is said never goes beyond the interval: "better" and "worse" where it lies on one side of 0,
"alike" where it lies within the margin, "cannot tell" elsewhere, which is not "no difference".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from bridle.errors import DataError
from bridle.statistics import Difference, Estimate, difference, holm

if TYPE_CHECKING:
    import polars as pl

MARGIN = 0.02  # differences within it are called alike: 2 points
POWER_FACTOR = 2.8015852 / 1.959964  # half an interval × this: what is found four times in five
SHOWN = 3  # items named where some cannot be compared


@dataclass(frozen=True)
class Side:
    """One side of a comparison: its rows, one a response.

    Columns of `rows`: item (equal on both sides), cluster (the problem), complete (not cut off, no
    error), same (what must be equal for two items to be the same one), a number for each outcome
    (None: nothing to judge) and a text for each slice. `verdicts` has a row for each constraint:
    item, place, cluster, obeyed, and its slices.
    """

    name: str
    rows: pl.DataFrame
    outcomes: dict[str, str]  # column → label; the first is the primary one
    slices: tuple[str, ...] = ()
    verdicts: pl.DataFrame | None = None
    verdict_slices: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Contrast:
    """One outcome on both sides; `difference` is B − A, or in words why there is none."""

    key: str
    label: str
    a: float
    b: float
    difference: Difference | str
    says: str
    p: float | None = None  # adjusted by Holm, unless primary
    primary: bool = False
    lower_is_better: bool = False

    def to_dict(self) -> dict[str, Any]:
        found: dict[str, Any] = {
            "key": self.key,
            "label": self.label,
            "a": self.a,
            "b": self.b,
            "says": self.says,
            "p_adjusted": self.p,
            "primary": self.primary,
        }
        if isinstance(self.difference, str):
            return found | {"difference": None, "why": self.difference}
        return found | {"difference": self.difference.to_dict()}


@dataclass(frozen=True)
class Paired:
    """The items of both sides: columns item, cluster, slices, and A's and B's mean of each outcome
    (`joint`, `joint_b`), over all responses and over complete ones (`joint_complete`, …)."""

    frame: pl.DataFrame
    samples: int  # of an item, on the side that has fewer
    notes: list[str] = field(default_factory=list[str])


def pair(a: Side, b: Side) -> Paired:
    """The items that both sides have, with their means; what cannot be compared is in the notes.

    Raises:
        DataError: no item is on both sides, or no item that is means the same.
    """
    import polars as pl

    outcomes = [key for key in a.outcomes if key in b.outcomes]
    if not outcomes:
        raise DataError(
            "The two sides have no outcome in common.",
            expected=f"A has {', '.join(a.outcomes) or 'none'}; B has {', '.join(b.outcomes) or 'none'}",
        )
    slices = [key for key in a.slices if key in a.rows.columns]
    left, right = (_means(side.rows, outcomes) for side in (a, b))
    facts = a.rows.group_by("item").agg(pl.col("cluster", *slices).first())
    both = left.join(right, on="item", how="inner", suffix="_b").join(facts, on="item")
    if not both.height:
        ours, theirs = (side.rows["item"].head(1).to_list() or ["none"] for side in (a, b))
        raise DataError(
            f"No item is in both: A has {left.height:,}, B {right.height:,}.",
            expected=f"the same items; A begins with {ours[0]!r}, B with {theirs[0]!r}",
        )
    notes: list[str] = []
    for side, part in (("A", left), ("B", right)):
        alone = part.height - both.height
        if alone:
            be = "item is" if alone == 1 else "items are"
            notes.append(f"{alone:,} {be} in {side} alone: not compared.")
    other = both.filter(pl.col("same") != pl.col("same_b"))
    if other.height:
        if other.height == both.height:
            raise DataError(
                f"None of the {both.height:,} items that A and B both name is the same item: their "
                "questions, answers or constraints differ.",
                expected="two runs on one benchmark of one seed",
            )
        named = ", ".join(other["item"].head(SHOWN).to_list())
        notes.append(
            f"{other.height:,} of {both.height:,} items have another question, answer or constraint "
            f"in B: not compared ({named}{', …' if other.height > SHOWN else ''})."
        )
        both = both.filter(pl.col("same") == pl.col("same_b"))
    counts = [int(both[c].median() or 1) for c in ("n", "n_b")]  # type: ignore[arg-type]
    frame = both.sort("item").with_columns(cluster=pl.col("cluster").rank("dense"))
    return Paired(frame, max(1, min(counts)), notes)


def _means(rows: pl.DataFrame, outcomes: Sequence[str]) -> pl.DataFrame:
    import polars as pl

    return rows.group_by("item").agg(
        pl.len().alias("n"),
        pl.col("same").first(),
        *(pl.col(key).mean() for key in outcomes),
        *(
            pl.col(key).filter(pl.col("complete")).mean().alias(f"{key}_complete")
            for key in outcomes
        ),
    )


def contrast(
    frame: pl.DataFrame,
    key: str,
    label: str,
    *,
    samples: int = 1,
    margin: float = MARGIN,
    lower_is_better: bool = False,
) -> Contrast:
    """B − A of that column over the items in which both sides have it.

    Outcomes outside 0 to 1 (a judge's grade from 1 to 10) are compared on their own scale.
    """
    import numpy as np

    values = frame.select("cluster", key, f"{key}_b").drop_nulls().drop_nans()
    if not values.height:
        return Contrast(key, label, float("nan"), float("nan"), "judged on no item of both", "–")
    a, b = values[key].to_numpy(), values[f"{key}_b"].to_numpy()
    low, high = min(float(a.min()), float(b.min())), max(float(a.max()), float(b.max()))
    scale, start = (1.0, 0.0) if low >= 0 and high <= 1 else (high - low or 1.0, low)
    found = difference(
        np.clip((b - start) / scale, 0, 1),
        np.clip((a - start) / scale, 0, 1),
        values["cluster"].to_numpy(),
        what=f"{label}, B − A",
        samples=samples,
    )
    if scale != 1 or start:
        e = found.estimate
        found = replace(
            found,
            estimate=replace(
                e, value=e.value * scale, low=e.low * scale, high=e.high * scale, unit="number"
            ),
        )
    says = verdict(found.estimate, margin * scale, lower_is_better=lower_is_better)
    return Contrast(
        key, label, float(a.mean()), float(b.mean()), found, says, found.p,
        lower_is_better=lower_is_better,
    )  # fmt: skip


def verdict(e: Estimate, margin: float = MARGIN, *, lower_is_better: bool = False) -> str:
    """What the interval of a difference lets one say."""
    if e.problems is not None and e.problems < 5:
        return "too few"
    if e.low > 0 or e.high < 0:
        return "better" if (e.low > 0) != lower_is_better else "worse"
    if -margin <= e.low and e.high <= margin:
        return "alike"
    return "cannot tell"


def could_see(e: Estimate) -> float:
    """The difference that as many pairs would find four times in five."""
    return (e.high - e.low) / 2 * POWER_FACTOR


def adjusted(contrasts: Sequence[Contrast]) -> list[Contrast]:
    """The contrasts with p adjusted by Holm over those that are not primary."""
    rest = [c for c in contrasts if not c.primary]
    values = [None if isinstance(c.difference, str) else c.difference.p for c in rest]
    found = dict(zip((c.key for c in rest), holm(values), strict=True))
    return [c if c.primary else replace(c, p=found[c.key]) for c in contrasts]
