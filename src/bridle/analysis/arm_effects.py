"""What each arm recovers beside the plain one on the same items, and what it costs in tokens.

    effects(frame)[0]
    -> Effect("organism", "remind_thinking", "organism · remind_thinking", {"hard": Difference(…), …}, tokens=Estimate(1.4, …))

`bridle why` says more of each arm (its control, the manipulation check); this is what a chart of all needs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bridle.errors import DataError
from bridle.outcomes import CORRECT, HARD, JOINT
from bridle.statistics import Difference, Estimate, difference, ratio

if TYPE_CHECKING:
    import polars as pl

PLAIN = "plain"
SHOWN = (HARD, CORRECT, JOINT)


@dataclass(frozen=True, slots=True)
class Effect:
    """One arm of one model beside its plain arm; what cannot be told is left out."""

    model: str
    arm: str  # with the levels that vary
    who: str
    against: str  # the row that is the plain one
    changes: dict[str, Difference]  # by the outcome's name, arm − plain
    tokens: Estimate | None  # ratio of tokens written, arm over plain


def effects(frame: pl.DataFrame) -> list[Effect]:
    """Every other arm of every model that was also asked plainly, the most joint recovered first.

    `frame` has who, cluster and bare, as `summary.gather` makes them.
    """
    import polars as pl

    asked = frame.filter((pl.col("status") != "error") & ~pl.col("bare"))
    found: list[Effect] = []
    for model in asked["model"].unique(maintain_order=True):
        mine = asked.filter(pl.col("model") == model)
        plain = mine.filter(pl.col("arm") == PLAIN)
        whos = plain["who"].unique(maintain_order=True).to_list()
        if len(whos) != 1:
            continue
        means = _means(mine)
        base = means.filter(pl.col("who") == whos[0])
        for who in mine["who"].unique(maintain_order=True):
            if who == whos[0]:
                continue
            arm = mine.filter(pl.col("who") == who)["arm"][0]
            both = means.filter(pl.col("who") == who).join(
                base, on=["benchmark", "item"], suffix="_plain", maintain_order="left"
            )
            changes = {k.name: d for k in SHOWN if (d := _change(both, k.name)) is not None}
            if changes:
                name = who.removeprefix(f"{model} · ")
                found.append(Effect(model, name or arm, who, whos[0], changes, _tokens(both)))
    return sorted(found, key=lambda one: -_recovered(one))


def _recovered(effect: Effect) -> float:
    first = effect.changes.get(JOINT.name) or next(iter(effect.changes.values()))
    return first.estimate.value


def _means(rows: pl.DataFrame) -> pl.DataFrame:
    """A row for each item under each arm."""
    import polars as pl

    names = [kind.name for kind in SHOWN]
    return rows.group_by("who", "benchmark", "item", maintain_order=True).agg(
        *(pl.col(name).cast(pl.Float64).mean() for name in names),
        pl.col("tokens_out").cast(pl.Float64).mean(),
        pl.col("cluster").first(),
    )


def _change(both: pl.DataFrame, name: str) -> Difference | None:
    rows = both.drop_nulls([name, f"{name}_plain"]).sort("benchmark", "item")
    try:
        return difference(
            rows[name].to_numpy(), rows[f"{name}_plain"].to_numpy(), rows["cluster"].to_numpy(),
            what=f"{name}, arm − plain",
        )  # fmt: skip
    except DataError:
        return None


def _tokens(both: pl.DataFrame) -> Estimate | None:
    rows = both.drop_nulls(["tokens_out", "tokens_out_plain"])
    try:
        return ratio(
            rows["tokens_out"].to_numpy(), rows["tokens_out_plain"].to_numpy(),
            rows["cluster"].to_numpy(), what="tokens written, arm / plain",
        )  # fmt: skip
    except DataError:
        return None
