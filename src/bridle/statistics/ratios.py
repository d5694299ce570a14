"""Ratios of two sums over the same problems, with Fieller's interval: what one joint success costs.

ratio(prices, joint, problems, what="price per joint success", unit="USD")
-> Estimate(0.0123, 0.0101, 0.0155, ...)
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from bridle.errors import DataError
from bridle.statistics.clusters import cluster_codes, sums_by
from bridle.statistics.estimate import LEVEL, Estimate, read_outcomes, t_of

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from bridle.statistics.estimate import Floats, Keys


def ratio(
    numerators: ArrayLike,
    denominators: ArrayLike,
    problems: Keys | None = None,
    *,
    what: str,
    unit: str = "ratio",
    level: float = LEVEL,
) -> Estimate:
    """Σ numerators / Σ denominators over n records, with an interval from how problems differ.

    Raises:
        DataError: missing values, a sum of 0 below, or one so unsure that no bound can be given.

    Source: Fieller 1954, J. R. Stat. Soc. B 16:175, with the variances and the covariance between
    problems and Student's t.
    """
    top = read_outcomes(numerators, what, least=-math.inf, most=math.inf)
    bottom = read_outcomes(denominators, what, least=-math.inf, most=math.inf)
    if len(top) != len(bottom):
        raise DataError(f"{what}: {len(top)} numerators and {len(bottom)} denominators.")
    codes = cluster_codes(problems, len(top), what)
    clusters = int(codes.max()) + 1
    total = float(bottom.sum())
    if not total:
        raise DataError(f"{what}: no success in {len(top):,} records.")
    if clusters < 2:
        raise DataError(f"{what}: one problem alone gives no interval.")
    # Each sum varies as the sums of its problems do; problems are drawn, whatever their size.
    a, b = sums_by(codes, top), sums_by(codes, bottom)
    p, q = a - a.mean(), b - b.mean()
    spread = clusters / (clusters - 1)
    bounds = fieller(
        float(a.sum()), total, p * spread**0.5, q * spread**0.5, t_of(level, clusters - 1)
    )
    value = float(top.sum()) / total
    if bounds is None:
        raise DataError(
            f"{what}: {value:.4g}, but with so few successes that no upper bound can be given."
        )
    low, high = min(bounds[0], value), max(bounds[1], value)
    return Estimate(
        value, low, high, len(top), f"Fieller ({clusters} problems)", what, clusters, unit
    )


def fieller(
    top: float, bottom: float, p: Floats, q: Floats, quantile: float
) -> tuple[float, float] | None:
    """The x for which (top − x bottom)² <= quantile² Σ(p − x q)²: an interval, or None where the
    denominator is not clearly apart from 0 and the set has no bounds.

    `p` and `q` are the clusters' influences on `top` and `bottom`.
    """
    c = quantile**2
    lead = bottom**2 - c * float((q * q).sum())
    middle = top * bottom - c * float((p * q).sum())
    rest = top**2 - c * float((p * p).sum())
    if lead <= 0:
        return None
    root = math.sqrt(max(0.0, middle**2 - lead * rest))
    return (middle - root) / lead, (middle + root) / lead
