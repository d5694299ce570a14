"""Few looks, less cost: a group sequential design, O'Brien and Fleming's bounds by spending.

    design = Looks(5)
    design.bounds()                       -> (4.877, 3.357, 2.680, 2.290, 2.031)
    design.decide(sums, sizes, fraction=0.4, target=0.05)   -> Decision("go on", ...)

At 5 looks the expected number of pairs falls by a fifth where the difference is the planned one, for
a hundredth more at most. Looks need not be evenly spaced: bounds follow from the share of the planned
pairs that is there.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from bridle.errors import BridleError
from bridle.statistics.estimate import LEVEL, z_of

if TYPE_CHECKING:
    from bridle.statistics.estimate import Floats

STEPS = 801  # points of the grid on which the chance of going on is carried along
WIDEST = 8.0  # standard deviations that the grid spans
FUTILE = 0.10  # conditional power under which going on is not worth its price


@dataclass(frozen=True, slots=True)
class Decision:
    """What one look says. `verdict`: "better", "worse", "too small to matter", "futile", "go on", and
    at the last look "cannot tell".

    The interval holds however often one looked (a repeated confidence interval).
    """

    verdict: str
    look: int
    fraction: float
    value: float
    low: float
    high: float
    z: float
    bound: float
    conditional_power: float


def spent(fraction: float, level: float = LEVEL) -> float:
    """How much of the error may have been spent when that share of the pairs is there.

    Source: Lan & DeMets 1983, Biometrika 70:659, the spending function like O'Brien and Fleming's.
    """
    if fraction >= 1:
        return 1 - level
    return 2 * math.erfc(z_of((1 + level) / 2) / math.sqrt(2 * fraction))  # both sides


@lru_cache(maxsize=256)
def bounds(fractions: tuple[float, ...], level: float = LEVEL) -> tuple[float, ...]:
    """The |z| that decides at each look, for looks at these rising shares of the planned pairs.

    Raises:
        BridleError: shares that do not rise from above 0 to at most 1.

    Source: Armitage, McPherson & Rowe 1969, J. R. Stat. Soc. A 132:235 (the recursion).
    """
    import numpy as np

    if any(b <= a for a, b in zip((0.0, *fractions), fractions, strict=False)) or (
        not fractions or fractions[-1] > 1 + 1e-9
    ):
        raise BridleError(f"Looks at {fractions} are not possible.", expected="rising, 0 < … <= 1")
    found: list[float] = []
    before, used = 0.0, 0.0
    grid = density = None  # of the score S = z √t where no look has decided
    for t in fractions:
        share = spent(t, level) - used
        root = math.sqrt(t)
        points = np.linspace(-WIDEST * root, WIDEST * root, STEPS)
        step = float(points[1] - points[0])
        if grid is None or density is None:
            now = np.exp(-(points**2) / (2 * t)) / math.sqrt(2 * math.pi * t)
        else:
            gap = t - before
            kernel = np.exp(-((points[:, None] - grid[None, :]) ** 2) / (2 * gap))
            now = kernel @ (density * (grid[1] - grid[0])) / math.sqrt(2 * math.pi * gap)
        tail = np.concatenate([[0.0], np.cumsum((now[:-1] + now[1:]) / 2 * step)])
        total = float(tail[-1])
        # by symmetry: half of the share lies beyond the bound on either side
        bound = float(np.interp(max(0.0, total - share / 2), tail, points))
        bound = max(bound, 0.0)
        found.append(bound / root)
        inside = np.linspace(-bound, bound, STEPS)
        density = np.interp(inside, points, now)
        density[0] /= 2
        density[-1] /= 2
        grid, before, used = inside, t, used + share
    return tuple(found)


def conditional_power(z: float, fraction: float, drift: float, bound: float) -> float:
    """The chance that the last look decides, given z now, if the true difference is the planned one.

    `drift` is the mean of z at the end under the planned difference, `bound` that look's.
    """
    if fraction >= 1:
        return float(abs(z) >= bound)
    score, rest = z * math.sqrt(fraction), 1 - fraction

    def beyond(sign: float) -> float:
        gap = bound - sign * (score + drift * rest)
        return 0.5 * math.erfc(gap / math.sqrt(2 * rest))

    return beyond(1) + beyond(-1)


@dataclass(frozen=True, slots=True)
class Looks:
    """A design with so many looks, evenly spaced unless `fractions` are given when it decides."""

    number: int = 5
    level: float = LEVEL

    def bounds(self) -> tuple[float, ...]:
        if self.number < 1:
            raise BridleError(f"{self.number} looks are not possible.", expected="at least one")
        return bounds(tuple((i + 1) / self.number for i in range(self.number)), self.level)

    def decide(
        self,
        sums: Floats,
        sizes: Floats,
        *,
        fractions: Sequence[float],
        target: float,
        weight: float = 1.0,
    ) -> Decision:
        """The decision at the last of the looks so far.

        Stops for a difference; for futility where even the planned difference would be found with a
        chance under 10 %; and as "too small to matter" where the interval lies within half of it.
        Stopping for futility is never an error of the first kind, so the bounds do not use it.

        Args:
            sums, sizes: each problem's sum of differences, and its number of items, so far.
            fractions: the share of the planned pairs at each look up to this one.
            target: the difference planned for (its size).
            weight: of an added item, one over the number of samples (see `paired.adjusted_t`).

        Raises:
            BridleError: shares that do not rise, no problems.
        """
        from bridle.statistics.paired import adjusted_t

        if len(sums) < 2:
            raise BridleError("A look needs at least two problems.")
        done = tuple(min(1.0, f) for f in fractions)
        at = bounds(done, self.level)[-1]
        last = bounds((*done, 1.0), self.level)[-1] if done[-1] < 1 else at
        value = float(sums.sum() / sizes.sum())
        # the level of one interval whose quantile is this look's bound
        one = math.erf(at / math.sqrt(2))
        low, high = adjusted_t(sums, sizes, weight=weight, level=min(one, 1 - 1e-12))
        middle, half = (low + high) / 2, (high - low) / 2
        error = half / at
        z = middle / error
        drift = math.copysign(target, middle) / (error * math.sqrt(done[-1]))
        power = conditional_power(z, done[-1], drift, last)
        if low > 0 or high < 0:
            verdict = "better" if low > 0 else "worse"
        elif -target / 2 < low and high < target / 2:
            verdict = "too small to matter"
        elif done[-1] >= 1:
            verdict = "cannot tell"
        else:
            verdict = "futile" if power < FUTILE else "go on"
        low, high = min(low, value), max(high, value)
        return Decision(verdict, len(done), done[-1], value, low, high, z, at, power)
