"""Ratios: Fieller's closed form and simulation are the oracles."""

from __future__ import annotations

import numpy as np
import pytest

from bridle.errors import DataError
from bridle.statistics import ratio


def test_fieller_in_closed_form() -> None:
    from scipy.stats import t

    rng = np.random.default_rng(1)
    price, joint = rng.gamma(2, 0.01, 60), (rng.random(60) < 0.6).astype(float)
    found = ratio(price, joint, what="price per joint success", unit="USD")
    a, b = price.mean(), joint.mean()
    cov = np.cov(price, joint) / 60
    q = t.ppf(0.975, 59) ** 2
    g = q * cov[1, 1] / b**2
    middle = (a / b - g * cov[0, 1] / cov[1, 1]) / (1 - g)
    half = (
        q**0.5
        / (b * (1 - g))
        * (
            cov[0, 0]
            - 2 * a / b * cov[0, 1]
            + (a / b) ** 2 * cov[1, 1]
            - g * (cov[0, 0] - cov[0, 1] ** 2 / cov[1, 1])
        )
        ** 0.5
    )
    assert found.value == pytest.approx(a / b)
    assert (found.low, found.high) == pytest.approx((middle - half, middle + half))
    assert found.unit == "USD"


def test_intervals_hold_the_truth_with_problems_asked_often() -> None:
    rng = np.random.default_rng(2)
    keys = np.repeat(np.arange(40), 4)
    hits = 0
    for _ in range(500):
        skill = rng.beta(2, 1, 40)[keys]
        joint = (rng.random(160) < skill).astype(float)
        price = rng.gamma(4, 0.25 * (2 - skill))  # what is hard is dear
        found = ratio(price, joint, keys, what="price")
        hits += found.low <= (4 / 3) / (2 / 3) <= found.high
    assert 0.92 <= hits / 500 <= 0.98


def test_what_has_no_price_is_said() -> None:
    with pytest.raises(DataError, match="no success in 3 records"):
        ratio([1, 1, 1], [0, 0, 0], what="price")
    with pytest.raises(DataError, match="no upper bound"):
        ratio([1] * 6, [1, 0, 0, 0, 0, 0], what="price")
    with pytest.raises(DataError, match="one problem alone"):
        ratio([1, 1], [1, 0], ["a", "a"], what="price")
