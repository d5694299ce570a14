"""One slice of the records, all of a model's or those of one source of it: its rates, or why not.

row = slice_of(frame, verdicts, "organism", change=True)
row.rates["hacc"].run      -> Estimate(value=0.43, low=0.30, high=0.56, n=60, ...)
row.rates["floor"].run     -> "no record without constraints"   (words, not NaN)
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from bridle.analysis.narrow import narrow
from bridle.analysis.rates import NO_NAME, WORDS, Cell, Rate, Row
from bridle.errors import DataError
from bridle.maths import NONE_STATED
from bridle.outcomes import (
    CORRECT,
    HARD,
    HARD_LOOSE,
    JOINT,
    OUTCOMES,
    SOFT,
    SOFT_LOOSE,
    TOKENS,
    TRUNCATED,
    UNDETERMINED,
)
from bridle.statistics import (
    Difference,
    Estimate,
    difference,
    over_floor,
    pooled_icc,
    rate,
)

if TYPE_CHECKING:
    import polars as pl


# Reasons why a figure is no question at all with that denominator, not one that lacks data.
ONLY_COMPLETE = "asked of complete answers alone"
ONLY_RUN = "complete answers are not truncated"
CHANGE = "correct, with − without constraints"
NOT_ASKED = (ONLY_COMPLETE, ONLY_RUN)

# Outcomes that have rates of their own above, or (lenient ones, tokens) a table of their own.
_NAMED = (HARD, SOFT, CORRECT, JOINT, TRUNCATED, UNDETERMINED, TOKENS, HARD_LOOSE, SOFT_LOOSE)


def verdicts_of(frame: pl.DataFrame) -> pl.DataFrame:
    """One row a verdict, without errors and without instructions that nothing here judges.

    Columns: who, cluster, bare, status, constraint, family, obeyed (by the rules in force; None is
    undetermined) and passed (an undetermined one does not).
    """
    import polars as pl

    def of_each(field: str) -> pl.Expr:
        return pl.col("verdicts").list.eval(pl.element().struct.field(field)).alias(field)

    # three fields of a verdict, not all of its texts: there are several times as many as records
    one = (
        frame.filter((pl.col("status") != "error") & (pl.col("verdicts").list.len() > 0))
        .select(
            *("who", "cluster", "bare", "status", "judged"),
            *(of_each("constraint"), of_each("family")),
            place=pl.int_ranges(pl.col("verdicts").list.len()),
        )
        .explode("constraint", "family", "place")
        .filter(pl.col("family") != "not judged")
    )
    found = one.select(
        *("who", "cluster", "bare", "status", "constraint", "family"),
        obeyed=pl.col("judged").list.get(pl.col("place"), null_on_oob=True),
    )
    return narrow(found.with_columns(passed=pl.col("obeyed").fill_null(False)))


def slice_of(
    frame: pl.DataFrame,
    verdicts: pl.DataFrame,
    who: str,
    *,
    change: bool = False,
) -> Row:
    import polars as pl

    mine = frame.filter(pl.col("who") == who)
    checks = verdicts.filter(pl.col("who") == who)
    return Row(
        who=who,
        label=who,
        statuses=_statuses(mine),
        problems=mine["cluster"].n_unique(),
        rates=_rates(mine) | {UNDETERMINED.name: _undetermined(checks.filter(~pl.col("bare")))},
        others=_others(mine),
        change=change_of(mine, CORRECT.name, CHANGE) if change else "",
    )


# (column, whether of the bare prompts) → the ICC of the table in which a row stands
Iccs = dict[tuple[str, bool], float | None]


def _iccs(frame: pl.DataFrame, columns: tuple[str, ...], by: str) -> Iccs:
    """How alike the outcomes of one problem are within a line of the table, from all its lines."""
    import polars as pl

    found: Iccs = {}
    for column in columns:
        for bare in (False, True):
            rows = frame.filter((pl.col("bare") == bare) & (pl.col("status") != "error"))
            rows = rows.select(column, "cluster", by).drop_nulls(column)
            if rows.height:
                cells = rows[by].rank("dense").to_numpy()
                values = rows[column].cast(pl.Float64).to_numpy()
                found[column, bare] = pooled_icc(values, rows["cluster"].to_numpy(), cells)
    return found


def _rates(frame: pl.DataFrame, iccs: Iccs | None = None) -> dict[str, Rate]:
    import polars as pl

    icc = iccs or {}

    judged = frame.filter(pl.col("status") != "error")
    asked = judged.filter(~pl.col("bare"))
    bare = judged.filter(pl.col("bare"))
    floor = bare.filter(pl.col("n_constraints") > 0)
    lacks_with, lacks_bare = "no record with constraints", "no record without constraints"
    return {
        "hacc": _both(asked, HARD.name, "hacc", lacks_with, icc.get((HARD.name, False))),
        "sacc": _both(asked, SOFT.name, "sacc", lacks_with, icc.get((SOFT.name, False))),
        "floor": _both(floor, HARD.name, "floor", lacks_bare, icc.get((HARD.name, True))),
        "soft_floor": _both(floor, SOFT.name, "soft_floor", lacks_bare, icc.get((SOFT.name, True))),
        "lift": _lift(asked, floor, HARD.name, icc.get((HARD.name, False))),
        "correct_with": _both(
            asked, CORRECT.name, "correct_with", lacks_with, icc.get((CORRECT.name, False))
        ),
        "correct_without": _both(
            bare, CORRECT.name, "correct_without", lacks_bare, icc.get((CORRECT.name, True))
        ),
        "none_stated_with": _none_stated(asked, "none_stated_with", lacks_with),
        "none_stated_without": _none_stated(bare, "none_stated_without", lacks_bare),
        JOINT.name: _both(asked, JOINT.name, JOINT.name, lacks_with, icc.get((JOINT.name, False))),
        "truncated_with": _run_only(asked, "truncated_with", lacks_with),
        "truncated_without": _run_only(bare, "truncated_without", lacks_bare),
    }


def _others(frame: pl.DataFrame) -> dict[str, Rate]:
    """The rates of outcomes without a row of their own, where any record has them; constrained
    prompts and bare ones are never pooled, the constrained ones go first."""
    import polars as pl

    found: dict[str, Rate] = {}
    answered = frame.filter(pl.col("status") != "error")
    for name, kind in OUTCOMES.items():
        if kind in _NAMED or kind.kind not in ("truth", "share") or name not in frame.columns:
            continue
        rows = answered.drop_nulls(name)
        asked = rows.filter(~pl.col("bare"))
        rows = asked if asked.height else rows
        if kind.counts == "complete":
            rows = _complete(rows)
        if not rows.height:
            continue
        run, complete = (
            cell_of(part, name, kind.label, "no complete answer")
            for part in (rows, _complete(rows))
        )
        found[name] = Rate(run, complete)
    return found


def split(frame: pl.DataFrame, verdicts: pl.DataFrame, by: str) -> list[Row]:
    """A row for each value of a column, within each model."""
    import polars as pl

    rows: list[Row] = []
    for who in frame["who"].unique(maintain_order=True):
        mine = frame.filter(pl.col("who") == who)
        iccs = _iccs(mine, (HARD.name, SOFT.name, CORRECT.name, JOINT.name), by)
        for value in mine[by].unique().sort():
            part = mine.filter(pl.col(by) == value)
            label = str(value) or NO_NAME
            problems = part["cluster"].n_unique()
            rates, others = _rates(part, iccs), _others(part)
            rows.append(Row(who, label, _statuses(part), rates, problems, others))
    return rows


def types(verdicts: pl.DataFrame) -> list[Row]:
    """A row for each constraint type, within each model: obeyed, floor, lift, undetermined."""
    import polars as pl

    rows: list[Row] = []
    for who in verdicts["who"].unique(maintain_order=True):
        mine = verdicts.filter(pl.col("who") == who)
        iccs = _iccs(mine, ("passed",), "constraint")
        with_, without = iccs.get(("passed", False)), iccs.get(("passed", True))
        for name in mine["constraint"].unique().sort():
            part = mine.filter(pl.col("constraint") == name)
            asked, floor = part.filter(~pl.col("bare")), part.filter(pl.col("bare"))
            rates = {
                "obeyed": _both(asked, "passed", "obeyed", "never asked for", with_),
                "floor": _both(floor, "passed", "floor", "no answer written without it", without),
                "lift": _lift(asked, floor, "passed", with_),
                UNDETERMINED.name: _undetermined(asked),
            }
            rows.append(Row(who, name, _statuses(part), rates, part["cluster"].n_unique()))
    return rows


def _undetermined(checks: pl.DataFrame) -> Rate:
    """Share of the verdicts on complete answers that could not be decided."""
    import polars as pl

    complete = checks.filter(pl.col("status") == "complete").with_columns(
        undecided=pl.col("obeyed").is_null()
    )
    cell = cell_of(
        complete, "undecided", WORDS[UNDETERMINED.name], "no verdict on a complete answer"
    )
    return Rate(ONLY_COMPLETE, cell)


def _run_only(frame: pl.DataFrame, key: str, lacks: str) -> Rate:
    import polars as pl

    counted = frame.with_columns(cut=pl.col("status") == "truncated")
    return Rate(cell_of(counted, "cut", WORDS[key], lacks), ONLY_RUN)


def _none_stated(frame: pl.DataFrame, key: str, lacks: str) -> Rate:
    """Complete answers that state no final answer: not correct, and not wrong either."""
    import polars as pl

    counted = frame.filter(pl.col("reference").is_not_null()).with_columns(
        none_stated=pl.col("found_how").eq_missing(NONE_STATED)
    )
    return _both(counted, "none_stated", key, lacks if frame.is_empty() else "no reference answer")


def _both(frame: pl.DataFrame, column: str, key: str, lacks: str, icc: float | None = None) -> Rate:
    complete = _complete(frame)
    none = "no complete answer" if frame.height else lacks
    return Rate(
        cell_of(frame, column, WORDS[key], lacks, icc),
        cell_of(complete, column, WORDS[key], none, icc),
    )


def cell_of(
    frame: pl.DataFrame, column: str, what: str, lacks: str, icc: float | None = None
) -> Cell:
    """The rate of a column; rows with nothing to judge (None) are left out."""
    values = frame.select(column, "cluster").drop_nulls(column)
    if not values.height:
        n = frame.height
        return f"nothing to judge in {n:,} record{'s' * (n != 1)}" if n else lacks
    return rate(values[column].to_numpy(), values["cluster"].to_numpy(), what=what, icc=icc)


def _lift(asked: pl.DataFrame, floor: pl.DataFrame, column: str, icc: float | None = None) -> Rate:
    def cell(a: pl.DataFrame, b: pl.DataFrame) -> Cell:
        a, b = a.drop_nulls(column), b.drop_nulls(column)
        if not a.height or not b.height:
            return "needs records with and without constraints"
        return _said(
            lambda: over_floor(
                a[column].to_numpy(),
                a["cluster"].to_numpy(),
                b[column].to_numpy(),
                b["cluster"].to_numpy(),
                what=WORDS["lift"],
                icc=icc,
            )
        )

    return Rate(cell(asked, floor), cell(_complete(asked), _complete(floor)))


def change_of(frame: pl.DataFrame, column: str, what: str) -> Difference | str:
    """A column with minus without constraints, as run, item by item; problem by problem where the
    items of the two conditions differ."""
    import polars as pl

    judged = frame.filter(pl.col("status") != "error").drop_nulls(column)
    for unit in (["who", "benchmark", "item"], ["who", "cluster"]):
        means = judged.group_by(*unit, "bare", maintain_order=True).agg(
            pl.col(column).mean().alias("right"),
            pl.col("cluster").first().alias("problem_key"),
        )
        pairs = means.filter(~pl.col("bare")).join(
            means.filter(pl.col("bare")), on=unit, suffix="_bare", maintain_order="left"
        )
        if pairs.height:
            # by name, so that the drawn signs of a permutation test do not hang on the rows' order
            pairs = pairs.sort(unit)
            return difference(
                pairs["right"].to_numpy(),
                pairs["right_bare"].to_numpy(),
                pairs["problem_key"].to_numpy(),
                what=what,
            )
    return "no problem was asked both with and without constraints"


def _complete(frame: pl.DataFrame) -> pl.DataFrame:
    import polars as pl

    return frame.filter(pl.col("status") == "complete")


def _statuses(frame: pl.DataFrame) -> dict[str, int]:
    counts = frame["status"].value_counts(sort=True)
    return dict(zip(counts["status"].to_list(), counts["count"].to_list(), strict=True))


def _said(make: Callable[[], Estimate]) -> Cell:
    try:
        return make()
    except DataError as error:
        return error.what
