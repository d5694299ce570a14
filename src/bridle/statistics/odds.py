"""Do obedience and correctness get in each other's way? The odds ratio, item difficulty held fixed.

odds_ratio(obeyed, correct, strata, problems, what="obeyed × correct")
-> OddsRatio(estimate=Estimate(1.9, 1.3, 2.8, unit="odds ratio"), strata=24, used=19)

Over 1: the two go together; under 1: they compete; an interval around 1: it cannot be told.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bridle.errors import DataError
from bridle.statistics.clusters import cluster_codes, sums_by
from bridle.statistics.estimate import LEVEL, Estimate, read_outcomes, t_of, z_of

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from bridle.statistics.estimate import Floats, Ints, Keys


@dataclass(frozen=True, slots=True)
class OddsRatio:
    """A common odds ratio; `used` strata hold records that differ in both outcomes."""

    estimate: Estimate
    strata: int
    used: int
    log_variance: float  # Robins, Breslow & Greenland's, records taken as independent
    clustered: float | None  # the same between problems; None where every record is a problem

    def to_dict(self) -> dict[str, Any]:
        return {
            **self.estimate.to_dict(),
            "strata": self.strata,
            "used": self.used,
            "log_variance": self.log_variance,
            "clustered": self.clustered,
        }


def odds_ratio(
    first: ArrayLike,
    second: ArrayLike,
    strata: Keys | None = None,
    problems: Keys | None = None,
    *,
    what: str,
    level: float = LEVEL,
) -> OddsRatio:
    """The Mantel–Haenszel odds ratio of two truth values over strata.

    Where several records share a problem the variance of the logarithm is the one between problems
    (linearised; never less than that of independent records), with Student's t.

    Args:
        first, second: n truth values each. strata: n keys (source × difficulty × number of
            constraints); problems: n keys.

    Raises:
        DataError: one of the outcomes never varies within a stratum, or no pair speaks on one side.

    Source: Mantel & Haenszel 1959; Robins, Breslow & Greenland 1986, Biometrics 42:311, equation 8.
    """
    import numpy as np

    x, y = read_outcomes(first, what), read_outcomes(second, what)
    if len(x) != len(y):
        raise DataError(f"{what}: {len(x)} and {len(y)} outcomes make no pairs.")
    stratum = cluster_codes([0] * len(x) if strata is None else strata, len(x), what)
    a, b, c, d = (
        sums_by(stratum, u * v) for u, v in ((x, y), (x, 1 - y), (1 - x, y), (1 - x, 1 - y))
    )
    n = a + b + c + d
    r, s = float((a * d / n).sum()), float((b * c / n).sum())
    used = int((((a + b) * (c + d) * (a + c) * (b + d)) > 0).sum())
    if r <= 0 or s <= 0:
        raise DataError(
            f"{what}: no stratum holds records that speak "
            + ("at all." if r <= 0 and s <= 0 else "on both sides, so the ratio has no bounds."),
            expected="strata in which both outcomes vary",
        )
    p, q, rs, ss = (a + d) / n, (b + c) / n, a * d / n, b * c / n
    log_variance = float(
        (p * rs).sum() / (2 * r * r)
        + (p * ss + q * rs).sum() / (2 * r * s)
        + (q * ss).sum() / (2 * s * s)
    )
    value = r / s
    codes = cluster_codes(problems, len(x), what)
    clusters = int(codes.max()) + 1
    clustered: float | None = None
    half = z_of(level) * log_variance**0.5
    method = "Mantel–Haenszel, Robins–Breslow–Greenland"
    if clusters < len(x):
        clustered = _between(x, y, stratum, codes, (a, b, c, d), value)
        spread = max(log_variance, clustered)
        half = t_of(level, max(1, clusters - 1)) * spread**0.5
        method = f"Mantel–Haenszel, between {clusters:,} problems"
    low, high = value * math.exp(-half), value * math.exp(half)
    estimate = Estimate(value, low, high, len(x), method, what, clusters, "odds ratio")
    return OddsRatio(estimate, len(np.unique(stratum)), used, log_variance, clustered)


def _between(
    x: Floats,
    y: Floats,
    stratum: Ints,
    codes: Ints,
    cells: tuple[Floats, Floats, Floats, Floats],
    value: float,
) -> float:
    """The variance of log(R/S) when problems are drawn: each record's derivative, summed by problem.

    A stratum that lies within one problem gives its whole deviation R − OR·S instead: there the
    derivatives, which take the table as large, would be too small.
    """
    import numpy as np

    a, b, c, d = cells
    n = a + b + c + d
    rs, ss = a * d / n, b * c / n
    s = float(ss.sum())
    # derivative of R − OR·S by a, b, c, d: what one more record in that cell would change
    base = -(rs - value * ss) / n
    by = (d / n + base, -value * c / n + base, -value * b / n + base, a / n + base)
    xs, ys = x.astype(bool), y.astype(bool)
    place = np.where(xs, np.where(ys, 0, 1), np.where(ys, 2, 3))
    influence = np.stack(by)[place, stratum]
    # strata within one problem
    firsts = np.full(len(n), -1, np.int64)
    firsts[stratum] = codes
    alone = np.ones(len(n), bool)
    alone[stratum[firsts[stratum] != codes]] = False
    influence = influence * ~alone[stratum]
    sums = sums_by(codes, influence)
    np.add.at(sums, firsts[alone], (rs - value * ss)[alone])
    m = len(sums)
    sums = sums - sums.mean()
    return float((sums**2).sum()) / (value * s) ** 2 * m / max(1, m - 1)
