"""Random signs: all of them written out, and drawn ones, are the oracles."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridle.statistics.signflips import MANY, _exact, sign_flip


def _all(d: list[float]) -> float:
    seen = abs(sum(d))
    sums = [
        abs(sum(s * x for s, x in zip(signs, d, strict=True)))
        for signs in itertools.product((1, -1), repeat=len(d))
    ]
    beyond = sum(s > seen + 1e-9 for s in sums)
    at = sum(abs(s - seen) <= 1e-9 for s in sums)
    return 1.0 if seen < 1e-9 else (beyond + at / 2) / len(sums)


@settings(derandomize=True, deadline=None, max_examples=150)
@given(
    st.lists(st.sampled_from([-2, -1, -0.5, -1 / 3, 0, 0.25, 0.5, 1, 3]), min_size=1, max_size=9)
)
def test_every_sign_is_counted(d: list[float]) -> None:
    assert sign_flip(np.array(d)) == pytest.approx(_all(d), abs=1e-9)


def test_numbers_without_a_common_step() -> None:
    d = [0.123456, 0.9871, -0.3331, 0.71817]
    assert sign_flip(np.array(d)) == pytest.approx(_all(d))


def test_drawn_signs_agree_with_counted_ones() -> None:
    rng = np.random.default_rng(4)
    d = rng.choice([-0.75, -0.25, 0.25, 0.5], 60)
    exact = sign_flip(d)
    drawn = sign_flip(d * (1 + 1e-5 * rng.random(60)), seed=3)  # no step in common any more
    assert drawn == pytest.approx(exact, abs=0.03)


def test_beyond_two_thousand_problems_the_sum_is_normal() -> None:
    rng = np.random.default_rng(5)
    d = rng.choice([-1.0, 0.5, 1.0], MANY + 1, p=[0.5, 0.1, 0.4])
    normal = sign_flip(d)
    assert normal == pytest.approx(_exact(np.abs(2 * d), round(abs(2 * float(d.sum())))), abs=1e-4)
    assert sign_flip(np.ones(5000)) < 1e-12


def test_nothing_moved() -> None:
    assert sign_flip(np.zeros(5)) == 1.0
    assert sign_flip(np.array([1.0, -1.0])) == 1.0
