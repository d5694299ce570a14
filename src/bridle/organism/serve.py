"""The embedded model as an OpenAI-compatible server: `bridle serve`.

    curl localhost:8077/v1/chat/completions -d '{"messages": [{"role": "user", "content": "12+7"}]}'

Requests go into the engine's batch as they come. At most `max_queue` answers are in the making;
beyond that a call is refused with 429 at once. A client that goes away takes its rows out of the
batch. On SIGTERM no new connection is taken and what has begun is finished.
"""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import json
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TYPE_CHECKING, Any

from bridle.errors import BridleError, DataError, MissingExtra
from bridle.organism.chat import inside_thought
from bridle.organism.engine import NAME, Completion, Engine
from bridle.organism.protocol import (
    Asked,
    Envelope,
    Refused,
    chat_logprobs,
    completion_logprobs,
    read_chat,
    read_completion,
    usage,
)
from bridle.organism.thoughts import Thoughts

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response

LARGEST_BODY = 4_000_000  # bytes
LOOPBACK = ("127.0.0.1", "::1", "localhost")


class Queue:
    """How many answers are in the making, over all calls."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.now = 0

    @contextlib.contextmanager
    def places(self, number: int):
        if self.now + number > self.most:
            raise Refused(
                429,
                f"The queue is full ({self.now} of {self.most} answers in the making); try again.",
                kind="rate_limit_error",
            )
        self.now += number
        try:
            yield
        finally:
            self.now -= number


class Server:
    """The routes' handlers, around one engine."""

    def __init__(self, engine: Engine, *, api_key: str | None, max_queue: int) -> None:
        self.engine = engine
        self._key = api_key
        self._queue = Queue(max_queue)

    async def models(self, request: Request) -> Response:
        from starlette.responses import JSONResponse

        self._allowed(request)
        card = {"id": NAME, "object": "model", "created": 0, "owned_by": "bridle"}
        card["max_model_len"] = self.engine.shape.context
        return JSONResponse({"object": "list", "data": [card]})

    async def chat(self, request: Request) -> Response:
        body = await self._body(request)
        return await self._answer(request, read_chat(body, context=self.engine.shape.context))

    async def complete(self, request: Request) -> Response:
        return await self._answer(request, read_completion(await self._body(request)))

    def _allowed(self, request: Request) -> None:
        given = request.headers.get("authorization", "").removeprefix("Bearer ").strip()
        if self._key is not None and not hmac.compare_digest(given.encode(), self._key.encode()):
            raise Refused(401, "The API key is missing or wrong.", kind="authentication_error")

    async def _body(self, request: Request) -> dict[str, Any]:
        self._allowed(request)
        read = bytearray()
        async for part in request.stream():
            read += part
            if len(read) > LARGEST_BODY:
                raise Refused(413, f"The body is larger than {LARGEST_BODY:,} bytes.")
        try:
            body = json.loads(bytes(read))
        except (ValueError, RecursionError) as error:
            raise Refused(400, f"The body is not JSON: {error}") from None
        if not isinstance(body, dict):
            raise Refused(400, "The body must be a JSON object.")
        return body

    async def _answer(self, request: Request, asked: Asked) -> Response:
        from starlette.responses import JSONResponse, StreamingResponse

        if asked.stream:
            places = self._queue.places(asked.n * len(asked.prompts))
            places.__enter__()  # given back by the stream, which outlives this call
            try:
                work = _Work(self.engine, asked, told=True)
            except BaseException:
                places.__exit__(None, None, None)
                raise
            stream = _stream(work, asked, places)
            return StreamingResponse(stream, media_type="text/event-stream")
        with self._queue.places(asked.n * len(asked.prompts)):
            work = _Work(self.engine, asked, told=False)
            done = asyncio.ensure_future(work.all())
            gone = asyncio.ensure_future(_gone(request))
            try:
                await asyncio.wait((done, gone), return_when=asyncio.FIRST_COMPLETED)
                if not done.done():
                    work.unwanted.set()
                    return JSONResponse({}, status_code=499)  # nobody reads it
                return JSONResponse(Envelope.new(chat=asked.chat).whole(asked, done.result()))
            finally:
                gone.cancel()
                done.cancel()


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


class _Work:
    """The rows of one call. `told`: their text is passed on piece by piece through `pieces`."""

    def __init__(self, engine: Engine, asked: Asked, *, told: bool) -> None:
        loop = asyncio.get_running_loop()
        self.unwanted = threading.Event()
        self.pieces: asyncio.Queue[tuple[int, str | Completion | BaseException]] = asyncio.Queue()
        self._futures: list[asyncio.Future[Completion]] = []

        def put(index: int, what: str | Completion | BaseException) -> None:
            with contextlib.suppress(RuntimeError):  # the loop has ended before the row did
                loop.call_soon_threadsafe(self.pieces.put_nowait, (index, what))

        index = 0
        try:
            for prompt in asked.prompts:
                for choice in range(asked.n):
                    future = engine.submit(
                        prompt,
                        max_tokens=asked.max_tokens,
                        temperature=asked.temperature,
                        top_p=asked.top_p,
                        seed=asked.seed_of(choice),
                        stop=asked.stop,
                        top_logprobs=asked.top_logprobs,
                        on_text=(lambda text, index=index: put(index, text)) if told else None,
                        wanted=lambda: not self.unwanted.is_set(),
                    )
                    if told:
                        future.add_done_callback(
                            lambda f, index=index: put(index, f.exception() or f.result())
                        )
                    self._futures.append(asyncio.wrap_future(future))
                    index += 1
        except DataError as error:
            self.unwanted.set()
            raise Refused(400, str(error)) from None

    async def all(self) -> list[Completion]:
        return list(await asyncio.gather(*self._futures))


