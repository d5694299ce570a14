"""Frames with what an analysis counts and nothing else, since each slice and each part copies its rows.

narrow(frame)           -> no lists and no texts, few names told by numbers: to cut slices out of
light(frame)            -> the verdicts by what was asked and whether it was obeyed, without their reasons
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bridle.records.reader import TEXTS

if TYPE_CHECKING:
    import polars as pl

COUNTED = ("constraint", "family", "params", "scope", "obeyed")  # of a verdict


def narrow(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame for cutting slices out of it: no lists and no texts, and few names told by numbers.

    A slice copies its rows with all their columns, and there are hundreds of slices.
    """
    import polars as pl

    left = frame.select(
        name
        for name, kind in frame.schema.items()
        if name not in TEXTS and not isinstance(kind, pl.List | pl.Struct)
    )
    names = {
        name: pl.Enum(left[name].unique().drop_nulls().sort())
        for name in ("who", "status", "constraint", "family", "found_how")
        if name in left.columns and left[name].dtype == pl.String
    }
    return left.cast(names) if names else left  # pyright: ignore[reportArgumentType]


def light(frame: pl.DataFrame, *, keep: tuple[str, ...] = ()) -> pl.DataFrame:
    """The frame without the texts (those in `keep` apart) and with less of each verdict."""
    import polars as pl

    kind = frame.schema.get("verdicts")
    left = frame.drop([name for name in TEXTS if name in frame.columns and name not in keep])
    if not isinstance(kind, pl.List) or not isinstance(kind.inner, pl.Struct):
        return left
    fields = [f.name for f in kind.inner.fields if f.name in COUNTED]
    counted = pl.struct(pl.element().struct.field(*fields))
    return left.with_columns(pl.col("verdicts").list.eval(counted))
