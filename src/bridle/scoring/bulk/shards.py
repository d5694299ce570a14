"""Files of responses cut into shards: so many rows that one is graded in about a minute.

    cut(Path("rollouts.jsonl"))
    -> [Shard(file="rollouts.jsonl", kind="lines", start=0, size=50331648, row=0, number=0, rows=20000), …]

JSON lines are cut by bytes, Parquet by rows. What can only be read from its beginning (compressed lines,
one JSON value, CSV, Inspect logs) is one shard.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from bridle.records.stores import fetch, url_of
from bridle.scoring.formats import (
    Bad,
    Given,
    Row,
    count_rows,
    kind_of,
    read_file,
    read_given,
)
from bridle.scoring.formats.lines import numbered, read_line
from bridle.scoring.formats.tables import count_table, read_slice

ROWS = 20_000
BYTES = 64 * 2**20  # of lines
PEEKED = 100  # rows in which a file's first filter is looked for


@dataclass(frozen=True, slots=True)
class Shard:
    """A stretch of a file: `rows` rows from place `row` (from 0) on; `number` lines stand before it.

    `start` and `size` are bytes of lines, rows of a table. `in_file` are the rows of the whole file.
    """

    file: str
    kind: Literal["lines", "table", "whole"]
    start: int
    size: int
    row: int
    number: int
    rows: int
    in_file: int
    kept: str | None = None  # the file's first filter (lm-evaluation-harness)


def cut(path: Path, *, rows: int = ROWS) -> list[Shard]:
    """The shards of a file, in its order; a file without rows has one, which reading explains.

    Raises:
        DataError: the file cannot be opened or is of no format that is known.
    """
    kind = kind_of(path)
    if kind == "lines":
        found = list(_lines(path, rows))
    elif kind == "table":
        total = count_table(path)
        found = [
            Shard(
                str(path), "table", at, min(rows, total - at), at, at, min(rows, total - at), total
            )
            for at in range(0, total, rows)
        ]
    else:
        total = count_rows(path)
        found = [Shard(str(path), "whole", 0, 0, 0, 0, total, total)]
    if not found:
        return [Shard(str(path), "whole", 0, 0, 0, 0, 0, 0)]
    total = sum(shard.rows for shard in found)
    kept = _first_filter(path) if len(found) > 1 else None
    return [dataclasses.replace(shard, in_file=total, kept=kept) for shard in found]


def read_shard(shard: Shard) -> Iterator[Given | Bad]:
    """The rows of the shard, numbered as in the file."""
    if url_of(shard.file) is not None:
        with TemporaryDirectory(prefix="bridle-") as folder:
            for row in read_shard(_fetched(shard, Path(folder))):
                yield dataclasses.replace(row, file=shard.file)
        return
    path = Path(shard.file)
    if shard.kind == "whole":
        yield from read_file(path)
        return
    rows = _cut_lines(shard) if shard.kind == "lines" else read_slice(path, shard.start, shard.size)
    for row in rows:
        yield row if isinstance(row, Bad) else read_given(row)


def cut_url(url: str, *, rows: int = ROWS) -> list[Shard]:
    """The shards of an object, which is copied here for it."""
    with TemporaryDirectory(prefix="bridle-") as folder:
        found = cut(fetch(url, Path(folder) / url.rpartition("/")[2]), rows=rows)
    return [dataclasses.replace(shard, file=url) for shard in found]


def _fetched(shard: Shard, folder: Path) -> Shard:
    """The shard in a file of the same name on the disk: its own bytes of lines, else the whole object."""
    path = folder / shard.file.rpartition("/")[2]
    if shard.kind != "lines":
        return dataclasses.replace(shard, file=str(fetch(shard.file, path)))
    fetch(shard.file, path, shard.start, shard.size)
    return dataclasses.replace(shard, file=str(path), start=0)


def _lines(path: Path, most: int) -> Iterator[Shard]:
    start = row = number = rows = lines = at = 0
    with path.open("rb") as stream:
        for line_number, line in numbered(stream):
            end = stream.tell()
            if rows >= most or at - start >= BYTES:
                yield Shard(str(path), "lines", start, at - start, row, number, rows, 0)
                start, row, number, rows, lines = at, row + rows, number + lines, 0, 0
            lines = line_number - number
            rows += not line.isspace() and line != b"\xef\xbb\xbf"
            at = end
        at = stream.tell()
    if rows or lines:
        yield Shard(str(path), "lines", start, at - start, row, number, rows, 0)


def _cut_lines(shard: Shard) -> Iterator[Row | Bad]:
    with Path(shard.file).open("rb") as stream:
        stream.seek(shard.start)
        end = shard.start + shard.size
        for number, line in numbered(stream, end):
            if shard.start == 0 and number == 1:
                line = line.removeprefix(b"\xef\xbb\xbf")
            if line.strip():
                yield read_line(shard.file, shard.number + number, line)


def _first_filter(path: Path) -> str | None:
    given = (row for row in islice(read_file(path), PEEKED) if isinstance(row, Given))
    return next((row.filter for row in given if row.filter is not None), None)
