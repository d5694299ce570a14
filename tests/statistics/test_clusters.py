"""Clusters: the jackknife, statsmodels and simulation are the oracles."""

from __future__ import annotations

import numpy as np
import pytest

from bridle.statistics.clusters import (
    cluster_codes,
    design_effect,
    effective_clusters,
    mean_variance,
    pooled_icc,
)


def test_variance_with_equal_sizes_is_the_sandwich_of_statsmodels() -> None:
    from statsmodels.regression.linear_model import OLS

    rng = np.random.default_rng(1)
    codes = np.repeat(np.arange(12), 5)
    y = rng.random(60)
    fit = OLS(y, np.ones(60)).fit(cov_type="cluster", cov_kwds={"groups": codes})
    # statsmodels also multiplies by (N-1)/(N-K), which is 1 for a mean
    assert mean_variance(y, codes) == pytest.approx(float(fit.cov_params()[0, 0]), rel=1e-9)


def test_variance_with_unequal_sizes_is_the_jackknife() -> None:
    rng = np.random.default_rng(2)
    codes = np.unique(rng.integers(0, 9, 50), return_inverse=True)[1]
    y = rng.random(50)
    m = int(codes.max()) + 1
    left_out = np.array([y[codes != g].mean() for g in range(m)])
    expected = (m - 1) / m * ((left_out - y.mean()) ** 2).sum()
    assert mean_variance(y, codes) == pytest.approx(float(expected), rel=1e-9)


def test_effective_clusters() -> None:
    assert effective_clusters(np.array([4.0, 4.0, 4.0])) == pytest.approx(3)
    assert effective_clusters(np.array([1.0, 1.0, 10.0])) == pytest.approx(144 / 102)


def test_design_effect_of_clusters_of_one_size() -> None:
    assert design_effect(np.full(10, 4.0), 0.5) == pytest.approx(2.5)
    assert design_effect(np.ones(10), 0.5) == 1


def test_icc_of_one_cell_is_that_of_the_textbook() -> None:
    # one-way analysis of variance by hand: twelve problems with four outcomes each
    rng = np.random.default_rng(6)
    y = np.repeat(rng.integers(0, 2, 12), 4) * 0.5 + rng.random(48) * 0.5
    problems = np.repeat(np.arange(12), 4)
    groups = y.reshape(12, 4)
    msb = 4 * ((groups.mean(1) - y.mean()) ** 2).sum() / 11
    msw = ((groups - groups.mean(1, keepdims=True)) ** 2).sum() / 36
    found = pooled_icc(y, problems, np.zeros(48, int))
    assert found == pytest.approx(float((msb - msw) / (msb + 3 * msw)))


@pytest.mark.parametrize("icc", [0.0, 0.3, 0.7])
def test_pooled_icc_finds_the_one_that_made_the_cells(icc: float) -> None:
    rng = np.random.default_rng(int(icc * 10))
    found: list[float] = []
    for _ in range(40):
        cells = np.repeat(np.arange(27), 12)
        problems = np.repeat(np.arange(27 * 4), 3)
        p = rng.uniform(0.3, 0.9, 27)[cells[::3]]
        chance = rng.beta(p * (1 / icc - 1), (1 - p) * (1 / icc - 1)) if icc else p
        y = (rng.random(len(cells)) < chance[problems]).astype(float)
        value = pooled_icc(y, problems, cells)
        assert value is not None
        found.append(value)
    assert np.mean(found) == pytest.approx(icc, abs=0.06)


def test_no_icc_where_nothing_tells_it() -> None:
    y = np.array([1.0, 0, 1, 0])
    assert pooled_icc(y, np.arange(4), np.zeros(4, int)) is None  # no problem twice
    assert pooled_icc(y, np.array([0, 0, 1, 1]), np.zeros(4, int)) is None  # two problems


def test_keys_of_any_kind_are_numbered() -> None:
    assert cluster_codes(["b", "a", "b"], 3, "x").tolist() == [0, 1, 0]
    assert cluster_codes(np.array([7, 3, 7]), 3, "x").tolist() == [1, 0, 1]
