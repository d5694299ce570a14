"""The probes as Inspect tasks: `inspect eval bridle/decay -T limit=3 --model openai/gpt-5`.

A solver draws a whole conversation by one arm of the probe, its side questions too; the scorer grades
every turn as `bridle run` does. The value of an outcome is its mean over the turns that have it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from typing import Any

import anyio.to_thread
import inspect_ai
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.model import GenerateConfig, get_model
from inspect_ai.scorer import Score, Scorer, Target, scorer
from inspect_ai.solver import Generate, Solver, TaskState, solver

from bridle import arms, benchmarks, outcomes
from bridle.calls import Request
from bridle.errors import BridleError
from bridle.inspect_bridge.inputs import chat_message
from bridle.inspect_bridge.names import task_name
from bridle.inspect_bridge.replies import reply_of
from bridle.inspect_bridge.tasks import n, rate
from bridle.probes import PROBES
from bridle.studies.drawing import Drawing
from bridle.studies.grades import graded
from bridle.studies.plan import Call

STORE = "bridle:drawing"


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
        solver=_drawn(items, chosen),
        scorer=_judged(tuple(_named(name))),
        config=GenerateConfig(max_tokens=benchmark.decoding.max_tokens),
    )  # fmt: skip


def _named(name: str) -> list[str]:
    """The outcomes that Inspect can take the mean of: those of every reply, and the probe's own."""
    kinds = [k for k in outcomes.OUTCOMES.values() if k.always]
    kinds += [outcomes.get(own) for own in PROBES[name].outcomes]
    return [k.name for k in kinds if k.kind in ("truth", "share")]


@solver
def _drawn(items: dict[str, Any], arm: str) -> Solver:
    async def solve(state: TaskState, generate: Generate) -> TaskState:
        model, item = get_model(), items[str(state.sample_id)]
        call = Call(str(state.model), item.id, "with", arm, state.epoch - 1)
        drawing = Drawing(arms.get(arm), item, call, {})
        while drawing.pending is not None:
            asked = drawing.pending
            if asked.needs - {"chat"}:
                raise BridleError(
                    f"The arm {arm!r} needs more than chat.", hint=f"bridle probe {item.benchmark}"
                )
            state.output = await model.generate(
                [chat_message(m) for m in asked.messages], config=_config(asked)
            )
            drawing.send(reply_of(state.output))
        state.store.set(STORE, [_plain(record) for _, record in graded(drawing)])
        return state

    return solve


def _config(asked: Request) -> GenerateConfig:
    return GenerateConfig(
        max_tokens=asked.cap, stop_seqs=list(asked.stop) or None, **dict(asked.settings)
    )


def _plain(record: Any) -> dict[str, Any]:
    return {"turn": record.turn, "fork": record.fork, "status": record.status,
            "outcomes": record.outcomes, "answer": record.answer}  # fmt: skip


def _judged(names: tuple[str, ...]) -> Scorer:
    @scorer(metrics={name: [rate(), n()] for name in names}, name="judged_turns")
    def judged_turns() -> Scorer:
        async def score(state: TaskState, target: Target) -> Score:
            rows = await anyio.to_thread.run_sync(state.store.get, STORE, [])
            values: dict[str, list[float]] = defaultdict(list)
            for row in rows:
                for one in row["outcomes"]:
                    if one["judge"] == "ours" and one["value"] is not None:
                        values[one["name"]].append(one["value"])
            return Score(
                value={k: sum(v) / len(v) if (v := values[k]) else math.nan for k in names},
                answer=rows[-1]["answer"] if rows else None,
                metadata={"turns": rows},
            )

        return score

    return judged_turns()


def _made(name: str) -> Any:
    def task(limit: int | None = None, seed: int = 0, arm: str | None = None) -> inspect_ai.Task:
        return _task(name, limit, seed, arm)

    task.__doc__ = PROBES[name].about
    task.__name__ = task.__qualname__ = name
    return inspect_ai.task(name=task_name(name))(task)


TASKS = {name: _made(name) for name in PROBES}
