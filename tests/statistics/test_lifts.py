"""Lift over the floor: statsmodels and simulation are the oracles."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridle.errors import DataError
from bridle.statistics import difference, lift, over_floor, rate, wilson


def test_lift_is_the_share_of_what_the_floor_leaves() -> None:
    keys = list(range(100))
    found = lift([1] * 70 + [0] * 30, keys, [1] * 40 + [0] * 60, keys, what="lift")
    assert found.value == pytest.approx(0.5)
    assert found.low < 0.5 < found.high


def test_lift_of_independent_conditions_is_a_risk_ratio() -> None:
    # 1 - (1-p)/(1-p0): the ratio of failures, 10/50 against 25/50; Koopman's score interval as oracle
    from statsmodels.stats.proportion import confint_proportions_2indep

    found = lift(
        [1] * 40 + [0] * 10, list(range(50)), [1] * 25 + [0] * 25, list(range(50, 100)), what="lift"
    )
    low, high = confint_proportions_2indep(10, 50, 25, 50, compare="ratio", method="score")
    assert found.value == pytest.approx(1 - 0.2 / 0.5)
    assert found.low == pytest.approx(1 - high, abs=0.03)
    assert found.high == pytest.approx(1 - low, abs=0.03)


def test_full_obedience_of_few_is_not_certain() -> None:
    keys = list(range(6))
    found = lift([1] * 6, keys, [0, 0, 1, 0, 0, 0], keys, what="lift")
    assert found.value == found.high == 1
    assert found.low < 0.6


def test_a_worse_answer_than_the_floor_is_negative() -> None:
    keys = list(range(20))
    assert lift([0] * 20, keys, [1] * 10 + [0] * 10, keys, what="lift").value == -1


def test_nothing_to_lift_is_said_in_words() -> None:
    with pytest.raises(DataError, match="nothing can be lifted"):
        lift([1, 0], [1, 2], [1, 1], [1, 2], what="lift")


def test_pairing_makes_lift_surer() -> None:
    rng = np.random.default_rng(2)
    skill = rng.random(200)
    floor = (skill > 0.6).astype(int)
    obeyed = (skill > 0.3).astype(int)
    keys = list(range(200))
    paired = lift(obeyed, keys, floor, keys, what="lift")
    apart = lift(obeyed, keys, floor, list(range(200, 400)), what="lift")
    assert paired.value == apart.value
    assert paired.high - paired.low < apart.high - apart.low


def test_intervals_of_lift_hold_the_truth() -> None:
    rng = np.random.default_rng(11)
    hits = tried = 0
    for _ in range(400):
        skill = rng.random(40)
        obeyed = rng.random(40) < 0.5 + 0.5 * skill  # p = .75
        floor = rng.random(40) < 0.6 * skill  # p0 = .3
        found = lift(obeyed, list(range(40)), floor, list(range(40)), what="lift")
        tried += 1
        hits += found.low <= (0.75 - 0.3) / 0.7 <= found.high
    assert hits / tried >= 0.93


@settings(derandomize=True, deadline=None, max_examples=100)
@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.integers(0, 6)), min_size=1))
def test_every_figure_is_finite_and_in_order(rows: list[tuple[bool, bool, int]]) -> None:
    a, b, keys = ([row[i] for row in rows] for i in range(3))
    found = difference(a, b, keys, what="x").estimate
    assert -1 <= found.low <= found.value <= found.high <= 1
    if rate(b, keys, what="floor").value < 1:
        lifted = lift(a, keys, b, keys, what="lift")
        assert np.isfinite([lifted.low, lifted.value, lifted.high]).all()
        assert lifted.low <= lifted.value <= lifted.high <= 1


def test_a_few_pairs_that_agree_leave_the_lift_uncertain() -> None:
    outcomes, problems = [1, 1, 1, 0, 0, 0], list(range(6))
    found = lift(outcomes, problems, outcomes, problems, what="words")
    assert found.value == 0
    assert found.low < -0.3 and found.high > 0.3
    many = lift(outcomes * 50, list(range(300)), outcomes * 50, list(range(300)), what="words")
    assert found.low < many.low < 0 < many.high < found.high


def test_outcomes_that_do_not_vary_count_each_problem_once() -> None:
    found = rate([0.0] * 20, [i // 4 for i in range(20)], what="HAcc")
    assert (found.low, found.high) == (0.0, wilson(0.0, 5)[1])


# -- lift or points --------------------------------------------------------------------------------


def test_a_high_floor_is_shown_in_points() -> None:
    keys = list(range(28))
    found = over_floor([1] * 24 + [0] * 4, keys, [1] * 27 + [0], keys, what="forbidden_words")
    assert found.unit == "points"
    assert found.value == pytest.approx(-3 / 28)
    assert -0.3 < found.low < found.value < found.high < 0.1


def test_few_problems_are_shown_in_points() -> None:
    keys = [0, 0, 1, 1, 2]
    found = over_floor([1, 1, 1, 0, 1], keys, [0, 0, 0, 0, 0], keys, what="title")
    assert (found.unit, found.problems) == ("points", 3)
    assert found.value == pytest.approx((1 + 0.5 + 1) / 3)  # a problem counts once


def test_a_low_floor_and_enough_problems_give_a_lift() -> None:
    keys = list(range(10))
    outcomes, floor = [1] * 7 + [0] * 3, [1] * 2 + [0] * 8
    assert over_floor(outcomes, keys, floor, keys, what="x") == lift(
        outcomes, keys, floor, keys, what="x"
    )


def test_points_need_a_problem_in_common() -> None:
    with pytest.raises(DataError, match="both with and without"):
        over_floor([1, 1], [1, 2], [1, 1], [3, 4], what="x")
