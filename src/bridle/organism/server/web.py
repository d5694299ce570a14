"""Keeps pages in a browser out: a server on loopback is reachable from every page that is open.

A page can send a form's content types to any address without asking (Fetch standard, CORS-safelisted
request headers), and can reach loopback under its own name by DNS rebinding. So a body must be JSON,
the Host must be a name of this machine where the server listens on loopback, and an Origin, which
browsers send with what pages ask for, must be of this machine or of the server's own host.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bridle.organism.server.protocol import Refused

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send


class Guard:
    """ASGI middleware: refuses what `refusal` refuses before any handler is called."""

    def __init__(self, app: ASGIApp, *, loopback: bool) -> None:
        self.app = app
        self.loopback = loopback

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        from starlette.datastructures import Headers
        from starlette.responses import JSONResponse

        if scope["type"] == "http":
            refused = refusal(scope["method"], Headers(scope=scope), loopback=self.loopback)
            if refused is not None:
                await JSONResponse(refused.body(), refused.status)(scope, receive, send)
                return
        await self.app(scope, receive, send)


def refusal(method: str, headers: Mapping[str, str], *, loopback: bool) -> Refused | None:
    """Why a request with these headers is not served, or None; `loopback`: where the server listens."""
    host = _name(headers.get("host", ""))
    if loopback and host and not is_ours(host):
        return Refused(403, f"This server listens on loopback; it is not {host[:80]!r}.")
    if "origin" in headers:
        origin = _name(_netloc(headers["origin"]))
        if not (is_ours(origin) or (origin and origin == host)):
            return Refused(403, "Pages of other origins are not served.")
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if method == "POST" and kind != "application/json":
        return Refused(415, f"The body must be application/json, not {kind[:80] or 'untyped'!r}.")
    return None


def _netloc(origin: str) -> str:
    """The host and port of an Origin; "" for `null` and for what is no URL."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""


def is_ours(name: str) -> bool:
    """Whether a host's name can only mean this machine."""
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def _name(host: str) -> str:
    """A Host header without its port, brackets and final stop, in lower case; "" where it is none."""
    try:
        return (urlsplit(f"//{host}").hostname or "").rstrip(".")
    except ValueError:
        return "?"
