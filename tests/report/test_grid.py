"""Tables on narrow terminals: no name is broken, no figure cut off, whatever the width."""

from __future__ import annotations

import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from bridle.report.grid import MAX_LABEL, Grid


def printed(grid: Grid, width: int) -> str:
    out = io.StringIO()
    Console(file=out, width=width, markup=False, emoji=False).print(grid)
    return out.getvalue()


def rates(*names: str) -> Grid:
    grid = Grid("model", [("as run", "n"), ("complete only", "n")])
    for name in names:
        grid.add(name, "+91.7 pt [26.6, 100.0]", "24", "100.0 [67.6, 100.0]", "23")
    return grid


def test_one_block_where_there_is_room() -> None:
    text = printed(rates("organism", "truncated, with constraints"), 80)
    assert text.count("model") == 1 and "100.0 [67.6, 100.0]  23" in text


@pytest.mark.parametrize("width", [40, 60])
def test_names_stand_in_every_block_where_there_is_none(width: int) -> None:
    text = printed(rates("organism", "truncated, with constraints"), width)
    assert text.count("model") == 2 and text.count("organism") == 2
    assert text.count("+91.7 pt [26.6, 100.0]  24") == 2 and "…" not in text
    assert "constraints" in text and all(len(row) <= width for row in text.splitlines())


def test_a_row_without_figures_in_a_block_is_left_out_of_it() -> None:
    grid = rates("organism")
    grid.add("undetermined", "", "", "0.0 [0.0, 32.4]", "48")
    first, second = printed(grid, 50).split("\n\n")
    assert "undetermined" not in first and "undetermined" in second
    assert "undetermined" in printed(grid, 90)


def test_markup_in_a_name_is_text() -> None:
    assert "[bold]x[/bold] :smile:" in printed(rates("[bold]x[/bold] :smile:"), 90)


@given(
    names=st.lists(st.text("abc ·-/", min_size=1, max_size=50).filter(str.strip), min_size=1, max_size=4),
    figures=st.lists(st.text("0123456789.[]", min_size=1, max_size=16), min_size=1, max_size=6),
    width=st.integers(48, 130),
)  # fmt: skip
def test_every_figure_is_whole_and_words_are_too(
    names: list[str], figures: list[str], width: int
) -> None:
    grid = Grid("row", [(f"h{i}",) for i in range(len(figures))])
    for name in names:
        grid.add(name, *figures)
    text = printed(grid, width)
    assert "…" not in text and all(len(row) <= width for row in text.splitlines())
    cells = re.findall(r"[0-9.\[\]]+", re.sub(r"\bh\d\b", "", text))
    for figure in figures:
        assert cells.count(figure) >= len(names)
    shown = set(re.findall(r"[abc·/-]+", text))
    for word in {word for name in names for word in name.split() if len(word) <= MAX_LABEL}:
        assert word in shown


def test_a_column_in_which_no_row_has_anything_is_left_out() -> None:
    grid = Grid("model", [("A", "p"), ("floor",)])
    grid.add("one", "3", "–", "")
    grid.add("two", "4", "", "–")
    text = printed(grid, 80)
    assert "A" in text and not {"p", "floor", "–"} & set(text.split())
    grid.add("three", "–", ".02", "–")
    text = printed(grid, 80)
    assert "p" in text.split() and "floor" not in text and "–" in text
    empty = Grid("model", [("A",)])
    empty.add("one", "–")
    assert "A" in printed(empty, 80)  # a table without any figure says so
