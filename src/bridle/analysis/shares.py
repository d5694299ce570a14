"""How a model's responses divide over the values of one column: statuses, overlaps.

    shares(frame, "status")      -> [Share("organism", "complete", Estimate(0.97, …)), …]
    overlap(frame)               -> obeyed and right; obeyed, wrong; right, not obeyed; neither

The shares of one model sum to 1; each has the interval of a rate, problems being the clusters.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bridle.outcomes import CORRECT, HARD
from bridle.statistics import Estimate, rate

if TYPE_CHECKING:
    import polars as pl

BOTH, OBEYED_ONLY, RIGHT_ONLY, NEITHER = (
    "obeyed and right",
    "obeyed, wrong",
    "right, not obeyed",
    "neither",
)
OVERLAP = (BOTH, OBEYED_ONLY, RIGHT_ONLY, NEITHER)


@dataclass(frozen=True, slots=True)
class Share:
    """The share of one value among the responses of `who`."""

    who: str
    value: str
    estimate: Estimate


def shares(frame: pl.DataFrame, column: str) -> list[Share]:
    """The share of every value within each `who`, the commonest value of all first; null is left out.

    `frame` has who and cluster, as `summary.gather` makes them.
    """
    import polars as pl

    rows = frame.select("who", "cluster", pl.col(column).cast(pl.String)).drop_nulls(column)
    values = rows[column].value_counts(sort=True).sort("count", column, descending=[True, False])
    found: list[Share] = []
    for who in rows["who"].unique(maintain_order=True):
        mine = rows.filter(pl.col("who") == who)
        keys = mine["cluster"].to_numpy()
        for value in values[column]:
            hits = (mine[column] == value).to_numpy()
            found.append(Share(who, value, rate(hits, keys, what=value)))
    return found


def statuses(frame: pl.DataFrame) -> list[Share]:
    """Of all records, errors included."""
    return shares(frame, "status")


def overlap(frame: pl.DataFrame) -> list[Share]:
    """Obeyed × right, of answers to prompts with constraints, as run; in the order of `OVERLAP`."""
    import polars as pl

    rows = frame.filter((pl.col("status") != "error") & ~pl.col("bare"))
    rows = rows.drop_nulls([HARD.name, CORRECT.name])
    hard, right = pl.col(HARD.name), pl.col(CORRECT.name)
    cell = pl.when(hard & right).then(pl.lit(BOTH)).when(hard).then(pl.lit(OBEYED_ONLY))
    cell = cell.when(right).then(pl.lit(RIGHT_ONLY)).otherwise(pl.lit(NEITHER))
    there = {(s.who, s.value): s for s in shares(rows.with_columns(cell=cell), "cell")}
    whos = dict.fromkeys(who for who, _ in there)
    return [there[who, value] for who in whos for value in OVERLAP if (who, value) in there]
