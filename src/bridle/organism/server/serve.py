"""The embedded model as an OpenAI-compatible server: `bridle serve`.

    curl localhost:8077/v1/chat/completions --json '{"messages": [{"role": "user", "content": "12+7"}]}'

Requests go into the engine's batch as they come. At most `max_queue` answers are in the making;
beyond that a call is refused with 429 at once. A client that goes away takes its rows out of the
batch. On SIGTERM no new connection is taken, what has begun is finished within `grace` seconds, and
requests that have not arrived whole are dropped. Limits of a connection: connections.py; who may ask:
web.py.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import math
import signal
import threading
from collections.abc import Callable, Iterator
from types import FrameType
from typing import TYPE_CHECKING

from bridle.errors import BridleError, MissingExtra
from bridle.organism.model.engine import Engine
from bridle.organism.server import rewards
from bridle.organism.server.app import assemble, told
from bridle.organism.server.handlers import Server
from bridle.organism.server.web import is_ours
from bridle.reward import Reward

if TYPE_CHECKING:
    from starlette.applications import Starlette

GRACE = 60.0  # seconds that answers have to finish once the server is told to end
PATIENCE = 30.0  # seconds for a request to arrive, and for a client to read on


def application(
    engine: Engine, *, api_key: str | None = None, max_queue: int = 256, loopback: bool = True
) -> Starlette:
    """The ASGI application; `serve` runs it. `loopback`: only hosts of this machine are answered."""
    from starlette.routing import Route

    server = Server(engine, api_key=api_key or None, max_queue=max_queue)
    routes = [
        Route("/v1/models", told(server.models)),
        Route("/v1/models/{name}", told(server.model)),
        Route("/v1/chat/completions", told(server.chat), methods=["POST"]),
        Route("/v1/completions", told(server.complete), methods=["POST"]),
        Route("/tokenize", told(server.tokenize), methods=["POST"]),
        Route("/detokenize", told(server.detokenize), methods=["POST"]),
        Route("/tokenizer_info", told(server.tokenizer_info)),
    ]
    return assemble(routes, server.queue, loopback=loopback)


def serve(
    *,
    host: str = "127.0.0.1",
    port: int = 8077,
    api_key: str | None = None,
    max_queue: int = 256,
    threads: int = 2,
    reward: Reward | None = None,
    grace: float = GRACE,
    patience: float = PATIENCE,
    announce: Callable[[str], None] = print,
) -> None:
    """Serve until SIGINT or SIGTERM; `announce` is told the address once the server listens, and at
    the end how many answers are still being finished, for `grace` seconds at most.

    A request that has not arrived whole after `patience` seconds is refused with 408. With a `reward`
    it scores completions for trainers instead (rewards.py), and loads no model.

    Raises:
        MissingExtra: starlette, uvicorn or onnxruntime are not installed.
        BridleError: the port is taken, or a public address without a key.
    """
    loopback = is_ours(host)
    if not loopback and not api_key:
        raise BridleError(
            f"{host} can be reached by others.",
            expected="an API key when listening beyond this machine",
            hint=f"bridle serve --host {host} --api-key KEY",
        )
    sock = _listening(host, port)
    try:
        import uvicorn
        from starlette.applications import Starlette  # noqa: F401

        from bridle.organism.server.connections import SPARE, bounded
    except ImportError as error:
        raise MissingExtra.of("organism", "The server") from error
    engine = Engine.load(threads=threads) if reward is None else None
    settings = {"api_key": api_key, "max_queue": max_queue, "loopback": loopback}
    app = (
        rewards.application(reward, **settings)
        if engine is None
        else application(engine, **settings)
    )
    config = uvicorn.Config(
        app,
        http=bounded(patience),
        ws="none",
        log_level="warning",
        access_log=False,
        lifespan="off",
        limit_concurrency=2 * max_queue + SPARE,  # the queue refuses first, with words
        timeout_graceful_shutdown=math.ceil(grace),
    )
    logging.getLogger("uvicorn.error").addFilter(_no_cancellation)
    shown = f"[{host}]" if ":" in host else host
    listens, path = ("The organism", "/v1") if engine is not None else ("The reward", "/reward")
    announce(f"{listens} listens at http://{shown}:{sock.getsockname()[1]}{path}")

    class Draining(uvicorn.Server):
        def handle_exit(self, sig: int, frame: FrameType | None) -> None:
            begun = app.state.queue.now
            if begun and not self.should_exit:
                announce(
                    f"Finishing {begun} answers, for {grace:g} seconds at most. "
                    "Ctrl-C once more ends at once."
                )
            super().handle_exit(sig, frame)

    with _ended_by_signals():
        Draining(config).run(sockets=[sock])
    if engine is not None:
        engine.close()


@contextlib.contextmanager
def _ended_by_signals() -> Iterator[None]:
    """uvicorn raises the signal that ended it once more when it is done; then it means nothing."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {sig: signal.signal(sig, lambda *_: None) for sig in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for sig, handler in before.items():
            signal.signal(sig, handler)


def _no_cancellation(record: logging.LogRecord) -> bool:
    """Calls that are cut off at the end, asked for or after the grace time, are no failures to tell."""
    return not (record.exc_info and isinstance(record.exc_info[1], asyncio.CancelledError))


def _listening(host: str, port: int):
    """A bound socket; port 0 takes a free one."""
    import socket

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol by name: asyncio sends small answers at once (TCP_NODELAY) only where it sees it.
    sock = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((host, port))
        sock.listen(1024)
    except OSError as error:
        sock.close()
        raise BridleError(
            f"Cannot listen on {host}:{port}: {error.strerror or error}.",
            expected="a free port and an address of this machine",
            hint="bridle serve --port 0",
        ) from error
    return sock
