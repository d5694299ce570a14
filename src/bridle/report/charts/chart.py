"""A chart as a value: what it shows, what it says in words, its table, and its drawing in every format.

chart.svg                       inline in the page, in the page's own colours
chart.to_svg(), .to_png(), .to_pdf(), .to_vega_lite()       files of their own, in fixed colours
"""

from __future__ import annotations

import copy
import json
import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from bridle.errors import MissingExtra
from bridle.report.charts.colours import CONFIG, FONT, PAPER, VARIABLES

if TYPE_CHECKING:
    from markupsafe import Markup

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
LINK = "link"  # the field of a mark's data that holds the address of its samples
# What Vega's loader puts before a relative address.
_BASE = re.compile(r'xlink:href="https?://[^"#]*#')
_ANCHOR = re.compile(r"</?a\b[^>]*>")
# A group of marks that has no words of its own is no picture to a screen reader.
_MUTE = re.compile(
    r' role="graphics-symbol" aria-roledescription="[\w ]+ container"(?! aria-label)'
)
_ID = re.compile(r'(id="|url\(#|href="#)(clip|gradient)')
_HEAD = re.compile(r'width="([\d.]+)" height="([\d.]+)" viewBox="0 0 [\d.]+ [\d.]+"')
# Paths that Vega draws for groups without a fill: nothing is seen of them.
_EMPTY = re.compile(r'<path class="(?:foreground|background)" aria-hidden="true" d="[^"]*"[^>]*/>')
_PLACED = re.compile(r' (?:transform|d|x|y|x2|y2)="[^"]*"')
_DECIMALS = re.compile(r"(\.\d\d)\d+")
_TITLE_LINE, _SUBTITLE_LINE = 18, 14  # pixels
WIDE = 500  # pixels; a phone shows about 340
_WRAP = 60  # characters of a title's line


@dataclass(frozen=True)
class Chart:
    """A drawn figure with all that a reader needs beside it.

    `key` is unique within a page, `says` one sentence that stands for the drawing, `unit` what the
    axis counts, `n` of how many answers and problems, `interval` what the bars or bands mean.
    `columns` and `rows` are the same as a table; `links` holds the address of the samples behind each
    row, or "". `spec` is Vega-Lite without its title.
    """

    key: str
    title: str
    says: str
    unit: str
    n: str
    interval: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    spec: dict[str, Any]
    links: tuple[str, ...] = ()

    @property
    def notes(self) -> str:
        """Unit, n and the interval's meaning in a line."""
        return "; ".join(part for part in (self.unit, self.n, self.interval) if part)

    def to_vega_lite(self) -> dict[str, Any]:
        """The specification with title and data, for any Vega-Lite viewer."""
        return _without_links(self._titled())

    def to_svg(self) -> str:
        return _ANCHOR.sub("", self._drawn)

    def to_png(self, *, scale: float = 2) -> bytes:
        return _vl().svg_to_png(self.to_svg(), scale=scale)

    def to_pdf(self) -> bytes:
        return _vl().svg_to_pdf(self.to_svg())

    @cached_property
    def svg(self) -> Markup:
        """The drawing for the page: its title is cut off (the page has it in words), marks are links,
        colours are variables. `data-full` is the whole picture's view box, for downloads."""
        from markupsafe import Markup

        svg = _MUTE.sub("", _BASE.sub('href="#', self._drawn))
        svg = _ID.sub(rf"\g<1>{re.escape(self.key)}-\2", svg)
        for colour, variable in VARIABLES.items():
            svg = svg.replace(colour, variable)
        above = len(self._lines()) * _TITLE_LINE + len(self._sublines()) * _SUBTITLE_LINE + 8

        def cropped(found: re.Match[str]) -> str:
            width, height = float(found[1]), float(found[2])
            return (
                f'width="{width:g}" height="{height - above:g}" '
                f'viewBox="0 {above} {width:g} {height - above:g}" '
                f'data-full="0 0 {width:g} {height:g}"'
            )

        return Markup(_HEAD.sub(cropped, svg, count=1))

    @property
    def wide(self) -> bool:
        """Whether a phone had better scroll the drawing than shrink it."""
        found = _HEAD.search(self._drawn)
        return found is not None and float(found[1]) > WIDE

    @cached_property
    def pdf_base64(self) -> str:
        import base64

        return base64.b64encode(self.to_pdf()).decode()

    @cached_property
    def vega_lite_json(self) -> str:
        """As it stands within an HTML script element."""
        text = json.dumps(self.to_vega_lite(), ensure_ascii=True, separators=(",", ":"))
        return text.replace("<", "\\u003c")

    def _repr_html_(self) -> str:
        """The drawing and its table, as a notebook shows them."""
        from bridle.report.notebook import chart_html

        return chart_html(self)

    @cached_property
    def _drawn(self) -> str:
        return _small(str(_vl().vegalite_to_svg(self._titled())))

    def _lines(self) -> list[str]:
        return textwrap.wrap(self.title, _WRAP) or [""]

    def _sublines(self) -> list[str]:
        return textwrap.wrap(self.notes, round(_WRAP * 1.2)) or [""]

    def _titled(self) -> dict[str, Any]:
        title = {
            "text": self._lines(), "subtitle": self._sublines(), "anchor": "start", "frame": "bounds",
            "fontSize": 14, "lineHeight": _TITLE_LINE, "subtitleFontSize": 11,
            "subtitleLineHeight": _SUBTITLE_LINE, "subtitlePadding": 4, "offset": 10,
        }  # fmt: skip
        return {
            "$schema": SCHEMA,
            "background": PAPER,
            "padding": {"left": 5, "right": 12, "top": 5, "bottom": 5},
            "title": title,
            "config": CONFIG,
            **self.spec,
        }


