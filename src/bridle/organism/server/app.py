"""Routes → an ASGI application: refusals in OpenAI's form, and who may ask (web.py)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

from bridle.organism.server.door import Queue
from bridle.organism.server.protocol import Refused
from bridle.organism.server.web import Guard

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

Handler = Callable[["Request"], Awaitable["Response"]]


def told(handler: Handler) -> Handler:
    """The handler, its refusals turned into answers."""
    from starlette.responses import JSONResponse

    async def endpoint(request: Request) -> Response:
        try:
            return await handler(request)
        except Refused as refused:
            headers = {429: {"Retry-After": "1"}, 401: {"WWW-Authenticate": "Bearer"}}
            return JSONResponse(refused.body(), refused.status, headers.get(refused.status))

    return endpoint


def assemble(made: Sequence[Route], queue: Queue, *, loopback: bool) -> Starlette:
    """The application of these routes and /health; `loopback`: only hosts of this machine are answered."""
    from starlette.applications import Starlette
    from starlette.exceptions import HTTPException
    from starlette.responses import JSONResponse
    from starlette.routing import Route

    async def health(_: Request) -> Response:
        return JSONResponse({"status": "ok", "answers": queue.now})

    routes = [Route("/health", health), *made]

    async def absent(request: Request, error: Exception) -> Response:
        known = ", ".join(route.path for route in routes)
        said = f"There is nothing at {request.url.path[:80]!r}; there are: {known}."
        return JSONResponse(Refused(404, said, kind="not_found").body(), 404)

    async def otherwise(request: Request, error: Exception) -> Response:
        headers = error.headers if isinstance(error, HTTPException) else None
        takes = (headers or {}).get("Allow", "another method")
        said = f"{request.url.path[:80]} takes {takes}, not {request.method[:20]}."
        return JSONResponse(Refused(405, said).body(), 405, {"Allow": takes})

    async def failed(request: Request, error: Exception) -> Response:
        refused = Refused(500, "The server failed on this request.", kind="server_error")
        return JSONResponse(refused.body(), 500)

    app = Starlette(
        routes=routes, exception_handlers={404: absent, 405: otherwise, Exception: failed}
    )
    app.router.redirect_slashes = False
    app.add_middleware(Guard, loopback=loopback)
    app.state.queue = queue
    return app
