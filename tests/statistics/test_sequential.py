"""Looks: published bounds and simulation are the oracles."""

from __future__ import annotations

import numpy as np
import pytest

from bridle.errors import BridleError
from bridle.statistics import Looks
from bridle.statistics.sequential import bounds, conditional_power, spent


def test_the_published_bounds() -> None:
    # Lan & DeMets' spending like O'Brien and Fleming's, two-sided .05, five even looks (the values
    # that the programs ld98 and gsDesign print)
    assert Looks(5).bounds() == pytest.approx((4.8769, 3.3569, 2.6803, 2.2898, 2.0310), abs=2e-3)
    assert Looks(1).bounds() == pytest.approx((1.95996,), abs=1e-3)
    assert spent(0.5) == pytest.approx(0.00305, abs=2e-5)


def test_uneven_looks_keep_the_error() -> None:
    rng = np.random.default_rng(0)
    fractions = (0.13, 0.4, 0.55, 1.0)
    gaps = np.diff((0.0, *fractions))
    z = np.cumsum(rng.normal(size=(40_000, 4)) * gaps**0.5, axis=1) / np.sqrt(fractions)
    assert (np.abs(z) >= bounds(fractions)).any(1).mean() == pytest.approx(0.05, abs=0.004)


def test_conditional_power_by_simulation() -> None:
    rng = np.random.default_rng(1)
    z, t, drift, bound = 0.8, 0.4, 2.8, 2.03
    end = z * t**0.5 + drift * 0.6 + rng.normal(size=100_000) * 0.6**0.5
    assert conditional_power(z, t, drift, bound) == pytest.approx(
        float((np.abs(end) >= bound).mean()), abs=0.005
    )


def _run(rng: np.random.Generator, p: tuple[float, float, float], n: int = 195) -> tuple[str, int]:
    d = rng.choice([-1.0, 0.0, 1.0], n, p=p)
    fractions: list[float] = []
    for look in range(1, 6):
        fractions.append(look / 5)
        seen = d[: n * look // 5]
        found = Looks(5).decide(seen, np.ones(len(seen)), fractions=fractions, target=0.1)
        if found.verdict != "go on":
            return found.verdict, look
    raise AssertionError("the last look decides")


def test_peeking_costs_no_error_and_saves_pairs() -> None:
    rng = np.random.default_rng(2)
    null = [_run(rng, (0.125, 0.75, 0.125)) for _ in range(400)]
    wrong = sum(verdict in ("better", "worse") for verdict, _ in null) / 400
    assert wrong <= 0.05 + 2 * (0.05 * 0.95 / 400) ** 0.5
    real = [_run(rng, (0.075, 0.75, 0.175)) for _ in range(300)]
    found = sum(verdict == "better" for verdict, _ in real) / 300
    assert found > 0.72  # planned for .8; futility takes a little
    assert not any(verdict == "worse" for verdict, _ in real)
    assert np.mean([look for _, look in null]) < 4.4 and np.mean([look for _, look in real]) < 4.4


def test_a_null_with_many_pairs_is_too_small_to_matter_or_futile() -> None:
    found = Looks(5).decide(
        np.tile([0.1, -0.1], 2000), np.ones(4000), fractions=[0.2, 0.4, 0.6], target=0.1
    )
    assert found.verdict == "too small to matter"
    assert -0.05 < found.low < 0 < found.high < 0.05


def test_the_last_look_may_not_tell() -> None:
    d = np.random.default_rng(3).choice([-1.0, 1.0], 60)
    found = Looks(2).decide(d, np.ones(60), fractions=[0.5, 1.0], target=0.1)
    assert found.verdict == "cannot tell"


def test_impossible_looks_are_refused() -> None:
    with pytest.raises(BridleError, match="not possible"):
        bounds((0.5, 0.4))
    with pytest.raises(BridleError, match="at least one"):
        Looks(0).bounds()
    with pytest.raises(BridleError, match="two problems"):
        Looks().decide(np.ones(1), np.ones(1), fractions=[0.2], target=0.1)
