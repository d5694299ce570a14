"""Rates: statsmodels and simulation are the oracles."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridle.errors import BridleError, DataError
from bridle.statistics import rate, wilson
from bridle.statistics.rates import effective_n


@pytest.mark.parametrize(("k", "n"), [(0, 5), (1, 5), (5, 5), (30, 60), (213, 420), (1, 1), (0, 1)])
def test_single_truth_values_give_wilsons_interval(k: int, n: int) -> None:
    from statsmodels.stats.proportion import proportion_confint

    found = rate([True] * k + [False] * (n - k), what="HAcc")
    low, high = proportion_confint(k, n, method="wilson")
    assert found.method == "Wilson"
    assert (found.value, found.n) == (k / n, n)
    assert found.low == pytest.approx(low, abs=1e-12)
    assert found.high == pytest.approx(high, abs=1e-12)


def test_the_published_example_of_wilsons_interval() -> None:
    # Newcombe 1998, Stat. Med. 17:857, table I: 81/263 and 15/148, method 3
    assert wilson(81 / 263, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(15 / 148, 148) == pytest.approx((0.0624, 0.1605), abs=5e-5)


def test_copies_of_a_sample_bring_no_information() -> None:
    single = [1, 0, 1, 1, 0, 1, 0, 0, 1, 1, 1, 0]
    copied = [x for x in single for _ in range(8)]
    found = rate(copied, [i // 8 for i in range(len(copied))], what="HAcc")
    naive = rate(copied, what="HAcc")
    alone = rate(single, what="HAcc")
    assert found.n == 96
    assert found.value == alone.value
    # t instead of the normal quantile: a little wider than the single samples, never narrower
    assert found.low < alone.low < naive.low
    assert found.high - found.low < 1.25 * (alone.high - alone.low)


def test_more_samples_of_the_same_problems_help_when_they_differ() -> None:
    rng = np.random.default_rng(3)
    codes = np.repeat(np.arange(60), 8)
    y = (rng.random(480) < 0.5).astype(float)
    assert 240 < effective_n(y, codes) <= 480


@pytest.mark.parametrize("value", [0.0, 1.0, 0.5])
def test_outcomes_that_do_not_vary_still_have_a_width(value: float) -> None:
    found = rate([value] * 40, [i // 4 for i in range(40)], what="SAcc")
    assert found.low <= value <= found.high
    assert found.high - found.low > 0.2  # ten problems, not forty observations


def test_one_problem_counts_as_one_observation() -> None:
    found = rate([1.0, 1.0, 0.0, 1.0], ["p"] * 4, what="HAcc")
    assert (found.low, found.high) == wilson(0.75, 1.0)


def test_fractions_are_surer_than_truth_values_of_the_same_mean() -> None:
    fractions = rate([0.5, 2 / 3, 1 / 3, 0.5] * 10, what="SAcc")
    truths = rate([1, 1, 0, 0] * 10, what="HAcc")
    assert fractions.value == pytest.approx(truths.value)
    assert fractions.high - fractions.low < truths.high - truths.low


def _coverage(
    p: float, problems: int, samples: int, spread: float, draws: int = 600
) -> list[float]:
    """Share of intervals that hold the truth: ours, and the percentile bootstrap by problem."""
    rng = np.random.default_rng([int(p * 1000), problems, samples])
    codes = np.repeat(np.arange(problems), samples)
    hits = np.zeros(2)
    for _ in range(draws):
        each = rng.beta(p * spread, (1 - p) * spread, problems) if spread else np.full(problems, p)
        y = (rng.random(problems * samples) < each[codes]).astype(float)
        found = rate(y, codes.tolist(), what="HAcc")
        hits[0] += found.low <= p <= found.high
        means = y.reshape(problems, samples).mean(1)
        boot = means[rng.integers(0, problems, (200, problems))].mean(1)
        low, high = np.quantile(boot, [0.025, 0.975])
        hits[1] += low <= p <= high
    return (hits / draws).tolist()


@pytest.mark.parametrize(
    ("p", "problems", "samples", "spread"),
    [(0.5, 20, 4, 1.0), (0.9, 15, 4, 2.0), (0.95, 12, 1, 0.0), (0.3, 60, 2, 3.0)],
)
def test_intervals_hold_the_truth_where_the_bootstrap_does_not(
    p: float, problems: int, samples: int, spread: float
) -> None:
    ours, bootstrap = _coverage(p, problems, samples, spread)
    assert ours >= 0.93
    if p >= 0.9:
        assert bootstrap < 0.9  # the reason for the choice


@settings(derandomize=True, deadline=None, max_examples=150)
@given(st.lists(st.tuples(st.sampled_from([0, 0.25, 0.5, 1]), st.integers(0, 5)), min_size=1))
def test_every_interval_is_finite_and_holds_its_value(rows: list[tuple[float, int]]) -> None:
    found = rate([y for y, _ in rows], [c for _, c in rows], what="SAcc")
    assert 0 <= found.low <= found.value <= found.high <= 1
    assert all(math.isfinite(x) for x in (found.low, found.value, found.high))
    assert found.high > found.low
    assert found.n == len(rows)


@pytest.mark.parametrize(
    ("outcomes", "problems", "words"),
    [
        ([], None, "nothing to count"),
        ([1.0, None], None, "1 of 2 outcomes are missing"),
        ([1.0, float("nan")], None, "1 of 2 outcomes are missing"),
        ([0.5, 1.5], None, "1.5 is out of range"),
        ([1, 0], ["a"], "2 outcomes, but 1 problem"),
        ([[1, 0]], None, "2 dimensions"),
    ],
)
def test_bad_inputs_are_said_in_words(
    outcomes: list[float], problems: list[str] | None, words: str
) -> None:
    with pytest.raises(DataError, match=words):
        rate(outcomes, problems, what="HAcc")


def test_an_impossible_level_is_refused() -> None:
    with pytest.raises(DataError, match="level of 95"):
        rate([1, 0], what="HAcc", level=95)


# -- small cells, unequal sizes, the other interval ------------------------------------------------


def test_a_small_cell_takes_the_icc_of_its_table() -> None:
    y, keys = [1, 1, 1, 0, 1, 1, 1, 1], [0, 0, 0, 1, 1, 1, 2, 2]
    own = rate(y, keys, what="bullets")
    found = rate(y, keys, what="bullets", icc=0.32)
    sizes = [3, 3, 2]
    effective = 8 / (1 + (sum(k * k for k in sizes) / 8 - 1) * 0.32)
    assert (found.low, found.high) == wilson(7 / 8, effective)
    assert found.high - found.low < own.high - own.low
    assert "ICC 0.32 of the table" in found.method
    assert found.problems == 3 and found.few


def test_a_cell_with_twenty_problems_keeps_its_own_variance() -> None:
    y, keys = [i % 3 > 0 for i in range(60)], [i // 3 for i in range(60)]
    assert rate(y, keys, what="x", icc=0.9) == rate(y, keys, what="x")
    assert not rate(y, keys, what="x").few


def test_unequal_problems_count_as_fewer() -> None:
    """Nine problems asked once and one asked 91 times: much less than ten problems' worth."""
    keys = [*range(9), *[9] * 91]
    even = rate([i % 2 for i in range(100)], [i // 10 for i in range(100)], what="x")
    skew = rate([i % 2 for i in range(100)], keys, what="x")
    assert skew.high - skew.low > 2 * (even.high - even.low)


def test_skewed_sizes_keep_their_coverage() -> None:
    rng = np.random.default_rng(9)
    sizes = np.where(np.arange(30) % 10 == 0, 12, 1)
    codes = np.repeat(np.arange(30), sizes)
    hits = 0
    for _ in range(800):
        chance = rng.beta(0.3 * 2 / 3, 0.7 * 2 / 3, 30)  # ICC .6
        found = rate((rng.random(len(codes)) < chance[codes]).astype(float), codes, what="x")
        hits += found.low <= 0.3 <= found.high
    assert hits / 800 >= 0.91  # 87 % with the plain sandwich and m - 1 degrees of freedom


def test_the_beta_binomial_interval_is_the_integral() -> None:
    """One outcome a problem: the correlation drops out and the posterior is Beta(k + 1, n - k + 1)."""
    from scipy.stats import beta

    found = rate([1] * 6 + [0] * 4, what="x", interval="beta-binomial")
    assert found.low == pytest.approx(beta.ppf(0.025, 7, 5), abs=0.003)
    assert found.high == pytest.approx(beta.ppf(0.975, 7, 5), abs=0.003)
    together = rate([1] * 6 + [0] * 4, [0] * 6 + [1] * 4, what="x", interval="beta-binomial")
    assert together.high - together.low > found.high - found.low


def test_the_beta_binomial_interval_is_of_truth_values() -> None:
    with pytest.raises(BridleError, match="truth values"):
        rate([0.5, 1], what="SAcc", interval="beta-binomial")
    with pytest.raises(BridleError, match="no interval"):
        rate([1], what="x", interval="bootstrap")  # type: ignore[arg-type]
