"""The probes as Inspect tasks: `inspect eval bridle/decay -T limit=3 --model openai/gpt-5`.

A solver draws a whole conversation by one arm of the probe, its side questions too; the scorer grades
every turn as `bridle run` does. The value of an outcome is its mean over the turns that have it.
"""

from __future__ import annotations

from typing import Any

import inspect_ai
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.model import GenerateConfig

from bridle import benchmarks, outcomes
from bridle.inspect_bridge.drawn import drawn, judged_turns
from bridle.inspect_bridge.names import task_name
from bridle.probes import PROBES


def _task(name: str, limit: int | None, seed: int, arm: str | None) -> inspect_ai.Task:
    benchmark = benchmarks.load(name, limit=limit, seed=seed)
    chosen = arm or benchmark.arms[0]
    items = {item.id: item for item in benchmark.items}
    return inspect_ai.Task(
        dataset=MemoryDataset(
            [Sample(input=item.prompt, target=item.problem.answer or "", id=item.id)
             for item in benchmark.items],
            name=name,
        ),
        solver=drawn(items, chosen),
        scorer=judged_turns(_named(name)),
        config=GenerateConfig(max_tokens=benchmark.decoding.max_tokens),
    )  # fmt: skip


def _named(name: str) -> list[str]:
    """The outcomes that Inspect can take the mean of: those of every reply, and the probe's own."""
    kinds = [k for k in outcomes.OUTCOMES.values() if k.always]
    kinds += [outcomes.get(own) for own in PROBES[name].outcomes]
    return [k.name for k in kinds if k.kind in ("truth", "share")]


def _made(name: str) -> Any:
    def task(limit: int | None = None, seed: int = 0, arm: str | None = None) -> inspect_ai.Task:
        return _task(name, limit, seed, arm)

    task.__doc__ = PROBES[name].about
    task.__name__ = task.__qualname__ = name
    return inspect_ai.task(name=task_name(name))(task)


TASKS = {name: _made(name) for name in PROBES}
