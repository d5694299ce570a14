"""How values show themselves in a notebook: small HTML that holds no script and escapes every text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bridle.report.untrusted import line

if TYPE_CHECKING:
    from bridle.report.charts.chart import Chart


def chart_html(chart: Chart) -> str:
    """The drawing in its fixed colours, its title in it, and its table folded beneath."""
    rows = table_html(chart.columns, chart.rows)
    return f"{chart.to_svg()}<details><summary>As a table</summary>{rows}</details>"


def table_html(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of texts; names that could act are shown."""
    from markupsafe import escape

    head = "".join(f"<th>{escape(line(name))}</th>" for name in columns)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(line(value))}</td>" for value in row) + "</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
