"""Reads the table, and says what is wrong with one that cannot be read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, cast

from bridle.errors import DataError, first_line, nearest
from bridle.panics import unprinted
from bridle.records import migrate
from bridle.records.check import first_fault
from bridle.records.parts import SCORE, Parts
from bridle.records.record import schema
from bridle.records.stores import Store, fetch, url_of
from bridle.records.wide import widen
from bridle.version import __version__

if TYPE_CHECKING:
    import polars

FILE_NAME = "records.parquet"
SHOWN = 5  # folders that a message names
KEY = ("benchmark", "item", "problem", "condition", "model", "sample", "status", "verdicts")
TEXTS = {
    "prompt": "",
    "thinking": "",
    "answer": "",
    "raw": None,
    "sent": None,
}  # and what stands there


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
    def name(self) -> str:
        """What the study is called: its label, else its folder's name."""
        label = self.about.get("label")
        return (
            label if isinstance(label, str) and label else self.path.parent.name or str(self.path)
        )

    @property
    def prices(self) -> dict[str, tuple[float, float]]:
        """What the study's file says its models cost: USD a million tokens in, and out."""
        given: dict[str, list[float]] = self.about.get("prices") or {}
        return {model: (float(into), float(out)) for model, (into, out) in given.items()}

    @property
    def missing(self) -> int:
        """Planned records that are not there."""
        return max(0, self.planned - self.frame.height)

    def _repr_html_(self) -> str:
        """The study's name, how many records are there, and the frame as polars shows it."""
        from html import escape

        said = self.gate() or f"{self.frame.height:,} records."
        shown = self.frame._repr_html_()  # pyright: ignore[reportPrivateUsage]
        return f"<p>{escape(self.name)}: {escape(said)}</p>{shown}"

    def gate(self) -> str | None:
        """What must be said before any figure: how many planned records are missing, else None."""
        if not self.missing:
            return None
        verb = "is" if self.missing == 1 else "are"
        return f"{self.missing:,} of {self.planned:,} planned records {verb} missing."


def notes_of(about: Mapping[str, Any]) -> list[str]:
    """What a table says of how its responses came to be and were read, a line each.

    Settings that a provider did not send though they were asked for; what was decided by a vote of all
    responses of a model (`responses/votes.py`).
    """
    lines: list[str] = []
    dropped: Any = about.get("dropped")
    for model, counts in dropped.items() if isinstance(dropped, Mapping) else ():  # pyright: ignore
        for name, count in counts.items() if isinstance(counts, Mapping) else ():  # pyright: ignore
            lines.append(
                f"{model}: the provider was not sent {name} in {count} calls, though it was set: "
                "those responses were drawn with its own default."
            )
    voted: Any = about.get("voted")
    for text in voted if isinstance(voted, list | tuple) else ():  # pyright: ignore
        lines.append(f"Read by a vote of its responses, {text}.")
    return lines


def read(path: Path | str, *, texts: bool = True) -> Table:
    """The table at `path`: a Parquet file of ours, or a folder that holds `records.parquet` or parts.

    Without `texts` the columns prompt, thinking and answer are empty and are not read from the
    disk: figures need none of them, and they are nearly all of a table's size.

    Raises:
        DataError: no such file or folder, no records in it, not Parquet, not ours, damaged.
    """
    folder = Path(path)
    if url_of(path) is not None:
        return _read_url(path, texts=texts)
    if not (folder / FILE_NAME).is_file() and (folder / SCORE).is_file():
        return _read_parts(folder, texts=texts)
    return _read_file(_table_file(folder), texts=texts)


def load(path: Path | str, *, texts: bool = True) -> polars.DataFrame:
    """The records at `path` as a polars frame: one row a response, a column an outcome and a factor.

    Raises:
        DataError: as `read`.
    """
    return read(path, texts=texts).frame


def is_table(path: Path) -> bool:
    """Whether a folder holds a table, in one file or in parts."""
    return (path / FILE_NAME).is_file() or (path / SCORE).is_file()


