"""Gives a page and its packets of samples to a browser on this machine: `bridle view`.

    with viewer(folder, "page.html") as server:
        server.address           -> "http://127.0.0.1:43117/"
        server.serve_forever()

Only what stands in the folder of the page is given, by its exact name; only to this machine, and only to
those who ask for it as this machine (a name on the web that was made to point here is refused).
"""

from __future__ import annotations

import errno
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from bridle.errors import BridleError
from bridle.report import assets

HOST = "127.0.0.1"
_TYPES = {".html": "text/html; charset=utf-8", ".gz": "application/gzip"}
_PATIENCE = 30  # seconds for a request to arrive whole


class Viewer(ThreadingHTTPServer):
    """Serves the files of one page; `address` is where."""

    daemon_threads = True

    def __init__(self, folder: Path, page: str, port: int) -> None:
        self.files = {
            f"/{file.relative_to(folder).as_posix()}": file
            for file in folder.rglob("*")
            if file.is_file() and file.suffix in _TYPES
        }
        self.files["/"] = folder / page
        super().__init__((HOST, port), _Handler)
        self.names = {f"{name}:{self.server_port}" for name in (HOST, "localhost")}

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.server_port}/"


def viewer(folder: Path, page: str, *, port: int = 0) -> Viewer:
    """The server, already listening; port 0 takes a free one.

    Raises:
        BridleError: the port is taken, or not for us.
    """
    try:
        return Viewer(folder, page, port)
    except OSError as error:
        taken = error.errno == errno.EADDRINUSE
        raise BridleError(
            f"Port {port} {'is taken' if taken else 'cannot be used'}: {error.strerror}.",
            expected="a free port",
            hint="--port 0 takes one",
        ) from error


class _Handler(BaseHTTPRequestHandler):
    server: Viewer  # pyright: ignore[reportIncompatibleVariableOverride]
    timeout = _PATIENCE
    server_version = "bridle"
    sys_version = ""

    def do_GET(self) -> None:
        self._give(body=True)

    def do_HEAD(self) -> None:
        self._give(body=False)

    def _give(self, *, body: bool) -> None:
        if self.headers.get("Host") not in self.server.names:
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
            return
        file = self.server.files.get(self.path.partition("?")[0])
        if file is None:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        data = file.read_bytes()
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", _TYPES[file.suffix])
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if body:
            self.wfile.write(data)

    def end_headers(self) -> None:
        for name, value in (
            ("Content-Security-Policy", f"{assets.policy(connect=True)}; frame-ancestors 'none'"),
            ("X-Content-Type-Options", "nosniff"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
            ("Referrer-Policy", "no-referrer"),
            ("Cache-Control", "no-store"),
        ):
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass  # who looks at what is nobody's business
