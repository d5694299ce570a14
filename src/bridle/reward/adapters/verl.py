"""verl: `compute_score`, and a reward manager that knows how many tokens came back.

    reward.custom_reward_function.path=pkg://bridle.reward.adapters.verl
    reward.custom_reward_function.name=compute_score
    +reward.custom_reward_function.reward_kwargs.reward=joint

`ground_truth` (the column `reward_model.ground_truth`) is `bridle.reward.row_of(item)`. Signatures:
verl 0.9, `experimental/reward_loop/reward_manager/naive.py` (calls `compute_score` by keywords, takes a
number or a dict with "score") and `base.py` (`run_single`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from bridle.reward.core import Reward
from bridle.reward.length import Length


def compute_score(
    data_source: str,
    solution_str: str,
    ground_truth: Any,
    extra_info: Mapping[str, Any] | None = None,
    *,
    reward: str | Mapping[str, float] = "joint",
    opened: bool = False,
    cap: int | None = None,
    ramp: int = 0,
    max_tokens: int | None = None,
    tokens: int | None = None,
    **_: Any,
) -> dict[str, float]:
    """`{"score": …}` with every part beside it; the same keys for every completion.

    `opened`: the chat template opens the thinking (it ends with <think>). `cap` and `ramp` are those
    of `bridle.reward.Length`. An item without the reference that a part needs scores 0.
    """
    made = _made(_key(reward), cap, ramp, max_tokens)
    prompt = "<think>" if opened else None
    scored = made.score(ground_truth, solution_str, prompt=prompt, tokens=tokens)
    parts = {name: float(scored.parts.get(name, 0.0)) for name in made.weights}
    return {
        "score": scored.reward or 0.0,
        "complete": float(scored.status == "complete"),
        **{f"bridle_{name}": value for name, value in parts.items()},
    }


def _key(reward: str | Mapping[str, float]) -> str:
    return reward if isinstance(reward, str) else json.dumps(dict(reward), sort_keys=True)


@lru_cache(maxsize=64)
def _made(reward: str, cap: int | None, ramp: int, max_tokens: int | None) -> Reward:
    spec = json.loads(reward) if reward.startswith("{") else reward
    length = None if cap is None else Length(cap, ramp)
    return Reward.of(spec, length=length, max_tokens=max_tokens).prepare()
