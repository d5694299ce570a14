"""Published results to set beside a study's own: the rows of a paper's table, with the interval of its n.

    published("mathif").rows[0]     -> Row("Qwen3-0.6B", …) with HAcc, SAcc and correctness by the published judge

They are what the authors' code said of one sample of each row, so they stand beside a study's figures by the
published judge, never in one ranking with figures by other rules.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from bridle.analysis.rates import Rate, Row
from bridle.errors import BridleError
from bridle.statistics import Estimate
from bridle.statistics.rates import wilson

HAVE = ("mathif",)  # benchmarks with a file results.json
KEYS = {
    "hacc": "HAcc", "sacc": "SAcc", "correct_with": "correct, with constraints",
    "correct_without": "correct, without",
}  # fmt: skip
_NOT_TOLD = "not published"


@dataclass(frozen=True, slots=True)
class Published:
    """The rows of a published table by size of model; `sizes` are billions of parameters, by name."""

    source: str
    judge: str
    n: int
    rows: tuple[Row, ...]
    sizes: dict[str, float]

    def to_dict(self) -> dict[str, Any]:
        return {
            "source": self.source,
            "judge": self.judge,
            "n": self.n,
            "rows": [row.to_dict() | {"size": self.sizes[row.who]} for row in self.rows],
        }


def published(benchmark: str) -> Published:
    """The published results of that benchmark, the smallest models first.

    The interval is Wilson's of the table's n. SAcc is a mean of fractions, which vary no more than truth
    values do: its interval is at most that wide.

    Raises:
        BridleError: none are known here.
    """
    if benchmark not in HAVE:
        raise BridleError(
            f"No published results of {benchmark} are known here.",
            expected=f"records of {', '.join(HAVE)}",
            hint="leave out --beside",
        )
    text = files(f"bridle.benchmarks.{benchmark}").joinpath("results.json").read_text("utf-8")
    table = json.loads(text)
    n = int(table["n"])
    rows = [_row(one, n, table["source"]) for one in table["models"]]
    sizes = {one["model"]: float(one["size"]) for one in table["models"]}
    return Published(table["source"], table["judge"], n, tuple(rows), sizes)


def _row(one: dict[str, Any], n: int, source: str) -> Row:
    rates: dict[str, Rate] = {}
    for key, what in KEYS.items():
        value = one[key] / 100
        low, high = wilson(value, n)
        method = f"Wilson, n = {n} ({source})"
        rates[key] = Rate(Estimate(value, low, high, n, method, what), _NOT_TOLD)
    return Row(one["model"], one["model"], {}, rates)
