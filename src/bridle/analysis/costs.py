"""What answers cost: tokens, seconds, money; and what one costs that is obedient and right.

    costs(frame)[0]
    -> Cost(who="organism", joint=Estimate(0.75, …), tokens=Estimate(120, …), per_success=Estimate(160, …), …)

A row is dominated if another one succeeds at least as often for no more tokens, and is better in one of
both: nobody should choose it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bridle.analysis.price import with_spent
from bridle.errors import DataError
from bridle.outcomes import HARD, JOINT
from bridle.statistics import Estimate, rate, ratio

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one row of the report; a figure is None where nothing was counted. Means are of an answer to a
    prompt with constraints, `per_success` is what one joint success (or, without references, one answer
    that obeys all) costs. `usd` are needed prices."""

    who: str
    success: Estimate
    outcome: str  # what counts as a success
    tokens: Estimate | None = None
    thinking: Estimate | None = None
    answer: Estimate | None = None
    seconds: Estimate | None = None
    usd: Estimate | None = None
    per_success: Estimate | None = None
    usd_per_success: Estimate | None = None
    dominated: bool = False


def costs(
    frame: pl.DataFrame, prices: Mapping[str, tuple[float, float]] | None = None
) -> list[Cost]:
    """The costs of every `who`; `prices` are US dollars per million tokens in and out, by model."""
    import polars as pl

    asked = frame.filter((pl.col("status") != "error") & ~pl.col("bare"))
    joint = asked[JOINT.name].is_not_null().any()
    outcome = JOINT if joint else HARD
    asked = asked.drop_nulls(outcome.name)
    found: list[Cost] = []
    for who in asked["who"].unique(maintain_order=True):
        mine = asked.filter(pl.col("who") == who)
        success = rate(
            mine[outcome.name].to_numpy(), mine["cluster"].to_numpy(), what=outcome.label
        )
        paid = _paid(mine, prices or {})
        found.append(
            Cost(
                who,
                success,
                outcome.label,
                tokens=_mean(mine, "tokens_out", "tokens"),
                thinking=_mean(mine, "tokens_thinking", "tokens"),
                answer=_mean(mine, "tokens_answer", "tokens"),
                seconds=_mean(mine, "latency_s", "seconds"),
                usd=None if paid is None else _mean(paid, "spent", "USD"),
                per_success=_per(mine, "tokens_out", outcome.name, "tokens"),
                usd_per_success=None if paid is None else _per(paid, "spent", outcome.name, "USD"),
            )
        )
    return [replace(cost, dominated=_dominated(cost, found)) for cost in found]


def _dominated(cost: Cost, others: list[Cost]) -> bool:
    def at(one: Cost) -> tuple[float, float] | None:
        spent = one.usd or one.tokens
        return None if spent is None else (-one.success.value, spent.value)

    mine = at(cost)
    if mine is None:
        return False
    there = [place for other in others if other is not cost and (place := at(other)) is not None]
    return any(a <= mine[0] and b <= mine[1] and (a, b) != mine for a, b in there)


def _paid(frame: pl.DataFrame, prices: Mapping[str, tuple[float, float]]) -> pl.DataFrame | None:
    """The rows with `spent` in USD, where every model has a price."""
    if not frame.height or any(model not in prices for model in frame["model"].unique()):
        return None
    return with_spent(frame, prices, priced=True)


def _mean(frame: pl.DataFrame, column: str, unit: str) -> Estimate | None:
    """The mean of an answer, with the interval of a ratio of sums over problems."""
    import numpy as np
    import polars as pl

    rows = frame.select("cluster", pl.col(column).cast(pl.Float64)).drop_nulls(column)
    if not rows.height or not (rows[column] > 0).any():
        return None
    values = rows[column].to_numpy()
    try:
        return ratio(
            values, np.ones_like(values), rows["cluster"].to_numpy(), what=f"{column} an answer",
            unit=unit,
        )  # fmt: skip
    except DataError:
        return None


def _per(frame: pl.DataFrame, column: str, success: str, unit: str) -> Estimate | None:
    import polars as pl

    rows = frame.select("cluster", pl.col(column, success).cast(pl.Float64)).drop_nulls()
    if not rows.height or not (rows[column] > 0).any():
        return None
    try:
        return ratio(
            rows[column].to_numpy(), rows[success].to_numpy(), rows["cluster"].to_numpy(),
            what=f"{unit} a success", unit=unit,
        )  # fmt: skip
    except DataError:
        return None
