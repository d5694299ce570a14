"""Before a run: how many pairs a difference needs, and the smallest one that a number of pairs shows.

    pairs_needed(0.05, flips=0.25)            -> 778
    smallest_difference(750, flips=0.25)      -> 0.051

All are for a paired difference, which is what a panel gives: the same items under two arms. `flips`
is the share of pairs in which the outcome changes; 0.25 is what the embedded model does at
temperature 1, published models flip 0.10 to 0.20 (arXiv 2606.09662).
"""

from __future__ import annotations

import math

from bridle.errors import BridleError
from bridle.statistics.estimate import LEVEL, z_of

POWER = 0.80
DEFF = 1.1  # design effect of the difference with three nested items a problem; measured .9 to 1.2


def pairs_needed(
    difference: float,
    *,
    flips: float,
    power: float = POWER,
    level: float = LEVEL,
    deff: float = 1.0,
) -> int:
    """Pairs for which a two-sided test finds that true difference with that power.

    (z + z')² (f − δ²) deff / δ²; the variance of one pair's difference is f − δ².

    Raises:
        BridleError: a difference of 0, or one larger than the share of pairs that flip.

    Source: Connor 1987, Biometrics 43:207, equation 1 (McNemar's test, large samples).
    """
    if not 0 < abs(difference) <= flips <= 1:
        raise BridleError(
            f"A difference of {difference:g} with {flips:g} of the pairs flipping is not possible.",
            expected="0 < difference <= flips <= 1",
        )
    return math.ceil(_factor(power, level) * (flips - difference**2) * deff / difference**2 - 1e-9)


def smallest_difference(
    pairs: float,
    *,
    flips: float,
    power: float = POWER,
    level: float = LEVEL,
    deff: float = 1.0,
) -> float:
    """The smallest true difference that so many pairs show with that power (a share, at most flips).

    Raises:
        BridleError: no pairs, or a share of flips outside 0 to 1.
    """
    if pairs <= 0 or not 0 <= flips <= 1:
        raise BridleError(
            f"{pairs:g} pairs of which {flips:g} flip cannot be planned with.",
            expected="pairs > 0, flips from 0 to 1",
        )
    factor = _factor(power, level) * deff
    return min(flips, math.sqrt(factor * flips / (pairs + factor)))


def unpaired_needed(
    difference: float, *, rate: float, power: float = POWER, level: float = LEVEL
) -> int:
    """Outcomes of each arm where the arms are asked different items: (z + z')² 2p(1−p) / δ²."""
    if not difference or not 0 < rate < 1:
        raise BridleError("A difference of 0, or a rate of 0 or 1, cannot be planned with.")
    return math.ceil(_factor(power, level) * 2 * rate * (1 - rate) / difference**2 - 1e-9)


def replan(
    flipped: int,
    pairs: int,
    difference: float,
    *,
    power: float = POWER,
    level: float = LEVEL,
    deff: float = 1.0,
) -> int:
    """The pairs needed, now that the share of flips has been seen on the first ones.

    Only the share is used and not its sign, so looking costs no error.

    Raises:
        BridleError: no pairs yet.

    Source: Gould 1992, Stat. Med. 11:55 (blinded re-estimation of a sample size).
    """
    if pairs < 1:
        raise BridleError("There are no pairs yet to plan anew with.")
    # one flip each way added, as in the interval: a share of 0 would plan for no pairs
    share = min(1.0, (flipped + 2) / (pairs + 2))
    return pairs_needed(
        difference, flips=max(share, abs(difference)), power=power, level=level, deff=deff
    )


def _factor(power: float, level: float) -> float:
    if not 0.5 < power < 1:
        raise BridleError(f"A power of {power:g} cannot be planned with.", expected="0.5 to 1")
    return (z_of(level) + z_of(2 * power - 1)) ** 2
