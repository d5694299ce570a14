"""Random signs: how often a sum of differences is as far from 0 as the one seen, if each could as
well have had the other sign.

With single pairs this is McNemar's test. Differences are nearly always multiples of one over the
number of samples, so that the distribution of the sum is exact: its Fourier transform is a product
of cosines, one for each problem.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from bridle.statistics.estimate import normal_p

if TYPE_CHECKING:
    from bridle.statistics.estimate import Floats

RESAMPLES = 10_000
MANY = 2_000  # problems that moved; beyond it the sum is normal for all that p shows
WIDEST = 1_000_000  # steps of the lattice that are computed exactly
# One of these times a mean over samples, summed over items, is a whole number: 840 = lcm(1 … 8).
SCALES = (1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 32, 48, 60, 64, 120, 240, 840, 1680, 2520, 5040)


def sign_flip(sums: Floats, seed: int = 0) -> float:
    """Two-sided mid-p of the sum of the problems' differences under random signs.

    Assumes that under the null a problem's difference is as likely up as down; where many problems
    gain a little and few lose much, a mean of 0 is refused too often with few problems.

    Args:
        sums: one difference a problem (the sum over its items).
        seed: of the random signs; they are drawn only for 14 to 2,000 values without a common step.

    Source: Fisher 1935, The Design of Experiments, section 21; mid-p as Fagerland, Lydersen & Laake
    2013, BMC Med. Res. Methodol. 13:91, for single pairs.
    """
    import numpy as np

    moved = sums[np.abs(sums) > 1e-12]
    if not moved.size:
        return 1.0
    seen = abs(float(moved.sum()))
    if seen < 1e-9:
        return 1.0
    if len(moved) > MANY:
        return normal_p(seen / float((moved**2).sum()) ** 0.5)
    for scale in SCALES:
        whole = np.rint(moved * scale)
        if bool((np.abs(moved * scale - whole) < 1e-6).all()):
            if float(np.abs(whole).sum()) <= WIDEST:
                return _exact(np.abs(whole), round(seen * scale))
            break
    if len(moved) <= 13:  # all signs
        signs = np.array(list(itertools.product((1, -1), repeat=len(moved))))
        beyond, at = _beyond(np.abs(signs @ moved), seen)
        return (beyond + at / 2) / len(signs)
    rng = np.random.default_rng(seed)
    beyond = at = 0.0
    block = max(1, 2_000_000 // len(moved))  # bounded memory whatever the number of problems
    for start in range(0, RESAMPLES, block):
        signs = rng.integers(0, 2, (min(block, RESAMPLES - start), len(moved))) * 2 - 1
        found = _beyond(np.abs(signs @ moved), seen)
        beyond, at = beyond + found[0], at + found[1]
    return (beyond + at / 2 + 0.5) / (RESAMPLES + 1)


def _beyond(sums: Floats, seen: float) -> tuple[float, float]:
    """How many sums lie farther than the one seen, and how many as far."""
    beyond = float((sums > seen + 1e-9).sum())
    return beyond, float((sums >= seen - 1e-9).sum()) - beyond


def _exact(steps: Floats, seen: int) -> float:
    """The same for whole numbers of steps: the distribution of the sum by its Fourier transform."""
    import numpy as np

    values, often = np.unique(steps, return_counts=True)
    total = int((values * often).sum())
    size = total + 1  # the sum is 2k − total, k = 0 … total
    angle = np.pi * np.arange(size // 2 + 1) / size
    transform = np.ones(len(angle))
    turn = np.exp(-1j * angle * total)  # centres the sum on k
    for value, times in zip(values, often, strict=True):
        transform = transform * np.cos(value * angle) ** times
    chance = np.fft.irfft(transform * turn, size)
    distance = np.abs(2 * np.arange(size) - total)
    beyond = float(chance[distance > seen].sum())
    at = float(chance[distance == seen].sum())
    return min(1.0, max(0.0, beyond + at / 2))
