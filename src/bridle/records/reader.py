"""Reads the table, and says what is wrong with one that cannot be read."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from bridle import __version__
from bridle.errors import DataError, first_line
from bridle.records.check import first_fault
from bridle.records.record import SCHEMA, schema

if TYPE_CHECKING:
    import polars

FILE_NAME = "records.parquet"
TEXTS = ("prompt", "thinking", "answer")


@dataclass(frozen=True)
class Table:
    """A table as read: the frame, how many records were planned, and what its writer said of it.

    In the frame a verdict's `observed` and `params` are JSON texts; `frame` is a polars DataFrame
    with the columns of `Record`, in that order.
    """

    frame: polars.DataFrame
    planned: int
    about: dict[str, Any]
    path: Path

    @property
    def missing(self) -> int:
        """Planned records that are not there."""
        return max(0, self.planned - self.frame.height)

    def gate(self) -> str | None:
        """What must be said before any figure: how many planned records are missing, else None."""
        if not self.missing:
            return None
        verb = "is" if self.missing == 1 else "are"
        return f"{self.missing:,} of {self.planned:,} planned records {verb} missing."


def read(path: Path | str, *, texts: bool = True) -> Table:
    """The table at `path`: a Parquet file of ours, or the folder that holds `records.parquet`.

    Without `texts` the columns prompt, thinking and answer are empty and are not read from the
    disk: figures need none of them, and they are nearly all of a table's size.

    Raises:
        DataError: no such file or folder, no records in it, not Parquet, not ours, another schema.
    """
    import polars as pl

    file = _table_file(Path(path))
    try:
        metadata = pl.read_parquet_metadata(file)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as e:
        raise DataError(
            f"{file} is not a Parquet file, or a damaged one ({first_line(e)}).",
            expected="a table written by bridle run or bridle score",
            hint=f"write it again: bridle score FILE --out {file.parent}",
        ) from e
    if "bridle.schema" not in metadata:
        raise DataError(
            f"{file} is a Parquet file, but not a table of records.",
            expected="a table written by bridle run or bridle score",
            hint=f"if it holds responses: bridle score {file} --out DIR",
        )
    if metadata["bridle.schema"] != str(SCHEMA):
        raise DataError(
            f"{file} was written by bridle {metadata.get('bridle.version', '?')} "
            f"with schema {metadata['bridle.schema']}; this is bridle {__version__}.",
            expected=f"schema {SCHEMA}",
            hint=f"pip install bridle-eval=={metadata.get('bridle.version', '?')}, or score the responses again",
        )
    try:
        empty = [] if texts else [pl.lit("").alias(name) for name in TEXTS]
        frame = pl.scan_parquet(file).with_columns(empty).collect()
        planned = int(metadata["bridle.planned"])
        about: Any = json.loads(metadata["bridle.about"])
    except (
        pl.exceptions.PolarsError,
        pl.exceptions.PanicException,  # what polars raises on some damage; no Exception
        OSError,
        KeyError,
        ValueError,
        RecursionError,
    ) as e:
        raise DataError(
            f"{file} is damaged ({first_line(e)}).",
            expected="a table written by bridle run or bridle score",
            hint=f"write it again: bridle score FILE --out {file.parent}",
        ) from e
    if dict(frame.schema) != schema():
        raise DataError(
            f"{file} does not have the columns of a table of records.",
            expected=", ".join(schema()),
            hint="score the responses again: bridle score FILE --out DIR",
        )
    fault = first_fault(frame)
    if fault is None and planned < 0:
        fault = f"planned is {planned}"
    if fault is None and not isinstance(about, dict):
        fault = "what its writer said of it is no JSON object"
    if fault is not None:
        raise DataError(
            f"{file} has the columns of a table of records, but not its values: {fault}.",
            expected="a table written by bridle run or bridle score",
            hint="score the responses again: bridle score FILE --out DIR",
        )
    return Table(frame=frame, planned=planned, about=cast("dict[str, Any]", about), path=file)


def _table_file(path: Path) -> Path:
    if path.is_dir():
        file = path / FILE_NAME
        if file.is_file():
            return file
        if (path / "study.json").is_file():
            raise DataError(
                f"{path} holds a study without a table: its run has not ended.",
                expected=f"{FILE_NAME}, which a run writes at its end",
                hint=f"bridle run --out {path}, which makes the missing calls and writes the table",
            )
        raise DataError(
            f"{path} holds no {FILE_NAME}.",
            expected="a folder written by bridle run --out or bridle score --out",
            hint=f"bridle run --out {path}, or bridle score FILE --out {path}",
        )
    if not path.exists():
        raise DataError(
            f"There is no file or folder {path}.",
            expected="a folder written by bridle run --out or bridle score --out",
            hint=f"bridle run --out {path}",
        )
    return path
