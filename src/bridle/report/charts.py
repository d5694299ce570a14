"""Charts as inline SVG: drawn offline from one Vega-Lite definition, coloured by the page's variables.

dots([Dot("gsm8k", "HAcc", estimate), Dot("gsm8k", "floor", floor)])  -> Markup("<svg …>")
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from bridle.analysis.slices import WORDS, Cell, Row
from bridle.analysis.summary import Summary
from bridle.report.figures import percent
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
_AXIS = {"labelColor": _INK, "titleColor": _INK, "gridColor": _GRID, "domainColor": _GRID}
_CONFIG = {
    "font": "system-ui, sans-serif",
    "axis": {**_AXIS, "tickColor": _GRID, "labelFontSize": 12},
    "axisX": {"titleFontSize": 12, "titleFontWeight": "normal"},
    "axisY": {"grid": False},
    "legend": {"labelColor": _INK, "labelFontSize": 12},
    "view": {"stroke": None},
}
_LEGEND = {"orient": "top", "title": None, "columnPadding": 32, "labelLimit": 300}
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
    points = [Dot(line(a), b, e) for a, b, e in cells if isinstance(e, Estimate)]
    if not points:
        return None
    says = "; ".join(f"{p.label}, {p.series}: {percent(p.estimate)}" for p in points)
    return Chart(title, says, dots(points, order))


def dots(points: Sequence[Dot], order: Sequence[str]) -> Markup:
    """Points with their 95 % intervals, one line a label, as SVG.

    `order` names the series: the first has the first colour, whether or not it has a point.
    """
    import vl_convert
    from markupsafe import Markup

    present = {p.series for p in points}
    series = [name for name in order if name in present]
    colours = [_SERIES[i] for i, name in enumerate(order) if name in present]
    labels = list(dict.fromkeys(p.label for p in points))
    several = len(series) > 1
    x = {"type": "quantitative", "scale": {"domain": [0, 100]}, "title": "percent"}
    layers = [
        {
            "mark": {"type": "rule", "strokeWidth": 2},
            "encoding": {"x": {"field": "low", **x}, "x2": {"field": "high"}},
        },
        {
            "mark": {"type": "point", "filled": True, "size": 55, "opacity": 1},
            "encoding": {"x": {"field": "value", **x}},
        },
    ]
    spec = {
        "background": "transparent",
        # the reader's font may be wider than the one that the labels are measured with here
        "padding": {
            "left": 5 + 1.5 * min(45, max(map(len, labels))),
            "right": 12,
            "top": 5,
            "bottom": 5,
        },
        "width": WIDTH,
        "height": {"step": 15 if several else 24},
        "data": {"values": [_value(p) for p in points]},
        "encoding": {
            "y": {
                "field": "label",
                "type": "nominal",
                "sort": labels,
                "title": None,
                "axis": {"labelLimit": 300},
                "scale": {"paddingInner": 0.35 if several else 0},
            },
            "yOffset": {"field": "series", "type": "nominal", "sort": series},
            "color": {
                "field": "series",
                "type": "nominal",
                "sort": series,
                "scale": {"domain": series, "range": colours},
                "legend": _LEGEND if several else None,
            },
        },
        "layer": layers,
        "config": _CONFIG,
    }
    svg = str(vl_convert.vegalite_to_svg(spec))
    for colour, variable in _VARIABLES.items():
        svg = svg.replace(colour, variable)
    return Markup(svg)


def _value(point: Dot) -> dict[str, str | float]:
    e = point.estimate
    return {
        "label": point.label,
        "series": point.series,
        "value": 100 * e.value,
        # of fewer than five problems the point stands alone
        "low": 100 * (e.value if e.few else e.low),
        "high": 100 * (e.value if e.few else e.high),
    }
