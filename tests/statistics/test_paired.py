"""Paired differences: statsmodels, the jackknife and simulation are the oracles."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from bridle.errors import DataError
from bridle.statistics import difference, difference_of_differences, mcnemar
from bridle.statistics.paired import adjusted_t
from bridle.statistics.signflips import sign_flip


@pytest.mark.parametrize(("gained", "lost"), [(0, 0), (1, 0), (0, 6), (31, 52), (8, 8), (3, 200)])
def test_mid_p_mcnemar_is_the_exact_one_less_half_of_what_was_seen(gained: int, lost: int) -> None:
    from scipy.stats import binom
    from statsmodels.stats.contingency_tables import mcnemar as oracle

    told: Any = oracle([[10, gained], [lost, 10]], exact=True)
    exact = float(told.pvalue)
    seen = float(binom.pmf(gained, gained + lost, 0.5))
    expected = 1.0 if gained == lost else exact - seen
    assert mcnemar(gained, lost) == pytest.approx(expected, rel=1e-9)


def test_the_published_example_of_mid_p() -> None:
    # Fagerland, Lydersen & Laake 2013, table 2 and section "Examples": 1 and 7 discordant pairs of 21
    assert mcnemar(1, 7) == pytest.approx(0.0391, abs=5e-5)


def test_single_pairs() -> None:
    # 31 gained, 52 lost, 337 alike
    treated = [1] * 31 + [0] * 52 + [1] * 200 + [0] * 137
    control = [0] * 31 + [1] * 52 + [1] * 200 + [0] * 137
    found = difference(treated, control, what="correct")
    assert (found.gained, found.lost, found.estimate.n) == (31, 52, 420)
    assert found.estimate.value == pytest.approx(-21 / 420)
    assert found.test == "mid-p McNemar"
    assert found.p == mcnemar(31, 52)
    # Bonett & Price by hand: p12 = 32/422, p21 = 53/422
    up, down = 32 / 422, 53 / 422
    half = 1.959964 * ((up + down - (up - down) ** 2) / 422) ** 0.5
    assert found.estimate.low == pytest.approx(up - down - half, abs=1e-6)
    assert found.estimate.high == pytest.approx(up - down + half, abs=1e-6)


def test_pairs_that_never_differ_still_leave_room_for_doubt() -> None:
    for problems in (None, [i // 2 for i in range(10)]):
        found = difference([1] * 10, [1] * 10, problems, what="correct")
        assert found.p in (1, None)
        assert found.estimate.value == 0
        assert found.estimate.low < -0.1 < 0.1 < found.estimate.high


def test_sign_flips_of_single_pairs_are_mcnemars_test() -> None:
    # the same pairs, told as means over samples of which one is a half: only the test's name changes
    treated, control = [1, 1, 1, 1, 1, 0, 0, 0.5], [0, 0, 0, 0, 0, 1, 0, 0.5]
    found = difference(treated, control, what="correct")
    assert found.test == "sign flips by problem, and t"
    d = np.array(treated) - np.array(control)
    assert sign_flip(d) == pytest.approx(mcnemar(5, 1))
    assert found.p is not None and found.p >= mcnemar(5, 1)


def test_the_test_refuses_nothing_that_the_interval_holds() -> None:
    """Three items of a third gained and none lost, as in 10 % of nulls where one in thirty loses all."""
    rng = np.random.default_rng(4)
    refused = 0
    for _ in range(300):
        d = rng.choice([-1, 0, 1 / 3], 40, p=[0.03, 0.88, 0.09])
        found = difference(np.maximum(d, 0), np.maximum(-d, 0), what="x", samples=3)
        assert found.p is not None
        if found.p < 0.05:
            refused += 1
            assert not found.estimate.low <= 0 <= found.estimate.high
    assert refused <= 0.08 * 300  # sign flips alone: 10 %


def test_p_is_that_of_student_where_signs_say_less() -> None:
    from scipy.stats import t

    d = np.array([0.4, 0.4, 0.4, 0.4, 0.4, 0.4, -0.1, 0.3])
    low, high = adjusted_t(d, np.ones(8))
    statistic = (low + high) / (high - low) * t.ppf(0.975, 7)
    found = difference(np.maximum(d, 0), np.maximum(-d, 0), what="x")
    assert found.p == pytest.approx(max(sign_flip(d), 2 * t.sf(abs(statistic), 7)))


def test_few_problems_give_an_interval_and_no_test() -> None:
    for problems in (None, [0, 0, 1, 2, 3]):
        found = difference([1, 1, 1, 0, 1], [0, 0, 0, 0, 0], problems, what="correct")
        assert found.p is None
        assert found.test == "too few problems for a test"
        assert found.estimate.low < found.estimate.value


def test_clustered_interval_by_hand() -> None:
    """Student's t over problems of one size, with an item gained and one lost added."""
    from scipy.stats import t

    rng = np.random.default_rng(3)
    a, b = rng.integers(0, 2, (2, 60)).astype(float)
    keys = np.repeat(np.arange(20), 3)
    d = a - b
    problems = [*[list(d[keys == g]) for g in range(20)], [1.0], [-1.0]]
    everything = [x for g in problems for x in g]
    centre = float(np.mean(everything))
    # the jackknife over problems, the added ones too
    total = len(everything)
    residuals = [sum(g) - len(g) * centre for g in problems]
    v = sum((r / (1 - len(g) / total)) ** 2 for r, g in zip(residuals, problems, strict=True))
    half = float(t.ppf(0.975, 19)) * (v * 21 / 22) ** 0.5 / total
    found = difference(a, b, keys, what="x").estimate
    assert found.low == pytest.approx(centre - half)
    assert found.high == pytest.approx(centre + half)


