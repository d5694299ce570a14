"""Geometric means with an interval: tokens, seconds, and ratios of them, whose tails are long.

geometric([12, 30, 900], what="tokens thought", unit="tokens")
-> Estimate(71.4, 3.6, 1104, n=3, ...)
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from bridle.errors import DataError
from bridle.statistics.clusters import cluster_codes, mean_variance
from bridle.statistics.estimate import LEVEL, Estimate, read_outcomes, t_of

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from bridle.statistics.estimate import Keys


def geometric(
    values: ArrayLike,
    problems: Keys | None = None,
    *,
    what: str,
    unit: str,
    plus: float = 1.0,
    level: float = LEVEL,
) -> Estimate:
    """exp(mean(log(value + plus))) - plus of n values >= 0, with Student's t on the logarithms.

    `plus` lets a value be 0 (a count of tokens); 0 for ratios, which must then be above 0. Equal
    keys in `problems` are one cluster.

    Raises:
        DataError: no values, a missing or negative one, or a single problem.
    """
    import numpy as np

    y = read_outcomes(values, what, least=0.0, most=math.inf)
    if plus <= 0 and bool((y <= 0).any()):
        raise DataError(f"{what}: a ratio of 0 has no logarithm.", expected="values above 0")
    codes = cluster_codes(problems, len(y), what)
    clusters = int(codes.max()) + 1
    if clusters < 2:
        raise DataError(f"{what}: one problem alone gives no interval.")
    logs = np.log(y + plus)
    middle = float(logs.mean())
    half = t_of(level, clusters - 1) * mean_variance(logs, codes) ** 0.5
    value, low, high = (math.exp(x) - plus for x in (middle, middle - half, middle + half))
    return Estimate(
        value, max(low, -plus if plus <= 0 else 0.0), high, len(y),
        f"geometric mean, t on logarithms ({clusters} problems)", what, clusters, unit,
    )  # fmt: skip
