"""The benchmarks as Inspect tasks: `inspect eval bridle/mathif --model openai/gpt-5`.

`-T arm=reminder` (or `-T arm=wait:times=2`) draws the responses by another arm than the plain one.
The scorer reads and grades as `bridle run` does, so that both give the same numbers. Where there is
nothing to judge a value is NaN, Inspect's word for unscored (it counts None as 0), and is in no mean.
"""

from __future__ import annotations

import functools
import math
from typing import Literal

import anyio.to_thread
import inspect_ai
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.model import GenerateConfig
from inspect_ai.scorer import Score, Scorer, Target, scorer
from inspect_ai.solver import TaskState, generate

from bridle import arms, benchmarks, outcomes
from bridle.benchmarks.base import Benchmark
from bridle.benchmarks.item_rows import fields_of
from bridle.inspect_bridge.drawn import drawn, judged_turns, n, rate
from bridle.inspect_bridge.inputs import chat_message
from bridle.inspect_bridge.names import task_name
from bridle.inspect_bridge.replies import reply_of
from bridle.studies.grades import record_of_reply
from bridle.studies.plan import Call

Asked = Literal["with", "without"]
# what Inspect can take the mean of
RATES = tuple(
    k.name for k in outcomes.OUTCOMES.values() if k.always and k.kind in ("truth", "share")
)


@inspect_ai.task(name=task_name("mathif"))
def mathif(
    data: str | None = None,
    limit: int | None = None,
    condition: Asked = "with",
    arm: str = "plain",
):
    """The 420 rows of MathIF; `data` is a folder with its 15 files, instead of the hub."""
    return _task("mathif", data, limit, 0, condition, arm)


@inspect_ai.task(name=task_name("crossed"))
def crossed(limit: int | None = None, seed: int = 0, condition: Asked = "with", arm: str = "plain"):
    """Our own items: generated problems under 0 to 3 constraints."""
    return _task("crossed", None, limit, seed, condition, arm)


@inspect_ai.task(name=task_name("ifeval"))
def ifeval(data: str, limit: int | None = None, arm: str = "plain"):
    """The 541 prompts of IFEval; `data` is a folder with its file."""
    return _task("ifeval", data, limit, 0, "with", arm)


@inspect_ai.task(name=task_name("ifbench"))
def ifbench(data: str, limit: int | None = None, arm: str = "plain"):
    """The 300 prompts of IFBench; `data` is a folder with its file."""
    return _task("ifbench", data, limit, 0, "with", arm)


@inspect_ai.task(name=task_name("reasonif"))
def reasonif(data: str, limit: int | None = None, condition: Asked = "with", arm: str = "plain"):
    """The 300 rows of ReasonIF, judged on the thinking; `data` is a folder with its file."""
    return _task("reasonif", data, limit, 0, condition, arm)


def _task(
    name: str, data: str | None, limit: int | None, seed: int, condition: Asked, arm: str
) -> inspect_ai.Task:
    benchmark = _load(name, data, limit, seed)
    own = benchmark.decoding
    plain = arms.read_name(arm)[0] == "plain"
    items = {item.id: item for item in benchmark.items}
    made = arms.get(arm)
    # a step of other arms goes on from tokens: its text alone is not what `bridle score` would read
    readable = made.needs == {"chat"}
    return inspect_ai.Task(
        dataset=MemoryDataset(
            [
                Sample(
                    input=[chat_message(m) for m in next(made.steps(item, condition)).messages],
                    target=item.problem.answer or "",
                    id=item.id,
                    # so that `bridle score` can read the log
                    metadata=fields_of(item, condition) if readable else {},
                )
                for item in benchmark.items
            ],
            name=name,
        ),
        solver=generate() if plain else drawn(items, arm, condition),
        scorer=judged(name, data, limit, seed, condition) if plain else judged_turns(RATES),
        config=GenerateConfig(
            temperature=own.temperature, top_p=own.top_p, max_tokens=own.max_tokens
        ),
    )


@functools.lru_cache(maxsize=4)
def _load(name: str, data: str | None, limit: int | None, seed: int) -> Benchmark:
    return benchmarks.load(name, data=data, limit=limit, seed=seed)


@scorer(metrics={name: [rate(), n()] for name in RATES})
def judged(name: str, data: str | None, limit: int | None, seed: int, condition: Asked) -> Scorer:
    """Every outcome that is a rate, by our rules; the explanation has the reasons."""
    items = {item.id: item for item in _load(name, data, limit, seed).items}

    async def score(state: TaskState, target: Target) -> Score:
        reply = reply_of(state.output)
        # the answer's algebra may take a while in a worker; other samples go on meanwhile
        call = Call(str(state.model), str(state.sample_id), condition, "plain", state.epoch - 1)
        record = await anyio.to_thread.run_sync(record_of_reply, items[call.item], call, reply)
        values = {name: getattr(record, name) for name in RATES}
        reasons = [f"{v['constraint']}: {v['reason']}" for v in record.verdicts]
        return Score(
            value={k: math.nan if v is None else float(v) for k, v in values.items()},
            answer=record.found or record.answer,
            explanation="\n".join([f"status: {record.status}", *reasons]),
            metadata={"verdicts": record.verdicts, "status": record.status},
        )

    return score
