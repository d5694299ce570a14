"""Shares of a column sum to 1 and have the intervals of rates; costs are means, and what is beaten is said."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from bridle.analysis.costs import costs
from bridle.analysis.shares import overlap, shares, statuses
from bridle.statistics import rate


def frame(**columns: Any) -> pl.DataFrame:
    n = len(next(iter(columns.values())))
    given = {
        "who": ["m"] * n, "model": ["m"] * n, "cluster": list(range(n)), "status": ["complete"] * n,
        "bare": [False] * n, "hard": [True] * n, "correct": [True] * n, "joint": [True] * n,
        "tokens_in": [100] * n, "tokens_out": [10] * n, "tokens_thinking": [6] * n,
        "tokens_answer": [4] * n, "latency_s": [1.0] * n,
    }  # fmt: skip
    return pl.DataFrame({**given, **columns}, strict=False)


def test_shares_sum_to_one_with_a_rates_interval() -> None:
    rows = frame(
        status=["complete"] * 7 + ["truncated"] * 2 + ["error"],
        cluster=[0, 0, 1, 1, 2, 3, 4, 5, 6, 7],
    )
    found = {s.value: s.estimate for s in statuses(rows)}
    assert sum(e.value for e in found.values()) == pytest.approx(1)
    flags = [1] * 7 + [0] * 3
    assert found["complete"] == rate(flags, [0, 0, 1, 1, 2, 3, 4, 5, 6, 7], what="complete")


def test_a_value_that_one_row_lacks_is_zero_there() -> None:
    rows = frame(who=["a", "a", "b"], how=["boxed", "phrase", "boxed"])
    assert [(s.who, s.value, s.estimate.value) for s in shares(rows, "how")] == [
        ("a", "boxed", 0.5), ("a", "phrase", 0.5), ("b", "boxed", 1.0), ("b", "phrase", 0.0),
    ]  # fmt: skip


def test_overlap_leaves_out_bare_prompts_and_errors() -> None:
    rows = frame(
        hard=[True, True, False, False, True], correct=[True, False, True, False, True],
        bare=[False] * 4 + [True],
    )  # fmt: skip
    assert [s.estimate.value for s in overlap(rows)] == [0.25] * 4


def test_costs_are_means_and_prices_are_by_model() -> None:
    rows = frame(tokens_out=[10, 20, 30, 40], joint=[True, True, False, False])
    (cost,) = costs(rows, {"m": (2.0, 10.0)})
    assert cost.tokens is not None and cost.tokens.value == 25
    assert cost.per_success is None or cost.per_success.value == 50  # 100 tokens, two successes
    # 100 tokens in at 2 dollars a million, 25 out at 10
    assert cost.usd is not None and cost.usd.value == pytest.approx((200 + 250) / 1e6)
    assert costs(rows, {"other": (1.0, 1.0)})[0].usd is None


def test_what_another_beats_in_both_is_dominated() -> None:
    rows = frame(
        who=["a"] * 4 + ["b"] * 4 + ["c"] * 4,
        joint=[True] * 2 + [False] * 2 + [True] * 4 + [True] + [False] * 3,
        tokens_out=[10, 11, 9, 10, 40, 41, 39, 40, 12, 11, 13, 12],
    )
    assert {cost.who: cost.dominated for cost in costs(rows)} == {"a": False, "b": False, "c": True}
