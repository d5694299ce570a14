"""bridle why of few problems: counts, no interval and no table of what did not happen."""

from __future__ import annotations

import io
from typing import Any

from rich.console import Console

from bridle.analysis.why import why
from bridle.report.reasons import print_why


def said(tables: Any) -> str:
    out = io.StringIO()
    print_why(why(tables), Console(file=out, width=200))
    return out.getvalue()


def test_nothing_that_failed_has_no_table(record: Any, table: Any) -> None:
    text = said(table([record(i) for i in range(3)], name="good"))
    assert "joint fails in none of 3 responses." in text and "cause" not in text


def test_few_problems_have_no_interval(record: Any, table: Any) -> None:
    rows = [record(i, obeyed=(i > 0, True)) for i in range(3)]
    rows += [record(i, arm="reminder", obeyed=(True, True)) for i in range(3)]
    text = said(table(rows, name="few"))
    assert "joint fails in 1 of 3 responses. In percent" in text
    assert "[" not in text and "problems %" not in text
