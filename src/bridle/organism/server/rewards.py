"""A reward over HTTP, for trainers that ask a server: `bridle serve --reward joint`.

    curl localhost:8077/reward --json '{"items": [{"question": "2+2?", "answer": "4", "constraints": []}],
                                        "completions": ["The answer is 4."]}'
    -> {"rewards": [1.0], "results": [{"reward": 1.0, "status": "complete", "parts": {"joint": 1.0}, "why": []}]}

POST /reward takes a batch, /get_reward is OpenRLHF's remote reward server, /verify NeMo Gym's resources
server (reward/adapters). An item is `row_of`'s text or its fields. Completions are scored one by one in a
thread; `max_queue` of them may wait, a batch beyond that is refused with 429 (400 if it never fits).
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar

from bridle.errors import DataError
from bridle.organism.server.app import assemble, told
from bridle.organism.server.door import Door, Queue
from bridle.organism.server.protocol import Refused
from bridle.reward import Reward, Scored
from bridle.reward.adapters import nemo, openrlhf

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response

LARGEST_BODY = 64_000_000  # bytes: 1,000 completions of 3,000 tokens with their items are 15 MB
BESIDE = ("prompts", "reasoning", "finish_reasons", "tokens")  # optional lists of a batch

T = TypeVar("T")


def application(
    reward: Reward | None,
    *,
    api_key: str | None = None,
    max_queue: int = 256,
    loopback: bool = True,
) -> Starlette:
    """The ASGI application of a reward (joint, without one); `bridle.organism.server.serve` runs it."""
    from starlette.routing import Route

    scorer = Scorer(reward or Reward.of("joint"), api_key=api_key, max_queue=max_queue)
    routes = [
        Route("/reward", told(scorer.batch), methods=["POST"]),
        Route("/get_reward", told(scorer.openrlhf), methods=["POST"]),
        Route("/verify", told(scorer.nemo), methods=["POST"]),
    ]
    return assemble(routes, scorer.queue, loopback=loopback)


class Scorer:
    """The routes' handlers, around one reward."""

    def __init__(self, reward: Reward, *, api_key: str | None, max_queue: int) -> None:
        self.reward = reward.prepare()
        self.door = Door(api_key or None, largest=LARGEST_BODY)
        self.queue = Queue(max_queue)
        # One thread: scoring is Python, and two would only take turns.
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="reward")

    async def batch(self, request: Request) -> Response:
        body = await self.door.body(request)
        columns = read_batch(body)
        scored = await self._done(len(columns["completions"]), lambda: self._scores(columns))
        rewards = [s.reward for s in scored]
        return answered({"rewards": rewards, "results": [s.to_dict() for s in scored]})

    async def openrlhf(self, request: Request) -> Response:
        body = await self.door.body(request)
        queries, prompts, labels = read_lists(body, ("query", "prompts", "labels"))
        done = await self._done(
            len(queries), lambda: openrlhf.scores(self.reward, queries, prompts, labels)
        )
        return answered(openrlhf.answer(done))

    async def nemo(self, request: Request) -> Response:
        body = await self.door.body(request)
        try:
            return answered(await self._done(1, lambda: nemo.verify(self.reward, body)))
        except DataError as error:
            raise Refused(400, str(error)) from None

    async def _done(self, number: int, job: Callable[[], T]) -> T:
        with self.queue.places(number):
            return await asyncio.get_running_loop().run_in_executor(self._worker, job)

    def _scores(self, columns: dict[str, Sequence[Any]]) -> list[Scored]:
        count = len(columns["completions"])
        told = {name: columns.get(name) or [None] * count for name in BESIDE}
        return [
            self.reward.score(
                columns["items"][i],
                columns["completions"][i],
                prompt=told["prompts"][i],
                reasoning=_text(told["reasoning"][i]),
                finish_reason=_text(told["finish_reasons"][i]),
                tokens=_count(told["tokens"][i]),
            )
            for i in range(count)
        ]


def answered(body: Any) -> Response:
    """JSON in ASCII: a text of a caller that comes back may hold half a character, which has no UTF-8."""
    from starlette.responses import Response

    return Response(json.dumps(body), media_type="application/json")


def read_batch(body: dict[str, Any]) -> dict[str, Sequence[Any]]:
    """The lists of a batch by name, all of one length.

    Raises:
        Refused: items or completions are missing, or lists are not equally long.
    """
    items, completions = read_lists(body, ("items", "completions"))
    found: dict[str, Sequence[Any]] = {"items": items, "completions": completions}
    for name in BESIDE:
        if body.get(name) is not None:
            found[name] = read_lists(body, ("completions", name))[1]
    return found


def read_lists(body: dict[str, Any], names: Sequence[str]) -> list[list[Any]]:
    """The lists of these names, in their order.

    Raises:
        Refused: one is missing or no list, or they are not equally long.
    """
    found: list[list[Any]] = []
    for name in names:
        value = body.get(name)
        if not isinstance(value, list):
            raise Refused(400, f"{name!r} must be a list; wanted are the lists {', '.join(names)}.")
        found.append(value)
    sizes = {name: len(value) for name, value in zip(names, found, strict=True)}
    if len(set(sizes.values())) > 1:
        raise Refused(400, f"The lists are not equally long: {sizes}.")
    return found


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _count(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
