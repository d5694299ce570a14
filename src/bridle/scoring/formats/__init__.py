"""The files that hold responses which something else generated, read row by row.

    for row in read_file(Path("samples_ifeval.jsonl")):
        Given(file=…, number=1, fields={…the item's…}, replies=(Reply(raw="…"),), key="1000", …)
        or Bad(file=…, number=2, reason="not JSON: …")

JSON lines (plain, gzip, zstd), Parquet and Inspect logs are told apart by their first bytes, the
spellings of a row by its fields.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

from bridle.benchmarks.fields import Unusable
from bridle.errors import DataError
from bridle.scoring.formats.asked import AskedItems, Book, item_for
from bridle.scoring.formats.bad_rows import BadRows
from bridle.scoring.formats.csv_rows import read_csv, separator_of
from bridle.scoring.formats.folders import files_of
from bridle.scoring.formats.given import Bad, Given, Row
from bridle.scoring.formats.inspect_log import count_samples, read_log
from bridle.scoring.formats.items import Items, asked_under
from bridle.scoring.formats.labels import label_of
from bridle.scoring.formats.lines import count_lines, has_lines, opened, read_lines
from bridle.scoring.formats.replies import given_of
from bridle.scoring.formats.tables import count_table, read_table

__all__ = [
    "AskedItems",
    "Bad",
    "BadRows",
    "Book",
    "Given",
    "Items",
    "Row",
    "Unusable",
    "asked_under",
    "check_readable",
    "count_rows",
    "files_of",
    "item_for",
    "kind_of",
    "label_of",
    "read_file",
    "read_given",
    "read_items",
]

PARQUET, ZIP = b"PAR1", b"PK"


def read_file(path: Path) -> Iterator[Given | Bad]:
    """The rows of a file of responses, in any of the formats; one at a time.

    Raises:
        DataError: the file cannot be opened or is of no format that is known.
    """
    head = _head(path)
    if head.startswith(ZIP):
        yield from read_log(path)
        return
    for row in _rows(path, head):
        yield row if isinstance(row, Bad) else read_given(row)


def _rows(path: Path, head: bytes) -> Iterator[Row | Bad]:
    """The rows of every kind of file but an Inspect log."""
    if head.startswith(PARQUET):
        yield from read_table(path)
    elif (separator := separator_of(path)) is not None:
        with opened(path, head) as stream:
            yield from read_csv(str(path), stream, separator)
    else:
        yield from read_lines(path, head)


def kind_of(path: Path) -> Literal["lines", "table", "whole"]:
    """How a file can be cut: at any line, at any row, or not at all.

    Raises:
        DataError: the file cannot be opened.
    """
    head = _head(path)
    if head.startswith(PARQUET):
        return "table"
    packed = head.startswith(ZIP) or separator_of(path) is not None
    return "lines" if not packed and has_lines(path, head) else "whole"


def read_given(row: Row) -> Given | Bad:
    """The row understood, or why it cannot be."""
    try:
        return given_of(row)
    except Unusable as reason:
        return Bad(row.file, row.number, str(reason))


def count_rows(path: Path) -> int:
    """How many rows, good and bad, `read_file` gives."""
    head = _head(path)
    if head.startswith(ZIP):
        return count_samples(path)
    if separator_of(path) is not None:
        return sum(1 for _ in _rows(path, head))
    return count_table(path) if head.startswith(PARQUET) else count_lines(path, head)


def read_items(path: Path) -> Items:
    """The items of a file of rows, in any of the three spellings.

    Raises:
        DataError: the file cannot be read or holds no items.
    """
    head = _head(path)
    if head.startswith(ZIP):
        raise DataError(f"{path} is a zip.", expected="a file of items: JSON lines or Parquet")

    def rows() -> Iterator[tuple[str, int, Mapping[str, Any]] | Bad]:
        for row in _rows(path, head):
            yield row if isinstance(row, Bad) else (row.file, row.number, row.fields)

    return Items(rows(), str(path))


def check_readable(path: Path) -> None:
    """
    Raises:
        DataError: there is no such file, or it cannot be opened.
    """
    _head(path)


def _head(path: Path) -> bytes:
    if path.is_dir():
        raise DataError(
            f"{path} is a folder.",
            expected="a file of responses",
            hint=f"bridle score {path}/FILE; of a study of ours: bridle report {path}",
        )
    try:
        with path.open("rb") as file:
            return file.read(16)
    except OSError as error:
        raise DataError(
            f"{path} cannot be read: {error.strerror or error}.", expected="a file of responses"
        ) from error
