"""One quantity over another as Vega-Lite: two estimates against each other, curves over an order.

plane([Place("organism", correct, obeyed, floor=0.1)], x_title=…, y_title=…)
curves([Step("HAcc", 1, estimate), …], order=("HAcc",), x_title="constraints")
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bridle.report.charts.chart import LINK, shortened
from bridle.report.charts.colours import INK, SERIES, SHAPES, SOFT
from bridle.report.charts.draw import around, bounds, log_ticks, series_of
from bridle.report.charts.labels import placed
from bridle.report.untrusted import line
from bridle.statistics import Estimate

WIDTH, HEIGHT = 300, 280  # pixels of a plane


@dataclass(frozen=True)
class Place:
    """One estimate against another, with its name; `dull` greys it. `floor`: what y is without effort."""

    name: str
    x: Estimate
    y: Estimate
    floor: float | None = None
    dull: bool = False
    link: str = ""


def plane(
    places: Sequence[Place],
    *,
    x_title: str,
    y_title: str,
    x_scale: float = 100,
    log: bool = False,
    line_of: Sequence[tuple[float, float]] = (),
) -> dict[str, Any]:
    """Points with intervals both ways, named beside them; short dashes are floors."""
    names = shortened([line(p.name) for p in places])
    many = len(names) > len(SERIES)
    across = [x_scale * v for p in places for v in (*bounds(p.x), p.x.value)]
    low, high = around(across, log) if log or x_scale != 100 else percents(across)
    floors = [p.floor for p in places if p.floor is not None]
    bottom, top = percents([100 * v for v in (*floors, *(v for p in places for v in bounds(p.y)))])
    at, up = _Axis(low, high, log, WIDTH), _Axis(bottom, top, False, HEIGHT)
    pixels = [(at.pixel(x_scale * p.x.value), HEIGHT - up.pixel(100 * p.y.value)) for p in places]
    beside = placed(pixels, [names[line(p.name)] for p in places], WIDTH, HEIGHT)
    values = [
        {
            "series": names[line(p.name)],
            "x": x_scale * p.x.value, "x_low": x_scale * bounds(p.x)[0], "x_high": x_scale * bounds(p.x)[1],
            "y": 100 * p.y.value, "y_low": 100 * bounds(p.y)[0], "y_high": 100 * bounds(p.y)[1],
            "floor": None if p.floor is None else 100 * p.floor, "dull": p.dull, LINK: p.link or None,
            "label_x": at.value(left), "label_y": up.value(HEIGHT - down), "side": side,
        }
        for p, (left, down, side) in zip(places, beside, strict=True)
    ]  # fmt: skip
    x: dict[str, Any] = {"type": "quantitative", "title": x_title}
    x["scale"] = {"domain": [low, high], "nice": False} | (
        {"type": "log"} if log else {"zero": False}
    )
    x["axis"] = {"values": log_ticks(low, high), "format": "~s"} if log else {"tickCount": 5}
    y = {
        "type": "quantitative",
        "title": y_title,
        "scale": {"domain": [bottom, top]},
        "axis": {"tickCount": 5, "grid": True},
    }
    domain = list(names.values())
    hue = {
        "condition": {"test": "datum.dull", "value": SOFT},
        "field": "series", "type": "nominal", "sort": domain, "legend": None,
        "scale": {"domain": domain, "range": [SERIES[0] if many else SERIES[i] for i in range(len(domain))]},
    }  # fmt: skip
    form = {
        "field": "series", "type": "nominal", "sort": domain, "legend": None,
        "scale": {"domain": domain, "range": [SHAPES[i % len(SHAPES)] for i in range(len(domain))]},
    }  # fmt: skip
    faded = {"condition": {"test": "datum.dull", "value": 0.35}, "value": 1}
    layers: list[dict[str, Any]] = []
    if line_of:
        layers.append(
            {
                "data": {"values": [{"x": a, "y": b} for a, b in line_of]},
                "mark": {"type": "line", "color": SOFT, "interpolate": "step-after", "strokeDash": [4, 3]},
                "encoding": {"x": {"field": "x", **x}, "y": {"field": "y", **y}},
            }
        )  # fmt: skip
    layers += [
        {
            "mark": {"type": "rule", "strokeWidth": 1.5, "aria": False},
            "encoding": {
                "x": {"field": "x_low", **x}, "x2": {"field": "x_high"}, "y": {"field": "y", **y},
                "color": hue, "strokeOpacity": faded,
            },
        },
        {
            "mark": {"type": "rule", "strokeWidth": 1.5, "aria": False},
            "encoding": {
                "x": {"field": "x", **x}, "y": {"field": "y_low", **y}, "y2": {"field": "y_high"},
                "color": hue, "strokeOpacity": faded,
            },
        },
        {
            "transform": [{"filter": "datum.floor !== null"}],
            "mark": {"type": "tick", "orient": "horizontal", "thickness": 2, "size": 22, "opacity": 1},
            "encoding": {
                "x": {"field": "x", **x}, "y": {"field": "floor", **y}, "color": hue, "strokeOpacity": faded,
            },
        },
        {
            "mark": {"type": "point", "filled": True, "size": 75, "opacity": 1},
            "encoding": {
                "x": {"field": "x", **x}, "y": {"field": "y", **y}, "color": hue, "shape": form,
                "fillOpacity": faded, "href": {"field": LINK},
            },
        },
        *(
            {
                "transform": [{"filter": f"datum.side === '{side}'"}],
                "mark": {"type": "text", "align": side, "aria": False, "baseline": "middle", "fontSize": 11, "color": INK},
                "encoding": {
                    "x": {"field": "label_x", **x}, "y": {"field": "label_y", **y},
                    "text": {"field": "series"},
                    "fillOpacity": {"condition": {"test": "datum.dull", "value": 0.7}, "value": 1},
                },
            }
            for side in ("left", "right")
        ),
    ]  # fmt: skip
    return {"width": WIDTH, "height": HEIGHT, "data": {"values": values}, "layer": layers}


@dataclass(frozen=True)
class _Axis:
    """Values of an axis and their pixels from its low end."""

    low: float
    high: float
    log: bool
    size: float

    def pixel(self, x: float) -> float:
        if self.log:
            return self.size * math.log(x / self.low) / math.log(self.high / self.low)
        return self.size * (x - self.low) / (self.high - self.low)

    def value(self, pixel: float) -> float:
        part = pixel / self.size
        if self.log:
            return self.low * (self.high / self.low) ** part
        return self.low + part * (self.high - self.low)


def percents(values: Sequence[float]) -> tuple[float, float]:
    """Tens of percent around the values, at least 40 points, within 0 to 100."""
    low = max(0.0, 10 * math.floor((min(values) - 2) / 10))
    high = min(100.0, 10 * math.ceil((max(values) + 2) / 10))
    if high - low < 40:
        low = max(0.0, high - 40)
        high = low + 40
    return low, high


@dataclass(frozen=True)
class Step:
    """One estimate of a curve at `x`."""

    series: str
    x: float
    estimate: Estimate
    link: str = ""


def curves(
    steps: Sequence[Step],
    order: Sequence[str],
    *,
    x_title: str,
    y_title: str = "percent",
    scale: float = 100,
    domain: tuple[float, float] | None = (0, 100),
    log: bool = False,
    whole: bool = False,
    band: bool = False,
) -> dict[str, Any]:
    """Lines through estimates over an ordered quantity, with bars, or with bands where there are many."""
    found = series_of(order, [s.series for s in steps])
    there = [name for name in order if any(s.series == name for s in steps)]
    # whole numbers leave room to stand side by side
    aside = {
        name: 0.05 * (i - (len(there) - 1) / 2) if whole else 0.0 for i, name in enumerate(there)
    }
    values = [
        {
            "series": found["names"][line(s.series)], "x": s.x + aside.get(s.series, 0.0), LINK: s.link or None,
            "value": scale * s.estimate.value,
            "low": scale * bounds(s.estimate)[0], "high": scale * bounds(s.estimate)[1],
        }
        for s in steps
    ]  # fmt: skip
    ticks = sorted({s.x for s in steps})
    x: dict[str, Any] = {
        "field": "x",
        "type": "quantitative",
        "title": x_title,
        "scale": {"zero": False},
    }
    if log:
        low, high = around([s.x for s in steps], log=True)
        x["scale"] = {"type": "log", "domain": [low, high], "nice": False}
        x["axis"] = {"values": log_ticks(low, high), "format": "~s"}
    elif whole:
        x["scale"] = {"domain": [ticks[0] - 0.2, ticks[-1] + 0.2]}
        x["axis"] = {"values": ticks, "format": "d", "grid": False}
    y: dict[str, Any] = {"type": "quantitative", "title": y_title, "axis": {"grid": True}}
    if domain is not None:
        y["scale"] = {"domain": list(domain)}
        y["axis"] = {"grid": True, "tickCount": 5}
    else:
        y["scale"] = {"zero": False, "nice": True}
    spread = (
        {"mark": {"type": "area", "fillOpacity": 0.16, "opacity": 1}}
        if band
        else {"mark": {"type": "rule", "strokeWidth": 1.5, "aria": False}}
    )
    return {
        "width": 300,
        "height": 220,
        "data": {"values": values},
        "layer": [
            {
                **spread,
                "encoding": {
                    "x": x, "y": {"field": "low", **y}, "y2": {"field": "high"}, "color": found["color"],
                },
            },
            {
                "mark": {"type": "line", "strokeWidth": 1.5},
                "encoding": {"x": x, "y": {"field": "value", **y}, "color": found["color"]},
            },
            {
                "mark": {"type": "point", "filled": True, "size": 60, "opacity": 1},
                "encoding": {
                    "x": x, "y": {"field": "value", **y}, "color": found["color"], "shape": found["shape"],
                    "href": {"field": LINK},
                },
            },
        ],
    }  # fmt: skip
