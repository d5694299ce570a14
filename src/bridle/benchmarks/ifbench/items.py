"""IFBench: 300 prompts in IFEval's fields, of 58 instruction types that models were not trained on.

    load(data="…/IFBench/data").items[0]  -> Item(id="0", bare_prompt=None, …)

As in IFEval there is neither a reference answer nor a prompt without the instructions. Source:
Pyatkin et al. 2025, arXiv 2507.02833.
"""

from __future__ import annotations

from pathlib import Path

from bridle.benchmarks.base import Benchmark
from bridle.benchmarks.files.hub import Pinned
from bridle.benchmarks.files.local import Published
from bridle.benchmarks.ifbench.published import RULES
from bridle.benchmarks.ifeval.items import load_prompts

PUBLISHED = Published(
    name="ifbench",
    title="IFBench",
    files=("IFBench_test.jsonl", "prompts.jsonl"),
    home=Pinned(
        "allenai/IFBench",
        "1c40f0c10d9b5c5c2f10a175a28007ebb64f7f4d",
        {"data/IFBench_test.jsonl": "git:a8e343ed928d8b4e649b9dba651fed7757ccacc3"},
        home="github",
    ),
    rows=300,
    content="ef9f7a8f3fd3e6e9ded3e7428bcba0080e62dc5d36797865eddd83b94581ff56",
)


def load(*, data: Path | str | None = None, limit: int | None = None) -> Benchmark:
    """The prompts as items, spread evenly over the instruction types; nothing in it is random.

    Raises:
        DataError: there is no such file, it cannot be downloaded, or none of its rows can be read.
    """
    return load_prompts(PUBLISHED, RULES, data, limit)
