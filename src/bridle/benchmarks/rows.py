"""JSON rows of a file with the place where each stands, so that an error can name it.

    items, bad = gather(lines_of(Path("gsm8k_single.jsonl")), item_of_row)
    row.where, row.text("question"), row.texts("constraint_desc")

A row that cannot be read costs no other: it is a `DataError` in the place of a row, and what is
done about it is the caller's to say (`bridle run` refuses, `bridle audit` lists it).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from bridle.benchmarks.item import Item
from bridle.errors import DataError

MOST_NAMED = 5  # bad rows that one error names


@dataclass(frozen=True, slots=True)
class Row:
    """One JSON object and its place; the readers raise `DataError` naming file, line and field."""

    values: Mapping[str, Any]
    file: str
    line: int  # where it begins, from 1
    number: int  # its place among the rows of the file, from 1

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


def lines_of(path: Path) -> Iterator[Row | DataError]:
    """The rows of a JSONL file; blank lines are passed over and counted as lines.

    Raises:
        DataError: the file cannot be read.
    """
    count = 0
    for number, line in enumerate(_content(path).split(b"\n"), start=1):
        if not line.strip():
            continue
        count += 1
        try:
            values = json.loads(line.decode("utf-8"))
        except (ValueError, RecursionError) as error:
            yield DataError(
                f"{path.name}, line {number}: not JSON: {error}", expected="one JSON object a line"
            )
            continue
        yield _row(values, path.name, number, count, "one JSON object a line")


def list_of(path: Path) -> Iterator[Row | DataError]:
    """The objects of a file that is one JSON list; what follows a fault in its syntax is lost, and
    the error says so.

    Raises:
        DataError: the file cannot be read, or is no list.
    """
    try:
        text = _content(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError(f"{path} is not UTF-8: {error}.", expected="a JSON list") from error
    at, line, count = _next(text, 0), 1, 0
    if text[at : at + 1] != "[":
        raise DataError(f"{path} is no JSON list.", expected="one list with an object a row: [{…}]")
    decoder = json.JSONDecoder()
    seen, at = 0, _next(text, at + 1)
    while text[at : at + 1] != "]":
        line, seen = line + text.count("\n", seen, at), at
        count += 1
        try:
            values, at = decoder.raw_decode(text, at)
            at = _next(text, at)
            if text[at : at + 1] not in (",", "]"):
                raise json.JSONDecodeError("',' or ']' expected", text, at)
        except (ValueError, RecursionError) as error:
            yield DataError(
                f"{path.name}, line {line}: not JSON: {error}; the rows from here on are not read.",
                expected="one list with an object a row: [{…}]",
            )
            return
        yield _row(values, path.name, line, count, "a list of objects")
        if text[at] == ",":
            at = _next(text, at + 1)


def gather(
    rows: Iterable[Row | DataError], item: Callable[[Row], Item], name: str
) -> tuple[list[Item], list[DataError]]:
    """The items of the rows, and what is wrong with the rows that are none, both in the file's order.

    A second row with the id of another is none. `name` is the file's.

    Raises:
        DataError: none of the rows is an item.
    """
    items: list[Item] = []
    bad: list[DataError] = []
    places: dict[str, str] = {}
    for row in rows:
        if isinstance(row, DataError):
            bad.append(row)
            continue
        try:
            made = item(row)
        except DataError as error:
            bad.append(error)
            continue
        if made.id in places:
            what = f"{row.where}: the id {made.id!r} is that of {places[made.id]} too."
            bad.append(DataError(what, expected="ids that differ, or none"))
            continue
        places[made.id] = row.where
        items.append(made)
    if not items:
        raise (
            refusal(bad) if bad else DataError(f"{name} holds no rows.", expected="one item a row")
        )
    return items, bad


def refusal(bad: Sequence[DataError]) -> DataError:
    """One error for all the rows that cannot be read."""
    if len(bad) == 1:
        return bad[0]
    named = [f"  {error.what}" for error in bad[:MOST_NAMED]]
    more = len(bad) - len(named)
    lines = [f"{len(bad):,} rows cannot be read:", *named, *([f"  and {more:,} more"] * bool(more))]
    return DataError("\n".join(lines), expected=bad[0].expected, hint=bad[0].hint)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror or error}.") from error


def _next(text: str, at: int) -> int:
    """Where the white space ends that begins there."""
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _row(values: Any, file: str, line: int, number: int, expected: str) -> Row | DataError:
    if not isinstance(values, dict):
        return DataError(f"{file}, line {line}: not a JSON object.", expected=expected)
    return Row(cast("dict[str, Any]", values), file, line, number)
