"""Shares of a loss: every order of the causes written out is the oracle."""

from __future__ import annotations

import itertools
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridle.errors import DataError
from bridle.statistics import decompose
from bridle.statistics.losses import REST

row = st.tuples(st.booleans(), st.booleans(), st.booleans(), st.booleans(), st.integers(0, 3))


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.lists(row, min_size=1, max_size=30))
def test_shapley_is_the_mean_over_every_order(
    rows: list[tuple[bool, bool, bool, bool, int]],
) -> None:
    failed, a, b, c, keys = (list(v) for v in zip(*rows, strict=True))
    causes = {"truncated": a, "no answer": b, "format": c}
    found = decompose(failed, causes, keys, what="joint")
    assert sum(share.count for share in found.shares) == found.failed == sum(failed)
    assert sum(share.shapley_count for share in found.shares) == found.failed
    orders = list(itertools.permutations(causes))
    for name in causes:
        counts = [
            {s.cause: s.count for s in decompose(failed, {k: causes[k] for k in order}, what="x").shares}[name]
            for order in orders
        ]  # fmt: skip
        share = next(s for s in found.shares if s.cause == name)
        assert share.shapley_count == Fraction(sum(counts), len(orders))
        assert share.shapley.value == pytest.approx(float(share.shapley_count) / len(rows))


def test_the_first_cause_in_order_is_counted() -> None:
    found = decompose(
        [1, 1, 1, 1, 0], {"truncated": [1, 0, 0, 0, 1], "format": [1, 1, 0, 0, 0]}, what="joint"
    )
    assert [(s.cause, s.count, s.shapley_count) for s in found.shares] == [
        ("truncated", 1, Fraction(1, 2)),
        ("format", 1, Fraction(3, 2)),
        (REST, 2, Fraction(2)),
    ]
    assert found.total.value == pytest.approx(0.8)
    assert found.to_dict()["shares"][0]["shapley_count"] == "1/2"


def test_shares_have_intervals_over_problems() -> None:
    rng = np.random.default_rng(0)
    failed = rng.random(300) < 0.5
    cut = rng.random(300) < 0.3
    found = decompose(failed, {"truncated": cut}, np.arange(300) // 3, what="joint")
    share = found.shares[0].sequential
    assert 0 < share.low < share.value < share.high < 1
    assert share.problems == 100


def test_causes_of_another_length_are_refused() -> None:
    with pytest.raises(DataError, match="3 responses, but 2"):
        decompose([1, 0, 1], {"truncated": [1, 0]}, what="joint")
