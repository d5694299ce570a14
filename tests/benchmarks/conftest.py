"""A small hub: a real HTTP server that gives out files, with the faults that real ones have."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from bridle.benchmarks.files.hub import Pinned

REPO = "TingchenFu/MathIF"


class Hub:
    """Serves `files` as a hub would; `faults` are used up one a request, by file name."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.faults: dict[str, list[str]] = {}
        self.asked: list[tuple[str, str | None]] = []  # (file, Range)
        self.ranges = True
        hub = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                hub.answer(self)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def pinned(self) -> Pinned:
        sums = {name: hashlib.sha256(body).hexdigest() for name, body in self.files.items()}
        return Pinned(REPO, "main", sums)

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        prefix = f"/datasets/{REPO}/resolve/main/"
        name = request.path.removeprefix(prefix)
        wanted = request.headers.get("Range")
        self.asked.append((name, wanted))
        body = self.files.get(name) if request.path.startswith(prefix) else None
        fault = self.faults[name].pop(0) if self.faults.get(name) else ""
        if body is None:
            request.send_error(404)
            return
        if fault.isdecimal():
            request.send_error(int(fault))
            return
        start = 0
        if wanted and self.ranges:
            start = int(re.fullmatch(r"bytes=(\d+)-", wanted)[1])  # type: ignore[index]
            if start >= len(body):
                request.send_error(416)
                return
        part = body[start:]
        request.send_response(206 if start else 200)
        request.send_header("Content-Length", str(len(part)))
        request.end_headers()
        if fault == "break off":
            part = part[: len(part) // 2]
        request.wfile.write(part)


@pytest.fixture
def hub() -> Iterator[Hub]:
    served = Hub()
    yield served
    served.close()
