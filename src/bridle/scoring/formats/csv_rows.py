"""A CSV or TSV file of responses: a header, then a row a response; cells may hold JSON.

Lists and objects (constraints, kwargs, chats, samples) stand in a cell as JSON text. An empty cell
is no value.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from bridle.benchmarks.fields import decoded
from bridle.errors import DataError
from bridle.scoring.formats.given import Bad, Row

ENDINGS = {".csv": ",", ".tsv": "\t"}
CELL_LIMIT = 32 * 2**20  # characters


def separator_of(path: Path) -> str | None:
    """The separator of a file that is named as a CSV or TSV, None for every other one."""
    names = [s.lower() for s in path.suffixes[-2:]]
    return next((ENDINGS[name] for name in names if name in ENDINGS), None)


def read_csv(name: str, stream: BinaryIO, separator: str) -> Iterator[Row | Bad]:
    """The rows, by the number of the line where each ends.

    Raises:
        DataError: there is no header.
    """
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace", newline="")
    csv.field_size_limit(CELL_LIMIT)
    reader = csv.reader(text, delimiter=separator)
    try:
        header = next(reader, [])
        if len([column for column in header if column.strip()]) < 2:
            raise DataError(
                f"{name} has no header of columns.",
                expected="a first line like: question,answer,response",
            )
        for cells in reader:
            if not any(cells):
                continue
            if len(cells) != len(header):
                counts = f"{len(cells)} cells for {len(header)} columns"
                yield Bad(name, reader.line_num, counts)
                continue
            values = {c.strip(): _value(v) for c, v in zip(header, cells, strict=True)}
            yield Row(name, reader.line_num, values)
    except csv.Error as error:
        yield Bad(name, reader.line_num, f"not CSV from here on ({error})", stops=True)


def _value(cell: str) -> Any:
    """The cell: JSON where it is a list or an object of it, else its text."""
    if not cell.strip():
        return None
    if cell.lstrip()[0] in "[{":
        value = decoded(cell)
        # a response that is a JSON object is a text; lists of texts are samples, of objects chats
        if isinstance(value, list):
            return value
    return cell
