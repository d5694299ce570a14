"""Trend and turn: what is there is found, what is not is not, and the order of rows does not matter."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from bridle.errors import DataError
from bridle.statistics.turning import trend, up_then_down


def run(change: Any, seed: int = 0, problems: int = 300) -> Any:
    rng = np.random.default_rng(seed)
    skill = rng.beta(1.2, 1.2, problems)[:, None]
    return (rng.random((problems, len(change))) < np.clip(skill + change, 0, 1)).astype(float)


def test_a_fall_a_rise_and_nothing() -> None:
    x = np.arange(10.0)
    fall = trend(x, run(-0.3 * x / 9))
    assert fall.p < 0.001
    assert fall.low < fall.value < fall.high < 0
    assert trend(x, run(0.3 * x / 9)).low > 0
    flat = [trend(x, run(0 * x, seed)).p < 0.05 for seed in range(40)]
    assert sum(flat) <= 5


def test_a_turn_is_found_and_a_plain_rise_is_none() -> None:
    x = np.arange(16.0)
    up_down = 0.3 * (1 - np.abs(x - 7.5) / 7.5)
    turn = up_then_down(x, run(up_down))
    assert turn.p < 0.05
    assert 4 <= turn.peak <= 11
    assert turn.before.value > 0 > turn.after.value
    assert up_then_down(x, run(0.3 * x / 15)).p > 0.05
    assert up_then_down(x, run(-up_down)).p > 0.05  # down, then up
    assert not any(up_then_down(x, run(0 * x, seed)).p < 0.05 for seed in range(40))


def test_the_order_of_problems_and_steps_changes_no_trend() -> None:
    x = np.arange(8.0)
    y = run(-0.2 * x / 7)
    there = trend(x, y)
    assert trend(x[::-1], y[::-1, ::-1]).p == pytest.approx(there.p)
    assert trend(10 * x, y).value == pytest.approx(there.value / 10)


def test_a_wobbling_run_is_no_trend_because_it_has_many_problems() -> None:
    x = np.arange(8.0)
    wobble = np.array([0.0, 0.1, -0.1, 0.08, -0.06, 0.1, -0.1, 0.06])
    assert trend(x, run(wobble, problems=4000)).p > 0.05


def test_too_little_is_said() -> None:
    x = np.arange(4.0)
    with pytest.raises(DataError, match="4 checkpoints are too few"):
        trend(x, run(0 * x))
    with pytest.raises(DataError, match="problems are too few"):
        trend(np.arange(8.0), run(0 * np.arange(8.0), problems=3))
    with pytest.raises(DataError, match="missing"):
        trend(np.arange(8.0), np.full((20, 8), np.nan))
