"""Outcomes that share a problem: their keys as numbers, the variance of a mean, the correlation.

Everything is a few sums by problem, so a million outcomes take a fraction of a second.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING, Any, cast

from bridle.errors import DataError

if TYPE_CHECKING:
    from bridle.statistics.estimate import Floats, Ints, Keys

LEAST_FOR_ICC = 10  # problems beyond the first of each cell; fewer do not tell an ICC


def cluster_codes(problems: Keys | None, n: int, what: str) -> Ints:
    """Each problem's key as a number 0..m-1."""
    import numpy as np

    if problems is None:
        return np.arange(n)
    if len(problems) != n:
        raise DataError(f"{what}: {n} outcomes, but {len(problems)} problem keys.")
    if isinstance(problems, np.ndarray):
        return dense(problems)
    seen: dict[Hashable, int] = {}
    return np.fromiter((seen.setdefault(key, len(seen)) for key in problems), np.int64, n)


def dense(keys: Any) -> Ints:
    """An array of keys as numbers 0..m-1, in the order of the keys.

    Whole numbers within a small range are counted instead of sorted: the tables have many slices of
    the same problems.
    """
    import numpy as np

    if keys.dtype.kind in "iu" and len(keys):
        low, high = int(keys.min()), int(keys.max())
        if high - low < 4 * len(keys) + 1024:
            places = keys.astype(np.int64) - low
            there = np.zeros(high - low + 1, np.int64)
            there[places] = 1
            return (np.cumsum(there) - 1)[places]
    return np.unique(keys, return_inverse=True)[1].astype(np.int64)


def sums_by(codes: Ints, values: Floats | None = None) -> Floats:
    """The sum of the values of each cluster; their number where there are no values."""
    import numpy as np

    return cast("Any", np.bincount(codes, weights=values)).astype(np.float64)


def effective_clusters(sizes: Floats) -> float:
    """m* = (Σk)² / Σk²: how many clusters of one size tell as much as these of unequal sizes.

    Source: Carter, Schnepel & Steigerwald 2017, Rev. Econ. Stat. 99:698 (their G* where all
    observations of a cluster are alike).
    """
    return float(sizes.sum()) ** 2 / float((sizes**2).sum())


def mean_variance(y: Floats, codes: Ints) -> float:
    """Variance of the mean of `y` when whole clusters are drawn; >= 2 clusters.

    CR3: the jackknife over clusters, residual sums divided by one minus the cluster's share. With
    clusters of one size it is the usual sandwich (CR1).

    Source: Bell & McCaffrey 2002, Survey Methodology 28:169, section 3.
    """
    sizes = sums_by(codes)
    residuals = sums_by(codes, y - y.mean()) / (1 - sizes / len(y))
    m = len(sizes)
    return float((residuals**2).sum()) / len(y) ** 2 * (m - 1) / m


def design_effect(sizes: Floats, icc: float) -> float:
    """By how much clusters of these sizes inflate the variance of a mean: 1 + (Σk²/Σk − 1) ICC."""
    return 1 + (float((sizes**2).sum() / sizes.sum()) - 1) * icc


def pooled_icc(outcomes: Floats, problems: Ints, cells: Ints) -> float | None:
    """The correlation of two outcomes of one problem within a cell of a table, from all its cells.

    One-way analysis of variance of the problems of each cell, its sums of squares put together; in
    [0, 1]. None where the cells do not tell: no problem has two outcomes in a cell, or there are
    fewer than ten problems more than cells.

    Args:
        outcomes: n outcomes.
        problems: n numbers, equal for one problem.
        cells: n numbers, equal for one cell (a constraint type, a source, …).

    Source: Donner 1986, Int. Stat. Rev. 54:67, equation 3, summed over cells; use for small cells as
    in the smoothed design effects of surveys (Wolter 2007, Introduction to Variance Estimation, 7).
    """
    import numpy as np

    cell, problem = dense(np.asarray(cells)), dense(np.asarray(problems))
    group = dense(cell * (int(problem.max()) + 1) + problem)
    k = sums_by(group)
    home = np.zeros(len(k), np.int64)
    home[group] = cell  # the cell of each group
    m = sums_by(home)
    n = sums_by(cell)
    between, within = float((m - 1).sum()), float(len(outcomes) - len(k))
    if between < LEAST_FOR_ICC or within < 1:
        return None
    means = sums_by(group, outcomes) / k
    centre = sums_by(cell, outcomes) / n
    msb = float((k * (means - centre[home]) ** 2).sum()) / between
    msw = float(((outcomes - means[group]) ** 2).sum()) / within
    size = float((n - sums_by(home, k**2) / n).sum()) / between
    total = msb + (size - 1) * msw
    return min(1.0, max(0.0, (msb - msw) / total)) if total > 0 else None
