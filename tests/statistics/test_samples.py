"""Several samples: all ways to draw them are the oracle."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from bridle.errors import DataError
from bridle.statistics import consistency, pass_all


@pytest.mark.parametrize("k", [1, 2, 3, 5])
def test_pass_all_is_the_share_of_draws_that_all_succeed(k: int) -> None:
    rng = np.random.default_rng(k)
    items = np.repeat(np.arange(9), 5)
    y = rng.integers(0, 2, 45)
    expected = np.mean(
        [
            np.mean([all(draw) for draw in itertools.combinations(y[items == i], k)])
            for i in range(9)
        ]
    )
    found = pass_all(y, items, k=k, what="pass")
    assert found.value == pytest.approx(float(expected))
    assert found.n == 9


def test_items_with_too_few_samples_are_left_out() -> None:
    found = pass_all(
        [1, 1, 1, 0], ["a", "a", "b", "b"], k=2, problems=["p", "p", "p", "p"], what="x"
    )
    assert (found.value, found.n, found.problems) == (0.5, 2, 1)
    with pytest.raises(DataError, match="no item has 3 samples"):
        pass_all([1, 1], ["a", "a"], k=3, what="x")


def test_consistency() -> None:
    found = consistency([1, 1, 0, 0, 1, 0, 1], list("aabbccd"), what="alike")
    assert (found.value, found.n) == (pytest.approx(2 / 3), 3)
    with pytest.raises(DataError, match="every item has one sample"):
        consistency([1, 0], ["a", "b"], what="alike")
