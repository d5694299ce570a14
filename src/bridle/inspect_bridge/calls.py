"""The missing calls of a study, made by Inspect: one task per model and condition."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import anyio
import inspect_ai
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.model import (
    ChatMessage,
    ChatMessageAssistant,
    ChatMessageSystem,
    ChatMessageUser,
    GenerateConfig,
    Model,
    ModelOutput,
    get_model,
)
from inspect_ai.solver import Generate, Solver, TaskState, solver

from bridle import arms
from bridle.benchmarks.item import Condition, Item
from bridle.benchmarks.item_rows import fields_of
from bridle.calls import Message
from bridle.errors import BridleError
from bridle.inspect_bridge.replies import reply_of
from bridle.studies.journal import Reply
from bridle.studies.plan import Call, Plan
from bridle.studies.providers import OURS, PROVIDERS, full_name, unknown_model

RETRIES = 4  # of what the provider calls transient (429, 5xx, no connection, silence), by Inspect
GARBLED_RETRIES = 2  # of bodies that nobody can read, by us: Inspect gives up on them at once


def open_model(name: str, *, base_url: str | None = None) -> Model:
    """The Inspect model of that name; `organism` is short for `organism/default`.

    Raises:
        BridleError: unknown name, missing key, missing package.
    """
    full = full_name(name)
    provider, _, rest = full.partition("/")
    options: dict[str, Any] = {}
    if base_url is not None and provider not in OURS:
        options["base_url"] = base_url
        if provider.startswith("openai-api"):
            # a server of one's own rarely wants a key, but the client insists on one
            service = rest.split("/")[0].upper().replace("-", "_")
            options["api_key"] = os.environ.get(f"{service}_API_KEY", "none")
    try:
        return get_model(full, memoize=False, **options)
    except BridleError:
        raise
    except Exception as error:  # whatever a provider's constructor finds wrong with its setting
        if provider not in PROVIDERS:
            raise unknown_model(name) from error
        said = re.sub(r"\[/?[a-z ]+\]|^\W*ERROR\W*:?", "", str(error))
        at_server = provider.startswith("openai-api") and base_url is None
        raise BridleError(
            f"The model {name!r} cannot be used: {' '.join(said.replace('ERROR:', '').split())}",
            hint="--base-url http://HOST:PORT/v1"
            if at_server
            else "set or install what is missing",
        ) from error


def ask(
    plan: Plan,
    calls: Sequence[Call],
    items: Mapping[str, Item],
    models: Mapping[str, Model],
    on_reply: Callable[[Call, Reply], None],
    *,
    log_dir: Path,
    max_connections: int | None = None,
    timeout: int | None = None,
    retries: int = RETRIES,
) -> bool:
    """Make the calls; `on_reply` gets each as it comes back. False if the user broke it off.

    A call that fails gives a Reply with `error`. What `on_reply` raises (a full disk, nothing but
    errors) ends the run and is raised here.
    """
    broken: list[BaseException] = []

    @solver
    def journalled(model: str, condition: Condition) -> Solver:
        async def solve(state: TaskState, generate: Generate) -> TaskState:
            if broken:  # another task has ended the run
                return state
            call = Call(
                model, state.metadata["item"], condition, plan.arm, state.metadata["sample"]
            )
            sampled = GenerateConfig(seed=plan.seed_of(call))
            reply, output = await _draw(models[model], state.messages, sampled, timeout)
            if output is not None and not output.empty:
                state.output = output
                state.messages.append(output.message)
            try:
                on_reply(call, reply)
            except BaseException as error:
                broken.append(error)
                raise
            return state

        return solve

    groups: dict[tuple[str, Condition], list[Sample]] = {}
    arm = arms.get(plan.arm)
    for call in calls:
        groups.setdefault((call.model, call.condition), []).append(
            Sample(
                input=[
                    chat_message(m)
                    for m in next(arm.steps(items[call.item], call.condition)).messages
                ],
                id=f"{call.item}#{call.sample}",
                metadata={
                    **fields_of(items[call.item], call.condition),
                    "item": call.item,
                    "sample": call.sample,
                },
            )
        )
    tasks = [
        inspect_ai.Task(
            dataset=MemoryDataset(samples),
            solver=journalled(model, condition),
            model=models[model],
            name=f"{plan.benchmark}-{condition}",
        )
        for (model, condition), samples in groups.items()
    ]
    set_by_plan = {k: v for k, v in plan.decoding.items() if v is not None}
    logs = inspect_ai.eval(
        tasks,
        model=None,
        display="none",
        log_dir=str(log_dir),
        log_level="error",
        log_realtime=False,
        log_buffer=1000,
        log_model_api=True,  # so that `_draw` can read the raw body
        score=False,
        score_display=False,
        ctl_server=False,
        max_tasks=len(tasks),
        max_connections=max_connections,
        max_retries=retries,
        attempt_timeout=timeout,
        **set_by_plan,  # pyright: ignore[reportArgumentType]
    )
    if broken:
        raise broken[0]
    for log in logs:
        if log.status == "error":
            said = log.error.message if log.error else "no reason given"
            raise BridleError(
                f"Inspect ended the run: {said}", hint=f"inspect view --log-dir {log_dir}"
            )
    return len(logs) == len(tasks) and all(log.status == "success" for log in logs)


def chat_message(message: Message) -> ChatMessage:
    kinds = {
        "system": ChatMessageSystem,
        "user": ChatMessageUser,
        "assistant": ChatMessageAssistant,
    }
    return kinds[message["role"]](content=message["content"])


async def _draw(
    model: Model, messages: list[ChatMessage], config: GenerateConfig, timeout: int | None
) -> tuple[Reply, ModelOutput | None]:
    """One call with our retries around Inspect's; a failure is a Reply too."""
    started = time.monotonic()
    for attempt in range(GARBLED_RETRIES + 1):
        output = None
        try:
            output = await model.generate(messages, config=config)
            if output.empty:
                raise ValueError("the server sent no choices")
            return reply_of(output), output
        except Exception as error:
            failed = error
        if _settled(failed) or attempt == GARBLED_RETRIES:
            break
        await anyio.sleep(0.5 * 2**attempt)
    waited = round(time.monotonic() - started, 3)
    return Reply(error=_describe(failed, timeout), latency_s=waited), output


def _settled(error: Exception) -> bool:
    """Asking again is pointless: somebody said no, or Inspect has asked again already."""
    status = getattr(error, "status_code", None)
    refused = isinstance(error, BridleError) or (isinstance(status, int) and status >= 400)
    return refused or hasattr(error, "last_attempt")


def _describe(error: Exception, timeout: int | None) -> str:
    retried = getattr(error, "last_attempt", None)  # Inspect gave up: what it met last
    cause = (retried.exception() if retried is not None else None) or error
    if type(cause).__name__ == "AttemptTimeoutError":
        return f"no reply within {timeout} s"
    said = getattr(cause, "provider_message", None) or str(cause) or "no reason given"
    return f"{type(cause).__name__}: {' '.join(str(said).split())[:500]}"
