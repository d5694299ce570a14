"""The page on a phone and a desk, in light and dark, on paper, and with axe-core's eyes."""

from __future__ import annotations

import base64
import dataclasses
import re
from collections.abc import Iterator
from typing import Any

import pytest
from browsing import faults, follow, show, until

LONG = "a/model-with-a-very-long-name-and-no-spaces-" + "x" * 40


def study(record: Any) -> list[Any]:
    rows = [
        record(i, source="gsm8k" if i % 2 else "aime", obeyed=(i < 9, i % 3 > 0)) for i in range(12)
    ]
    rows += [record(12, status="truncated"), record(13, status="error")]
    rows += [record(i, "without", obeyed=(True, False), correct=i < 9) for i in range(1, 12, 2)]
    return rows + [dataclasses.replace(r, model=LONG) for r in rows]


@pytest.fixture(scope="module")
def page(browser: Any, record: Any, tmp_path_factory: Any) -> Iterator[Any]:
    from bridle.records import read, write

    folder = tmp_path_factory.mktemp("looks")
    write(study(record), folder / "study" / "records.parquet", planned=40, about={"command": "run"})
    show(browser, [read(folder / "study")], folder / "page.html")
    yield browser
    look(browser)


def look(browser: Any, width: int = 0, scheme: str = "") -> None:
    """Make the browser so wide and set its colours; without them as it was."""
    if width:
        browser.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False},
        )
    else:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    features = [{"name": "prefers-color-scheme", "value": scheme}] if scheme else []
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_narrow_and_wide_in_light_and_dark(page: Any, width: int, scheme: str) -> None:
    look(page, width, scheme)
    for address in ("#samples", "#samples?obeyed=no"):
        follow(page, address)
        page.execute_script("document.querySelector('[role=option]').click()")
        follow(page, page.execute_script("return location.hash"))
        page.execute_script("document.querySelectorAll('details').forEach(d => d.open = true)")
        # wide tables and charts scroll by themselves; the page never does
        assert page.execute_script("return document.documentElement.scrollWidth") <= width
        assert page.execute_script(CONTRAST) == []


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (360, "light")])
def test_axe_finds_nothing_serious(page: Any, width: int, scheme: str) -> None:
    look(page, width, scheme)
    page.execute_script("document.querySelectorAll('details').forEach(d => d.open = true)")
    follow(page, "#samples")
    assert faults(page) == []
    page.execute_script("document.querySelector('[role=option]').click()")
    follow(page, page.execute_script("return location.hash"))
    page.execute_script("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert faults(page) == []


def test_on_paper_everything_is_open_and_nothing_is_cut(page: Any) -> None:
    look(page)
    follow(page, "#samples?obeyed=no")
    page.execute_script("document.querySelector('[role=option]').click()")
    follow(page, page.execute_script("return location.hash"))
    page.execute_script("document.querySelectorAll('details').forEach(d => d.open = false)")
    page.execute_script(  # what is open and in sight when the browser prints
        "window.seen = null; window.addEventListener('afterprint', () => {"
        "  window.after = document.querySelectorAll('details[open]').length; });"
        "window.matchMedia('print').addEventListener('change', e => { if (!e.matches) return;"
        "  const shown = s => [...document.querySelectorAll(s)].some(e => e.getClientRects().length);"
        "  window.seen = {closed: document.querySelectorAll('details:not([open])').length,"
        "    thinking: shown('article.sample details pre'), tables: shown('#slices td'),"
        "    tools: shown('#filters, #list, .tools, nav, .downloads button')}; })"
    )
    pdf = base64.b64decode(page.execute_cdp_cmd("Page.printToPDF", {})["data"])
    seen = until(page, "return window.seen")
    assert seen == {"closed": 0, "thinking": True, "tables": True, "tools": False}
    assert (
        until(page, "return window.after !== undefined")
        and page.execute_script("return window.after") == 0
    )
    assert pdf.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) > 2


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
