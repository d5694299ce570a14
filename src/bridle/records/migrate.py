"""Files of earlier versions, read as this version's: study.json, journal lines, the table.

Rules: a key that is absent gets what it meant when nobody wrote it, a key that is not known is kept,
and nothing that was paid for is refused because of its age. Each step below says what a schema was.

    1   one arm in `arm`, outcomes as columns of the table (hard, soft, …), one reply a drawing
    2   `arms` and `factors`, outcomes as a list, the turn, step and fork of a reply
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import polars

SCHEMA = 2  # of all three files; raised whenever a key changes its name, type or meaning


def plan_row(row: dict[str, Any]) -> dict[str, Any]:
    """A study.json of any schema as one of this schema.

    Raises:
        TypeError: it is no JSON object.
    """
    if not isinstance(row, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise TypeError("not a JSON object")
    row = dict(row)
    if "arms" not in row:
        row["arms"] = [row.pop("arm", "plain")]
    row.pop("arm", None)
    row.setdefault("factors", {})
    row.setdefault("graded", [])
    row.setdefault("item_hashes", [])
    row["schema"] = max(SCHEMA, row.get("schema") or 1)
    return row


def journal_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """A line of a journal of any schema as one of this schema.

    Raises:
        KeyError: it does not say which model was asked which item.
        TypeError: it is no JSON object.
    """
    if not isinstance(row, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise TypeError("not a JSON object")
    found = {
        "condition": "with",
        "arm": "plain",
        "sample": 0,
        "turn": 0,
        "step": 0,
        "fork": "",
        **row,
    }
    factors: dict[str, Any] = row.get("factors") or {}
    found["factors"] = tuple(sorted(factors.items()))
    for name in ("model", "item"):
        if not isinstance(row[name], str):
            raise TypeError(f"{name} is {row[name]!r}")
    if row.get("status") == "error" and not row.get("error"):
        found["error"] = "no reason was written down"
    return found


def table(frame: polars.DataFrame, wanted: Mapping[str, polars.DataType]) -> polars.DataFrame:
    """A table of any schema with the `wanted` columns, in their order and of their types.

    Columns that are absent are null, or what they meant when nobody wrote them; columns that are not
    known are kept behind the others.

    Raises:
        polars.exceptions.PolarsError: a column holds what its type cannot.
    """
    import polars as pl

    if "outcomes" not in frame.columns:
        frame = frame.with_columns(_outcomes_of_columns(frame, wanted["outcomes"]))
        frame = frame.drop([c for c in (*_OLD_OURS, *_OLD_PUBLISHED) if c in frame.columns])
    if "verdicts" in frame.columns:
        frame = frame.with_columns(_verdicts(frame, wanted["verdicts"]))
    columns: list[pl.Expr] = []
    for name, kind in wanted.items():
        if name not in frame.columns:
            columns.append(pl.lit(_ABSENT.get(name), dtype=kind).alias(name))
        elif frame.schema[name] == kind:
            columns.append(pl.col(name))
        else:
            columns.append(pl.col(name).cast(kind, strict=True))
    others = [c for c in frame.columns if c not in wanted]
    return frame.select(*columns, *others)


# what a column meant when nobody wrote it
_ABSENT: dict[str, Any] = {
    "arm": "plain",
    "turn": 0,
    "fork": "",
    "factors": "{}",
    "steps": 1,
    "authors": "[]",
    "finish_reasons": [],
    "source": "",
    "group": "",
    "dialect": "none",
    "read_how": "plain",
    "prompt": "",
    "thinking": "",
    "answer": "",
    "n_constraints": 0,
    "bridle_version": "?",
}
_OLD_OURS = ("hard", "soft", "undetermined", "correct", "joint")
_OLD_PUBLISHED = ("upstream_hard", "upstream_soft")


def _outcomes_of_columns(frame: polars.DataFrame, kind: polars.DataType) -> polars.Expr:
    """Schema 1 had a column for each outcome."""
    import polars as pl

    assert isinstance(kind, pl.List)
    one = kind.inner
    parts: list[pl.Expr] = []
    for judge, names in (("ours", _OLD_OURS), ("published", _OLD_PUBLISHED)):
        for name in names:
            if name not in frame.columns:
                continue
            row = pl.struct(
                judge=pl.lit(judge),
                name=pl.lit(name.removeprefix("upstream_")),
                value=pl.col(name).cast(pl.Float64),
                text=pl.lit(None, dtype=pl.String),
                why=pl.lit(""),
            ).cast(one)
            parts.append(row)
    if not parts:
        return pl.lit([], dtype=kind).alias("outcomes")
    return pl.concat_list(parts).alias("outcomes")


def _verdicts(frame: polars.DataFrame, kind: polars.DataType) -> polars.Expr:
    """Verdicts with every field of today's; one that is absent is null."""
    import polars as pl

    there = frame.schema["verdicts"]
    if there == kind:
        return pl.col("verdicts")
    fields, had = _fields(kind), _fields(there)
    parts: list[pl.Expr] = []
    for name, dtype in fields.items():
        found = pl.element().struct.field(name) if name in had else pl.lit(None)
        parts.append(found.cast(dtype).alias(name))
    return pl.col("verdicts").list.eval(pl.struct(parts))


def _fields(kind: polars.DataType) -> dict[str, Any]:
    """The fields of a list of structures.

    Raises:
        TypeError: it is none.
    """
    import polars as pl

    inner = kind.inner if isinstance(kind, pl.List) else None
    if not isinstance(inner, pl.Struct):
        raise TypeError("its verdicts are no list of structures")
    return {f.name: f.dtype for f in inner.fields}
