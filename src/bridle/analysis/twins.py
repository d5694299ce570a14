"""Items without constraints are asked once: their two conditions are one request.

A study that asks with and without constraints has two records of such an item, copies of one reply.
Counted twice they would double its weight and the number of responses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

DRAWN = ("label", "benchmark", "item", "model", "arm", "sample", "turn", "fork")


def without_twins(frame: pl.DataFrame) -> pl.DataFrame:
    """The records without those of condition "without" whose item has no constraint and a record of
    condition "with" of the same drawing."""
    import polars as pl

    free = pl.col("n_constraints") == 0
    if not frame.select((free & (pl.col("condition") == "without")).any()).item():
        return frame
    factors = [c for c in frame.columns if c.startswith("factor.")]
    keys = [*(key for key in DRAWN if key in frame.columns), *factors]
    asked = (free & (pl.col("condition") == "with")).any().over(keys)
    return frame.filter(~(free & (pl.col("condition") == "without") & asked))
