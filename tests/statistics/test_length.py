"""Slopes: least squares of statsmodels and by hand, a grid, and simulation are the oracles."""

from __future__ import annotations

import numpy as np
import pytest

from bridle.errors import DataError
from bridle.statistics import arm_slope, within_slope


def _data(seed: int = 0, items: int = 30, samples: int = 8):
    rng = np.random.default_rng(seed)
    item = np.repeat(np.arange(items), samples)
    problem = item // 3
    arm = np.tile([0.0, 1.0], items * samples // 2)
    hardness = rng.normal(size=items)[item]
    x = 8 + hardness + 0.7 * arm + rng.normal(size=len(item))
    chance = 1 / (1 + np.exp(-(0.5 - 0.3 * (x - 8) - hardness)))
    return (rng.random(len(item)) < chance).astype(float), x, arm, item, problem


def test_the_slope_is_that_of_least_squares_with_item_effects() -> None:
    from statsmodels.regression.linear_model import OLS

    y, x, _, item, problem = _data()
    dummies = np.eye(30)[item]
    fit = OLS(y, np.column_stack([dummies, x])).fit()
    found = within_slope(y, x, item, problem, what="HAcc")
    assert found.value == pytest.approx(float(fit.params[-1]))
    assert (found.problems, found.n) == (10, 240)


def test_its_variance_is_the_jackknife_over_problems() -> None:
    from scipy.stats import t

    y, x, _, item, problem = _data(1)
    found = within_slope(y, x, item, problem, what="HAcc")
    left_out = [
        within_slope(y[problem != g], x[problem != g], item[problem != g], what="x").value
        for g in range(10)
    ]
    error = (9 / 10 * ((np.array(left_out) - found.value) ** 2).sum()) ** 0.5
    centred = x - np.bincount(item, weights=x)[item] / 8
    sxx = np.bincount(problem, weights=centred**2)
    quantile = t.ppf(0.975, sxx.sum() ** 2 / (sxx**2).sum() - 1)
    assert found.high - found.value == pytest.approx(float(quantile * error))


def test_the_difficulty_of_items_does_not_enter() -> None:
    """Hard items get long thoughts and wrong answers; within an item length does nothing."""
    rng = np.random.default_rng(2)
    item = np.repeat(np.arange(200), 4)
    hardness = rng.normal(size=200)[item]
    x = 8 + 2 * hardness + rng.normal(size=800)
    y = (rng.random(800) < 1 / (1 + np.exp(hardness))).astype(float)
    pooled = np.polyfit(x, y, 1)[0]
    found = within_slope(y, x, item, what="HAcc")
    assert pooled < -0.05
    assert found.low < 0 < found.high and abs(found.value) < 0.03


def test_two_stages_by_hand() -> None:
    y, x, arm, item, problem = _data(3)
    dummies = np.eye(30)[item]
    first = np.column_stack([dummies, arm])
    fitted = first @ np.linalg.lstsq(first, x, rcond=None)[0]
    second = np.linalg.lstsq(np.column_stack([dummies, fitted]), y, rcond=None)[0]
    found = arm_slope(y, x, arm, item, problem, what="HAcc")
    assert found.estimate.value == pytest.approx(float(second[-1]))
    assert found.shift == pytest.approx(float(np.linalg.lstsq(first, x, rcond=None)[0][-1]))
    assert found.first_stage_f > 10 and "2SLS" in found.estimate.method


def test_the_first_stage_is_that_of_statsmodels() -> None:
    from statsmodels.regression.linear_model import OLS

    y, x, arm, item, problem = _data(4)

    def within(v: np.ndarray) -> np.ndarray:
        return v - np.bincount(item, weights=v)[item] / 8

    fit = OLS(within(x), within(arm)).fit(cov_type="cluster", cov_kwds={"groups": problem})
    found = arm_slope(y, x, arm, item, problem, what="HAcc")
    assert found.first_stage_f == pytest.approx(float(fit.tvalues[0]) ** 2, rel=1e-9)


def test_anderson_and_rubin_by_a_grid() -> None:
    from scipy.stats import t
    from statsmodels.regression.linear_model import OLS

    y, x, arm, item, problem = _data(5)

    def within(v: np.ndarray) -> np.ndarray:
        return v - np.bincount(item, weights=v)[item] / 8

    grid = np.linspace(-1, 1, 801)
    kept = [
        b
        for b in grid
        if abs(
            OLS(within(y - b * x), within(arm))
            .fit(cov_type="cluster", cov_kwds={"groups": problem})
            .tvalues[0]
        )
        <= t.ppf(0.975, 9)
    ]
    found = arm_slope(y, x, arm, item, problem, what="HAcc").anderson_rubin
    assert found is not None
    assert found[0] == pytest.approx(min(kept), abs=0.003)
    assert found[1] == pytest.approx(max(kept), abs=0.003)


def test_an_arm_that_moves_nothing_has_no_slope() -> None:
    y, x, _, item, _ = _data(6)
    rng = np.random.default_rng(0)
    with pytest.raises(DataError, match="hardly changes the length"):
        arm_slope(y, x, rng.permutation(np.tile([0.0, 1.0], 120)), item, what="HAcc")


def test_what_cannot_be_told_is_said() -> None:
    with pytest.raises(DataError, match="does not vary within"):
        within_slope([1, 0, 1], [5, 6, 7], ["a", "b", "c"], what="HAcc")
    with pytest.raises(DataError, match="one problem alone"):
        within_slope([1, 0, 1, 1], [5, 6, 7, 7], ["a", "a", "c", "c"], what="HAcc")
    with pytest.raises(DataError, match="more than one arm"):
        arm_slope([1, 0], [5, 6], [0, 1], ["a", "b"], what="HAcc")
    with pytest.raises(DataError, match="not equally many"):
        within_slope([1, 0], [5], ["a", "b"], what="HAcc")
