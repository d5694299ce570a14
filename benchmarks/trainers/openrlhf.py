"""The reward in OpenRLHF itself: its single-turn executor loads the function and asks it.

    uv venv v && uv pip install --python v/bin/python --no-deps "openrlhf==0.11.2" && \\
    uv pip install --python v/bin/python torch transformers aiohttp -e . && v/bin/python benchmarks/trainers/openrlhf.py
"""

# ruff: noqa: E402
from __future__ import annotations

import sys
from pathlib import Path

sys.path = [
    p for p in sys.path if Path(p).resolve() != Path(__file__).parent
]  # this file is no openrlhf

import asyncio
import tempfile
from importlib.metadata import version

from openrlhf.utils.agent import SingleTurnAgentExecutor

from bridle.benchmarks.item_rows import item_of
from bridle.reward import row_of

PROMPT = "<|user|>2 + 2 ?<|assistant|>"
WANTED = {"<think>2+2</think>It is 4.": 1.0, "Well, it is 4.": 0.0, "<think>2": 0.0}


def main() -> None:
    item = {"question": "2 + 2 ?", "answer": "4", "constraints": [{"type": "no_comma"}]}
    label = row_of(item_of(item, name="two"))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "reward_func.py"
        file.write_text(
            "from bridle.reward.adapters.openrlhf import make\nreward_func = make('joint')\n"
        )
        executor = SingleTurnAgentExecutor(str(file))
    for text, wanted in WANTED.items():
        (got,) = asyncio.run(executor._fetch_rewards_via_func([PROMPT + text], [PROMPT], [label]))
        assert float(got["rewards"][0]) == wanted, (text, got)
        assert float(got["extra_logs"]["joint"].flatten()[0]) == wanted
    print(f"openrlhf {version('openrlhf')}: {len(WANTED)} completions score as they must")


if __name__ == "__main__":
    main()
