"""Writes the table, whole or not at all."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
from collections.abc import Generator, Iterable, Mapping
from pathlib import Path
from typing import Any

from bridle.errors import DataError, first_line
from bridle.records.migrate import SCHEMA
from bridle.records.record import Record, clean, frame_of
from bridle.version import __version__


class Writer:
    """Writes a table as records come, in flat memory; the file appears only when all is well.

    with Writer(path, about={...}) as table:
        table.add(record)
        table.planned = 120
    """

    CHUNK = 2_000  # records, and
    CHUNK_TEXT = 2**23  # characters that are held before they are written

    def __init__(
        self, path: Path | str, *, about: Mapping[str, Any], planned: int | None = None
    ) -> None:
        self.path = Path(path)
        self.about = dict(about)
        self.planned = planned  # None: as many as were added
        self.count = 0
        self._pending: list[Record] = []
        self._text = 0
        self._parts: list[Path] = []
        self._folder: Path | None = None

    def __enter__(self) -> Writer:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._folder = Path(tempfile.mkdtemp(prefix=".records-", dir=self.path.parent))
        except OSError as e:
            raise _cannot_write(self.path, e) from e
        return self

    def add(self, record: Record) -> None:
        self._pending.append(record)
        self.count += 1
        self._text += len(record.prompt) + len(record.thinking) + len(record.answer)
        if len(self._pending) >= self.CHUNK or self._text >= self.CHUNK_TEXT:
            self._flush()

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: object) -> None:
        try:
            if kind is None:
                self._finish()
        finally:
            if self._folder is not None:
                shutil.rmtree(self._folder, ignore_errors=True)

    def _flush(self) -> None:
        assert self._folder is not None
        part = self._folder / f"{len(self._parts):06d}.parquet"
        with _mended(self.path):
            frame_of(self._pending).write_parquet(part)
        self._parts.append(part)
        self._pending, self._text = [], 0

    def _finish(self) -> None:
        import polars as pl

        assert self._folder is not None
        if self._pending or not self._parts:
            self._flush()
        planned = self.count if self.planned is None else self.planned
        metadata = {
            "bridle.schema": str(SCHEMA),
            "bridle.version": __version__,
            "bridle.planned": str(planned),
            "bridle.about": json.dumps(clean(self.about), ensure_ascii=False, default=str),
        }
        whole = self._folder / "whole.parquet"
        with _mended(self.path):
            pl.scan_parquet(self._parts, glob=False).sink_parquet(
                whole, metadata=metadata, compression="zstd", maintain_order=True
            )
            with whole.open("rb+") as handle:
                os.fsync(handle.fileno())
            whole.replace(self.path)


def write(
    records: Iterable[Record], path: Path | str, *, planned: int, about: Mapping[str, Any]
) -> None:
    """Write the table to `path` (Parquet), whole or not at all: a temporary file, then a rename.

    `planned` is the number of records that a complete table would hold; `about` (anything JSON
    can hold) says what it is a table of. Both stand in the file's metadata.

    Raises:
        DataError: the folder cannot be written to, or the disk is full; an older table stays as it was.
    """
    with Writer(path, planned=planned, about=about) as table:
        for record in records:
            table.add(record)


@contextlib.contextmanager
def _mended(path: Path) -> Generator[None, None, None]:
    """What goes wrong while writing, in words: a full disk, a folder without permission."""
    import polars as pl

    try:
        yield
    except (OSError, pl.exceptions.PolarsError) as e:
        raise _cannot_write(path, e) from e


def _cannot_write(path: Path, why: Exception) -> DataError:
    return DataError(
        f"{path} could not be written: {first_line(why)}.",
        expected="a folder that can be written to, on a disk with room; nothing was overwritten",
        hint="free some room or name another folder with --out",
    )
