"""Flat rows as CSV that no spreadsheet takes for a formula.

A text that begins with =, +, - or @ would be evaluated by Excel and LibreOffice: it gets an apostrophe.
Numbers are written with all their digits, and an absent one is an empty cell.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from bridle.report.untrusted import line

FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def to_csv(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> str:
    """The rows under a header line, with "\\n" at the ends of lines."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(row.get(name)) for name in columns] for row in rows)
    return out.getvalue()


def _cell(value: Any) -> Any:
    if value is None or value != value:  # NaN
        return ""
    if not isinstance(value, str):
        return value
    flat = line(value)
    return f"'{flat}" if flat.startswith(FORMULA) else flat
