"""The server's routes around one engine: a body is read, its rows are queued, their text comes back.

Requests go into the engine's batch as they come. At most `max_queue` answers are in the making;
beyond that a call is refused with 429 at once. A client that goes away takes its rows out of the
batch.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import threading
from collections.abc import AsyncIterator, Sequence
from typing import TYPE_CHECKING, Any

from bridle.errors import DataError
from bridle.organism.model.chat import inside_thought
from bridle.organism.model.engine import NAME, Completion, Engine
from bridle.organism.model.tokens import FOLDER
from bridle.organism.server.answers import Envelope, chat_logprobs, completion_logprobs, usage
from bridle.organism.server.door import Door, Queue
from bridle.organism.server.protocol import (
    Asked,
    Refused,
    known_model,
    read_chat,
    read_completion,
    read_detokenize,
    read_tokenize,
)
from bridle.organism.server.thoughts import Thoughts

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

CONFIG = FOLDER / "tokenizer_config.json"  # what transformers reads beside tokenizer.json


class Server:
    """The routes' handlers, around one engine."""

    def __init__(self, engine: Engine, *, api_key: str | None, max_queue: int) -> None:
        self.engine = engine
        self.door = Door(api_key)
        self.queue = Queue(max_queue)

    async def models(self, request: Request) -> Response:
        from starlette.responses import JSONResponse

        self.door.allowed(request)
        return JSONResponse({"object": "list", "data": [self._card()]})

    async def model(self, request: Request) -> Response:
        from starlette.responses import JSONResponse

        self.door.allowed(request)
        known_model({"model": request.path_params["name"]})
        return JSONResponse(self._card())

    def _card(self) -> dict[str, Any]:
        card = {"id": NAME, "object": "model", "created": 0, "owned_by": "bridle"}
        return {**card, "max_model_len": self.engine.shape.context}

    async def chat(self, request: Request) -> Response:
        body = await self.door.body(request)
        return await self._answer(request, read_chat(body, context=self.engine.shape.context))

    async def complete(self, request: Request) -> Response:
        return await self._answer(request, read_completion(await self.door.body(request)))

    async def tokenize(self, request: Request) -> Response:
        """vLLM's /tokenize, by which a harness counts a context without a tokenizer of its own."""
        from starlette.responses import JSONResponse

        text = read_tokenize(await self.door.body(request))
        ids = await asyncio.to_thread(self.engine.encode, text)
        most = self.engine.shape.context
        return JSONResponse({"count": len(ids), "max_model_len": most, "tokens": ids})

    async def detokenize(self, request: Request) -> Response:
        from starlette.responses import JSONResponse

        ids = read_detokenize(await self.door.body(request))
        try:
            return JSONResponse({"prompt": self.engine.decode(ids)})
        except DataError as error:
            raise Refused(400, str(error)) from None

    async def tokenizer_info(self, request: Request) -> Response:
        from starlette.responses import JSONResponse

        self.door.allowed(request)
        return JSONResponse(json.loads(CONFIG.read_text(encoding="utf-8")))

    async def _answer(self, request: Request, asked: Asked) -> Response:
        from starlette.responses import JSONResponse, StreamingResponse

        try:  # beside the loop: reading long texts takes a while
            prompts = await asyncio.to_thread(lambda: [self.engine.read(p) for p in asked.prompts])
        except DataError as error:
            raise Refused(400, str(error)) from None
        texts = [self.engine.decode(ids) for ids in prompts]
        places = self.queue.places(asked.n * len(prompts))
        if asked.stream:
            places.__enter__()  # given back by the stream, which outlives this call
            try:
                work = _Work(self.engine, asked, prompts, told=True)
            except BaseException:
                places.__exit__(None, None, None)
                raise
            stream = _stream(work, asked, texts, places)
            return StreamingResponse(stream, media_type="text/event-stream")
        with places:
            work = _Work(self.engine, asked, prompts, told=False)
            done = asyncio.ensure_future(work.all())
            gone = asyncio.ensure_future(_gone(request))
            try:
                await asyncio.wait((done, gone), return_when=asyncio.FIRST_COMPLETED)
                if not done.done():
                    return JSONResponse({}, status_code=499)  # nobody reads it
                envelope = Envelope.new(chat=asked.chat)
                return JSONResponse(envelope.whole(asked, done.result(), texts))
            finally:
                work.unwanted.set()
                gone.cancel()
                done.cancel()


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


class _Work:
    """The rows of one call. `told`: their text is passed on piece by piece through `pieces`."""

    def __init__(
        self, engine: Engine, asked: Asked, prompts: Sequence[Sequence[int]], *, told: bool
    ) -> None:
        loop = asyncio.get_running_loop()
        self.unwanted = threading.Event()
        self.pieces: asyncio.Queue[tuple[int, str | Completion | BaseException]] = asyncio.Queue()
        self._futures: list[asyncio.Future[Completion]] = []

        def put(index: int, what: str | Completion | BaseException) -> None:
            with contextlib.suppress(RuntimeError):  # the loop has ended before the row did
                loop.call_soon_threadsafe(self.pieces.put_nowait, (index, what))

        scored = [asked.prompt_logprobs, asked.top_logprobs if asked.echo else None]
        index = 0
        try:
            for prompt in prompts:
                for choice in range(asked.n):
                    future = engine.submit(
                        prompt,
                        max_tokens=asked.max_tokens,
                        temperature=asked.temperature,
                        top_p=asked.top_p,
                        seed=asked.seed_of(choice),
                        stop=asked.stop,
                        top_logprobs=asked.top_logprobs,
                        prompt_logprobs=max((s for s in scored if s is not None), default=None),
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
    work: _Work,
    asked: Asked,
    texts: Sequence[str],
    places: contextlib.AbstractContextManager[None],
) -> AsyncIterator[str]:
    """Server-sent events: text as it comes, the end of each choice, usage if asked for, [DONE]."""
    envelope = Envelope.new(chat=asked.chat)
    number = asked.n * len(texts)
    inside = asked.chat and inside_thought(texts[0])
    splits = [Thoughts(inside=inside) for _ in range(number)]
    done: dict[int, Completion] = {}
    try:
        if asked.chat:
            for index in range(number):
                yield _event(envelope.chunk(index, opening=True))
        elif asked.echo:
            for index in range(number):
                yield _event(envelope.chunk(index, text=texts[index // asked.n]))
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
                logprobs = chat_logprobs(what) if asked.chat else completion_logprobs(what, asked)
                yield _event(envelope.chunk(index, finish=what.finish_reason, logprobs=logprobs))
        if asked.usage_in_stream:
            yield _event(envelope.last(usage(asked, [done[i] for i in range(number)])))
        yield "data: [DONE]\n\n"
    finally:
        work.unwanted.set()
        places.__exit__(None, None, None)


def _event(body: dict[str, Any]) -> str:
    return f"data: {json.dumps(body, ensure_ascii=False)}\n\n"
