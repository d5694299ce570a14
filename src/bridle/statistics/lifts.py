"""Obedience over the floor: what the instruction changed, as a share of what it could change.

lift(obeyed_with, problems, obeyed_without, problems, what="lift over the floor")
-> Estimate(0.41, ...)                     # (p − p0) / (1 − p0)
over_floor(...)
-> Estimate(-0.107, ..., unit="points")    # where the floor is high or the problems are few
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bridle.errors import DataError
from bridle.statistics.clusters import cluster_codes
from bridle.statistics.estimate import LEVEL, Estimate, read_outcomes
from bridle.statistics.paired import difference
from bridle.statistics.rates import rate

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from bridle.statistics.estimate import Floats, Keys

HIGH_FLOOR = 0.8  # above it a lift is a ratio to next to nothing: 85.7 over 96.4 is −300 %
FEWEST = 10  # problems; under it a lift's interval is wider than anything it could say


def lift(
    outcomes: ArrayLike,
    problems: Keys,
    floor_outcomes: ArrayLike,
    floor_problems: Keys,
    *,
    what: str,
    level: float = LEVEL,
    icc: float | None = None,
) -> Estimate:
    """(p − p0) / (1 − p0): the share obeyed of what the uninstructed answer would have broken.

    1 is full obedience, 0 what the floor gives for nothing; it is negative when the instruction made
    matters worse, so it is bounded above only. The interval is made from those of p and p0 (each with
    problems as clusters) and the correlation of both over the problems they share.

    Args:
        outcomes: outcomes in [0, 1] of the constrained prompts, with the problem of each.
        floor_outcomes: the same checks on answers to the bare prompts.
        icc: as in `rate`.

    Raises:
        DataError: nothing to count, or a floor of 1 (nothing is left to obey).

    Source: design of this project; interval of a ratio by Donner & Zou 2012, Stat. Methods Med. Res.
    21:347, section 3 (MOVER), applied to (1 − p) / (1 − p0).
    """
    p = rate(outcomes, problems, what=what, level=level, icc=icc)
    floor = rate(floor_outcomes, floor_problems, what=f"{what}: the floor", level=level, icc=icc)
    if floor.value >= 1:
        raise DataError(
            f"{what}: every answer written without the instruction obeys it, so nothing can be lifted."
        )
    r = _correlation(*_means(outcomes, problems, floor_outcomes, floor_problems, what))
    a, a_low, a_high = 1 - p.value, 1 - p.high, 1 - p.low
    b, b_low, b_high = 1 - floor.value, 1 - floor.high, 1 - floor.low
    least = _ratio_bound(a, a_low, b, b_high, r)
    most = _ratio_bound(a, a_high, b, b_low, r, upper=True)
    value = (p.value - floor.value) / (1 - floor.value)
    return Estimate(
        value, min(1 - most, value), max(1 - least, value), p.n, f"MOVER of {p.method}", what,
        p.problems,
    )  # fmt: skip


def over_floor(
    outcomes: ArrayLike,
    problems: Keys,
    floor_outcomes: ArrayLike,
    floor_problems: Keys,
    *,
    what: str,
    level: float = LEVEL,
    icc: float | None = None,
) -> Estimate:
    """The lift where it can be read; else the difference to the floor in points (`unit`).

    A lift is shown only where the floor is under 80 % and both conditions have at least 10 problems;
    elsewhere the problems that both have are paired, each with its mean.

    Raises:
        DataError: nothing to count, or no problem in both conditions where they must be paired.
    """
    y, y0, n, n0 = _means(outcomes, problems, floor_outcomes, floor_problems, what)
    floor = float(read_outcomes(floor_outcomes, f"{what}: the floor").mean())
    if floor < HIGH_FLOOR and min(int((n > 0).sum()), int((n0 > 0).sum())) >= FEWEST:
        return lift(
            outcomes, problems, floor_outcomes, floor_problems, what=what, level=level, icc=icc
        )
    both = (n > 0) & (n0 > 0)
    if not bool(both.any()):
        raise DataError(f"{what}: no problem was asked both with and without the instruction.")
    return difference(y[both], y0[both], what=what, level=level).estimate


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


def _means(
    outcomes: ArrayLike, problems: Keys, floor_outcomes: ArrayLike, floor_problems: Keys, what: str
) -> tuple[Floats, Floats, Floats, Floats]:
    """For every problem of either condition: both means (0 where there is none) and both numbers."""
    import numpy as np

    parts = [read_outcomes(outcomes, what), read_outcomes(floor_outcomes, f"{what}: the floor")]
    if isinstance(problems, np.ndarray) and isinstance(floor_problems, np.ndarray):
        keys: Keys = np.concatenate([problems, floor_problems])
    else:
        keys = [*problems, *floor_problems]
    codes = cluster_codes(keys, len(parts[0]) + len(parts[1]), what)
    split, size = len(parts[0]), int(codes.max()) + 1
    n = [np.bincount(c, minlength=size).astype(float) for c in (codes[:split], codes[split:])]
    sums = [
        np.bincount(c, weights=y, minlength=size)
        for c, y in zip((codes[:split], codes[split:]), parts, strict=True)
    ]
    means = [s / np.maximum(k, 1) for s, k in zip(sums, n, strict=True)]
    return means[0], means[1], n[0], n[1]


def _correlation(x: Floats, z: Floats, n: Floats, n0: Floats) -> float:
    """Correlation of the two conditions' means over the problems that both have; 0 if too few."""
    import numpy as np

    shared = (n > 0) & (n0 > 0)
    if int(shared.sum()) < 3:
        return 0.0
    x, z = x[shared], z[shared]
    if not np.ptp(x) or not np.ptp(z):
        return 0.0
    r = float(np.corrcoef(x, z)[0, 1])
    if r <= 0:
        return r
    # A few pairs that agree do not show that all would. Newcombe 1998, Stat. Med. 17:2635, method
    # 10: n/2 off the numerator of phi, which is 1/(2 n sx sz) off phi itself.
    return max(0.0, r - 1 / (2 * len(x) * float(x.std()) * float(z.std())))
