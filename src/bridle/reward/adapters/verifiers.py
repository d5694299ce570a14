"""verifiers (and prime-rl): an environment whose reward is ours.

    vf.load_environment(EnvConfig(taskset={"id": "my_tasks"}))   # verifiers 0.4 and later

A taskset is a package that exports its class; `taskset(items, reward)` makes that class, so that it is
two lines:

    # my_tasks/__init__.py
    MyTaskset = taskset(bridle.benchmarks.load("mathif").items, "joint")
    __all__ = ["MyTaskset"]

For verifiers before 0.4, `load_environment(items, reward)` gives its `SingleTurnEnv`. Signatures:
verifiers 0.4 (`v1/taskset.py`, `v1/task.py`, `v1/utils/decorators.py`), 0.1.14 (`rubrics/rubric.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from typing import Any

from bridle.benchmarks.item import Item
from bridle.errors import MissingExtra
from bridle.reward.core import Reward
from bridle.reward.rows import row_of

Spec = str | Mapping[str, float] | Reward


def taskset(items: Sequence[Item], reward: Spec = "joint", **settings: Any) -> type:
    """A `Taskset` class of verifiers 0.4 that asks the items and scores with the reward.

    Raises:
        MissingExtra: verifiers 0.4 or later is not installed.
    """
    try:
        vf: Any = import_module("verifiers.v1")
    except ImportError as error:
        raise MissingExtra(
            "A taskset needs verifiers 0.4 or later.", hint="pip install 'verifiers>=0.4'"
        ) from error
    made = Reward.of(reward, **settings).prepare()

    class BridleData(vf.TaskData):
        item: str

    class BridleTask(vf.Task[BridleData]):
        async def bridle(self, trace: Any) -> float:
            return score_trace(made, self.data.item, trace).reward or 0.0

        async def bridle_parts(self, trace: Any) -> dict[str, float]:
            return dict(score_trace(made, self.data.item, trace).parts)

    BridleTask.bridle = vf.reward(BridleTask.bridle)
    BridleTask.bridle_parts = vf.metric(BridleTask.bridle_parts)

    class BridleTaskset(vf.Taskset[BridleTask]):
        def load(self) -> Iterable[BridleTask]:
            for item in items:
                data = BridleData(id=item.id, prompt=item.prompt, item=row_of(item))
                yield BridleTask(data, self.config.task)

    return BridleTaskset


def score_trace(made: Reward, item: str, trace: Any):
    """What the last message of a trace earns."""
    messages = trace.assistant_messages
    if not messages:
        return made.score(item, None)
    last = messages[-1]
    return made.score(
        item,
        last.model_dump() if hasattr(last, "model_dump") else last,
        finish_reason="length" if trace.is_truncated else None,
        tokens=getattr(trace, "num_output_tokens", None) or None,
    )


def load_environment(items: Sequence[Item], reward: Spec = "joint", **settings: Any) -> Any:
    """A `SingleTurnEnv` of verifiers before 0.4, its dataset made of the items.

    Raises:
        MissingExtra: verifiers before 0.4 and datasets are not installed.
    """
    try:
        vf: Any = import_module("verifiers")
        dataset: Any = import_module("datasets").Dataset
        environment, rubric = vf.SingleTurnEnv, vf.Rubric
    except (ImportError, AttributeError) as error:
        raise MissingExtra(
            "load_environment needs verifiers before 0.4, with datasets.",
            hint="pip install 'verifiers<0.4' datasets, or use taskset() with a later one",
        ) from error
    rows = [
        {
            "prompt": [{"role": "user", "content": item.prompt}],
            "answer": item.problem.answer or "",
            "info": {"item": row_of(item)},
        }
        for item in items
    ]
    functions = rubric_functions(Reward.of(reward, **settings))
    weights = [1.0] + [0.0] * (len(functions) - 1)
    return environment(
        dataset=dataset.from_list(rows), rubric=rubric(funcs=functions, weights=weights)
    )


def rubric_functions(made: Reward) -> list[Any]:
    """The reward, and each part of it for logging (weight 0), in verifiers' keyword signature."""

    def scored(completion: Any, info: Any, state: Any):
        last = completion[-1] if isinstance(completion, list) and completion else completion
        item = info["item"] if isinstance(info, Mapping) else info
        cut = isinstance(state, Mapping) and bool(state.get("is_truncated"))
        return made.score(item, last, finish_reason="length" if cut else None)

    def bridle(completion: Any, info: Any, state: Any = None, **_: Any) -> float:
        return scored(completion, info, state).reward or 0.0

    def part(name: str) -> Any:
        def function(completion: Any, info: Any, state: Any = None, **_: Any) -> float:
            return scored(completion, info, state).parts.get(name, 0.0)

        function.__name__ = f"bridle_{name}"
        return function

    return [bridle, *(part(name) for name in made.weights)]
