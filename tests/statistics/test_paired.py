"""Paired differences and lift: statsmodels, enumeration and simulation are the oracles."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridle.errors import DataError
from bridle.statistics import difference, lift, mcnemar, rate, wilson


@pytest.mark.parametrize(("gained", "lost"), [(0, 0), (1, 0), (0, 6), (31, 52), (8, 8), (3, 200)])
def test_mcnemar_is_that_of_statsmodels(gained: int, lost: int) -> None:
    from statsmodels.stats.contingency_tables import mcnemar as oracle

    assert mcnemar(gained, lost) == pytest.approx(
        float(oracle([[10, gained], [lost, 10]], exact=True).pvalue), rel=1e-9
    )


def test_single_pairs() -> None:
    # 31 gained, 52 lost, 337 alike
    treated = [1] * 31 + [0] * 52 + [1] * 200 + [0] * 137
    control = [0] * 31 + [1] * 52 + [1] * 200 + [0] * 137
    found = difference(treated, control, what="correct")
    assert (found.gained, found.lost, found.estimate.n) == (31, 52, 420)
    assert found.estimate.value == pytest.approx(-21 / 420)
    assert found.test == "exact McNemar"
    assert found.p == mcnemar(31, 52)
    # Bonett & Price by hand: p12 = 32/422, p21 = 53/422
    up, down = 32 / 422, 53 / 422
    half = 1.959964 * ((up + down - (up - down) ** 2) / 422) ** 0.5
    assert found.estimate.low == pytest.approx(up - down - half, abs=1e-6)
    assert found.estimate.high == pytest.approx(up - down + half, abs=1e-6)


def test_pairs_that_never_differ_still_leave_room_for_doubt() -> None:
    for problems in (None, [i // 2 for i in range(10)]):
        found = difference([1] * 10, [1] * 10, problems, what="correct")
        assert found.p == 1
        assert found.estimate.value == 0
        assert found.estimate.low < -0.1 < 0.1 < found.estimate.high


def test_sign_flips_of_single_pairs_are_mcnemars_test() -> None:
    # the same pairs, told as means over samples of which one is a half: only the test's name changes
    treated, control = [1, 1, 1, 1, 1, 0, 0, 0.5], [0, 0, 0, 0, 0, 1, 0, 0.5]
    found = difference(treated, control, what="correct")
    assert found.test == "sign flips by problem"
    assert found.p == pytest.approx(mcnemar(5, 1))


def test_sign_flips_are_all_signs_when_few() -> None:
    d = [0.5, 0.25, -0.25, 1.0]
    found = difference([max(x, 0) for x in d], [max(-x, 0) for x in d], what="correct")
    sums = [
        abs(sum(s * x for s, x in zip(signs, d, strict=True)))
        for signs in itertools.product((1, -1), repeat=4)
    ]
    assert found.p == pytest.approx(sum(s >= 1.5 for s in sums) / 16)


def test_items_of_one_problem_are_one_cluster() -> None:
    rng = np.random.default_rng(5)
    effect = rng.integers(0, 2, 30)
    treated = np.repeat(effect, 4)
    control = np.repeat(1 - effect, 4)
    apart = difference(treated, control, what="correct")
    together = difference(treated, control, [i // 4 for i in range(120)], what="correct")
    assert together.estimate.value == apart.estimate.value
    assert together.estimate.high - together.estimate.low > 1.8 * (
        apart.estimate.high - apart.estimate.low
    )
    assert "30 problems" in together.estimate.method


def test_the_seed_decides_the_figures() -> None:
    rng = np.random.default_rng(0)
    a, b = rng.random(40), rng.random(40)
    first, again, other = (difference(a, b, what="x", seed=s) for s in (1, 1, 2))
    assert first == again
    assert first.estimate != other.estimate
    assert first.estimate.low == pytest.approx(other.estimate.low, abs=0.02)


@pytest.mark.parametrize("samples", [1, 4])
def test_intervals_of_differences_hold_the_truth(samples: int) -> None:
    rng = np.random.default_rng(7)
    hits = 0
    for _ in range(150):
        skill = rng.beta(2, 1, 30)
        treated = rng.binomial(samples, 0.8 * skill) / samples
        control = rng.binomial(samples, skill) / samples
        found = difference(treated, control, what="correct").estimate
        hits += found.low <= -0.2 * 2 / 3 <= found.high
    assert hits / 150 >= 0.92


@pytest.mark.parametrize(
    ("treated", "control", "words"),
    [([], [], "nothing to count"), ([1], [1, 0], "make no pairs"), ([None], [1], "missing")],
)
def test_bad_pairs_are_said_in_words(
    treated: list[float], control: list[float], words: str
) -> None:
    with pytest.raises(DataError, match=words):
        difference(treated, control, what="correct")


# -- lift -----------------------------------------------------------------------------------------


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
