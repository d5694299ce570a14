"""How values show themselves in a notebook: small HTML that holds no script and escapes every text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bridle.report.untrusted import line

if TYPE_CHECKING:
    from bridle.analysis.summary import Summary
    from bridle.report.charts.chart import Chart
    from bridle.report.exports.grids import Grid


def chart_html(chart: Chart) -> str:
    """The drawing in its fixed colours, its title in it, and its table folded beneath."""
    rows = table_html(chart.columns, chart.rows)
    return f"{chart.to_svg()}<details><summary>As a table</summary>{rows}</details>"


def summary_html(summary: Summary) -> str:
    """What is missing, the leaderboard, the constraints."""
    from bridle.report.exports.grids import of_summary

    return _notes(summary.gates) + _grids(of_summary(summary))


def table_html(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of texts; names that could act are shown."""
    from html import escape

    head = "".join(f"<th>{escape(line(name))}</th>" for name in columns)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(line(value))}</td>" for value in row) + "</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _grids(grids: Sequence[Grid]) -> str:
    """The first table, the others folded."""
    from html import escape

    shown: list[str] = []
    for number, grid in enumerate(grids):
        table = table_html(grid.headers, grid.rows)
        title = escape(line(grid.title))
        shown.append(
            f"<details><summary>{title}</summary>{table}</details>"
            if number
            else f"<p>{title}</p>{table}"
        )
    return "".join(shown)


def _notes(notes: Sequence[str]) -> str:
    from html import escape

    return "".join(f"<p>{escape(line(note))}</p>" for note in notes)