def _small(svg: str) -> str:
    """The same drawing in half the bytes: the font once, no defaults, hundredths of a pixel."""
    svg = svg.replace(f' font-family="{FONT}"', "").replace(' opacity="1"', "")
    svg = svg.replace("<svg ", f'<svg font-family="{FONT}" ', 1)
    svg = _EMPTY.sub("", svg)
    return _PLACED.sub(lambda found: _DECIMALS.sub(r"\1", found[0]), svg)


def _vl() -> Any:
    try:
        import vl_convert
    except ImportError as error:
        raise MissingExtra.of("report", "A chart") from error
    return vl_convert


def _without_links(spec: Any) -> Any:
    """The specification without the addresses, which lead nowhere outside the page."""
    spec = copy.deepcopy(spec)

    def walk(node: Any) -> None:
        if isinstance(node, dict):
            node.pop("href", None)
            if isinstance(values := node.get("values"), list):
                for row in values:
                    if isinstance(row, dict):
                        row.pop(LINK, None)
            for child in node.values():
                walk(child)
        elif isinstance(node, list):
            for child in node:
                walk(child)

    walk(spec)
    return spec


# Names that every JavaScript object has: Vega's dictionaries are plain objects, and fail on them.
_OF_OBJECTS = re.compile(
    "__proto__|__(define|lookup)[GS]etter__|constructor|hasOwnProperty|isPrototypeOf|"
    "propertyIsEnumerable|toLocaleString|toString|valueOf"
)


def shortened(names: Sequence[str], most: int = 24) -> dict[str, str]:
    """Each name cut in its middle to about `most` characters, still different from every other."""
    found: dict[str, str] = {}
    for name in dict.fromkeys(names):
        short = name
        if len(name) > most:
            head = most // 2
            short = f"{name[:head]}…{name[-(most - head - 1) :]}"
        if _OF_OBJECTS.fullmatch(short):
            short += "\u00a0"
        number, unique = 2, short
        while unique in found.values():
            unique, number = f"{short} ({number})", number + 1
        found[name] = unique
    return found
