"""The ladder: the same problems with no constraint, one, two, …; and constraints by what they ask of a writer.

    ladder(frame, verdicts)[0]     -> Row(who, "0", …), then "1", "2", …: only problems that have every number

Across problems a rate by the number of constraints is one of difficulty as well: whoever asks more of the
hard problems sees obedience fall. So a model's rungs are counted on the problems that stand on all of them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bridle.analysis.rates import Row
from bridle.analysis.slices import split, types
from bridle.constraints.registry import REGISTRY
from bridle.statistics.estimate import FEW

if TYPE_CHECKING:
    import polars as pl


def ladder(frame: pl.DataFrame, verdicts: pl.DataFrame) -> list[Row]:
    """A row for each number of constraints within each model, "0" for the bare prompts.

    Empty for a model without five problems that were asked with every number of constraints (at least
    two of them, the bare prompt counted).
    """
    import polars as pl

    found: list[Row] = []
    rung = pl.when("bare").then(0).otherwise("n_constraints").alias("rung")
    for who in frame["who"].unique(maintain_order=True):
        mine = frame.filter(pl.col("who") == who, pl.col("status") != "error").with_columns(rung)
        rungs = mine["rung"].n_unique()
        whole = mine.group_by("cluster").agg(pl.col("rung").n_unique().alias("n"))
        whole = whole.filter(pl.col("n") == rungs).select("cluster")
        if rungs < 2 or whole.height < FEW:
            continue
        mine = mine.join(whole, on="cluster", how="semi")
        bare = mine.filter(pl.col("bare")).with_columns(pl.lit(0).alias("rung"))
        if bare.height:
            found += [replace(row, label="0") for row in split(bare, verdicts, "rung")]
        counted = mine.filter(pl.col("n_constraints") > 0)
        found += split(counted, verdicts, "n_constraints")
    return found


def by_class(verdicts: pl.DataFrame) -> list[Row]:
    """A row for each class (planning, precision) within each model: obeyed, floor, lift, undetermined.

    A type that is not registered here (a plug-in's, not loaded) is in neither.
    """
    import polars as pl

    skills = {
        name: REGISTRY[name].skill for name in verdicts["constraint"].unique() if name in REGISTRY
    }
    known = verdicts.filter(pl.col("constraint").is_in(list(skills)))
    return types(
        known.with_columns(
            pl.col("constraint").cast(pl.String).replace_strict(skills, return_dtype=pl.String)
        )
    )
