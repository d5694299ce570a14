"""Odds ratios: statsmodels and simulation are the oracles."""

from __future__ import annotations

import math

import numpy as np
import pytest

from bridle.errors import DataError
from bridle.statistics import odds_ratio


def _rows(tables: list[list[list[int]]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rows = [
        (x, y, s)
        for s, table in enumerate(tables)
        for x, row in zip((1, 0), table, strict=True)
        for y, count in zip((1, 0), row, strict=True)
        for _ in range(count)
    ]
    x, y, s = np.array(rows).T
    return x, y, s


TABLES = [[[20, 15], [10, 30]], [[5, 9], [4, 12]], [[30, 2], [8, 3]]]


def test_ratio_and_variance_are_those_of_statsmodels() -> None:
    from statsmodels.stats.contingency_tables import StratifiedTable

    oracle = StratifiedTable([np.array(t) for t in TABLES])
    found = odds_ratio(*_rows(TABLES), what="obeyed × correct")
    assert found.estimate.value == pytest.approx(oracle.oddsratio_pooled)
    assert found.log_variance**0.5 == pytest.approx(oracle.logodds_pooled_se)
    low, high = oracle.oddsratio_pooled_confint()
    assert (found.estimate.low, found.estimate.high) == pytest.approx((low, high))
    assert (found.strata, found.used) == (3, 3)


def test_one_table_of_the_paper() -> None:
    # arXiv 2505.14810, figure 4, R1-Distill-Qwen-1.5B: 30, 103, 42 and 245 of 420
    found = odds_ratio(*_rows([[[30, 42], [103, 245]]]), what="x").estimate
    assert found.value == pytest.approx(1.70, abs=0.005)
    assert (found.low, found.high) == pytest.approx((1.01, 2.86), abs=0.01)


def test_pooling_would_turn_the_sign() -> None:
    """Simpson: within each difficulty the two compete, together they seem to agree."""
    tables = [[[40, 20], [30, 10]], [[3, 20], [10, 40]]]
    x, y, s = _rows(tables)
    assert odds_ratio(x, y, what="x").estimate.value > 1
    assert odds_ratio(x, y, s, what="x").estimate.value < 1


def test_copies_of_records_bring_no_information() -> None:
    x, y, s = _rows(TABLES)
    alone = odds_ratio(x, y, s, what="x")
    keys = np.repeat(np.arange(len(x)), 4)
    found = odds_ratio(*(np.repeat(v, 4) for v in (x, y, s)), keys, what="x")
    assert found.estimate.value == pytest.approx(alone.estimate.value)
    assert found.clustered == pytest.approx(alone.log_variance, rel=0.15)
    assert found.log_variance == pytest.approx(alone.log_variance / 4, rel=0.01)


def test_linearised_variance_is_that_of_redrawn_problems() -> None:
    rng = np.random.default_rng(3)
    m = 120
    strata = np.repeat(np.arange(m) % 4, 3)
    keys = np.repeat(np.arange(m), 3)
    skill = rng.normal(size=m)[keys]
    x, y = (rng.random((2, 3 * m)) < 1 / (1 + np.exp(-skill))).astype(float)
    found = odds_ratio(x, y, strata, keys, what="x")
    logs: list[float] = []
    for _ in range(600):
        drawn = np.concatenate([rng.choice(np.arange(s, m, 4), m // 4) for s in range(4)])
        rows = (3 * drawn[:, None] + np.arange(3)).ravel()
        logs.append(math.log(odds_ratio(x[rows], y[rows], strata[rows], what="x").estimate.value))
    assert found.clustered is not None
    assert found.clustered**0.5 == pytest.approx(float(np.std(logs)), rel=0.12)


def test_items_as_strata_are_many_small_tables() -> None:
    """Each item with 8 samples is a stratum of its own, one problem has three of them."""
    rng = np.random.default_rng(4)
    logs, errors = [], []
    for _ in range(120):
        item = np.repeat(np.arange(60), 8)
        base = rng.normal(size=60)[item]
        x = rng.random(480) < 1 / (1 + np.exp(-base))
        y = rng.random(480) < 1 / (1 + np.exp(-base - 0.8 * x))
        found = odds_ratio(x, y, item, item // 3, what="x")
        assert found.clustered is not None
        logs.append(math.log(found.estimate.value))
        errors.append(found.clustered)
    assert np.mean(logs) == pytest.approx(0.8, abs=0.1)
    assert np.mean(errors) == pytest.approx(float(np.var(logs)), rel=0.35)


def test_one_sided_tables_have_no_ratio() -> None:
    with pytest.raises(DataError, match="no bounds"):
        odds_ratio([1, 1, 0, 0], [1, 1, 0, 0], what="x")
    with pytest.raises(DataError, match="at all"):
        odds_ratio([1, 1, 1], [1, 1, 0], what="x")
