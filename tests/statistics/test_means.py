"""The geometric mean and its interval, against scipy's t interval of the logarithms."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from bridle.errors import DataError
from bridle.statistics.means import geometric


def test_it_is_the_t_interval_of_the_logarithms():
    values = [0, 3, 12, 40, 900, 5]
    logs = np.log1p(values)
    low, high = stats.t.interval(0.95, 5, logs.mean(), stats.sem(logs))
    found = geometric(values, what="tokens", unit="tokens")
    assert found.value == pytest.approx(math.expm1(logs.mean()))
    assert (found.low, found.high) == pytest.approx((max(0, math.expm1(low)), math.expm1(high)))


def test_a_problem_asked_twice_counts_once():
    values = [3.0, 12.0, 40.0, 5.0]
    once = geometric(values, what="x", unit="tokens")
    twice = geometric(values * 2, [0, 1, 2, 3] * 2, what="x", unit="tokens")
    assert (twice.low, twice.high) == pytest.approx((once.low, once.high))


@pytest.mark.parametrize("values", [[], [5], [-1, 2]])
def test_what_it_refuses(values):
    with pytest.raises(DataError):
        geometric(values, what="x", unit="tokens")
    with pytest.raises(DataError):
        geometric([0.0, 1.0], what="x", unit="ratio", plus=0)