async def _stream(
    work: _Work, asked: Asked, places: contextlib.AbstractContextManager[None]
) -> AsyncIterator[str]:
    """Server-sent events: text as it comes, the end of each choice, usage if asked for, [DONE]."""
    envelope = Envelope.new(chat=asked.chat)
    number = asked.n * len(asked.prompts)
    inside = asked.chat and inside_thought(asked.prompts[0])
    splits = [Thoughts(inside=inside) for _ in range(number)]
    done: dict[int, Completion] = {}
    try:
        if asked.chat:
            for index in range(number):
                yield _event(envelope.chunk(index, opening=True))
        while len(done) < number:
            index, what = await work.pieces.get()
            if isinstance(what, BaseException):
                failed = Refused(500, "The model failed on this request.", kind="server_error")
                yield _event(failed.body())
                return
            text = what if isinstance(what, str) else ""
            final = isinstance(what, Completion)
            if asked.chat:
                for kind, part in splits[index].feed(text, final=final):
                    if kind == "answer":
                        yield _event(envelope.chunk(index, text=part))
                    else:
                        yield _event(envelope.chunk(index, thought=part))
            elif text:
                yield _event(envelope.chunk(index, text=text))
            if isinstance(what, Completion):
                done[index] = what
                logprobs = (chat_logprobs if asked.chat else completion_logprobs)(what)
                yield _event(envelope.chunk(index, finish=what.finish_reason, logprobs=logprobs))
        if asked.usage_in_stream:
            yield _event(envelope.last(usage(asked, [done[i] for i in range(number)])))
        yield "data: [DONE]\n\n"
    finally:
        work.unwanted.set()
        places.__exit__(None, None, None)


def _event(body: dict[str, Any]) -> str:
    return f"data: {json.dumps(body, ensure_ascii=False)}\n\n"


def application(engine: Engine, *, api_key: str | None = None, max_queue: int = 256) -> Starlette:
    """The ASGI application; `serve` runs it, tests may too."""
    from starlette.applications import Starlette
    from starlette.exceptions import HTTPException
    from starlette.responses import JSONResponse
    from starlette.routing import Route

    server = Server(engine, api_key=api_key, max_queue=max_queue)

    def told(handler: Callable[[Request], Awaitable[Response]]):
        async def endpoint(request: Request) -> Response:
            try:
                return await handler(request)
            except Refused as refused:
                headers = {"Retry-After": "1"} if refused.status == 429 else None
                return JSONResponse(refused.body(), refused.status, headers)

        return endpoint

    async def health(_: Request) -> Response:
        return JSONResponse({"status": "ok"})

    async def other(_: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        said = error.detail if isinstance(error, HTTPException) else "The server failed."
        return JSONResponse(Refused(status, said, kind="not_found").body(), status)

    return Starlette(
        routes=[
            Route("/health", health),
            Route("/v1/models", told(server.models)),
            Route("/v1/chat/completions", told(server.chat), methods=["POST"]),
            Route("/v1/completions", told(server.complete), methods=["POST"]),
        ],
        exception_handlers={404: other, 405: other, 500: other},
    )


def serve(
    *,
    host: str = "127.0.0.1",
    port: int = 8077,
    api_key: str | None = None,
    max_queue: int = 256,
    threads: int = 2,
    announce: Callable[[str], None] = print,
) -> None:
    """Serve until SIGINT or SIGTERM; `announce` is told the address once it listens.

    Raises:
        MissingExtra: starlette, uvicorn or onnxruntime are not installed.
        BridleError: the port is taken, or a public address without a key.
    """
    if host not in LOOPBACK and not api_key:
        raise BridleError(
            f"{host} can be reached by others.",
            expected="an API key when listening beyond this machine",
            hint=f"bridle serve --host {host} --api-key KEY",
        )
    sock = _listening(host, port)
    try:
        import uvicorn
        from starlette.applications import Starlette  # noqa: F401
    except ImportError as error:
        raise MissingExtra.of("organism", "The server") from error
    engine = Engine.load(threads=threads)
    app = application(engine, api_key=api_key, max_queue=max_queue)
    config = uvicorn.Config(app, log_level="warning", access_log=False)
    shown = f"[{host}]" if ":" in host else host
    announce(f"http://{shown}:{sock.getsockname()[1]}/v1")
    try:
        uvicorn.Server(config).run(sockets=[sock])
    finally:
        engine.close()


def _listening(host: str, port: int):
    """A bound socket; port 0 takes a free one."""
    import socket

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
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
