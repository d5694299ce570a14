"""The table with a column for each outcome and each factor, as analyses read it.

    widen(frame)    -> the frame with hard, soft, …, upstream_hard, upstream_soft and factor.times

Outcomes are kept as a list so that a probe may bring its own; a column is what one computes with. Every
outcome that is always measured has a column, null where no row has it; so has every other that the table
holds.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bridle import plugins
from bridle.outcomes import OUTCOMES
from bridle.records.record import frame_of

if TYPE_CHECKING:
    import polars

PREFIX = {"ours": "", "published": "upstream_"}  # of the columns of a judge's outcomes
FACTOR = "factor."


def widen(frame: polars.DataFrame) -> polars.DataFrame:
    """The frame with columns for its outcomes and factors; its own columns stay as they are."""
    return frame.with_columns(*_outcomes(frame), *_factors(frame))


def columns() -> dict[str, polars.DataType]:
    """The columns of a table as it is read, with their types: those of a study without factors."""
    return dict(widen(frame_of([])).schema)


def _outcomes(frame: polars.DataFrame) -> list[polars.Series]:
    import polars as pl

    long = (
        frame.lazy()
        .select(pl.int_range(pl.len()).alias("row"), "outcomes")
        .explode("outcomes")
        .drop_nulls("outcomes")
        .unnest("outcomes")
        .select("row", "judge", "name", "value", "text")
        .collect()
    )
    parts = {
        (str(judge), str(name)): part
        for (judge, name), part in long.partition_by(
            "judge", "name", as_dict=True, include_key=False, maintain_order=True
        ).items()
    }
    plugins.load("bridle.outcomes")
    wanted = [("ours", kind.name) for kind in OUTCOMES.values() if kind.always]
    wanted += [("published", kind.name) for kind in OUTCOMES.values() if kind.published]
    columns: list[polars.Series] = []
    for judge, name in dict.fromkeys([*wanted, *parts]):
        column = PREFIX.get(judge, f"{judge}_") + name
        if column in frame.columns:
            continue
        columns.append(_column(parts.get((judge, name)), name, frame.height).alias(column))
    return columns


def _column(part: polars.DataFrame | None, name: str, height: int) -> polars.Series:
    import polars as pl

    kind = OUTCOMES[name].kind if name in OUTCOMES else "number"
    dtype = {"truth": pl.Boolean(), "text": pl.String()}.get(kind, pl.Float64())
    if part is None:
        return pl.Series(name, [None], dtype=dtype).new_from_index(0, height)
    part = part.unique("row", keep="first", maintain_order=True)
    values = part["text"] if kind == "text" else part["value"].cast(dtype)
    if part.height == height:  # every row has it, in the frame's order
        return values
    rows = pl.DataFrame({"row": pl.int_range(height, eager=True)})
    found = pl.DataFrame({"row": part["row"], "value": values})
    return rows.join(found, on="row", how="left", maintain_order="left")["value"]


def _factors(frame: polars.DataFrame) -> list[polars.Series]:
    import polars as pl

    texts = frame["factors"].unique().drop_nulls().to_list()
    levels: dict[str, dict[str, Any]] = {text: json.loads(text) for text in texts}
    names = sorted({name for chosen in levels.values() for name in chosen})
    columns: list[polars.Series] = []
    for name in names:
        if FACTOR + name in frame.columns:
            continue
        mapped = {text: chosen.get(name) for text, chosen in levels.items()}
        known = [v for v in mapped.values() if v is not None]
        numbers = all(isinstance(v, int | float) and not isinstance(v, bool) for v in known)
        if numbers:
            made = {k: None if v is None else float(v) for k, v in mapped.items()}
        else:
            made = {k: None if v is None else str(v) for k, v in mapped.items()}
        dtype = pl.Float64() if numbers else pl.String()
        columns.append(
            frame["factors"]
            .replace_strict(made, default=None, return_dtype=dtype)
            .alias(FACTOR + name)
        )
    return columns
