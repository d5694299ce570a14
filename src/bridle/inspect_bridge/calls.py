"""The missing calls of a study, made through Inspect's model layer.

Providers, retries, connection limits and batches are Inspect's (`Model.generate`); its evaluation loop
is not used, which takes twice as long a call as all the rest. One task a drawing: its arm yields a
request, the reply goes into the journal, the arm goes on.

Before a model's calls are sent one goes alone: a dead server or a wrong key costs one request. After
`BREAK_AFTER` failures in a row everything waits, one call tries again after each of `PAUSES`, and either
all go on or the model is given up.
"""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import dataclasses
import time
import warnings
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from inspect_ai.model import GenerateConfig

from bridle.calls import Reply, Request
from bridle.errors import BridleError
from bridle.inspect_bridge.endpoints import SEEN, Endpoint, Seen, Stopped
from bridle.inspect_bridge.failures import (
    describe,
    settled,
    settled_for_good,
    status_of,
    unreachable,
)
from bridle.inspect_bridge.generated import generated
from bridle.inspect_bridge.loops import run_loop
from bridle.inspect_bridge.replies import Aborted, read_body, said_instead, text_instead
from bridle.studies.plan import Call

if TYPE_CHECKING:
    from bridle.studies.drawing import Drawing
    from bridle.studies.study import Study

RETRIES = 4  # of what the provider calls transient (429, 5xx, no connection, silence), by Inspect
GARBLED_RETRIES = 2  # of bodies that nobody can read, by us: Inspect gives up on them at once
BREAK_AFTER = 20  # failures in a row after which all wait
PAUSES = (5.0, 15.0, 45.0)  # seconds before each trial call
AT_A_TIME = 128  # drawings begun, where the number of connections is left to Inspect
REFUSED = (401, 403)  # a wrong key: nothing that follows would do better
OnReply = Callable[[Call, Reply], None]


def ask(
    study: Study,
    todo: Sequence[Call],
    known: Mapping[Call, Reply],
    endpoints: Mapping[str, Endpoint],
    on_reply: OnReply,
    *,
    max_connections: int | None = None,
    timeout: int | None = None,
    retries: int = RETRIES,
    batch: bool | int | None = None,
) -> str | None:
    """Go on with the drawings; `on_reply` gets each reply as it comes back.

    Returns None where every drawing was gone on with, else in words why some were not. A call that
    fails gives a Reply with `error`. What `on_reply` raises (a full disk) ends the run at once and is
    raised here.
    """
    config = GenerateConfig(
        max_connections=max_connections, max_retries=retries, attempt_timeout=timeout, batch=batch
    )
    asking = _Asking(study, known, endpoints, on_reply, config)
    with warnings.catch_warnings():
        # an odd body is a reply or an error, not a warning for the user
        warnings.filterwarnings("ignore", message="Pydantic serializer warnings")
        return run_loop(lambda: asking.all(todo))


