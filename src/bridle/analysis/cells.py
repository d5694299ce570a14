"""Arms with several levels in one study, told apart: "wait" in three cells becomes three arms.

by_cell(table).frame["arm"]   -> plain, wait:times=1, wait:times=2, …
control_of("wait:times=2", arms)  -> "wait_neutral:times=2", else "wait_neutral"
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from bridle import arms as all_arms
from bridle.errors import BridleError

if TYPE_CHECKING:
    from bridle.records import Table


def by_cell(table: Table) -> Table:
    """The table with the factors that vary within an arm in the arm's name."""
    import polars as pl

    frame = table.frame
    factors = [c for c in frame.columns if c.startswith("factor.")]
    label = pl.col("arm")
    levels = frame.select("arm", *factors)
    parts_of = {arm: levels.filter(pl.col("arm") == arm) for arm in frame["arm"].unique().sort()}
    # a factor that varies in one arm is named in all that have it: its control has it too
    split = [c for c in factors if any(rows[c].n_unique() > 1 for rows in parts_of.values())]
    for arm, rows in parts_of.items():
        varied = [c for c in split if rows[c].is_not_null().any()]
        if not varied:
            continue
        parts = [
            pl.lit(f"{c.removeprefix('factor.')}=")
            + pl.col(c).cast(pl.String).str.strip_suffix(".0").fill_null("-")
            for c in varied
        ]
        named = pl.lit(f"{arm}:") + pl.concat_str(parts, separator=",")
        label = pl.when(pl.col("arm") == arm).then(named).otherwise(label)
    return replace(table, frame=frame.with_columns(label.alias("arm")))


def control_of(name: str, there: Collection[str]) -> str:
    """The arm's control among those that are there: with the same factors first; empty if unknown."""
    try:
        control = all_arms.get(name).control or ""
    except BridleError:
        return ""
    _, sign, factors = name.partition(":")
    same = f"{control}{sign}{factors}"
    if control and same in there:
        return same
    if control in there or not control:
        return control
    levels = [other for other in there if other.partition(":")[0] == control]
    return control if not levels or not factors else same  # with other levels it is no control
