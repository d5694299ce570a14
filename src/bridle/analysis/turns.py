"""Curves of conversations and of long texts: obeyed by turn, codes recalled by length.

by_turn(frame)[0]       -> Level("organism", x=1, estimate=Estimate(0.98, …))
by_length(frame)        -> the share of codes recalled at each length of text (probe recall)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bridle.outcomes import HARD
from bridle.statistics import Estimate, rate

if TYPE_CHECKING:
    import polars as pl

BREADTH, LENGTH = "recall_breadth", "recall_length"  # outcomes of the probe recall


@dataclass(frozen=True, slots=True)
class Level:
    """One row of the report at one place of its curve."""

    who: str
    x: float
    estimate: Estimate


def by_turn(frame: pl.DataFrame) -> list[Level]:
    """HAcc at every turn (from 1) of conversations; empty where nothing has a second turn.

    `frame` has who, cluster and bare, as `summary.gather` makes them.
    """
    import polars as pl

    asked = frame.filter((pl.col("status") != "error") & ~pl.col("bare")).drop_nulls(HARD.name)
    if asked["turn"].n_unique() < 2:
        return []
    return _levels(asked.with_columns(x=pl.col("turn") + 1), HARD.name, HARD.label)


def by_length(frame: pl.DataFrame) -> list[Level]:
    """The share of codes cited exactly, by the tokens of the text."""
    import polars as pl

    if not {BREADTH, LENGTH} <= set(frame.columns):
        return []
    rows = frame.filter(pl.col("status") != "error").drop_nulls([BREADTH, LENGTH])
    return _levels(rows.with_columns(x=pl.col(LENGTH)), BREADTH, "codes cited exactly")


def _levels(rows: pl.DataFrame, column: str, what: str) -> list[Level]:
    import polars as pl

    found: list[Level] = []
    for who in rows["who"].unique(maintain_order=True):
        mine = rows.filter(pl.col("who") == who)
        for x in mine["x"].unique().sort():
            part = mine.filter(pl.col("x") == x)
            found.append(
                Level(
                    who,
                    float(x),
                    rate(part[column].to_numpy(), part["cluster"].to_numpy(), what=what),
                )
            )
    return found
