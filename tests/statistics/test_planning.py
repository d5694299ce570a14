"""Plans: the published formula, and the power of our own test under simulation."""

from __future__ import annotations

import numpy as np
import pytest

from bridle.errors import BridleError
from bridle.statistics import (
    difference,
    holm,
    pairs_needed,
    replan,
    smallest_difference,
    unpaired_needed,
)


def test_pairs_by_hand() -> None:
    # (1.959964 + 0.841621)² = 7.848880; (0.25 − 0.0025) / 0.0025 = 99
    assert pairs_needed(0.05, flips=0.25) == 778
    assert pairs_needed(0.05, flips=0.25, deff=1.1) == 855
    assert unpaired_needed(0.05, rate=0.65) == 1429


@pytest.mark.parametrize(("pairs", "flips"), [(150, 0.15), (750, 0.25), (3000, 0.1)])
def test_smallest_difference_turns_pairs_around(pairs: int, flips: float) -> None:
    found = smallest_difference(pairs, flips=flips)
    assert abs(pairs_needed(found, flips=flips) - pairs) <= 1


def test_the_planned_power_is_reached() -> None:
    rng = np.random.default_rng(1)
    n = pairs_needed(0.15, flips=0.3)
    found = 0
    for _ in range(400):
        d = rng.choice([-1, 0, 1], n, p=[0.075, 0.7, 0.225])
        p = difference(d > 0, d < 0, what="x").p
        found += p is not None and p < 0.05
    assert found / 400 == pytest.approx(0.8, abs=0.06)


def test_a_share_of_flips_seen_plans_anew() -> None:
    assert replan(25, 100, 0.05) == pairs_needed(0.05, flips=27 / 102)
    assert replan(0, 100, 0.05) < pairs_needed(0.05, flips=0.1)


def test_impossible_plans_are_refused() -> None:
    for wrong in (
        lambda: pairs_needed(0, flips=0.2),
        lambda: pairs_needed(0.3, flips=0.2),
        lambda: smallest_difference(0, flips=0.2),
        lambda: pairs_needed(0.05, flips=0.2, power=0.3),
        lambda: unpaired_needed(0, rate=0.5),
        lambda: replan(0, 0, 0.05),
    ):
        with pytest.raises(BridleError):
            wrong()


def test_holm_is_that_of_statsmodels() -> None:
    from statsmodels.stats.multitest import multipletests

    values = [0.01, 0.04, 0.03, 0.2, 0.004, 0.9]
    assert holm(values) == pytest.approx(list(multipletests(values, method="holm")[1]))


def test_contrasts_without_a_test_are_not_counted() -> None:
    assert holm([0.01, None, 0.04]) == [0.02, None, 0.04]
    assert holm([]) == []
