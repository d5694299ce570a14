"""Any-time decisions: bet against "no difference" after each problem, stop when the wealth is 20.

    bets = Betting(planned=0.05, variance=0.25)
    state = bets.look(d)              # d: one mean difference in [-1, 1] for each problem so far
    state.wealth, state.low, state.high, state.decided

Looking after every problem costs no error: the wealth is a martingale if there is no difference, and
reaches 20 with a chance of at most 5 % (Ville). It assumes problems drawn alike, none dropped for
how it came out.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bridle.errors import BridleError
from bridle.statistics.estimate import LEVEL, read_outcomes

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from bridle.statistics.estimate import Floats

FRACTIONS = (0.02, 0.03, 0.04, 0.055, 0.075, 0.1, 0.14, 0.19, 0.25, 0.34, 0.45, 0.6, 0.75, 0.9)
BOLDEST = 0.95
GRID = 401  # means that are tried for the interval; half points


@dataclass(frozen=True, slots=True)
class Wealth:
    """What the bets say after n problems."""

    n: int
    mean: float
    wealth: float  # of the bets against 0; the most so far, which is what may decide
    low: float
    high: float
    decided: bool

    @property
    def p(self) -> float:
        """A p value that holds whenever one looks."""
        return min(1.0, 1 / self.wealth) if self.wealth > 0 else 1.0


@dataclass(frozen=True, slots=True)
class Betting:
    """The bets: half on λ* = planned / variance, which wins fastest if the plan is right, and half
    on fourteen fractions from .02 to .9; each up and down.

    Source: Waudby-Smith & Ramdas 2024, J. R. Stat. Soc. B 86:1, sections 4 and 5; a mixture over fixed
    fractions instead of their running ones.
    """

    planned: float = 0.05
    variance: float = 0.25
    level: float = LEVEL

    def __post_init__(self) -> None:
        if not (0 < self.planned <= 1 and 0 < self.variance <= 1 and 0 < self.level < 1):
            raise BridleError(
                f"Bets planned for {self.planned:g} with a variance of {self.variance:g} cannot be made.",
                expected="both above 0 and at most 1",
            )

    def bets(self) -> tuple[Floats, Floats]:
        """The fractions and their weights, which sum to 1."""
        import numpy as np

        best = min(BOLDEST, self.planned / self.variance)
        one = np.array([best, *FRACTIONS])
        weight = np.array([0.5, *[0.5 / len(FRACTIONS)] * len(FRACTIONS)]) / 2
        return np.concatenate([one, -one]), np.concatenate([weight, weight])

    def look(self, differences: ArrayLike, *, interval: bool = True) -> Wealth:
        """The state after these problems, in the order in which they came.

        Raises:
            DataError: no problems, a missing difference, one outside [-1, 1].
        """
        import numpy as np

        d = read_outcomes(differences, "bets", least=-1.0, most=1.0)
        fractions, weights = self.bets()
        logs = np.cumsum(np.log1p(np.outer(d, fractions)), axis=0)
        wealth = float((np.exp(np.minimum(logs, 700)) @ weights).max())
        wealth = max(1.0, wealth)
        low, high = self.interval(d) if interval else (-1.0, 1.0)
        mean = float(d.mean())
        return Wealth(
            len(d), mean, wealth, min(low, mean), max(high, mean), wealth >= 1 / (1 - self.level)
        )

    def interval(self, differences: Floats) -> tuple[float, float]:
        """The means that the bets after the last problem have not ruled out, on a grid of half points.

        Bets on d − m must keep the wealth positive, so the fractions shrink by 1 + |m|.
        """
        import numpy as np

        values, often = np.unique(differences, return_counts=True)
        fractions, weights = self.bets()
        grid = np.linspace(-1, 1, GRID)
        kept: list[float] = []
        bound = -math.log(1 - self.level)
        for m in grid:
            logs = np.log1p(np.outer(fractions / (1 + abs(m)), values - m)) @ often
            most = float(logs.max())
            if most + math.log(float(np.exp(logs - most) @ weights)) < bound:
                kept.append(float(m))
        step = 2 / (GRID - 1)
        if not kept:
            mean = float(differences.mean())
            return mean, mean
        return max(-1.0, kept[0] - step), min(1.0, kept[-1] + step)
