"""A real browser for the tests of the page: one for all of them, since a start takes seconds.

Where BRIDLE_BROWSER is "required" (CI) a machine without one fails; elsewhere these tests skip.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from bridle.analysis.summary import Summary, summarise
from bridle.records import Table
from bridle.report.page import write_page

READY = "return !!document.querySelector('#samples.ready #opened')?.firstChild"


def missing(what: str) -> None:
    """Skip, or fail where a browser is required."""
    if os.environ.get("BRIDLE_BROWSER") == "required":
        pytest.fail(f"BRIDLE_BROWSER=required, but {what}")
    pytest.skip(what)


def chrome() -> Any:
    """Chromium without a window, as selenium drives it."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    driver = shutil.which("chromedriver")
    if not chromium or not driver:
        missing("there is no chromium with chromedriver on this machine")
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
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
    return webdriver.Chrome(options, webdriver.ChromeService(driver))


def until(browser: Any, script: str, *given: Any, seconds: float = 20) -> Any:
    """What a script returns, as soon as that is true.

    Raises:
        AssertionError: it was not, for that long.
    """
    end = time.monotonic() + seconds
    while True:
        found = browser.execute_script(script, *given)
        if found:
            return found
        assert time.monotonic() < end, f"never true: {script}"
        time.sleep(0.02)


def show(
    browser: Any, tables: Sequence[Table], path: Path, *, rules: str = "ours", at: str = ""
) -> Summary:
    """Write the page of these tables, open it, and wait until its samples are there."""
    summary = summarise(tables, rules=rules)
    address = write_page(tables, summary, path).resolve().as_uri()
    browser.get("about:blank")  # an address that differs by its hash alone would load nothing
    browser.get_log("browser")
    browser.get(address + at)
    until(browser, READY)
    return summary


def follow(browser: Any, address: str) -> None:
    """Go to a part of the page as a link there would, and wait for what it lists and opens."""
    browser.execute_script("location.hash = arguments[0]", address)
    settled(browser)


def settled(browser: Any) -> None:
    """Wait until the page has shown what it was asked for."""
    time.sleep(0.05)  # the event that follows a change of the address comes later
    until(browser, "return document.getElementById('samples').dataset.busy === '0'")


def listed(browser: Any) -> str:
    return browser.execute_script("return document.getElementById('listed').textContent")


def axe() -> str:
    """The source of axe-core, which `make browser` fetches from npm into tests/browser/."""
    folder = Path(__file__).parents[1] / "browser" / "node_modules" / "axe-core"
    source = folder / "axe.min.js"
    if not source.is_file():
        missing(f"there is no axe-core in {folder} (make browser; it needs npm)")
    return source.read_text("utf-8")


def faults(browser: Any) -> list[str]:
    """What axe-core calls serious or critical on the page as it stands, by WCAG 2.2 A and AA."""
    if not browser.execute_script("return !!window.axe"):
        browser.execute_script(axe())
    found = browser.execute_async_script(
        "const done = arguments[0];"
        "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],"
        "  resultTypes: ['violations']}).then(r => done(r.violations), e => done(String(e)))"
    )
    assert isinstance(found, list), found
    return [
        f"{one['id']}: {one['help']}: {one['nodes'][0]['html'][:200]} ({len(one['nodes'])})"
        for one in found
        if one["impact"] in ("serious", "critical")
    ]