def _read_url(place: Path | str, *, texts: bool) -> Table:
    """A table in an object store: a Parquet file, or a folder with one or with parts."""
    store = Store(place)
    assert store.url is not None
    if store.exists(SCORE) and not store.exists(FILE_NAME):
        return _read_parts(Path(store.url), texts=texts)
    url = store.url if store.url.endswith(".parquet") else store.place(FILE_NAME)
    with TemporaryDirectory(prefix="bridle-") as folder:
        return _read_file(fetch(url, Path(folder) / FILE_NAME), texts=texts)


def _read_parts(folder: Path, *, texts: bool) -> Table:
    """The parts one after the other, so that no more than one is held twice."""
    import polars as pl

    parts = Parts(folder)
    plan = parts.plan()
    there = [n for n in range(plan.shards) if parts.exists(n)]
    if plan.planned is None or not there:
        raise DataError(
            f"{folder} holds a scoring without records: it has just begun.",
            expected="at least one shard that is scored",
            hint="run the same bridle score again: it goes on",
        )
    frames: list[polars.DataFrame] = []
    bad = 0
    for number in there:
        with parts.file(number) as path:
            table = _read_file(path, texts=texts)
        frames.append(table.frame)
        bad += bad_rows_of(table.about)
    frame = pl.concat(frames, how="diagonal_relaxed")
    about = {**plan.about, "bad_rows": bad}
    return Table(frame=frame, planned=plan.planned, about=about, path=folder / SCORE)


def bad_rows_of(about: Mapping[str, Any]) -> int:
    """How many rows of a part's shard could not be scored."""
    told: Any = about.get("shard")
    try:
        kinds, others = told["bad"]
        return int(others) + sum(int(kind[1]) for kind in kinds)
    except (TypeError, KeyError, ValueError, IndexError):
        return 0


def _read_file(file: Path, *, texts: bool) -> Table:
    import polars as pl

    try:
        with unprinted():
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
    written = metadata["bridle.schema"]
    known = [str(n) for n in range(1, migrate.SCHEMA + 1)]
    if written not in known:  # its columns may mean other things
        version = metadata.get("bridle.version", "?")
        raise DataError(
            f"{file} was written by bridle {version[:40]} with schema {written[:40]}; "
            f"this is bridle {__version__}.",
            expected=f"schema {migrate.SCHEMA} or an earlier one",
            hint=f"pip install bridle-eval=={version[:40]}, or score the responses again",
        )
    try:
        empty = [pl.lit(t, dtype=pl.String()).alias(name) for name, t in TEXTS.items()]
        with unprinted():
            scan = pl.scan_parquet(file, glob=False)
            frame = scan.with_columns([] if texts else empty).collect()
        if frame.width == 0 or not {*KEY} <= set(frame.columns):
            raise DataError(
                f"{file} does not have the columns of a table of records.",
                expected=", ".join(KEY),
                hint="score the responses again: bridle score FILE --out DIR",
            )
        frame = migrate.table(frame, schema())
        planned = int(metadata.get("bridle.planned", frame.height))
        about: Any = json.loads(metadata.get("bridle.about", "{}"))
    except (
        pl.exceptions.PolarsError,
        pl.exceptions.PanicException,  # what polars raises on some damage; no Exception
        OSError,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,  # a column that should be a list of structures and is none
        RecursionError,
    ) as e:
        raise DataError(
            f"{file} is damaged ({first_line(e)}).",
            expected="a table written by bridle run or bridle score",
            hint=f"write it again: bridle score FILE --out {file.parent}",
        ) from e
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
    about = cast("dict[str, Any]", about)
    return Table(frame=widen(frame), planned=planned, about=about, path=file)


def _studies_beside(path: Path) -> list[str]:
    """The names of the folders beside `path` that hold a table; none where nobody may look."""
    try:
        return [p.name for p in path.parent.iterdir() if (p / FILE_NAME).is_file()]
    except OSError:
        return []


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
        there = _studies_beside(path)
        near = nearest(path.name, there)
        if near is not None:
            there = [near]
        raise DataError(
            f"There is no file or folder {path}.",
            expected="a folder written by bridle run --out or bridle score --out"
            + (f"; there is: {', '.join(sorted(there)[:SHOWN])}" if there else ""),
            hint=f"bridle run --out {path}" if near is None else str(path.parent / near),
        )
    return path
