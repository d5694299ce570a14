"""Whether the studies of a report are checkpoints of one run, and that run.

    run_of(tables, frame)      -> Run("ckpt", frame with step, item, …), or None

Checkpoints are told by a training step in the records (`factor.step`), by labels (step-100, step-200), or
by the models' names (ckpt-0, ckpt-500), where all but the number is the same.
At least three: two are a comparison.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bridle.analysis.run_table import Run, run_of_frame, shared
from bridle.errors import DataError
from bridle.outcomes import OUTCOMES, UNDETERMINED

if TYPE_CHECKING:
    import polars as pl

    from bridle.records import Table

LEAST = 3
STEP = "factor.step"
# a number is a step only where its word says so: llama-8b and llama-70b are two models
_NUMBERED = re.compile(
    r"(.*?(?:step|ckpt|checkpoint|iter|iteration|epoch|update)s?[-_ =:/.]*)(\d{1,15})(\D{0,20})",
    re.DOTALL | re.IGNORECASE,
)


def run_of(tables: Sequence[Table], frame: pl.DataFrame) -> Run | None:
    """The run over steps of the constrained answers, or None.

    `frame` holds the rows of `tables` as `summary.gather` makes them. Several arms or settings are no run.
    """
    import polars as pl

    asked = frame.filter(~pl.col("bare"))
    name, staged = _staged(tables, asked)
    if staged is None or staged["step"].n_unique() < LEAST:
        return None
    # what else varies (an arm, a second model) would be mixed into every point
    if (staged.group_by("step").agg(pl.col("who").n_unique())["who"] > 1).any():
        return None
    run = run_of_frame(name, staged, ())
    kinds = [
        name
        for name in run.outcomes
        if (kind := OUTCOMES.get(name))
        and kind.kind in ("truth", "share")
        and name != UNDETERMINED.name
    ]
    try:
        run = shared(run)
    except DataError:
        return None
    return Run(run.name, run.frame, tuple(kinds), run.notes) if kinds else None


def _staged(tables: Sequence[Table], frame: pl.DataFrame) -> tuple[str, pl.DataFrame | None]:
    """The name of the run, and the rows with their step."""
    import polars as pl

    if STEP in frame.columns and frame[STEP].n_unique() >= LEAST:
        rows = frame.drop_nulls(STEP).with_columns(step=pl.col(STEP).cast(pl.Float64, strict=False))
        return "The run", None if rows["step"].is_null().any() else rows
    if len(tables) >= LEAST and "label" in frame.columns:
        found = numbered(frame["label"].unique().to_list())
        column = "label"
    else:
        found = numbered(frame["model"].unique().to_list())
        column = "model"
    if found is None:
        return "", None
    name, steps = found
    step = pl.col(column).replace_strict(steps, default=None, return_dtype=pl.Float64)
    return name, frame.with_columns(step=step)


def numbered(names: Sequence[str]) -> tuple[str, dict[str, float]] | None:
    """What the names share, and the number of each; None if they differ in more than their last number."""
    found: dict[str, float] = {}
    stems: set[tuple[str, str]] = set()
    for name in names:
        match = _NUMBERED.fullmatch(name[:200])
        if match is None:
            return None
        stems.add((match[1], match[3]))
        found[name] = float(match[2])
    if len(stems) != 1 or len(set(found.values())) != len(names) or len(names) < LEAST:
        return None
    stem = stems.pop()[0].strip(" -_=:/.")
    return stem or "The run", found