def test_an_arm_beyond_its_control_is_a_regression_with_item_effects() -> None:
    from statsmodels.regression.linear_model import OLS

    rng = np.random.default_rng(8)
    n = 40
    plain, reminder, before, neutral = (rng.random(n) < p for p in (0.4, 0.7, 0.5, 0.55))
    found = difference_of_differences(reminder, plain, neutral, before, what="reminder − neutral")
    y = np.concatenate([reminder, plain, neutral, before]).astype(float)
    arm, after = np.repeat([1, 1, 0, 0], n), np.repeat([1, 0, 1, 0], n)
    items = np.tile(np.eye(n), (4, 1))
    fit = OLS(y, np.column_stack([items, arm, after, arm * after])).fit()
    assert found.estimate.value == pytest.approx(float(fit.params[-1]))
    same = difference_of_differences(reminder, plain, neutral, plain, what="x")
    assert same.estimate.value == pytest.approx(
        difference(reminder, neutral, what="x").estimate.value
    )


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


def test_the_same_pairs_give_the_same_figures() -> None:
    rng = np.random.default_rng(0)
    a, b = rng.random(40), rng.random(40)
    first, again, other = (difference(a, b, what="x", seed=s) for s in (1, 1, 2))
    assert first == again
    assert first.estimate == other.estimate  # the seed is the test's alone
    assert first.p == pytest.approx(other.p, abs=0.02)


@pytest.mark.parametrize("samples", [1, 4])
def test_intervals_of_differences_hold_the_truth(samples: int) -> None:
    rng = np.random.default_rng(7)
    hits = 0
    for _ in range(150):
        skill = rng.beta(2, 1, 30)
        treated = rng.binomial(samples, 0.8 * skill) / samples
        control = rng.binomial(samples, skill) / samples
        found = difference(treated, control, what="correct", samples=samples).estimate
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


@pytest.mark.parametrize(("problems", "items"), [(30, 1), (12, 3), (60, 3)])
def test_interval_and_test_agree_where_nothing_differs(problems: int, items: int) -> None:
    rng = np.random.default_rng([problems, items])
    keys = np.repeat(np.arange(problems), items)
    parted = refused = 0
    for _ in range(500):
        chance = rng.beta(1, 1, problems)[keys]
        a, b = (rng.random((2, len(keys))) < chance).astype(float)
        found = difference(a, b, keys, what="x")
        assert found.p is not None
        refused += found.p < 0.05
        parted += (found.p < 0.05) != (found.estimate.low > 0 or found.estimate.high < 0)
    assert parted <= 0.03 * 500
    assert refused <= 0.06 * 500 + 2 * (500 * 0.06 * 0.94) ** 0.5
