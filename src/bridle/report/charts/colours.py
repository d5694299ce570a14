"""The colours and shapes of charts: fixed in a file of their own, the page's variables inside the page.

A specification holds the light colours as they are, so that a figure looks the same wherever it goes.
Inside the page each is replaced by its variable, so that a chart follows light and dark.
"""

from __future__ import annotations

import json

INK, SOFT, GRID, PAPER = "#1c1e21", "#5b6169", "#d9dcdf", "#ffffff"
SERIES = (
    "#1f5fa8", "#b4610a", "#2c7d4f", "#8a3b8f", "#b3261e", "#0f7480", "#74630a", "#b93a76",
)  # fmt: skip
# A series differs by its shape as well: for those who cannot tell the colours, and on paper.
SHAPES = (
    "circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-right",
    "triangle-left",
)  # fmt: skip
MOST_SERIES = len(SERIES)
VARIABLES = {
    INK: "var(--ink)",
    SOFT: "var(--soft)",
    GRID: "var(--grid)",
    PAPER: "var(--paper)",
    **{colour: f"var(--series-{i})" for i, colour in enumerate(SERIES)},
}
COLOURS_JSON = json.dumps(
    [[variable, colour] for colour, variable in VARIABLES.items()]
)  # for the script
FONT = "Arial, Liberation Sans, Helvetica, sans-serif"  # of one width on every system
CONFIG = {
    "font": FONT,
    "axis": {
        "labelColor": INK, "titleColor": SOFT, "gridColor": GRID, "domainColor": GRID,
        "tickColor": GRID, "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal",
    },
    "axisY": {"grid": False},
    "axisQuantitative": {"labelFlush": False, "labelOverlap": True},
    "legend": {"labelColor": INK, "titleColor": SOFT, "labelFontSize": 12, "symbolSize": 80},
    "header": {"labelColor": INK, "titleColor": SOFT, "labelFontSize": 12},
    "title": {"color": INK, "subtitleColor": SOFT},
    "view": {"stroke": None},
}  # fmt: skip
