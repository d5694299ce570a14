"""What a side of a comparison is made of: a column an outcome, what makes two items the same, a row a verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bridle.constraints.registry import REGISTRY
from bridle.outcomes import CORRECT, HARD, JOINT, OUTCOMES, TRUNCATED

if TYPE_CHECKING:
    import polars as pl

KINDS = ("truth", "share")


def outcome_columns(frame: pl.DataFrame, bare: pl.Expr) -> tuple[list[pl.Expr], dict[str, str]]:
    """A column for each outcome of the constrained prompts, and for floors and bare correctness."""
    import polars as pl

    columns: list[pl.Expr] = []
    labels: dict[str, str] = {}
    first = [JOINT.name, HARD.name]
    for name in [*first, *(n for n in OUTCOMES if n not in first)]:
        kind = OUTCOMES[name]
        if kind.kind not in KINDS:
            continue
        if name == TRUNCATED.name:  # what the status says, whether or not it was measured
            value = (pl.col("status") == "truncated").cast(pl.Float64)
        elif name in frame.columns:
            value = pl.col(name).cast(pl.Float64)
        else:
            continue
        labels[name] = kind.label
        columns.append(pl.when(~bare).then(value).alias(name))
        if kind.floor or kind is CORRECT:
            other = f"{name}_without"
            labels[other] = f"floor of {kind.label}" if kind.floor else f"{kind.label}, without"
            had = bare & (pl.col("n_constraints") > 0) if kind.floor else bare
            columns.append(pl.when(had).then(value).alias(other))
    filled = frame.select(columns)
    empty = {key for key in filled.columns if filled[key].null_count() == frame.height}
    columns = [c for c in columns if c.meta.output_name() not in empty]
    return columns, {key: label for key, label in labels.items() if key not in empty}


def identity() -> pl.Expr:
    """What makes an item the same one: its reference answer, and its constraints with parameters.

    The prompt is not part of it: an arm may place the same instructions elsewhere.
    """
    import polars as pl

    rules = pl.col("verdicts").list.eval(
        pl.concat_str(
            pl.element().struct.field("constraint"),
            pl.element().struct.field("params"),
            separator=" ",
        ).hash()
    )
    return pl.struct(pl.col("reference"), rules.alias("rules")).hash()


def verdicts_by_place(frame: pl.DataFrame) -> pl.DataFrame | None:
    import polars as pl

    turn = [key for key in ("turn", "fork") if key in frame.columns]
    asked = frame.filter((pl.col("condition") == "with") & (pl.col("n_constraints") > 0))
    if not asked.height:
        return None
    long = (
        asked.select(
            pl.concat_str(
                "benchmark", "item", "condition", *turn, separator=" ", ignore_nulls=True
            ).alias("item"),
            pl.struct("benchmark", "problem").alias("cluster"),
            pl.col("verdicts"),
            pl.int_ranges(pl.col("verdicts").list.len()).alias("place"),
        )
        .explode("verdicts", "place")
        .drop_nulls("verdicts")
    )
    rules = long["verdicts"].struct.field("constraint")
    skills = {name: REGISTRY[name].skill for name in rules.unique() if name in REGISTRY}
    return long.select(
        "item",
        "cluster",
        "place",
        pl.Series("class", rules.cast(pl.String)).replace_strict(
            skills, default=None, return_dtype=pl.String
        ),
        constraint=pl.col("verdicts").struct.field("constraint"),
        family=pl.col("verdicts").struct.field("family"),
        obeyed=pl.col("verdicts").struct.field("obeyed").fill_null(False).cast(pl.Float64),
    ).filter(pl.col("family") != "not judged")
