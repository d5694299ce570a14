"""The reward in verl itself: its reward managers, with `compute_score` and with ours, on the CPU.

uv venv v && uv pip install --python v/bin/python "verl==0.9.1" -e . && v/bin/python benchmarks/trainers/verl.py
"""

# ruff: noqa: E402
from __future__ import annotations

import sys
from pathlib import Path

sys.path = [
    p for p in sys.path if Path(p).resolve() != Path(__file__).parent
]  # this file is no verl

from importlib.metadata import version
from typing import Any

import numpy as np
import torch
from omegaconf import OmegaConf
from verl import DataProto
from verl.trainer.ppo.reward import load_reward_manager

from bridle.benchmarks.item_rows import item_of
from bridle.reward import row_of

TEXTS = ("<think>2+2</think>It is 4.", "Well, it is 4.", "<think>2")
MODULE = "pkg://bridle.reward.adapters."
MANAGERS: tuple[dict[str, Any], ...] = (
    {"source": "register", "name": "naive"},
    {
        "source": "importlib",
        "name": "BridleRewardManager",
        "module": {"path": MODULE + "verl_manager"},
    },
)


class Decoder:
    """In place of a tokenizer: the first id is the text's number."""

    def decode(self, ids: Any, skip_special_tokens: bool = True) -> str:
        return TEXTS[int(ids[0])]


def row(number: int, text: str) -> DataProto:
    one = {"ground_truth": text}
    return DataProto.from_dict(
        tensors={
            "responses": torch.tensor([[number, 0, 0, 0]]),
            "prompts": torch.tensor([[9]]),
            "attention_mask": torch.tensor([[1, 1, 1, 1, 0]]),
        },
        non_tensors={
            "data_source": np.array(["x"], dtype=object),
            "reward_model": np.array([one], dtype=object),
            "extra_info": np.array([{}], dtype=object),
        },
    )


def main() -> None:
    item = {"question": "2 + 2 ?", "answer": "4", "constraints": [{"type": "no_comma"}]}
    truth = row_of(item_of(item, name="two"))
    for manager in MANAGERS:
        chosen = {
            "path": MODULE + "verl",
            "name": "compute_score",
            "reward_kwargs": {"reward": "joint"},
        }
        config = OmegaConf.create(
            {"reward": {"custom_reward_function": chosen, "reward_manager": manager}}
        )
        made = load_reward_manager(config, Decoder())
        got = [
            made.loop.run_until_complete(made.run_single(row(i, truth))) for i in range(len(TEXTS))
        ]
        assert [g["reward_score"] for g in got] == [1.0, 0.0, 0.0], got
        assert len({tuple(g["reward_extra_info"]) for g in got}) == 1, got
        print(
            f"verl {version('verl')}, {type(made).__name__}: {len(got)} completions score as they must"
        )


if __name__ == "__main__":
    main()
