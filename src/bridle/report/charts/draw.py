"""Dots and shaded tables as Vega-Lite, and what every drawing shares.

    dots([Point("gsm8k", "HAcc", estimate)], order=("HAcc", "floor"))    one line a label
    cells([Square("no_comma", "organism", 0.9, "90")])                   a table whose cells are shaded

Estimates are shares unless `scale` says otherwise: 100 makes percent, 1 leaves them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bridle.report.charts.chart import LINK, shortened
from bridle.report.charts.colours import INK, SERIES, SHAPES, SOFT
from bridle.report.figures import number
from bridle.report.untrusted import line
from bridle.statistics import Estimate

PLOT = 270  # pixels: with its labels a chart fits a phone without scrolling
_LEGEND = {
    "orient": "top", "title": None, "columnPadding": 16, "labelLimit": 220, "symbolOpacity": 1,
    "symbolStrokeWidth": 0, "direction": "horizontal", "columns": 3,
}  # fmt: skip


@dataclass(frozen=True)
class Point:
    """One estimate: its line, its series, and the address of its samples."""

    label: str
    series: str
    estimate: Estimate
    link: str = ""


def bounds(e: Estimate) -> tuple[float, float]:
    """Of fewer than five problems the point stands alone."""
    return (e.value, e.value) if e.few else (e.low, e.high)


def series_of(order: Sequence[str], present: Sequence[str]) -> dict[str, Any]:
    """Colour and shape by series: the place in `order` decides, whether or not the others are there."""
    names = [name for name in order if name in present]
    at = [list(order).index(name) for name in names]
    short = shortened([line(name) for name in names], 30)
    domain = [short[line(name)] for name in names]
    legend = _LEGEND if len(names) > 1 else None
    if legend:
        legend = legend | {
            "columns": 3 if max(map(len, domain)) < 14 else 2 if max(map(len, domain)) < 26 else 1
        }
    return {
        "names": short,
        "color": {
            "field": "series", "type": "nominal", "sort": domain, "legend": legend,
            "scale": {"domain": domain, "range": [SERIES[i % len(SERIES)] for i in at]},
        },
        "shape": {
            "field": "series", "type": "nominal", "sort": domain, "legend": legend,
            "scale": {"domain": domain, "range": [SHAPES[i % len(SHAPES)] for i in at]},
        },
    }  # fmt: skip


def log_ticks(low: float, high: float) -> list[float]:
    """1, 2, 5, 10, … between the bounds of a logarithmic axis; powers of ten where there are many, even
    steps where the bounds are close."""
    tens = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    found: list[float] = []
    for steps in ((1, 2, 5), (1,)):
        found = [
            step * 10.0**ten for ten in tens for step in steps if low <= step * 10.0**ten <= high
        ]
        if len(found) <= 7:
            break
    if len(found) >= 3:
        return found
    unit = 10.0 ** math.floor(math.log10((high - low) / 2))
    step = next(unit * k for k in (1, 2, 5, 10) if (high - low) / (unit * k) <= 5)
    return [round(step * k, 10) for k in range(math.ceil(low / step), math.floor(high / step) + 1)]


def around(values: Sequence[float], log: bool) -> tuple[float, float]:
    """Bounds a little beyond the values."""
    if log:
        least = min((v for v in values if v > 0), default=1.0)
        return least / 1.15, max(*values, least) * 1.15
    low, high = min(values), max(values)
    room = 0.05 * (high - low) or 1.0
    return low - room, high + room


def dots(
    points: Sequence[Point],
    order: Sequence[str],
    *,
    title: str = "percent",
    scale: float = 100,
    domain: tuple[float, float] | None = (0, 100),
    zero: bool = False,
    log: bool = False,
    whole: bool = False,
) -> dict[str, Any]:
    """Points with their intervals, one line a label; `zero` draws a line at 0 (at 1 where `log`); `whole`:
    the axis counts things."""
    found = series_of(order, [p.series for p in points])
    labels = shortened([line(p.label) for p in points], 28)
    several = len(found["names"]) > 1
    axis: dict[str, Any] = {"type": "quantitative", "title": title, "scale": {"nice": True}}
    if domain is not None:
        axis |= {"scale": {"domain": list(domain)}, "axis": {"tickCount": 5}}
    if log:
        low, high = around(
            [scale * v for p in points for v in bounds(p.estimate)] + [1.0], log=True
        )
        axis["scale"] = {"type": "log", "domain": [low, high], "nice": False}
        axis["axis"] = {"values": log_ticks(low, high), "format": "~g"}
    if whole:
        axis["axis"] = {"tickMinStep": 1, "tickCount": 5, "format": ",d"}
    values = [
        {
            "label": labels[line(p.label)], "series": found["names"][line(p.series)], LINK: p.link or None,
            "value": scale * p.estimate.value,
            "low": scale * bounds(p.estimate)[0], "high": scale * bounds(p.estimate)[1],
        }
        for p in points
    ]  # fmt: skip
    layers: list[dict[str, Any]] = []
    if zero:
        layers.append(
            {
                "data": {"values": [{"at": 1 if log else 0}]},
                "mark": {"type": "rule", "color": SOFT, "strokeDash": [3, 3]},
                "encoding": {"x": {"field": "at", **axis}},
            }
        )
    of_series = {
        "y": {
            "field": "label", "type": "nominal", "sort": list(labels.values()), "title": None,
            "axis": {"labelLimit": 190, "ticks": False, "domain": False, "labelPadding": 6},
            "scale": {"paddingInner": 0.35 if several else 0},
        },
        **({"yOffset": {"field": "series", "type": "nominal", "sort": list(found["names"].values())}} if several else {}),
        "color": found["color"],
    }  # fmt: skip
    layers += [
        {
            "mark": {"type": "rule", "strokeWidth": 2, "aria": False},
            "encoding": {**of_series, "x": {"field": "low", **axis}, "x2": {"field": "high"}},
        },
        {
            "mark": {"type": "point", "filled": True, "size": 60, "opacity": 1},
            "encoding": {
                **of_series, "shape": found["shape"], "x": {"field": "value", **axis}, "href": {"field": LINK},
            },
        },
    ]  # fmt: skip
    return {
        "width": PLOT,
        "height": {"step": 12 + 8 * len(found["names"]) if several else 22, "for": "position"},
        "data": {"values": values},
        "layer": layers,
    }


@dataclass(frozen=True)
class Square:
    """One cell of a shaded table: `share` (0 to 1) is its shade, `text` what stands in it."""

    label: str
    column: str
    share: float
    text: str
    link: str = ""


def cells(
    squares: Sequence[Square], *, columns: Sequence[str] = (), note: str = ""
) -> dict[str, Any]:
    """A table: the stronger the shade of a cell, the larger its share; the number stands in each."""
    rows = shortened([line(s.label) for s in squares], 30)
    heads = shortened([line(c) for c in (columns or [s.column for s in squares])], 22)
    values = [
        {
            "label": rows[line(s.label)], "column": heads[line(s.column)], "share": s.share, "text": s.text,
            LINK: s.link or None,
        }
        for s in squares
    ]  # fmt: skip
    steep = any(len(h) > 6 for h in heads.values())
    at = {
        "x": {
            "field": "column", "type": "nominal", "sort": list(heads.values()), "title": note or None,
            "axis": {
                "orient": "top", "labelAngle": -40 if steep else 0, "labelLimit": 150, "ticks": False,
                "domain": False, "labelAlign": "left" if steep else "center", "labelPadding": 6,
            },
        },
        "y": {
            "field": "label", "type": "nominal", "sort": list(rows.values()), "title": None,
            "axis": {"labelLimit": 200, "ticks": False, "domain": False},
        },
    }  # fmt: skip
    return {
        "width": {"step": 40},
        "height": {"step": 22},
        "data": {"values": values},
        "layer": [
            {
                "mark": {"type": "rect", "color": SERIES[0]},
                "encoding": {
                    **at,
                    "fillOpacity": {
                        "field": "share", "type": "quantitative", "legend": None,
                        "scale": {"domain": [0, 1], "range": [0.04, 0.55]},
                    },
                    "href": {"field": LINK},
                },
            },
            {
                # the square beneath has the link and the words for a screen reader
                "mark": {"type": "text", "color": INK, "fontSize": 11, "aria": False},
                "encoding": {**at, "text": {"field": "text"}},
            },
        ],
    }  # fmt: skip


def shown(e: Estimate, scale: float = 100) -> str:
    """A number of a cell: whole percent."""
    return number(e.value, 0) if scale == 100 else f"{scale * e.value:.3g}"
