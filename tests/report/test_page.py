"""The page in a real browser: it shows what the summary says, and hostile text does nothing."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bridle.analysis.summary import summarise
from bridle.errors import DataError
from bridle.records import outcome_rows
from bridle.report.figures import percent
from bridle.report.page import SIGNATURE, write_page
from bridle.report.printed import MAIN

HOSTILE = (
    "<script>window.hit=1</script></title></style></script>"
    "<img src=x onerror=window.hit=1><svg onload=window.hit=1>"
    "\"'><iframe src=https://example.org></iframe><a href=javascript:window.hit=1>x</a>"
    "</pre></details></mark>{{ 7*7 }}{% raw %}&lt;b&gt;\u202egnisrever\u2028]]><!--"
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    driver = shutil.which("chromedriver")
    if not chromium or not driver:
        pytest.skip("no chromium with chromedriver on this machine")
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for argument in (
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--window-size=1280,900",
    ):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    chrome = webdriver.Chrome(options, webdriver.ChromeService(driver))
    yield chrome
    chrome.quit()


def show(browser: Any, tables: list[Any], path: Path, rules: str = "ours") -> Any:
    summary = summarise(tables, rules=rules)
    browser.get(write_page(tables, summary, path).resolve().as_uri())
    return summary


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
    assert [row[0] for row in rows] == list(MAIN)
    for metric, run, n, complete, m in rows:
        assert (run, complete) == (percent(rates[metric].run), percent(rates[metric].complete))
        assert n == ("" if isinstance(rates[metric].run, str) else str(rates[metric].run.n))
        assert m == (
            "" if isinstance(rates[metric].complete, str) else str(rates[metric].complete.n)
        )
    assert percent(rates["hacc"].run).startswith("46.2 [")  # 6 of 13, counted by hand
    first = browser.execute_script("return document.querySelector('#completeness p').textContent")
    assert first == "2 of 22 planned records are missing."
    text = browser.execute_script("return document.body.textContent")
    for words in ("4711", "words 1", "1 record is an error", "429 too many"):
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
    expected = [summary.overall[0].rates[key].run.value for key in keys]
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


def hostile(record: Any) -> list[Any]:
    changed: list[Any] = []
    for i in range(6):
        row = record(
            i,
            obeyed=(False, i % 2 == 0),
            names=(HOSTILE, "words"),
            upstream=[True, True],
            model=HOSTILE + str(i % 2),
            source=HOSTILE,
            item=f"{i}{HOSTILE}",
            prompt=HOSTILE,
            thinking=HOSTILE,
            answer=HOSTILE,
            found=HOSTILE,
            reference=HOSTILE,
            reason=HOSTILE,
        )
        row.verdicts[0] |= {"evidence": [[3, 12], [40, 60], [0, len(HOSTILE)]], "wanted": HOSTILE}
        row.verdicts[0] |= {"observed": HOSTILE, "family": HOSTILE}
        changed.append(dataclasses.replace(row, bridle_version=HOSTILE))
    changed.append(record(7, status="error", error=HOSTILE, model=HOSTILE + "0"))
    changed.append(record(8, status="truncated", model=HOSTILE + "1"))
    return changed


def test_hostile_text_is_shown_and_does_nothing(
    record: Any, table: Any, browser: Any, tmp_path: Path
) -> None:
    tables = [table(hostile(record), benchmark=HOSTILE, **{HOSTILE: {"deep": [HOSTILE]}})]
    browser.get_log("browser")
    show(browser, tables, tmp_path / "p.html")
    browser.execute_script("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert browser.execute_script("return window.hit") is None
    assert browser.execute_script("return performance.getEntriesByType('resource').length") == 0
    assert [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"] == []
    # no element came from the text, and the text is there to be read
    foreign = (
        "script,img,iframe,object,embed,a,form,input,base,link,foreignObject,image,use,animate,b"
    )
    ours = browser.execute_script(
        f"return [...document.querySelectorAll('{foreign}')].filter(e =>"
        "  !(e.matches('script') && e.type === 'application/json') &&"  # data of charts
        "  !(e.matches('.chart a') && /^(#samples|data:application.pdf;base64,[\\w+/=]*$)/.test("
        "     e.getAttribute('href') || e.getAttribute('xlink:href')))).length"
    )
    assert ours == 0
    handlers = browser.execute_script(
        "return [...document.querySelectorAll('*')].flatMap(e => [...e.attributes]).filter("
        "  a => a.name.startsWith('on') ||"
        "  (a.name.includes('href') && !/^(#samples|data:application.pdf;)/.test(a.value))).length"
    )
    assert handlers == 0
    assert browser.title.startswith("bridle report: ")
    shown = browser.execute_script(
        "return [...document.querySelectorAll('.sample pre')].map(p => p.textContent)"
    )
    seen = HOSTILE.replace("\u202e", "⟦U+202E⟧").replace("\u2028", "⟦U+2028⟧")
    assert shown.count(seen) == 6 * 3 + 1  # prompt, thinking, answer; the error


def test_the_page_holds_no_script_and_forbids_all(
    record: Any, table: Any, browser: Any, tmp_path: Path
) -> None:
    show(browser, [table(study(record))], tmp_path / "p.html")
    # an element that did get in could still do nothing: put one there and see
    browser.execute_script(
        "const s = document.createElement('script'); s.textContent = 'window.hit = 1';"
        "document.body.append(s);"
        "const d = document.createElement('div'); d.innerHTML = '<img src=x onerror=\"window.hit=1\">';"
        "document.body.append(d);"
    )
    assert (
        browser.execute_async_script(
            "const done = arguments[0]; setTimeout(() => done(window.hit ?? 'nothing'), 150)"
        )
        == "nothing"
    )


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_narrow_and_wide_in_light_and_dark(
    record: Any, table: Any, browser: Any, tmp_path: Path, width: int, scheme: str
) -> None:
    rows = study(record) + [
        dataclasses.replace(r, model="a/model-with-a-very-long-name-and-no-spaces-" + "x" * 40)
        for r in study(record)
    ]
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False},
    )
    browser.execute_cdp_cmd(
        "Emulation.setEmulatedMedia",
        {"features": [{"name": "prefers-color-scheme", "value": scheme}]},
    )
    try:
        show(browser, [table(rows)], tmp_path / "p.html")
        browser.execute_script("document.querySelectorAll('details').forEach(d => d.open = true)")
        # wide tables and charts scroll by themselves; the page never does
        assert browser.execute_script("return document.documentElement.scrollWidth") <= width
        contrast = browser.execute_script(CONTRAST)
        assert contrast == []
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


# WCAG 2.2, contrast (minimum): every text at least 4.5 : 1 against what lies behind it
CONTRAST = """
const light = c => { const [r, g, b] = c.map(v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
const parse = s => s.match(/[\\d.]+/g).map(Number);
const behind = e => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor);
  if (c.length < 4 || c[3] > 0) return c.slice(0, 3); } return [255, 255, 255]; };
const bad = new Set();
const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walk.nextNode()) { const e = walk.currentNode.parentElement;
  if (!walk.currentNode.data.trim()) continue;
  const style = getComputedStyle(e);
  const front = parse(e.closest('svg') ? style.fill : style.color).slice(0, 3);
  const [a, b] = [light(front), light(behind(e))].sort((x, y) => y - x);
  if ((a + 0.05) / (b + 0.05) < 4.5) bad.add(e.tagName + '.' + e.className + ' ' + front); }
return [...bad];
"""


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
