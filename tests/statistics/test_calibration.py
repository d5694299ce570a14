"""Calibration: exact identities, scipy's rank statistic, and what simulation says of the interval."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from bridle.errors import DataError
from bridle.statistics.calibration import (
    aurc,
    auroc,
    calibration_error,
    expected_error,
    murphy,
    risk_area,
)


def drawn(n: int, seed: int, bend: float = 1.0):
    rng = np.random.default_rng(seed)
    c = np.round(rng.beta(4, 1.5, n), 2)
    return c, (rng.random(n) < c**bend).astype(float)


def test_the_parts_make_the_brier_score():
    c, y = drawn(300, 1)
    parts = murphy(c, y)
    assert parts.reliability - parts.resolution + parts.uncertainty == pytest.approx(
        float(((c - y) ** 2).mean())
    )


def test_auroc_is_the_rank_statistic():
    c, y = drawn(120, 2)
    u = stats.mannwhitneyu(c[y == 1], c[y == 0]).statistic
    found = auroc(c, y, what="x")
    assert found.value == pytest.approx(u / ((y == 1).sum() * (y == 0).sum()))
    assert found.low < found.value < found.high < 1


def test_auroc_covers_the_truth():
    covered = 0
    for seed in range(200):
        rng = np.random.default_rng(seed)
        good, bad = rng.normal(1, 1, 40), rng.normal(0, 1, 30)
        c = 1 / (1 + np.exp(-np.concatenate([good, bad])))
        found = auroc(c, [1] * 40 + [0] * 30, what="x")
        covered += found.low <= stats.norm.cdf(1 / 2**0.5) <= found.high
    assert 0.90 <= covered / 200 <= 0.99


def test_auroc_refuses_a_handful():
    with pytest.raises(DataError, match="3 wrong answers are too few"):
        auroc([0.5] * 20, [1] * 17 + [0] * 3, what="x")


def test_risk_and_coverage_by_hand():
    # most confident right, then wrong, then right: risks 0, 1/2, 1/3
    assert risk_area(np.array([0.9, 0.8, 0.1]), np.array([1.0, 0, 1])) == pytest.approx(5 / 18)
    # all alike: the risk is the base rate at every coverage
    assert risk_area(np.array([0.5] * 4), np.array([1.0, 0, 1, 0])) == pytest.approx(0.5)
    assert aurc([0.9, 0.8, 0.1], [1, 0, 1], what="x").value == pytest.approx(5 / 18)


def test_a_calibrated_model_has_no_calibration_error_left():
    raw, kept = [], []
    for seed in range(20):
        c, y = drawn(200, seed)
        raw.append(expected_error(c, y))
        kept.append(calibration_error(c, y, what="x"))
    assert np.mean(raw) > 0.04  # the bias that is taken out
    assert np.mean([k.value for k in kept]) < 0.02
    assert sum(k.low <= 0.005 for k in kept) >= 17


def test_an_overconfident_model_has():
    c, y = drawn(400, 5, bend=4)
    found = calibration_error(c, y, what="x")
    assert found.low > 0.1
