"""In a notebook values show themselves, and no name in them is HTML."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import polars as pl
import pytest

import bridle
from bridle.analysis.compare import compare, side
from bridle.analysis.summary import summarise
from bridle.statistics import difference, rate

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>"


class Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.handlers: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.handlers += [name for name, _ in attrs if name.startswith("on")]


def shown(value: Any) -> str:
    html = value._repr_html_()
    tags = Tags(html)
    assert not tags.seen & {"script", "img", "iframe", "a"} and not tags.handlers
    return html


def test_an_estimate_says_value_interval_n_and_method() -> None:
    html = shown(rate([1] * 15 + [0] * 5, what=f"HAcc {HOSTILE}"))
    assert "<b>75 %</b> [" in html and "n = 20, 20 problems" in html and "Wilson" in html
    few = shown(rate([1, 0, 1], what="HAcc"))
    assert "[" not in few  # fewer than five problems have no interval
    html = shown(difference([1] * 10, [0] * 8 + [1] * 2, what="joint"))
    assert "<b>80 points</b>" in html and "8 gained, 0 lost" in html and "McNemar" in html


def test_summaries_comparisons_and_tables_show_themselves(record: Any, table: Any) -> None:
    rows = [
        record(i, model=m, obeyed=(i < k, True))
        for m, k in ((HOSTILE, 3), ("b", 7))
        for i in range(8)
    ]
    made = table(rows, missing=1)
    html = shown(summarise([made]))
    assert (
        "1 of 17 planned records is missing." in html
        and "HAcc" in html
        and "&lt;script&gt;" in html
    )
    sides = [side(made, name, where={"model": name}) for name in (HOSTILE, "b")]
    assert "joint" in shown(compare(*sides))
    shown(made)


def test_load_gives_the_frame_and_charts_the_charts(record: Any, table: Any) -> None:
    pytest.importorskip("vl_convert", reason="the extra 'report' is not installed")
    folder = table([record(i, model=HOSTILE) for i in range(8)]).path.parent
    frame = bridle.load(folder)
    assert isinstance(frame, pl.DataFrame)
    assert frame.height == 8 and frame["joint"].all()
    found = bridle.charts(folder)
    assert found[0].key == "outcomes"
    html = shown(found[0])
    assert "<svg" in html and "<table>" in html
