"""Files that are one JSON value: a list of rows, an Inspect log as JSON, an object that holds rows.

    [{"question": …, "response": …}, …]
    {"eval": {…}, "samples": [{…}]}                    inspect eval --log-format json
    {"rows": [{…}]}, {"item 1": {"response": …}}       under one name, or by the rows' keys

A file is such a one if its first line begins a list, is a brace alone, or holds the rows under such a name.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast

from bridle.benchmarks.fields import shown
from bridle.errors import DataError
from bridle.scoring.formats.given import Bad, Row

FILE_LIMIT = 512 * 2**20  # bytes of a JSON value that is read whole
ROWS = ("samples", "rows", "data", "results", "responses", "outputs", "records", "examples")


# An object on one line that is no row itself, but holds the rows.
_HOLDS_ROWS = re.compile(rb'\{\s*"(?:rows|results|records|examples)"\s*:\s*\[\s*\{')


def is_whole(line: bytes) -> bool:
    """Whether the first line of a file begins one JSON value over several lines, or a list."""
    start = line.removeprefix(b"\xef\xbb\xbf").strip()
    return start.startswith(b"[") or start == b"{" or _HOLDS_ROWS.match(start) is not None


def read_whole(name: str, content: bytes) -> Iterator[Row | Bad]:
    """The rows of the value, numbered from 1.

    Raises:
        DataError: not JSON, not UTF-8, too large, or no rows in it.
    """
    if len(content) > FILE_LIMIT:
        raise DataError(
            f"{name} is one JSON value of more than {FILE_LIMIT // 2**20} MiB.",
            expected="JSON lines: one object a line",
            hint=f"jq -c '.[]' {Path(name).name} > rows.jsonl",
        )
    try:
        text = content.decode("utf-8-sig")
        value = json.loads(text, parse_constant=lambda _: None)
    except (ValueError, RecursionError) as error:
        raise DataError(
            f"{name} is not JSON ({str(error)[:100]}).",
            expected="a JSON list of rows, or JSON lines: one object a line",
            hint="check that the file was copied whole",
        ) from error
    for number, fields in enumerate(_rows(name, value), 1):
        if isinstance(fields, Mapping):
            yield Row(name, number, cast("Mapping[str, Any]", fields))
        else:
            yield Bad(name, number, f"a row must be a JSON object, this is {shown(fields)}")


def _rows(name: str, value: Any) -> list[Any]:
    if isinstance(value, list):
        return cast("list[Any]", value)
    held = cast("Mapping[str, Any]", value) if isinstance(value, Mapping) else {}
    for field in ROWS:
        rows = held.get(field)
        if isinstance(rows, list) and rows and isinstance(rows[0], Mapping):
            return cast("list[Any]", rows)
    if held and all(isinstance(row, Mapping) for row in held.values()):
        return [{"key": key, **row} for key, row in held.items()]
    if held:
        return [held]
    raise DataError(f"{name} holds no rows.", expected="a JSON list of rows, or JSON lines")
