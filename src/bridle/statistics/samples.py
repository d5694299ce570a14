"""Several samples of one item: will it obey every time, and does it do the same each time?

pass_all(hard, items, k=4, problems=problems, what="pass^4")   -> Estimate(0.31, ...)
consistency(hard, items, problems=problems, what="all alike")  -> Estimate(0.62, ...)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bridle.errors import DataError
from bridle.statistics.clusters import cluster_codes, sums_by
from bridle.statistics.estimate import LEVEL, Estimate, read_outcomes
from bridle.statistics.rates import rate

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from bridle.statistics.estimate import Floats, Ints, Keys


def pass_all(
    outcomes: ArrayLike,
    items: Keys,
    *,
    k: int,
    problems: Keys | None = None,
    what: str,
    level: float = LEVEL,
) -> Estimate:
    """pass^k: the chance that k samples of an item all succeed; unbiased from n >= k samples.

    Of an item with c successes in n samples C(c, k) / C(n, k) of the ways to draw k of them succeed;
    items with fewer than k samples are left out.

    Raises:
        DataError: no item has k samples, or the outcomes cannot be counted.

    Source: Yao et al. 2024, arXiv 2406.12045, section 3 (pass^k).
    """
    import numpy as np
    from scipy.special import gammaln  # pyright: ignore[reportMissingTypeStubs]

    c, n, codes = _counts(outcomes, items, what)
    kept = n >= k
    if k < 1 or not bool(kept.any()):
        raise DataError(
            f"{what}: no item has {k} samples.", expected=f"at most {int(n.max())}, at least 1"
        )
    c, n = c[kept], n[kept]
    enough = c >= k
    value = np.zeros(len(c))
    value[enough] = np.exp(
        gammaln(c[enough] + 1) - gammaln(c[enough] - k + 1) - gammaln(n[enough] + 1)
        + gammaln(n[enough] - k + 1)
    )  # fmt: skip
    return rate(
        np.clip(value, 0, 1), _of_items(problems, codes, kept, what), what=what, level=level
    )


def consistency(
    outcomes: ArrayLike,
    items: Keys,
    *,
    problems: Keys | None = None,
    what: str,
    level: float = LEVEL,
) -> Estimate:
    """The share of items whose samples all came out alike; items with one sample are left out.

    Raises:
        DataError: no item has two samples, or the outcomes cannot be counted.
    """
    c, n, codes = _counts(outcomes, items, what)
    kept = n >= 2
    if not bool(kept.any()):
        raise DataError(f"{what}: every item has one sample.", expected="two or more")
    alike = (c == 0) | (c == n)
    return rate(alike[kept], _of_items(problems, codes, kept, what), what=what, level=level)


def _counts(outcomes: ArrayLike, items: Keys, what: str) -> tuple[Floats, Floats, Ints]:
    y = read_outcomes(outcomes, what)
    codes = cluster_codes(items, len(y), what)
    return sums_by(codes, y), sums_by(codes), codes


def _of_items(problems: Keys | None, codes: Ints, kept: Any, what: str) -> Ints | None:
    """The problem of each item that was kept."""
    import numpy as np

    if problems is None:
        return None
    problem = cluster_codes(problems, len(codes), what)
    of = np.zeros(int(codes.max()) + 1, np.int64)
    of[codes] = problem
    return of[kept]
