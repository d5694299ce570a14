"""Best-of-n against every subset counted out; both curves from points on them."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridle.errors import DataError
from bridle.statistics.overoptimisation import best_of_n, best_stop, fit, kl_of_best


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 1)), min_size=2, max_size=7), st.data())
def test_it_is_the_mean_over_all_subsets(
    samples: list[tuple[int, int]], data: st.DataObject
) -> None:
    n = data.draw(st.integers(1, len(samples)))
    wanted = []
    for subset in itertools.combinations(samples, n):
        top = max(r for r, _ in subset)
        wanted.append(np.mean([g for r, g in subset if r == top]))
    reward, gold = zip(*samples, strict=True)
    assert best_of_n([reward], [gold], n)[0] == pytest.approx(np.mean(wanted))


def test_kl() -> None:
    assert kl_of_best(1) == 0
    assert kl_of_best(4) == pytest.approx(math.log(4) - 0.75)
    with pytest.raises(DataError):
        kl_of_best(0)


def test_the_curves_come_back() -> None:
    d = np.linspace(0.2, 4, 9)
    bon = fit(d, d * (1 - 0.2 * d), form="bon")
    assert (bon.alpha, bon.beta, bon.best) == pytest.approx((1, 0.2, 2.5))
    rl = fit(d, d * (0.5 - 0.4 * np.log(d)), form="rl")
    assert (rl.alpha, rl.beta, rl.best) == pytest.approx((0.5, 0.4, math.exp(0.25)))
    assert rl.at(rl.best or 0) >= max(rl.at(x) for x in d) - 1e-9
    assert fit(d, d * (1 + 0.2 * d), form="bon").best is None


def test_the_stopping_point_has_an_interval_and_a_rise_has_none() -> None:
    rng = np.random.default_rng(0)
    d = np.linspace(0.2, 4, 9)
    noise = rng.normal(0, 0.2, (200, 9))
    curve, low, high = best_stop(d, d * (1 - 0.2 * d) + noise, form="bon")
    assert low is not None
    assert high is not None
    assert low < 2.5 < high
    assert high - low < 1
    assert curve.best == pytest.approx(2.5, abs=0.2)
    _, _, none = best_stop(d, d * 1.0 + noise, form="bon")
    assert none is None


def test_bad_shapes_are_refused() -> None:
    with pytest.raises(DataError):
        best_of_n([[1, 2]], [[1]], 1)
    with pytest.raises(DataError):
        best_of_n([[1, 2]], [[1, 2]], 3)
    with pytest.raises(DataError):
        best_of_n([[1, float("nan")]], [[1, 2]], 1)
    with pytest.raises(DataError, match="too few"):
        fit([0, 1, 2], [0, 1, 2], form="bon")
