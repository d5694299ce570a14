"""How often, and how sure: a rate with its interval.

    rate([1, 0, 1, 1], what="HAcc")
    -> Estimate(value=0.75, low=0.30, high=0.95, n=4, method="Wilson", what="HAcc")

    rate(obeyed, problems, what="HAcc")   # 4 samples of each of 60 problems
    -> Estimate(..., n=240, method="Wilson, effective n 91.4 (60 problems)", what="HAcc")

Why Wilson with an effective number of observations, and not a bootstrap of the problems: where all
or nearly all outcomes are the same, which is common in the small cells of a report, the bootstrap
gives an interval of no width. Both are compared by simulation in the tests.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bridle.errors import DataError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Keys = Sequence[Hashable] | NDArray[np.integer[Any]]

LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number with its interval: `low <= value <= high`, all finite.

    `n` is the number of observations that were counted, `method` how the interval was made, `what`
    the thing estimated. What cannot be estimated is no Estimate but a `DataError` that says why.
    """

    value: float
    low: float
    high: float
    n: int
    method: str
    what: str

    def to_dict(self) -> dict[str, Any]:
        return {
            "value": self.value,
            "low": self.low,
            "high": self.high,
            "n": self.n,
            "method": self.method,
            "what": self.what,
        }


def wilson(p: float, n: float, *, level: float = LEVEL) -> tuple[float, float]:
    """Wilson's score interval of a proportion `p` seen in `n` observations (n need not be whole).

    Source: Wilson 1927, J. Am. Stat. Assoc. 22:209, as in Brown, Cai & DasGupta 2001, section 3.1.1.
    """
    z = _z(level)
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
) -> Estimate:
    """The mean of outcomes in [0, 1] with an interval that respects which share a problem.

    Truth values, one a problem: Wilson. Fractions (SAcc), or several outcomes a problem: Wilson with
    the effective number of observations p(1-p)/v, where v is the variance of the mean when whole
    problems are drawn (never less than with single outcomes drawn), and Student's t with
    (problems - 1) degrees of freedom in place of the normal quantile. Where the outcomes do not vary,
    v says nothing, and each problem counts as one observation (and no t, since nothing was estimated).

    Args:
        outcomes: n numbers or truth values.
        problems: n keys (an array of whole numbers is fastest); equal keys are one cluster. None:
            every outcome is a problem of its own.
        what: the thing estimated, in the words of the report.

    Raises:
        DataError: no outcomes, a missing one, one outside [0, 1], or lengths that differ.

    Source: Korn & Graubard 1998, Survey Methodology 24:193 (effective sample size and its degrees of
    freedom), in Wilson's interval as in Dean & Pagano 2015, J. Survey Stat. Methodol. 3:484.
    """
    y = read_outcomes(outcomes, what)
    n = len(y)
    p = min(1.0, max(0.0, float(y.mean())))
    codes = cluster_codes(problems, n, what)
    clusters = int(codes.max()) + 1
    if clusters == n and bool(((y == 0) | (y == 1)).all()):
        low, high = wilson(p, n, level=level)
        return Estimate(p, low, high, n, "Wilson", what)
    effective = effective_n(y, codes)
    if clusters > 1 and effective != clusters:  # v was estimated: Student's t for its uncertainty
        effective *= (_z(level) / _t(level, clusters - 1)) ** 2
    low, high = wilson(p, effective, level=level)
    method = f"Wilson, effective n {effective:.1f} ({clusters} problem{'s' * (clusters != 1)})"
    return Estimate(p, low, high, n, method, what)


def effective_n(y: Floats, codes: Ints) -> float:
    """How many independent truth values would fix the mean of `y` as well as these clusters do."""
    n, clusters = len(y), int(codes.max()) + 1
    p = float(y.mean())
    if clusters == 1:
        return 1.0
    v = max(mean_variance(y, codes), float(((y - p) ** 2).sum()) / (n * n))
    if v <= 1e-18 or p * (1 - p) <= 1e-18:
        return float(clusters)
    return p * (1 - p) / v


def mean_variance(y: Floats, codes: Ints) -> float:
    """Variance of the mean of `y` when whole clusters are drawn (sandwich, CR1); >= 2 clusters."""
    import numpy as np

    residuals = np.bincount(codes, weights=y - y.mean())
    m = len(residuals)
    return float((residuals**2).sum()) / len(y) ** 2 * m / (m - 1)


def read_outcomes(
    outcomes: ArrayLike, what: str, *, least: float = 0.0, most: float = 1.0
) -> Floats:
    """Outcomes as floats, or a DataError in words: none, missing, out of range."""
    import numpy as np

    y = np.asarray(outcomes, dtype=np.float64)
    if y.ndim != 1:
        raise DataError(f"{what}: outcomes have {y.ndim} dimensions.", expected="a flat list")
    if y.size == 0:
        raise DataError(f"{what}: there is nothing to count.", expected="at least one record")
    missing = int((~np.isfinite(y)).sum())
    if missing:
        raise DataError(
            f"{what}: {missing} of {y.size} outcomes are missing.",
            expected="leave them out, or count them as failures, before asking for a rate",
        )
    outside = y[(y < least) | (y > most)]
    if outside.size:
        raise DataError(
            f"{what}: the outcome {float(outside[0])!r} is out of range.",
            expected=f"{least:g} to {most:g}",
        )
    return y


def cluster_codes(problems: Keys | None, n: int, what: str) -> Ints:
    """Each problem's key as a number 0..m-1."""
    import numpy as np

    if problems is None:
        return np.arange(n)
    if len(problems) != n:
        raise DataError(f"{what}: {n} outcomes, but {len(problems)} problem keys.")
    if isinstance(problems, np.ndarray):
        return np.unique(problems, return_inverse=True)[1].astype(np.int64)
    seen: dict[Hashable, int] = {}
    return np.fromiter((seen.setdefault(key, len(seen)) for key in problems), np.int64, n)


def _z(level: float) -> float:
    from statistics import NormalDist

    if not 0 < level < 1:
        raise DataError(f"A level of {level!r} is not possible.", expected="between 0 and 1")
    return NormalDist().inv_cdf((1 + level) / 2)


def _t(level: float, freedom: int) -> float:
    # scipy.stats would take a second to import
    from scipy.special import stdtrit  # pyright: ignore[reportMissingTypeStubs]

    return float(stdtrit(freedom, (1 + level) / 2))
