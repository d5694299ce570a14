"""Charts as inline SVG: drawn offline from one Altair definition, coloured by the page's variables.

dots([Dot("gsm8k", "HAcc", estimate), Dot("gsm8k", "floor", floor)])  -> Markup("<svg …>")
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from bridle.report.figures import percent
from bridle.report.summary import WORDS, Cell, Row, Summary
from bridle.report.untrusted import line
from bridle.statistics import Estimate

if TYPE_CHECKING:
    from markupsafe import Markup

# Drawn in colours that occur nowhere else, then replaced, so that a chart follows light and dark.
_INK, _GRID = "#010203", "#020304"
_SERIES = ("#a1b2c1", "#a1b2c2", "#a1b2c3", "#a1b2c4")
_VARIABLES = {
    _INK: "var(--ink)",
    _GRID: "var(--grid)",
    **{colour: f"var(--series-{i})" for i, colour in enumerate(_SERIES)},
}
WIDTH = 340  # pixels of the plot; labels come on top


class Dot(NamedTuple):
    """One estimate of a chart: its line, its colour."""

    label: str
    series: str
    estimate: Estimate


class Chart(NamedTuple):
    """A chart with what it is called and what it says in words, for those who cannot see it."""

    title: str
    says: str
    svg: Markup


def overview(summary: Summary) -> Chart | None:
    """The outcomes of one model, or of several side by side."""
    if len(summary.whos) == 1:
        row = summary.overall[0]
        keys = ("hacc", "floor", "sacc", "joint", "correct_with", "correct_without")
        order = ("as run",)
        cells = [(WORDS[key], "as run", row.rates[key].run) for key in keys]
    else:
        keys = ("hacc", "joint", "correct_with")
        order = tuple(WORDS[key] for key in keys)
        cells = [
            (row.label, WORDS[key], row.rates[key].run) for row in summary.overall for key in keys
        ]
    return _chart("Outcomes", order, cells)


def of_model(summary: Summary, who: str) -> list[Chart]:
    """One model's charts: by number of constraints, by source, by constraint."""
    wanted: tuple[tuple[str, list[Row], tuple[str, ...]], ...] = (
        ("By number of constraints", summary.by_count, ("hacc", "floor", "correct_with")),
        ("By source", summary.by_source, ("hacc", "floor", "correct_with")),
        ("By constraint", summary.by_type, ("obeyed", "floor")),
    )
    charts = [
        _chart(
            title,
            [WORDS[key] for key in keys],
            [
                (row.label, WORDS[key], row.rates[key].run)
                for row in rows
                if row.who == who
                for key in keys
            ],
        )
        for title, rows, keys in wanted
    ]
    return [chart for chart in charts if chart]


def _chart(
    title: str, order: Sequence[str], cells: Sequence[tuple[str, str, Cell]]
) -> Chart | None:
    points = [Dot(line(a, most=40), b, e) for a, b, e in cells if isinstance(e, Estimate)]
    if not points:
        return None
    says = "; ".join(f"{p.label}, {p.series}: {percent(p.estimate)}" for p in points)
    return Chart(title, says, dots(points, order))


def dots(points: Sequence[Dot], order: Sequence[str]) -> Markup:
    """Points with their 95 % intervals, one line a label, as SVG.

    `order` names the series: the first has the first colour, whether or not it has a point.
    """
    import altair as alt
    import vl_convert
    from markupsafe import Markup

    present = {p.series for p in points}
    series = [name for name in order if name in present]
    colours = [_SERIES[i] for i, name in enumerate(order) if name in present]
    labels = list(dict.fromkeys(p.label for p in points))
    values = [
        {
            "label": p.label,
            "series": p.series,
            "value": 100 * p.estimate.value,
            "low": 100 * p.estimate.low,
            "high": 100 * p.estimate.high,
        }
        for p in points
    ]
    base = alt.Chart(alt.Data(values=values)).encode(
        y=alt.Y(
            "label:N",
            sort=labels,
            title=None,
            axis=alt.Axis(labelLimit=300),
            scale=alt.Scale(paddingInner=0.35 if len(series) > 1 else 0),
        ),
        yOffset=alt.YOffset("series:N", sort=series),
        color=alt.Color(
            "series:N",
            sort=series,
            scale=alt.Scale(domain=series, range=colours),
            legend=alt.Legend(orient="top", title=None, columnPadding=32, labelLimit=300)
            if len(series) > 1
            else None,
        ),
    )
    ends = {"scale": alt.Scale(domain=[0, 100]), "title": "percent"}
    # the reader's font may be wider than the one that the labels are measured with here
    slack = 5 + 1.5 * max(map(len, labels))
    chart = (
        (
            base.mark_rule(strokeWidth=2).encode(x=alt.X("low:Q", **ends), x2="high:Q")
            + base.mark_point(filled=True, size=55, opacity=1).encode(x=alt.X("value:Q", **ends))
        )
        .properties(width=WIDTH, height=alt.Step(15 if len(series) > 1 else 24))
        .configure(
            background="transparent",
            font="system-ui, sans-serif",
            padding={"left": slack, "right": 12, "top": 5, "bottom": 5},
        )
        .configure_axis(
            labelColor=_INK, titleColor=_INK, gridColor=_GRID, domainColor=_GRID, tickColor=_GRID
        )
        .configure_axisX(labelFontSize=12, titleFontSize=12, titleFontWeight="normal")
        .configure_axisY(labelFontSize=12, grid=False)
        .configure_legend(labelColor=_INK, labelFontSize=12)
        .configure_view(stroke=None)
    )
    svg = str(vl_convert.vegalite_to_svg(chart.to_dict()))
    for colour, variable in _VARIABLES.items():
        svg = svg.replace(colour, variable)
    return Markup(svg)
