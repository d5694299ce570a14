"""Two conditions on the same items: by how much do they differ, and is it chance?

difference(correct_with, correct_without, what="correct, with − without")
-> Difference(estimate=Estimate(-0.05, -0.11, 0.01, n=420, ...), p=0.13, test="mid-p McNemar",
              gained=31, lost=52)

difference_of_differences(reminder, plain, neutral, plain, problems, what="reminder − its control")
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bridle.errors import DataError
from bridle.statistics.clusters import cluster_codes, sums_by
from bridle.statistics.estimate import LEVEL, Estimate, read_outcomes, t_of, z_of
from bridle.statistics.signflips import sign_flip

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from bridle.statistics.estimate import Floats, Keys

CLUSTERED = "sign flips by problem, and t"
TESTABLE = 6  # problems; with fewer, the smallest possible p says nothing


@dataclass(frozen=True, slots=True)
class Difference:
    """A paired difference, treated minus control, and the two-sided p that there is none.

    `estimate.n` counts pairs; `gained` and `lost` are the pairs that got better and worse. `p` is
    None with fewer than 6 problems, and `test` says so.
    """

    estimate: Estimate
    p: float | None
    test: str
    gained: int
    lost: int

    def _repr_html_(self) -> str:
        """As a notebook shows it: the estimate, then the test and the pairs that changed."""
        from html import escape

        p = "" if self.p is None else f"p = {self.p:.3g}, "
        return (
            f"{self.estimate._repr_html_()} "  # pyright: ignore[reportPrivateUsage]
            f"<small>{p}{escape(self.test)}; {self.gained:,} gained, {self.lost:,} lost</small>"
        )

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
    samples: int = 1,
    seed: int = 0,
    level: float = LEVEL,
) -> Difference:
    """Mean of treated minus control over pairs of outcomes in [0, 1].

    Truth values, one pair a problem: McNemar's test, and Bonett and Price's interval (a Wald interval
    with one pair added on each side, so that it has a width where no pair differs). Otherwise (means
    over samples, or several items a problem) the same two told for clusters: Student's t with the
    variance between problems, after adding one item gained and one lost, each a problem of its own
    that weighs as one sample; and for the test random signs of the problems' sums. Since these refuse
    too often where many problems gain a little and few lose much, p is the larger of theirs and of the
    t's that the interval comes from: what is refused is outside of the interval. Both exact tests are
    mid-p: the exact ones refuse true nulls far less often than they may, and miss effects for it.

    Args:
        treated: n outcomes (an item's mean over its samples).
        control: n outcomes of the same items in the same order.
        problems: n keys; equal keys are one cluster.
        samples: how many samples of an item were averaged.
        seed: of the test's random signs, drawn only where they cannot be counted out.

    Raises:
        DataError: no pairs, a missing or impossible outcome, lengths that differ.

    Source: McNemar 1947; Bonett & Price 2012, J. Educ. Behav. Stat. 37:479, equation 5; mid-p:
    Fagerland, Lydersen & Laake 2013, BMC Med. Res. Methodol. 13:91; variance between clusters: Bell &
    McCaffrey 2002, Survey Methodology 28:169. The added items: `benchmarks/intervals.py`.
    """
    import numpy as np

    a, b = read_outcomes(treated, what), read_outcomes(control, what)
    _as_many(what, a, b)
    d = a - b
    codes = cluster_codes(problems, len(d), what)
    clusters = int(codes.max()) + 1
    gained, lost = int((d > 0).sum()), int((d < 0).sum())
    whole = bool(np.isin(a, (0, 1)).all() and np.isin(b, (0, 1)).all())
    if whole and clusters == len(d):
        value = float(d.mean())
        low, high = _bonett_price(gained, lost, len(d), level)
        estimate = Estimate(
            value, min(low, value), max(high, value), len(d), "Bonett–Price", what, clusters,
            "points",
        )  # fmt: skip
        p = None if clusters < TESTABLE else mcnemar(gained, lost)
        return Difference(estimate, p, _named("mid-p McNemar", p), gained, lost)
    return _clustered(d, codes, what=what, samples=samples, seed=seed, level=level, most=1.0)


def difference_of_differences(
    treated: ArrayLike,
    before: ArrayLike,
    control: ArrayLike,
    control_before: ArrayLike,
    problems: Keys | None = None,
    *,
    what: str,
    samples: int = 1,
    seed: int = 0,
    level: float = LEVEL,
) -> Difference:
    """(treated − before) − (control − control_before) over the same items: an arm's effect beyond
    that of its control, each against the plain samples that it belongs to.

    All four are n outcomes in [0, 1] in one order. Where both arms are set against the same plain
    samples these cancel, and it is `difference(treated, control)`.

    Raises:
        DataError: as `difference`.
    """
    parts = [read_outcomes(y, what) for y in (treated, before, control, control_before)]
    _as_many(what, *parts)
    d = (parts[0] - parts[1]) - (parts[2] - parts[3])
    codes = cluster_codes(problems, len(d), what)
    return _clustered(d, codes, what=what, samples=samples, seed=seed, level=level, most=2.0)


def mcnemar(gained: int, lost: int) -> float:
    """Two-sided mid-p of McNemar's test: the discordant pairs against a fair coin."""
    n, k = gained + lost, min(gained, lost)
    if gained == lost:
        return 1.0
    from scipy.special import bdtr  # pyright: ignore[reportMissingTypeStubs]

    below = float(bdtr(k - 1, n, 0.5)) if k else 0.0
    return min(1.0, float(bdtr(k, n, 0.5)) + below)  # 2 P(X < k) + P(X = k)


def _clustered(
    d: Floats, codes: Any, *, what: str, samples: int, seed: int, level: float, most: float
) -> Difference:
    sums, sizes = sums_by(codes, d), sums_by(codes)
    clusters = len(sums)
    value = float(d.mean())
    low, high = adjusted_t(sums, sizes, weight=1 / max(1, samples), level=level)
    by_t = 1.0 if clusters < TESTABLE else _p_of_t(low, high, clusters, level)
    low, high = max(-most, min(low, value)), min(most, max(high, value))
    method = f"t with one gained and one lost added ({clusters} problem{'s' * (clusters != 1)})"
    estimate = Estimate(value, low, high, len(d), method, what, clusters, "points")
    p = None if clusters < TESTABLE else max(sign_flip(sums, seed), by_t)
    gained, lost = int((d > 1e-12).sum()), int((d < -1e-12).sum())
    return Difference(estimate, p, _named(CLUSTERED, p), gained, lost)


def _p_of_t(low: float, high: float, clusters: int, level: float) -> float:
    """The two-sided p of the t whose interval it is."""
    from scipy.special import stdtr  # pyright: ignore[reportMissingTypeStubs]

    freedom = max(1, clusters - 1)
    error = (high - low) / 2 / t_of(level, freedom)
    return 2 * float(stdtr(freedom, -abs(high + low) / 2 / error))


def adjusted_t(
    sums: Floats, sizes: Floats, *, weight: float = 1.0, level: float = LEVEL
) -> tuple[float, float]:
    """Student's interval of a mean difference from each problem's sum and number of items, with one
    item gained and one lost added, each a problem of its own of that weight.

    The variance is the jackknife's over problems (CR3); m − 1 degrees of freedom, at least one.
    """
    total = float(sizes.sum()) + 2 * weight
    centre = float(sums.sum()) / total
    residuals = (sums - sizes * centre) / (1 - sizes / total)
    added = weight * weight * ((1 - centre) ** 2 + (1 + centre) ** 2) / (1 - weight / total) ** 2
    m = len(sums)
    v = (float((residuals**2).sum()) + added) / total**2 * (m + 1) / (m + 2)
    half = t_of(level, max(1, m - 1)) * v**0.5
    return centre - half, centre + half


def _named(test: str, p: float | None) -> str:
    return test if p is not None else "too few problems for a test"


def _as_many(what: str, first: Floats, *others: Floats) -> None:
    for other in others:
        if len(other) != len(first):
            raise DataError(
                f"{what}: {len(first)} treated and {len(other)} control outcomes make no pairs.",
                expected="one of each for every item",
            )


def _bonett_price(gained: int, lost: int, n: int, level: float) -> tuple[float, float]:
    up, down = (gained + 1) / (n + 2), (lost + 1) / (n + 2)
    half = z_of(level) * ((up + down - (up - down) ** 2) / (n + 2)) ** 0.5
    return max(-1.0, up - down - half), min(1.0, up - down + half)
