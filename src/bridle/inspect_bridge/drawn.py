"""An arm under Inspect: a solver that draws every turn of an item by it, and the scorer of these turns.

    inspect eval bridle/crossed -T arm=wait:times=2 --model openai-api/local/qwen

The model, its connections and its settings are the evaluation's own (`--temperature`, `--max-tokens`:
of each request); the sibling that takes token ids is called through it, so both get them alike.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import anyio.to_thread
from inspect_ai.model import GenerateConfig, Model, get_model
from inspect_ai.scorer import Metric, SampleScore, Score, Scorer, Target, metric, scorer
from inspect_ai.solver import Generate, Solver, TaskState, solver

from bridle import arms
from bridle.benchmarks.item import Condition, Item
from bridle.inspect_bridge.endpoints import SEEN, Endpoint, Seen, open_endpoint
from bridle.inspect_bridge.generated import generated
from bridle.records import Record
from bridle.studies.drawing import Drawing
from bridle.studies.grades import graded
from bridle.studies.plan import Call

STORE = "bridle:drawing"


@solver
def drawn(items: Mapping[str, Item], arm: str, condition: Condition = "with") -> Solver:
    """Draws the item of each sample by the arm.

    Raises:
        BridleError: there is no such arm, or the model cannot do it (before its first request).
    """
    made = arms.get(arm)
    opened: dict[Model, Endpoint] = {}

    async def solve(state: TaskState, generate: Generate) -> TaskState:
        model = get_model()
        if model not in opened:
            opened[model] = open_endpoint(str(model), arms=[made], chat=model)
        item = items[str(state.sample_id)]
        drawing = Drawing(
            made, item, Call(str(model), item.id, condition, arm, state.epoch - 1), {}
        )
        while drawing.pending is not None:
            seen = Seen()
            token = SEEN.set(seen)
            try:
                asked = drawing.pending
                reply, state.output = await generated(
                    opened[model], asked, dict(asked.settings), GenerateConfig(), seen
                )
            finally:
                SEEN.reset(token)
            drawing.send(reply)
        state.store.set(STORE, [_row(record) for _, record in graded(drawing)])
        return state

    return solve


def _row(record: Record) -> dict[str, Any]:
    reasons = [f"{v['constraint']}: {v['reason']}" for v in record.verdicts]
    return {
        "turn": record.turn,
        "fork": record.fork,
        "status": record.status,
        "outcomes": record.outcomes,
        "answer": record.found or record.answer,
        "reasons": reasons,
    }


def known(scores: list[SampleScore]) -> list[float]:
    """The values that samples have: NaN, Inspect's word for unscored, is none."""
    values = [s.score.value for s in scores]
    return [float(v) for v in values if isinstance(v, int | float) and not math.isnan(v)]


@metric
def rate() -> Metric:
    """The mean over the samples that have a value."""

    def measure(scores: list[SampleScore]) -> float:
        values = known(scores)
        return sum(values) / len(values) if values else math.nan

    return measure


@metric
def n() -> Metric:
    """How many samples have a value."""

    def count(scores: list[SampleScore]) -> int:
        return len(known(scores))

    return count


def judged_turns(names: Sequence[str]) -> Scorer:
    """The scorer of what `drawn` drew: of each outcome the mean over the turns that have it."""

    @scorer(metrics={name: [rate(), n()] for name in names}, name="judged_turns")
    def judged_turns() -> Scorer:
        async def score(state: TaskState, target: Target) -> Score:
            rows = await anyio.to_thread.run_sync(state.store.get, STORE, [])
            values: dict[str, list[float]] = defaultdict(list)
            for row in rows:
                for one in row["outcomes"]:
                    if one["judge"] == "ours" and one["value"] is not None:
                        values[one["name"]].append(one["value"])
            told = [f"status: {row['status']}\n" + "\n".join(row["reasons"]) for row in rows]
            return Score(
                value={k: sum(v) / len(v) if (v := values[k]) else math.nan for k in names},
                answer=rows[-1]["answer"] if rows else None,
                explanation="\n\n".join(told),
                metadata={"turns": rows},
            )

        return score

    return judged_turns()
