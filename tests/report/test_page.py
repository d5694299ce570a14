"""The page in a real browser shows what the summary says; its file replaces nobody else's."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from browsing import show

from bridle.analysis.rates import OF_A_MODEL
from bridle.analysis.summary import summarise
from bridle.errors import DataError
from bridle.records import outcome_rows
from bridle.report.figures import count, percent
from bridle.report.page import SIGNATURE, render, write_page


def study(record: Any) -> list[Any]:
    rows = [
        record(i, source="gsm8k" if i % 2 else "aime", obeyed=(i < 9, i % 3 > 0)) for i in range(12)
    ]
    rows += [record(12, status="truncated"), record(13, status="error")]
    # the floor of one source alone: its series keeps its colour where the other has none
    rows += [record(i, "without", obeyed=(True, False), correct=i < 9) for i in range(1, 12, 2)]
    return rows


def test_the_page_shows_what_the_summary_says(
    record: Any, table: Any, browser: Any, tmp_path: Path
) -> None:
    summary = show(browser, [table(study(record), missing=2, seed=4711)], tmp_path / "p.html")
    rows = browser.execute_script(
        "return [...document.querySelectorAll('#summary tbody tr')].map("
        "  r => [r.dataset.metric, ...[...r.querySelectorAll('td')].map(c => c.textContent)])"
    )
    rates = summary.overall[0].rates
    # a rate that no denominator has is no row of dashes
    known = {
        k
        for k, rate in rates.items()
        if not isinstance(rate.run, str) or not isinstance(rate.complete, str)
    }
    assert [row[0] for row in rows] == [key for key in OF_A_MODEL if key in known]
    for metric, run, n, complete, m in rows:
        assert (run, complete) == (percent(rates[metric].run), percent(rates[metric].complete))
        assert n == count(rates[metric].run)
        assert m == count(rates[metric].complete)
    assert percent(rates["hacc"].run).startswith("46.2 [")  # 6 of 13, counted by hand
    first = browser.execute_script("return document.querySelector('#completeness p').textContent")
    assert first == "2 of 22 planned records are missing."
    text = browser.execute_script("return document.body.textContent")
    for words in ("4711", "words 1", "1 record is an error"):
        assert words in text
    # a series keeps its colour
    colours = browser.execute_script(
        "return [...document.querySelectorAll('#chart-sources .mark-symbol.role-mark path')]"
        "  .map(p => [p.ariaLabel.match(/series: ([^;]*)/)[1], getComputedStyle(p).fill])"
    )
    assert dict(colours) == {
        "HAcc": "rgb(31, 95, 168)",
        "floor": "rgb(180, 97, 10)",
        "correct, with constraints": "rgb(44, 125, 79)",
    }


def test_a_dot_stands_where_its_number_is(
    record: Any, table: Any, browser: Any, tmp_path: Path
) -> None:
    summary = show(browser, [table(study(record))], tmp_path / "p.html")
    drawn = browser.execute_script(
        "const svg = document.querySelector('figure svg');"
        "const x = e => { const b = e.getBoundingClientRect(); return (b.left + b.right) / 2; };"
        "const ticks = [...svg.querySelectorAll('.role-axis-grid line')].map(x);"
        "const least = Math.min(...ticks), most = Math.max(...ticks);"
        "return [...svg.querySelectorAll('.mark-symbol.role-mark path')].map("
        "  e => (x(e) - least) / (most - least));"
    )
    keys = ("hacc", "floor", "sacc", "joint", "correct_with", "correct_without")
    cells = [summary.overall[0].rates[key].run for key in keys]
    expected = [cell.value for cell in cells if not isinstance(cell, str)]
    assert drawn == pytest.approx(expected, abs=0.01)


def test_models_with_names_alike_have_lines_of_their_own(
    record: Any, table: Any, browser: Any, tmp_path: Path
) -> None:
    name = "a/model-whose-name-is-so-long-that-no-chart-can-hold-it-" + "x" * 60
    rows = [
        record(i, model=name + end, obeyed=(i < k, True))
        for k, end in ((2, "a"), (4, "b"))
        for i in range(4)
    ]
    summary = show(browser, [table(rows)], tmp_path / "p.html")
    heights = browser.execute_script(
        "return [...document.querySelector('figure svg').querySelectorAll('.mark-symbol.role-mark path')]"
        "  .map(e => e.getBoundingClientRect().top)"
    )
    assert len(set(heights)) == len(heights) == 6  # two models, three rates each
    models = browser.execute_script(
        "return [...document.querySelectorAll('#summary table')[0].querySelectorAll('tbody tr')]"
        "  .map(r => [r.querySelector('th').textContent, ...[...r.querySelectorAll('td')].slice(0, 3).map(c => c.textContent)])"
    )
    # the most obedient goes first, whatever its place in the study
    assert models == [
        [row.label, "4", "4", percent(row.rates["hacc"].run)] for row in reversed(summary.overall)
    ]


def test_outcomes_without_a_row_of_their_own_are_on_the_page(
    record: Any, table: Any, browser: Any, tmp_path: Path
) -> None:
    rows = [record(i, obeyed=(i < 3, True)) for i in range(8)]
    for i, row in enumerate(rows):
        row.outcomes.extend(outcome_rows(hard_loose=i < 6, soft_loose=1.0))
    summary = show(browser, [table(rows)], tmp_path / "p.html")
    figures = browser.execute_script(
        "return [...document.querySelectorAll('.four tbody td')].map(c => c.textContent)"
    )
    assert figures == [percent(figure) for figure in summary.lenient[0].figures.values()]
    assert figures[2].startswith("75.0 [")  # 6 of 8, loosely


# -- the file --------------------------------------------------------------------------------------


def test_an_older_page_is_replaced_and_nothing_else(
    record: Any, table: Any, tmp_path: Path
) -> None:
    tables = [table([record(0)])]
    summary = summarise(tables)
    page = write_page(tables, summary, tmp_path / "new" / "page.html")
    assert page.read_text("utf-8").startswith(SIGNATURE)
    write_page(tables, summary, page)
    assert [f.name for f in page.parent.iterdir()] == ["page.html"]
    other = tmp_path / "mine.html"
    other.write_text("<!doctype html><p>mine")
    with pytest.raises(DataError, match="not a page of bridle; nothing was overwritten"):
        write_page(tables, summary, other)
    assert other.read_text() == "<!doctype html><p>mine"
    with pytest.raises(DataError, match="is a folder"):
        write_page(tables, summary, tmp_path)


def test_a_place_that_cannot_be_written_to_is_said_in_words(
    record: Any, table: Any, tmp_path: Path
) -> None:
    tables = [table([record(0)])]
    (tmp_path / "file").write_text("")
    with pytest.raises(DataError, match="could not be written"):
        write_page(tables, summarise(tables), tmp_path / "file" / "page.html")


def test_many_samples_stand_beside_the_page(record: Any, table: Any, tmp_path: Path) -> None:
    tables = [table([record(i) for i in range(4)])]
    summary = summarise(tables)
    page = write_page(tables, summary, tmp_path / "out" / "big.html", most_inside=10)
    beside = page.with_name("big.data")
    assert sorted(f.name for f in beside.iterdir()) == ["0.gz", "columns.gz"]
    assert "packet-columns" not in page.read_text("utf-8")
    assert "connect-src &#39;self&#39;" in page.read_text("utf-8")
    (beside / "7.gz").write_bytes(b"of an older page")
    write_page(tables, summary, page, most_inside=10)
    assert sorted(f.name for f in beside.iterdir()) == ["0.gz", "columns.gz"]
    write_page(tables, summary, page)  # they fit now: nothing is left beside it
    assert [f.name for f in page.parent.iterdir()] == ["big.html"]
    assert "connect-src &#39;none&#39;" in page.read_text("utf-8")
    beside.mkdir()
    (beside / "thesis.txt").write_text("mine")
    with pytest.raises(DataError, match="holds more than samples of a page"):
        write_page(tables, summary, page)
    assert (beside / "thesis.txt").read_text() == "mine"


def test_the_same_records_make_the_same_page(record: Any, table: Any) -> None:
    tables = [table(study(record))]
    summary = summarise(tables)
    first, second = render(tables, summary), render(tables, summary)
    # the time of day, and the order of objects in a PDF, which its library leaves to chance
    made = re.compile(r"on \d{4}-\d\d-\d\d \d\d:\d\d UTC|application/pdf;base64,[\w+/=]*")
    assert made.sub("", first.html) == made.sub("", second.html)
