"""JSON rows of a file with the place where each stands, so that an error can name it.

for row in read_rows(Path("gsm8k_single.jsonl")):
    row.where, row.text("question"), row.texts("constraint_desc")
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bridle.errors import DataError


@dataclass(frozen=True, slots=True)
class Row:
    """One JSON object and its place; the readers raise `DataError` naming file, line and field."""

    values: Mapping[str, Any]
    file: str
    line: int

    @property
    def where(self) -> str:
        return f"{self.file}, line {self.line}"

    def bad(self, field: str, expected: str) -> DataError:
        found = repr(self.values[field]) if field in self.values else "absent"
        shown = found if len(found) < 80 else found[:77] + "…"
        return DataError(f"{self.where}: the field {field!r} is {shown}.", expected=expected)

    def text(self, field: str) -> str:
        value = self.values.get(field)
        if not isinstance(value, str):
            raise self.bad(field, "a text")
        return value

    def texts(self, field: str) -> list[str]:
        value = self.values.get(field)
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            raise self.bad(field, "a list of texts")
        return value

    def objects(self, field: str) -> list[dict[str, Any]]:
        """A list of objects; null stands for an empty one."""
        value = self.values.get(field)
        if not isinstance(value, list) or not all(v is None or isinstance(v, dict) for v in value):
            raise self.bad(field, "a list of objects")
        return [v or {} for v in value]


def read_rows(path: Path) -> Iterator[Row]:
    """The rows of a JSONL file; blank lines are passed over and counted.

    Raises:
        DataError: the file cannot be read, or a line is not a JSON object.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror or error}.") from error
    for number, line in enumerate(content.split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            values = json.loads(line.decode("utf-8"))
        except (ValueError, RecursionError) as error:
            raise DataError(
                f"{path.name}, line {number}: not JSON: {error}", expected="one JSON object a line"
            ) from error
        if not isinstance(values, dict):
            raise DataError(
                f"{path.name}, line {number}: not a JSON object.",
                expected="one JSON object a line",
            )
        yield Row(values, path.name, number)
