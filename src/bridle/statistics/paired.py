"""Two conditions on the same items: by how much do they differ, and is it chance?

difference(correct_with, correct_without, what="correct, with − without")
-> Difference(estimate=Estimate(-0.05, -0.11, 0.01, n=420, ...), p=0.13, test="exact McNemar",
              gained=31, lost=52)

lift(obeyed_with, problems, obeyed_without, problems, what="lift over the floor")
-> Estimate(0.41, ...)
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bridle.errors import DataError
from bridle.statistics.rates import (
    LEVEL,
    Estimate,
    cluster_codes,
    rate,
    read_outcomes,
)

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from bridle.statistics.rates import Floats, Keys

RESAMPLES = 10_000


@dataclass(frozen=True, slots=True)
class Difference:
    """A paired difference, treated minus control, and the two-sided p that there is none.

    `estimate.n` counts pairs; `gained` and `lost` are the pairs that got better and worse.
    """

    estimate: Estimate
    p: float
    test: str
    gained: int
    lost: int

    def to_dict(self) -> dict[str, Any]:
        return {
            **self.estimate.to_dict(),
            "p": self.p,
            "test": self.test,
            "gained": self.gained,
            "lost": self.lost,
        }


def difference(
    treated: ArrayLike,
    control: ArrayLike,
    problems: Keys | None = None,
    *,
    what: str,
    seed: int = 0,
    level: float = LEVEL,
) -> Difference:
    """Mean of treated minus control over pairs of outcomes in [0, 1].

    Truth values, one pair a problem: exact McNemar test, and Bonett and Price's interval (a Wald
    interval with one pair added on each side, so that it has a width where no pair differs).
    Otherwise (means over samples, or several items a problem): problems are resampled for the
    interval (percentile bootstrap), and their signs flipped at random for the test, which is what
    McNemar's test does with single pairs. Where all pairs are equal, Bonett and Price again, with
    one observation a problem.

    Args:
        treated: n outcomes (an item's mean over its samples).
        control: n outcomes of the same items in the same order.
        problems: n keys; equal keys are one cluster.
        seed: of the resampling; the same seed gives the same figures.

    Raises:
        DataError: no pairs, a missing or impossible outcome, lengths that differ.

    Source: McNemar 1947; Bonett & Price 2012, J. Educ. Behav. Stat. 37:479, equation 5.
    """
    import numpy as np

    a = read_outcomes(treated, what)
    b = read_outcomes(control, what)
    if len(a) != len(b):
        raise DataError(
            f"{what}: {len(a)} treated and {len(b)} control outcomes make no pairs.",
            expected="one of each for every item",
        )
    d = a - b
    n = len(d)
    codes = cluster_codes(problems, n, what)
    clusters = int(codes.max()) + 1
    value = float(d.mean())
    gained, lost = int((d > 0).sum()), int((d < 0).sum())
    whole = bool(np.isin(a, (0, 1)).all() and np.isin(b, (0, 1)).all())
    if whole and clusters == n:
        low, high = _bonett_price(gained, lost, n, level)
        estimate = Estimate(value, min(low, value), max(high, value), n, "Bonett–Price", what)
        return Difference(estimate, mcnemar(gained, lost), "exact McNemar", gained, lost)
    sums = np.bincount(codes, weights=d).astype(np.float64)
    sizes = np.bincount(codes).astype(np.float64)
    if not np.ptp(d):  # nothing varies: resampling would give an interval of no width
        same = round(value)
        low, high = _bonett_price(clusters * (same > 0), clusters * (same < 0), clusters, level)
        low, high, method = min(low, value), max(high, value), "Bonett–Price"
    else:
        low, high = _bootstrap(sums, sizes, seed, level)
        method = "cluster bootstrap"
    method += f" ({clusters} problem{'s' * (clusters != 1)})"
    estimate = Estimate(value, min(low, value), max(high, value), n, method, what)
    return Difference(estimate, _sign_flip(sums, seed), "sign flips by problem", gained, lost)


def mcnemar(gained: int, lost: int) -> float:
    """Two-sided exact p of McNemar's test: the discordant pairs against a fair coin."""
    n, k = gained + lost, min(gained, lost)
    if n == 0:
        return 1.0
    from scipy.special import bdtr  # pyright: ignore[reportMissingTypeStubs]

    return min(1.0, 2 * float(bdtr(k, n, 0.5)))


def lift(
    outcomes: ArrayLike,
    problems: Keys,
    floor_outcomes: ArrayLike,
    floor_problems: Keys,
    *,
    what: str,
    level: float = LEVEL,
) -> Estimate:
    """(p − p0) / (1 − p0): the share obeyed of what the uninstructed answer would have broken.

    1 is full obedience, 0 what the floor gives for nothing; it is negative when the instruction made
    matters worse, so it is bounded above only. The interval is made from those of p and p0 (each with
    problems as clusters) and the correlation of both over the problems they share.

    Args:
        outcomes: outcomes in [0, 1] of the constrained prompts, with the problem of each.
        floor_outcomes: the same checks on answers to the bare prompts.

    Raises:
        DataError: nothing to count, or a floor of 1 (nothing is left to obey).

    Source: design of this project; interval of a ratio by Donner & Zou 2012, Stat. Methods Med. Res.
    21:347, section 3 (MOVER), applied to (1 − p) / (1 − p0).
    """
    p = rate(outcomes, problems, what=what, level=level)
    floor = rate(floor_outcomes, floor_problems, what=f"{what}: the floor", level=level)
    if floor.value >= 1:
        raise DataError(
            f"{what}: every answer written without the instruction obeys it, so nothing can be lifted."
        )
    r = _correlation(outcomes, problems, floor_outcomes, floor_problems)
    a, a_low, a_high = 1 - p.value, 1 - p.high, 1 - p.low
    b, b_low, b_high = 1 - floor.value, 1 - floor.high, 1 - floor.low
    least = _ratio_bound(a, a_low, b, b_high, r)
    most = _ratio_bound(a, a_high, b, b_low, r, upper=True)
    value = (p.value - floor.value) / (1 - floor.value)
    return Estimate(
        value, min(1 - most, value), max(1 - least, value), p.n, f"MOVER of {p.method}", what
    )


def _ratio_bound(
    a: float, a_edge: float, b: float, b_edge: float, r: float, *, upper: bool = False
) -> float:
    """Where the MOVER limit of (a − x b) is 0: the lower bound of a/b, or its upper one.

    (a − x b)² = da² + x² db² + 2 r x da db, with da = a − a_edge and db = b − b_edge, which have
    opposite signs: the lower bound meets the low edge of a and the high edge of b.
    """
    da, db = a - a_edge, b - b_edge
    qa, qb, qc = b * b - db * db, a * b + r * da * db, a * a - da * da
    if abs(qa) < 1e-12:
        return max(0.0, qc / (2 * qb)) if qb else 0.0
    root = max(0.0, qb * qb - qa * qc) ** 0.5
    x = (qb + root) / qa if upper else (qb - root) / qa
    return max(0.0, x)


def _correlation(
    outcomes: ArrayLike,
    problems: Keys,
    floor_outcomes: ArrayLike,
    floor_problems: Keys,
) -> float:
    """Correlation of the two conditions' means over the problems that both have; 0 if too few."""
    import numpy as np

    y = np.concatenate([np.asarray(outcomes, float), np.asarray(floor_outcomes, float)])
    if isinstance(problems, np.ndarray) and isinstance(floor_problems, np.ndarray):
        keys: Keys = np.concatenate([problems, floor_problems])
    else:
        keys = [*problems, *floor_problems]
    codes = cluster_codes(keys, len(y), "lift")
    split, most = len(problems), int(codes.max()) + 1
    n = [np.bincount(part, minlength=most) for part in (codes[:split], codes[split:])]
    sums = [
        np.bincount(part, weights=values, minlength=most)
        for part, values in ((codes[:split], y[:split]), (codes[split:], y[split:]))
    ]
    shared = (n[0] > 0) & (n[1] > 0)
    if int(shared.sum()) < 3:
        return 0.0
    x, z = (s[shared] / k[shared] for s, k in zip(sums, n, strict=True))
    if not np.ptp(x) or not np.ptp(z):
        return 0.0
    r = float(np.corrcoef(x, z)[0, 1])
    if r <= 0:
        return r
    # A few pairs that agree do not show that all would. Newcombe 1998, Stat. Med. 17:2635, method
    # 10: n/2 off the numerator of phi, which is 1/(2 n sx sz) off phi itself.
    return max(0.0, r - 1 / (2 * len(x) * float(x.std()) * float(z.std())))


def _bonett_price(gained: int, lost: int, n: int, level: float) -> tuple[float, float]:
    from statistics import NormalDist

    z = NormalDist().inv_cdf((1 + level) / 2)
    up, down = (gained + 1) / (n + 2), (lost + 1) / (n + 2)
    half = z * ((up + down - (up - down) ** 2) / (n + 2)) ** 0.5
    return max(-1.0, up - down - half), min(1.0, up - down + half)


def _bootstrap(sums: Floats, sizes: Floats, seed: int, level: float) -> tuple[float, float]:
    """Percentile interval of the mean when whole clusters are drawn again with replacement."""
    import numpy as np

    rng = np.random.default_rng(seed)
    m = len(sums)
    means = np.empty(RESAMPLES)
    block = max(1, 2_000_000 // m)  # bounded memory whatever the number of problems
    for start in range(0, RESAMPLES, block):
        drawn = rng.integers(0, m, (min(block, RESAMPLES - start), m))
        means[start : start + len(drawn)] = sums[drawn].sum(1) / sizes[drawn].sum(1)
    tail = (1 - level) / 2
    return float(np.quantile(means, tail)), float(np.quantile(means, 1 - tail))


def _sign_flip(sums: Floats, seed: int) -> float:
    """Two-sided p: how often random signs give a sum as far from 0 as the one seen."""
    import numpy as np

    moved = sums[np.abs(sums) > 1e-12]
    if not moved.size:
        return 1.0
    rng = np.random.default_rng(seed)
    seen = abs(float(moved.sum())) - 1e-9
    m = len(moved)
    if m <= 13:  # all signs: exact
        signs = np.array(list(itertools.product((1, -1), repeat=m)))
        return float((np.abs(signs @ moved) >= seen).mean())
    hits = 0
    block = max(1, 2_000_000 // m)
    for start in range(0, RESAMPLES, block):
        signs = rng.integers(0, 2, (min(block, RESAMPLES - start), m)) * 2 - 1
        hits += int((np.abs(signs @ moved) >= seen).sum())
    return (hits + 1) / (RESAMPLES + 1)
