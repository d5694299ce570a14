"""The difference of two rates that were not seen on the same items.

apart(rate(treated), rate(control), what="...")   -> Estimate(0.21, 0.05, 0.36, unit="points", ...)
"""

from __future__ import annotations

from bridle.statistics.estimate import Estimate


def apart(one: Estimate, other: Estimate, *, what: str) -> Estimate:
    """`one` minus `other`, independent of each other, with an interval from both intervals.

    Source: Newcombe 1998, Stat. Med. 17:873, method 10 (square-and-add, MOVER).
    """
    value = one.value - other.value
    low = ((one.value - one.low) ** 2 + (other.high - other.value) ** 2) ** 0.5
    high = ((one.high - one.value) ** 2 + (other.value - other.low) ** 2) ** 0.5
    known = one.problems is not None and other.problems is not None
    return Estimate(
        value, value - low, value + high, one.n + other.n, "Newcombe, from both intervals", what,
        min(one.problems or 0, other.problems or 0) if known else None, "points",
    )  # fmt: skip
