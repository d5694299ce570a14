"""Bets: Ville's bound by simulation, and the wealth written out."""

from __future__ import annotations

import math

import numpy as np
import pytest

from bridle.errors import BridleError, DataError
from bridle.statistics import Betting


def test_the_wealth_is_a_mean_of_products() -> None:
    d = [1.0, 0.0, -1.0, 1.0, 0.5]
    bets = Betting(planned=0.05, variance=0.25)
    fractions, weights = bets.bets()
    assert weights.sum() == pytest.approx(1)
    assert fractions[0] == pytest.approx(0.2)
    products = [
        max(
            sum(w * math.prod(1 + f * x for x in d[:n]) for f, w in zip(fractions, weights, strict=True))
            for n in range(1, len(d) + 1)
        )
    ]  # fmt: skip
    assert bets.look(d).wealth == pytest.approx(max(1, *products, 0))


@pytest.mark.parametrize(
    ("values", "chances"),
    [
        ((-1, 0, 1), (0.125, 0.75, 0.125)),
        ((-1, 0, 1 / 3), (0.03, 0.88, 0.09)),  # rare losses, many small gains: mean 0
        ((-1 / 3, 0, 1 / 3), (0.3, 0.4, 0.3)),
    ],
)
def test_looking_after_every_problem_costs_no_error(
    values: tuple[float, ...], chances: tuple[float, ...]
) -> None:
    rng = np.random.default_rng(1)
    refused = sum(
        Betting().look(rng.choice(values, 600, p=chances), interval=False).decided
        for _ in range(400)
    )
    assert refused / 400 <= 0.05


def test_a_large_difference_is_found_early() -> None:
    rng = np.random.default_rng(2)
    d = rng.choice([-1.0, 0, 1.0], 2000, p=[0.05, 0.75, 0.2])
    bets = Betting(planned=0.1, variance=0.25)
    needed = next(n for n in range(20, 2000, 20) if bets.look(d[:n], interval=False).decided)
    assert needed < 400
    state = bets.look(d)
    assert state.low <= 0.15 <= state.high
    assert state.low > 0 and state.p < 0.05


def test_the_interval_holds_the_mean() -> None:
    rng = np.random.default_rng(3)
    missed = 0
    for _ in range(100):
        state = Betting().look(rng.choice([-1.0, 0, 1.0], 200, p=[0.1, 0.6, 0.3]))
        missed += not state.low <= 0.2 <= state.high
    assert missed <= 5


def test_impossible_bets_are_refused() -> None:
    with pytest.raises(BridleError):
        Betting(planned=0)
    with pytest.raises(DataError, match="out of range"):
        Betting().look([2.0])
    with pytest.raises(DataError, match="nothing to count"):
        Betting().look([])
