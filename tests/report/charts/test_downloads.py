"""Each download of a chart in a real browser, in dark mode: whole, in fixed colours, without network."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from browsing import show

pytest.importorskip("vl_convert", reason="the extra 'report' is not installed")


def wait_for(path: Path) -> bytes:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        if path.is_file() and path.stat().st_size:
            return path.read_bytes()
        time.sleep(0.05)
    raise AssertionError(f"no {path.name} among {sorted(p.name for p in path.parent.iterdir())}")


def test_downloads_are_whole_and_keep_their_colours(
    record: Any, table: Any, browser: Any, tmp_path: Path
) -> None:
    folder = tmp_path / "downloads"
    folder.mkdir()
    rows = [
        record(i, model=m, obeyed=(i < k, True)) for m, k in (("a", 3), ("b", 7)) for i in range(8)
    ]
    dark = [{"name": "prefers-color-scheme", "value": "dark"}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": dark})
    browser.execute_cdp_cmd(
        "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(folder)}
    )
    try:
        browser.get_log("browser")
        show(browser, [table(rows)], tmp_path / "p.html")
        assert browser.execute_script(
            "return document.querySelectorAll('.downloads[hidden]').length"
        ) == 0  # fmt: skip
        for form in ("svg", "png", "vl.json"):
            browser.execute_script(
                "document.querySelector(`#chart-outcomes [data-as='${arguments[0]}']`).click()",
                form,
            )
            wait_for(folder / f"outcomes.{form}")
        browser.execute_script("document.querySelector('#chart-outcomes a[download]').click()")
        assert wait_for(folder / "outcomes.pdf").startswith(b"%PDF")
        assert (folder / "outcomes.png").read_bytes().startswith(b"\x89PNG")
        svg = (folder / "outcomes.svg").read_text(encoding="utf-8")
        assert "var(" not in svg and "#1f5fa8" in svg and "<a " not in svg
        drawn = ElementTree.fromstring(svg)
        # the title, which the page shows in words, is in the file
        assert "Who obeys" in "".join(drawn.itertext())
        box = [float(x) for x in (drawn.get("viewBox") or "").split()]
        assert box[:2] == [0, 0] and box[3] == float(drawn.get("height") or 0)
        spec = json.loads((folder / "outcomes.vl.json").read_text(encoding="utf-8"))
        assert spec["title"]["text"] and not re.search(r'"(href|link)"', json.dumps(spec))
        severe = [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"]
        assert severe == []
        assert browser.execute_script(
            "return performance.getEntriesByType('resource').filter(e => !/^(data|blob):/.test(e.name)).length"
        ) == 0  # fmt: skip
    finally:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
