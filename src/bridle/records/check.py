"""What must hold of the values in a table before anything computes with it.

A table's schema says that `params` is text; that it is a JSON object, that a span has two ends and
that a scope is known are said nowhere in a Parquet file, and a table may come from anyone.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, get_args

from bridle.benchmarks.item import Condition
from bridle.constraints.base import Scope
from bridle.outcomes import OUTCOMES
from bridle.records.record import Record

if TYPE_CHECKING:
    import polars

# fields of a verdict that are never null
REQUIRED = ("constraint", "observed", "wanted", "reason", "scope", "family", "params")


def first_fault(frame: polars.DataFrame) -> str | None:
    """What is wrong with the first value that cannot be one of ours, with its row from 1; else None.

    `frame` has the schema of `record.schema()`.
    """
    return next((text for text in _faults(frame) if text is not None), None)


def _faults(frame: polars.DataFrame) -> Iterator[str | None]:
    import polars as pl

    for field in dataclasses.fields(Record):
        if "None" not in str(field.type):
            yield _where(frame, pl.col(field.name).is_null(), f"{field.name} is null")
    known = get_args(Condition)
    text = f"condition is none of {', '.join(known)}"
    yield _where(frame, ~pl.col("condition").is_in(known), text)
    yield _where(frame, pl.col("sample") < 0, "sample is negative")
    yield from _outcome_faults(frame)
    for name, what in (("factors", "a JSON object"), ("sent", "a JSON object")):
        yield _parsed(frame, name, lambda value: isinstance(value, dict), what, of="")
    yield _parsed(frame, "authors", lambda value: isinstance(value, list), "a JSON list", of="")
    yield _where(frame, _holed("verdicts"), "a verdict is null")

    verdicts = frame.select(pl.int_range(1, pl.len() + 1).alias("_row"), "verdicts")
    verdicts = verdicts.explode("verdicts").drop_nulls("verdicts").unnest("verdicts")
    for name in REQUIRED:
        yield _where(verdicts, pl.col(name).is_null(), f"a verdict's {name} is null")
    known = get_args(Scope)
    text = f"a verdict's scope is none of {', '.join(known)}"
    yield _where(verdicts, ~pl.col("scope").is_in(known), text)
    yield _parsed(verdicts, "params", lambda value: isinstance(value, dict), "a JSON object")
    yield _parsed(verdicts, "observed", lambda _: True, "JSON")

    text = "a span of a verdict's evidence is not two whole numbers"
    yield _where(verdicts, _holed("evidence"), text)
    spans = verdicts.select("_row", "evidence").explode("evidence").drop_nulls("evidence")
    yield _where(spans, (pl.col("evidence").list.len() != 2) | _holed("evidence"), text)


def _outcome_faults(frame: polars.DataFrame) -> Iterator[str | None]:
    import polars as pl

    yield _where(frame, _holed("outcomes"), "an outcome is null")
    found = frame.select(pl.int_range(1, pl.len() + 1).alias("_row"), "outcomes")
    found = found.explode("outcomes").drop_nulls("outcomes").unnest("outcomes")
    for name in ("judge", "name"):
        yield _where(found, pl.col(name).is_null(), f"an outcome's {name} is null")
    value = pl.col("value")
    for kind in OUTCOMES.values():
        mine = pl.col("name") == kind.name
        if kind.kind == "truth":
            wrong = ~value.is_in([0.0, 1.0]).fill_null(True)
            yield _where(found, mine & wrong, f"{kind.name} is neither yes nor no")
        elif kind.kind == "share":
            wrong = ~(value.is_between(0, 1) & value.is_not_nan()).fill_null(True)
            yield _where(found, mine & wrong, f"{kind.name} is not between 0 and 1")


def _holed(column: str) -> polars.Expr:
    """Whether a list has a null among its elements."""
    import polars as pl

    return pl.col(column).list.eval(pl.element().is_null()).list.any()


def _parsed(
    frame: polars.DataFrame,
    name: str,
    fits: Callable[[Any], bool],
    what: str,
    *,
    of: str = "a verdict's ",
) -> str | None:
    import polars as pl

    wrong: list[str] = []
    for text in frame.get_column(name).unique().drop_nulls():
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            wrong.append(text)
        else:
            if not fits(value):
                wrong.append(text)
    return _where(frame, pl.col(name).is_in(wrong), f"{of}{name} is not {what}")


def _where(frame: polars.DataFrame, wrong: polars.Expr, what: str) -> str | None:
    import polars as pl

    row = pl.col("_row") if "_row" in frame.columns else pl.int_range(1, pl.len() + 1)
    found = frame.select(row.filter(wrong).first()).item()
    return None if found is None else f"row {found}: {what}"
