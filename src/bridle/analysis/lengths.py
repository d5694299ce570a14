"""Obedience by the length of the thought: what is observed, and three slopes that mean different things.

    bins(frame)[0]     -> Bin("organism", low=12, high=40, middle=25.3, obeyed=Estimate(0.9, …))
    slopes(frame)      -> across items, within an item, and by each arm that was drawn at random

Bins and the slope across items are mostly difficulty: hard items get long thoughts. Within an item
difficulty cannot enter; an arm that moves the length at random is the only cause among them, if it does
nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bridle.errors import DataError
from bridle.outcomes import HARD
from bridle.statistics import Estimate, arm_slope, rate, within_slope
from bridle.statistics.length import WEAK

if TYPE_CHECKING:
    import polars as pl

BINS = 6
LEAST = 60  # responses of a row; fewer make bins of a handful
PLAIN = "plain"
ACROSS, WITHIN = "across items", "within an item"


@dataclass(frozen=True, slots=True)
class Bin:
    """Responses of `who` that thought `low` to `high` tokens (both inclusive)."""

    who: str
    low: int
    high: int
    middle: float  # their geometric mean
    obeyed: Estimate


@dataclass(frozen=True, slots=True)
class Slope:
    """The change of HAcc with each doubling of the length; or in words why there is none."""

    who: str
    how: str
    change: Estimate | str


def counted(frame: pl.DataFrame) -> tuple[pl.DataFrame, str]:
    """Judged answers to prompts with constraints whose tokens are known, with `tokens` and `length` (its
    log2); and what was counted: "thinking", or "the response" where no thinking was."""
    import polars as pl

    rows = frame.filter((pl.col("status") != "error") & ~pl.col("bare")).drop_nulls(HARD.name)
    column, what = "tokens_thinking", "thinking"
    if not (rows[column].fill_null(0) > 0).any():
        column, what = "tokens_out", "the response"
    rows = rows.filter(pl.col(column) > 0).with_columns(tokens=pl.col(column))
    return rows.with_columns(length=pl.col("tokens").cast(pl.Float64).log(2)), what


def bins(frame: pl.DataFrame) -> list[Bin]:
    """Up to six bins of equally many responses for every row with enough of them."""
    import numpy as np
    import polars as pl

    rows, _ = counted(frame)
    found: list[Bin] = []
    for who in rows["who"].unique(maintain_order=True):
        mine = rows.filter(pl.col("who") == who)
        if mine.height < LEAST:
            continue
        tokens = mine["tokens"].to_numpy()
        edges = np.unique(np.quantile(tokens, np.linspace(0, 1, BINS + 1), method="lower"))
        places = (
            np.searchsorted(edges[1:-1], tokens, side="right") if len(edges) > 2 else tokens * 0
        )
        for place in np.unique(places):
            part = mine.filter(pl.Series(places == place))
            obeyed = rate(part[HARD.name].to_numpy(), part["cluster"].to_numpy(), what=HARD.label)
            low, high = int(part["tokens"].min()), int(part["tokens"].max())  # type: ignore[arg-type]
            found.append(Bin(who, low, high, float(2 ** part["length"].mean()), obeyed))  # type: ignore[operator]
    return found


def slopes(frame: pl.DataFrame) -> list[Slope]:
    """For every model: across its plain answers, within their items, and by each of its other arms."""
    import polars as pl

    rows, _ = counted(frame)
    found: list[Slope] = []
    for model in rows["model"].unique(maintain_order=True):
        mine = rows.filter(pl.col("model") == model)
        plain = mine.filter(pl.col("arm") == PLAIN) if (mine["arm"] == PLAIN).any() else mine
        whos = plain["who"].unique(maintain_order=True).to_list()
        if len(whos) != 1 or plain.height < LEAST:
            continue
        items = _items(plain)
        found.append(Slope(model, ACROSS, _slope(plain, [0] * plain.height)))
        found.append(Slope(model, WITHIN, _slope(plain, items)))
        for who in mine["who"].unique(maintain_order=True):
            if who == whos[0]:
                continue
            both = mine.filter(pl.col("who").is_in([whos[0], who]))
            arm = both.filter(pl.col("who") == who)["arm"][0]
            name = who if model == who else who.removeprefix(f"{model} · ")
            found.append(Slope(model, f"by the arm {name or arm}", _by_arm(both, who)))
    return found


def _items(rows: pl.DataFrame) -> Any:
    return rows.select("benchmark", "item").to_struct().rank("dense").to_numpy()


def _slope(rows: pl.DataFrame, items: Any) -> Estimate | str:
    import numpy as np
    import polars as pl

    try:
        return within_slope(
            rows[HARD.name].cast(pl.Float64).to_numpy(), rows["length"].to_numpy(), np.asarray(items),
            rows["cluster"].to_numpy(), what="HAcc for each doubling",
        )  # fmt: skip
    except DataError as error:
        return error.what


def _by_arm(rows: pl.DataFrame, who: str) -> Estimate | str:
    import polars as pl

    try:
        found = arm_slope(
            rows[HARD.name].cast(pl.Float64).to_numpy(), rows["length"].to_numpy(),
            (rows["who"] == who).cast(pl.Float64).to_numpy(), _items(rows), rows["cluster"].to_numpy(),
            what=f"HAcc for each doubling, {who}",
        )  # fmt: skip
    except DataError as error:
        return error.what
    if found.first_stage_f < WEAK:
        return f"the arm hardly changes the length (first-stage F = {found.first_stage_f:.1f})"
    return found.estimate
