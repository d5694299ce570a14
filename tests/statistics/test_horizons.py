"""Horizons: known curves are found, nothing is extrapolated, and the interval covers."""

from __future__ import annotations

import numpy as np
import pytest

from bridle.errors import DataError
from bridle.statistics import Estimate
from bridle.statistics.horizons import _logistic, horizon

AT = np.array([1, 2, 4, 8, 16, 32, 64], dtype=float)


def drawn(curve, seed, problems=60):
    rng = np.random.default_rng(seed)
    x = np.tile(AT, problems)
    return x, (rng.random(len(x)) < curve(x)).astype(float), np.repeat(np.arange(problems), len(AT))


def place(x, y, problems, **more) -> Estimate:
    found = horizon(x, y, problems, what="x", unit="x", **more).place
    assert isinstance(found, Estimate)
    return found


def logistic(x):
    return 1 / (1 + np.exp(-(3.0 - 1.0 * np.log2(x))))  # a half at 8


def threshold(x):
    return np.where(x <= 8, 0.95, 0.2)


def test_the_logistic_fit_is_the_maximum_of_the_likelihood():
    from scipy.optimize import minimize

    x, y, _ = drawn(logistic, 0)
    good = np.array([y[x == a].sum() for a in AT])
    n = np.array([(x == a).sum() for a in AT], dtype=float)

    def loss(b):
        z = b[0] - b[1] * np.log2(AT)
        return -(good * z - n * np.logaddexp(0, z)).sum()

    assert _logistic(AT, good, n) == pytest.approx(minimize(loss, (0, 0)).x, abs=1e-2)


def test_a_known_half_is_covered():
    covered, values = 0, []
    for seed in range(10):
        x, y, problems = drawn(logistic, seed, 30)
        found = horizon(x, y, problems, what="turns", unit="turns")
        assert not isinstance(found.place, str) and found.slope < 0
        covered += found.place.low <= 8 <= found.place.high
        values.append(found.place.value)
    assert covered >= 8
    assert np.median(values) == pytest.approx(8, rel=0.2)


def test_a_threshold_is_named_and_placed():
    x, y, problems = drawn(threshold, 1)
    found = horizon(x, y, problems, what="x", unit="tokens")
    assert found.shape == "threshold" and found.scores["threshold"] > found.scores["logistic"]
    assert 8 < place(x, y, problems).value < 16


def test_eighty_per_cent_comes_before_a_half():
    x, y, problems = drawn(logistic, 2)
    assert place(x, y, problems, share=0.8).value < place(x, y, problems).value


@pytest.mark.parametrize(
    ("level", "says"), [(0.97, "more than 64 turns, the most that was asked"), (0.1, "under 50%")]
)
def test_nothing_is_extrapolated(level, says):
    x, y, problems = drawn(lambda x: np.full(x.shape, level), 3)
    assert says in horizon(x, y, problems, what="x", unit="turns").place


def test_a_rate_that_rises_has_no_horizon():
    x, y, problems = drawn(lambda x: 1 - logistic(x), 4)
    found = horizon(x, y, problems, what="x", unit="turns")
    assert found.slope > 0 and isinstance(found.place, str)


def test_many_values_are_cut_into_levels():
    rng = np.random.default_rng(5)
    x = np.exp(rng.uniform(0, 5, 3000))
    y = (rng.random(3000) < logistic(x)).astype(float)
    found = place(x, y, rng.integers(0, 200, 3000))
    assert found.value == pytest.approx(8, rel=0.3)


def test_what_it_refuses():
    with pytest.raises(DataError, match="2 levels"):
        horizon([1, 2] * 20, [1, 0] * 20, list(range(40)), what="x", unit="x")
    with pytest.raises(DataError, match="above 0"):
        horizon([0, 1, 2], [1, 0, 1], what="x", unit="x")
