"""The viewer gives the page and its samples to this machine, and nothing else to anyone."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browsing import READY, listed, until

from bridle.analysis.summary import summarise
from bridle.errors import BridleError
from bridle.report.page import write_page
from bridle.report.viewing import Viewer, viewer


@pytest.fixture
def server(record: Any, table: Any, tmp_path: Path) -> Iterator[Viewer]:
    tables = [table([record(i, obeyed=(i < 3, True)) for i in range(8)])]
    folder = tmp_path / "shown"
    write_page(tables, summarise(tables), folder / "page.html", most_inside=0)
    (folder / "secret.txt").write_text("mine")
    (tmp_path / "outside.html").write_text("not of this page")
    with viewer(folder, "page.html") as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def ask(server: Viewer, path: str, method: str = "GET", **headers: str) -> tuple[int, bytes, Any]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    connection.putrequest(method, path, skip_host="Host" in headers)
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    return answer.status, answer.read(), answer.headers


def test_the_page_reads_its_samples_from_the_server(browser: Any, server: Viewer) -> None:
    browser.get_log("browser")
    browser.get(server.address)
    until(browser, READY)
    assert listed(browser) == "All 8 samples"
    browser.execute_script("document.querySelector('[role=option]').click()")
    text = until(browser, "return document.querySelector('article.sample pre')?.textContent")
    assert text == "What is 3 times 4?"
    asked = browser.execute_script(
        "return performance.getEntriesByType('resource').map(e => new URL(e.name).pathname)"
    )
    assert sorted(asked) == ["/page.data/0.gz", "/page.data/columns.gz"]
    logged = [e["message"] for e in browser.get_log("browser") if "favicon" not in e["message"]]
    assert logged == []


def test_from_the_disk_such_a_page_says_what_to_type(browser: Any, server: Viewer) -> None:
    browser.get(server.files["/"].resolve().as_uri())
    said = until(browser, "return document.getElementById('listed').textContent.includes('view')")
    assert said
    assert browser.execute_script("return document.querySelectorAll('#summary td').length") > 0


def test_only_what_the_page_needs_is_given(server: Viewer) -> None:
    for path in ("/", "/page.html", "/page.data/0.gz", "/page.data/columns.gz", "/?x=1"):
        status, body, headers = ask(server, path)
        assert (status, bool(body)) == (200, True), path
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert ask(server, "/", "HEAD")[:2] == (200, b"")
    for path in (
        "/secret.txt",
        "/../outside.html",
        "/%2e%2e/outside.html",
        "//etc/passwd",
        "/page.data",
    ):
        assert ask(server, path)[0] == 404, path
    assert ask(server, "/", "POST")[0] == 501


def test_a_name_that_was_made_to_point_here_is_refused(server: Viewer) -> None:
    port = server.server_port
    for host in ("evil.example", f"evil.example:{port}", "127.0.0.1", f"127.0.0.1:{port + 1}", ""):
        assert ask(server, "/", Host=host)[0] == 421, host
    assert ask(server, "/", Host=f"localhost:{port}")[0] == 200


def test_a_port_that_is_taken_is_said_in_words(server: Viewer) -> None:
    with pytest.raises(BridleError, match=f"Port {server.server_port} is taken"):
        viewer(server.files["/"].parent, "page.html", port=server.server_port)
