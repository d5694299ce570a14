"""The reward in verifiers itself, of either generation: 0.4 and later, and before 0.4.

uv venv v && uv pip install --python v/bin/python "verifiers==0.4.0" -e . && v/bin/python benchmarks/trainers/verifiers.py
… the same with "verifiers==0.1.14"
"""

# ruff: noqa: E402
from __future__ import annotations

import sys
from pathlib import Path

sys.path = [
    p for p in sys.path if Path(p).resolve() != Path(__file__).parent
]  # this file is no verifiers

import asyncio
import types
from importlib.metadata import version
from typing import Any

from bridle.benchmarks.item_rows import item_of
from bridle.reward.adapters.verifiers import load_environment, taskset

ITEMS = [
    item_of(
        {"question": "2 + 2 ?", "answer": "4", "constraints": [{"type": "no_comma"}]}, name="two"
    )
]
WANTED = {"<think>2+2</think>It is 4.": 1.0, "Well, it is 4.": 0.0, "<think>2+2": 0.0}


async def old() -> None:
    environment = load_environment(ITEMS, "joint")
    row = environment.get_dataset()[0]
    for text, wanted in WANTED.items():
        state: dict[str, Any] = {
            **row, "completion": [{"role": "assistant", "content": text}], "task": "", "trajectory": [],
            "timing": {"scoring_ms": 0.0, "total_ms": 0.0, "generation_ms": 0.0},
        }  # fmt: skip
        rubrics = getattr(environment.rubric, "rubrics", [environment.rubric])
        rubric = next(r for r in rubrics if r.funcs)  # verifiers adds one that only counts
        got = [await call(rubric, f, state) for f in rubric.funcs]
        assert got == [wanted, wanted], (text, got)


async def call(rubric: Any, function: Any, state: Any) -> float:
    return await rubric._call_individual_reward_func(function, state)


async def new() -> None:
    import verifiers.v1 as vf
    from verifiers.v1.utils.decorators import discover_decorated, invoke

    made = taskset(ITEMS, "joint")
    module = types.ModuleType("bridle_tasks")
    module.__all__ = ["Made"]  # type: ignore[attr-defined]
    module.Made = made  # type: ignore[attr-defined]
    module.__spec__ = types.SimpleNamespace(name="bridle_tasks")  # type: ignore[assignment]
    sys.modules["bridle_tasks"] = module
    loaded = vf.load_taskset(vf.TasksetConfig(id="bridle_tasks"))
    task = next(iter(loaded))
    assert task.data.prompt == ITEMS[0].prompt
    (reward,) = discover_decorated(task, "reward")
    (metric,) = discover_decorated(task, "metric")
    for text, wanted in WANTED.items():
        trace = types.SimpleNamespace(
            assistant_messages=[vf.AssistantMessage(content=text)], is_truncated=False
        )
        assert await invoke(reward, {"trace": trace, "task": task}) == wanted, text
        assert await invoke(metric, {"trace": trace, "task": task}) == {"joint": wanted}


if __name__ == "__main__":
    here = version("verifiers")
    asyncio.run(old() if here.startswith("0.1") else new())
    print(f"verifiers {here}: the environment loads, {len(WANTED)} completions score as they must")