class _Asking:
    """One run: who is asked, what has been told, and whether to go on."""

    def __init__(
        self,
        study: Study,
        known: Mapping[Call, Reply],
        endpoints: Mapping[str, Endpoint],
        on_reply: OnReply,
        config: GenerateConfig,
    ) -> None:
        self.study = study
        self.known = known
        self.endpoints = endpoints
        self.on_reply = on_reply
        self.config = config
        self.broken: BaseException | None = None
        self.context = contextvars.copy_context()  # before any call has left its marks in one
        self.gates: dict[str, asyncio.Event] = {}
        self.trials: dict[str, asyncio.Task[None]] = {}
        # the same question with the same seed is asked once: (model, request, settings, seed)
        self.shared: dict[tuple[Any, ...], asyncio.Future[tuple[Call, Reply]]] = {}

    async def all(self, todo: Sequence[Call]) -> str | None:
        for endpoint in self.endpoints.values():
            self.gates[endpoint.name] = asyncio.Event()
            self.gates[endpoint.name].set()
        self._share_what_is_known()
        groups: dict[str, list[Call]] = {}
        for call in todo:
            groups.setdefault(call.model, []).append(call)
        models = [asyncio.create_task(self._model(m, calls)) for m, calls in groups.items()]
        try:
            await asyncio.gather(*models)
        finally:
            for endpoint in self.endpoints.values():
                endpoint.halted = True
            for task in (*models, *self.trials.values()):
                task.cancel()
            await asyncio.gather(*models, *self.trials.values(), return_exceptions=True)
        if self.broken is not None:
            raise self.broken
        dead = [e.dead for e in self.endpoints.values() if e.dead is not None]
        return "; ".join(dead) if dead else None

    def _share_what_is_known(self) -> None:
        """Replies of the journal serve whoever asks the same."""
        if not self.known:
            return
        loop = asyncio.get_running_loop()
        for call in self.study.plan.calls():
            if call not in self.known or call.model not in self.endpoints:
                continue
            with contextlib.suppress(BridleError):
                for step, reply in enumerate(self.study.drawing(call, self.known).replies):
                    key = call.at(step, reply.asked())
                    future: asyncio.Future[tuple[Call, Reply]] = loop.create_future()
                    future.set_result((key, reply))
                    self.shared.setdefault(self.study.same(key, reply.asked()), future)

    # -- one model ---------------------------------------------------------------------------------

    async def _model(self, name: str, calls: Sequence[Call]) -> None:
        endpoint = self.endpoints[name]
        rest = list(calls)
        while rest and not endpoint.answered and endpoint.dead is None:
            alone = len(calls) - len(rest)
            await self._begun(endpoint, rest.pop(0), alone=True)
            if alone == 2 and not endpoint.answered and endpoint.dead is None:
                break  # three questions that it refuses are its own affair: the breaker counts on
        if endpoint.dead is not None or self.broken is not None:
            return
        places = asyncio.Semaphore(self._at_a_time(len(calls)))
        running: set[asyncio.Task[None]] = set()
        try:
            for call in rest:
                await places.acquire()
                if endpoint.dead is not None or self.broken is not None:
                    break
                task = self._begun(endpoint, call)
                running.add(task)
                task.add_done_callback(lambda t: (running.discard(t), places.release()))
            while running:
                await asyncio.wait(set(running))
        finally:
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)

    def _begun(self, endpoint: Endpoint, call: Call, *, alone: bool = False) -> asyncio.Task[None]:
        """The drawing as a task in a context of its own.

        Inspect keeps every call in the transcript of its context. In one that all tasks inherit, that
        grows with each call by some 10 kB; in its own it ends with the drawing.
        """
        drawn = self._drawing(endpoint, call, alone=alone)
        return asyncio.create_task(drawn, context=self.context.copy())

    def _at_a_time(self, calls: int) -> int:
        if self.config.batch:
            return max(1, calls)  # a batch is filled by those that wait
        most = self.config.max_connections
        return AT_A_TIME if most is None else most

    async def _drawing(self, endpoint: Endpoint, call: Call, *, alone: bool = False) -> None:
        try:
            drawing = self.study.drawing(call, self.known)
            while drawing.pending is not None:
                await self.gates[endpoint.name].wait()
                if self.broken is not None or endpoint.dead is not None:
                    return
                reply = await self._reply(endpoint, drawing, alone=alone)
                if reply is None or not self._told(endpoint, drawing.key, drawing.pending, reply):
                    return
                if reply.error is not None:
                    return
                drawing.send(reply)
        except asyncio.CancelledError:
            raise
        except BridleError:
            pass  # an arm that fails on a reply: the table has a row that says so
        except BaseException as error:
            self._break(error)

    def _break(self, error: BaseException) -> None:
        """End the run: nothing that is not on its way is sent."""
        if self.broken is None:
            self.broken = error
        for endpoint in self.endpoints.values():
            endpoint.halted = True
        for gate in self.gates.values():
            gate.set()

    # -- one reply ---------------------------------------------------------------------------------

    async def _reply(self, endpoint: Endpoint, drawing: Drawing, *, alone: bool) -> Reply | None:
        """The reply to the pending request, from whoever asked the same first; None: not sent."""
        key, request = drawing.key, drawing.pending
        assert request is not None
        same = self.study.same(key, request)
        held = self.shared.get(same)
        if held is not None:
            first, reply = await asyncio.shield(held)
            if reply.error is None:
                return dataclasses.replace(reply, parent=reply.parent or first.words)
        future = asyncio.get_running_loop().create_future()
        self.shared[same] = future
        reply = None
        try:
            reply = await self._asked(endpoint, key, request, alone=alone)
        finally:
            lost = Reply(error="the call was not sent")
            future.set_result((key, reply if reply is not None else lost))
        return reply

    async def _asked(
        self, endpoint: Endpoint, key: Call, request: Request, *, alone: bool = False
    ) -> Reply | None:
        """One request with our retries around Inspect's; a failure is a Reply too."""
        started = time.monotonic()
        failed: BaseException = ValueError("no attempt was made")
        tries = 1 if alone else GARBLED_RETRIES + 1
        for attempt in range(tries):
            seen = Seen()
            token = SEEN.set(seen)
            try:
                settings = self.study.settings_for(key, request)
                config = self.config.merge(GenerateConfig(max_retries=0)) if alone else self.config
                reply, _ = await generated(endpoint, request, settings, config, seen)
                return reply
            except Stopped:
                return None
            except Exception as error:
                failed = error
                # an odd body with a status of 200: its words, or its text where just the rest is odd
                told = isinstance(error, BridleError) or status_of(error) is not None
                body = {} if told else read_body(seen.body)
                if said := said_instead(body):
                    failed = ValueError(said)
                elif not isinstance(error, Aborted) and (kept := text_instead(body)):
                    return dataclasses.replace(kept, latency_s=round(time.monotonic() - started, 3))
            finally:
                SEEN.reset(token)
            status = status_of(failed)
            if status in REFUSED:
                self._give_up(endpoint, f"{key.model} refused the key: {describe(failed)}")
                break
            if alone and unreachable(failed):
                self._give_up(endpoint, f"{key.model} cannot be reached: {describe(failed)}")
                break
            if settled(failed):
                break
            await asyncio.sleep(0.5 * 2**attempt)
        if alone and endpoint.dead is None and not settled_for_good(failed):
            # what may pass by itself: once more, with every retry
            return await self._asked(endpoint, key, request)
        waited = round(time.monotonic() - started, 3)
        return Reply(error=describe(failed, self.config.attempt_timeout), latency_s=waited)

    # -- what a reply means for those that follow ----------------------------------------------------

    def _told(self, endpoint: Endpoint, key: Call, request: Request, reply: Reply) -> bool:
        """Write the reply down and count it; False: the run has ended."""
        if self.broken is not None:
            return False
        try:
            self.on_reply(key, reply)
        except BaseException as error:
            self._break(error)
            return False
        if reply.error is None:
            endpoint.answered += 1
            endpoint.failures = 0
            return True
        endpoint.failures += 1
        waiting = self.trials.get(endpoint.name)
        if endpoint.failures >= BREAK_AFTER and (waiting is None or waiting.done()):
            self.gates[endpoint.name].clear()
            self.trials[endpoint.name] = asyncio.create_task(self._trial(endpoint, key, request))
        return True

    async def _trial(self, endpoint: Endpoint, key: Call, request: Request) -> None:
        """All wait; after each pause the call that failed last is made once more."""
        reply: Reply | None = None
        for pause in PAUSES:
            await asyncio.sleep(pause)
            reply = await self._asked(endpoint, key, request)
            if reply is None or self.broken is not None:
                break
            if reply.error is None:
                with contextlib.suppress(Exception):
                    self.on_reply(key, reply)
                endpoint.failures = 0
                endpoint.answered += 1
                break
        else:
            why = f"{endpoint.failures} calls in a row failed, and {len(PAUSES)} more after pauses"
            last = reply.error if reply is not None else ""
            self._give_up(endpoint, f"{endpoint.name}: {why}: {last}")
        self.gates[endpoint.name].set()

    def _give_up(self, endpoint: Endpoint, why: str) -> None:
        endpoint.dead = endpoint.dead or why
