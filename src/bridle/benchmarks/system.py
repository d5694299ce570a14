"""A system message for every item of a benchmark."""

from __future__ import annotations

import dataclasses

from bridle.benchmarks.base import Benchmark
from bridle.errors import BridleError


def with_system(benchmark: Benchmark, text: str) -> Benchmark:
    """The benchmark whose items open with that system message.

    Raises:
        BridleError: an item has one of its own, which may state its constraints.
    """
    for item in benchmark.items:
        if item.system not in (None, text):
            raise BridleError(
                f"The item {item.id} of {benchmark.name!r} has a system message of its own.",
                expected="items without one",
                hint="leave --system out",
            )
    items = tuple(dataclasses.replace(item, system=text) for item in benchmark.items)
    return dataclasses.replace(benchmark, items=items)
