"""How often, and how sure: a rate with its interval.

    rate([1, 0, 1, 1], what="HAcc")
    -> Estimate(value=0.75, low=0.30, high=0.95, n=4, method="Wilson", what="HAcc", problems=4)

    rate(obeyed, problems, what="HAcc")   # 4 samples of each of 60 problems
    -> Estimate(..., n=240, method="Wilson, effective n 91.4 (60 problems)", what="HAcc", ...)

Why Wilson with an effective number of observations, and not a bootstrap of the problems: where all
or nearly all outcomes are the same, which is common in the small cells of a report, the bootstrap
gives an interval of no width. `benchmarks/intervals.py` compares both by simulation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from bridle.errors import BridleError
from bridle.statistics.clusters import (
    cluster_codes,
    design_effect,
    effective_clusters,
    mean_variance,
    pooled_icc,
    sums_by,
)
from bridle.statistics.estimate import LEVEL, Estimate, read_outcomes, t_of, z_of

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from bridle.statistics.estimate import Floats, Ints, Keys

ENOUGH = 20  # problems; from here on a cell's own variance is better than the table's ICC
Interval = Literal["wilson", "beta-binomial"]


def wilson(p: float, n: float, *, level: float = LEVEL) -> tuple[float, float]:
    """Wilson's score interval of a proportion `p` seen in `n` observations (n need not be whole).

    Source: Wilson 1927, J. Am. Stat. Assoc. 22:209, as in Brown, Cai & DasGupta 2001, section 3.1.1.
    """
    z = z_of(level)
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * (p * (1 - p) / n + z * z / (4 * n * n)) ** 0.5
    low = 0.0 if p <= 0 else max(0.0, middle - half)
    high = 1.0 if p >= 1 else min(1.0, middle + half)
    return min(low, p), max(high, p)


def rate(
    outcomes: ArrayLike,
    problems: Keys | None = None,
    *,
    what: str,
    level: float = LEVEL,
    icc: float | None = None,
    interval: Interval = "wilson",
) -> Estimate:
    """The mean of outcomes in [0, 1] with an interval that respects which share a problem.

    Truth values, one a problem: Wilson. Fractions (SAcc), or several outcomes a problem: Wilson with
    the effective number of observations p(1-p)/v, where v is the variance of the mean when whole
    problems are drawn (never less than with single outcomes drawn), and Student's t with m* − 1
    degrees of freedom (m*: effective clusters) in place of the normal quantile; with problems of unequal
    sizes at most n over the design effect of their ICC, since a few large problems that happen to agree
    make v too small. Where the outcomes do
    not vary, v says nothing: the problems count as m* observations (and no t, since nothing was
    estimated). With fewer than 20 problems and an `icc` from the whole table, n over the design effect
    of that ICC is the effective number instead: a handful of problems cannot tell their own.

    Args:
        outcomes: n numbers or truth values.
        problems: n keys (an array of whole numbers is fastest); equal keys are one cluster. None:
            every outcome is a problem of its own.
        what: the thing estimated, in the words of the report.
        icc: the correlation within a problem, from `pooled_icc` of the table in which this is a cell.
        interval: "beta-binomial" takes the posterior of that model instead (truth values only).

    Raises:
        DataError: no outcomes, a missing one, one outside [0, 1], or lengths that differ.
        BridleError: an interval that there is not, or the beta-binomial one of fractions.

    Source: Korn & Graubard 1998, Survey Methodology 24:193 (effective sample size and its degrees of
    freedom), in Wilson's interval as in Dean & Pagano 2015, J. Survey Stat. Methodol. 3:484.
    """
    y = read_outcomes(outcomes, what)
    n = len(y)
    p = min(1.0, max(0.0, float(y.mean())))
    codes = cluster_codes(problems, n, what)
    clusters = int(codes.max()) + 1
    truths = bool(((y == 0) | (y == 1)).all())
    if interval == "beta-binomial":
        if not truths:
            raise BridleError(f"{what}: the beta-binomial interval needs truth values.")
        from bridle.statistics.betabinomial import posterior

        low, high = posterior(sums_by(codes, y), sums_by(codes), level=level)
        method = f"beta-binomial ({_problems(clusters)})"
        return Estimate(p, min(low, p), max(high, p), n, method, what, clusters)
    if interval != "wilson":
        raise BridleError(f"There is no interval {interval!r}.", expected="wilson or beta-binomial")
    if clusters == n and truths:
        low, high = wilson(p, n, level=level)
        return Estimate(p, low, high, n, "Wilson", what, clusters)
    sizes = sums_by(codes)
    if icc is not None and clusters < ENOUGH:
        effective = n / design_effect(sizes, icc)
        said = f"{effective:.1f} of {n} ({_problems(clusters)}, ICC {icc:.2f} of the table)"
    else:
        effective = effective_n(y, codes)
        m = effective_clusters(sizes)
        if clusters > 1 and effective != m:  # v was estimated: Student's t for its uncertainty
            effective *= (z_of(level) / t_of(level, max(1.0, m - 1))) ** 2
            if m < clusters - 1e-9 and (own := pooled_icc(y, codes, codes * 0)) is not None:
                effective = min(effective, n / design_effect(sizes, own))
        said = f"{effective:.1f} ({_problems(clusters)})"
    low, high = wilson(p, effective, level=level)
    return Estimate(p, low, high, n, f"Wilson, effective n {said}", what, clusters)


def effective_n(y: Floats, codes: Ints) -> float:
    """How many independent truth values would fix the mean of `y` as well as these clusters do."""
    n, clusters = len(y), int(codes.max()) + 1
    p = float(y.mean())
    if clusters == 1:
        return 1.0
    v = max(mean_variance(y, codes), float(((y - p) ** 2).sum()) / (n * n))
    if v <= 1e-18 or p * (1 - p) <= 1e-18:
        return effective_clusters(sums_by(codes))
    return p * (1 - p) / v


def _problems(number: int) -> str:
    return f"{number} problem{'s' * (number != 1)}"
