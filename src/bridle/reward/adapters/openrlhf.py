"""OpenRLHF: the function form of `--reward.remote_url FILE.py`, and the body of its reward server.

    # reward_func.py
    from bridle.reward.adapters.openrlhf import make
    reward_func = make("joint")

`labels` (the dataset's `--data.label_key`) are `bridle.reward.row_of(item)`. Signature: openrlhf 0.11,
`utils/agent.py`: `reward_func(queries, prompts, labels)`, where a query is the prompt and what was
generated, special tokens and all; a server is sent {"query", "prompts", "labels"} and answers
{"rewards", "scores", "extra_logs"} (`cli/serve_rm.py`).
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bridle.reward.core import Reward, Scored


def scores(
    made: Reward, queries: Sequence[str], prompts: Sequence[str], labels: Sequence[Any]
) -> list[Scored]:
    """What each query's generated part earns."""
    return [
        made.score(label, generated(query, prompt), prompt=prompt)
        for query, prompt, label in zip(queries, prompts, labels, strict=True)
    ]


def generated(query: Any, prompt: Any) -> Any:
    """What follows the prompt in the query.

    Where decoding changed the prompt (a leading special token, blanks), its last characters are
    looked for instead.
    """
    if not isinstance(query, str) or not isinstance(prompt, str) or not prompt:
        return query
    if query.startswith(prompt):
        return query[len(prompt) :]
    tail = prompt[-200:]
    at = query.find(tail)
    return query[at + len(tail) :] if at >= 0 else query


def answer(scored: Sequence[Scored]) -> dict[str, Any]:
    """The body that OpenRLHF's client reads; numbers alone."""
    parts = sorted({name for s in scored for name in s.parts})
    rewards = [s.reward or 0.0 for s in scored]
    logs = {name: [s.parts.get(name, 0.0) for s in scored] for name in parts}
    logs["complete"] = [float(s.status == "complete") for s in scored]
    return {"rewards": rewards, "scores": rewards, "extra_logs": logs}


def make(
    reward: str | Mapping[str, float] | Reward = "joint", **settings: Any
) -> Callable[..., dict[str, Any]]:
    """`reward_func(queries, prompts, labels)`; tensors where torch is loaded, as OpenRLHF wants."""
    made = Reward.of(reward, **settings).prepare()

    def reward_func(
        queries: Sequence[str], prompts: Sequence[str], labels: Sequence[Any], **_: Any
    ) -> dict[str, Any]:
        body = answer(scores(made, queries, prompts, labels))
        torch: Any = sys.modules.get("torch")  # OpenRLHF has imported it; nobody else needs it
        if torch is None:
            return body
        as_tensors = {name: torch.tensor(values) for name, values in body["extra_logs"].items()}
        rewards = torch.tensor(body["rewards"])
        return {"rewards": rewards, "scores": rewards, "extra_logs": as_tensors}

    return reward_func
