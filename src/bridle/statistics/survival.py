"""How long something lasts, in turns: Kaplan-Meier, Weibull, and the turn until which half of it lasts.

    survive(first)         -> Curve(turns=(1, 2, ...), alive=(0.9, 0.8, ...))
    half_life(first, 24)   -> Estimate(value=6.2, low=4.4, high=8.9, unit="turns", ...)

`first` holds for every conversation the turn (from 1) of its first violation, or None where there was
none within the turns that were asked: it is censored there.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bridle.errors import DataError
from bridle.statistics.estimate import LEVEL, Estimate

if TYPE_CHECKING:
    from bridle.statistics.estimate import Floats

DRAWS = 400


@dataclass(frozen=True, slots=True)
class Weibull:
    """S(t) = exp(-(t / scale) ** shape), t in turns; the shape is below 1 where the hazard falls."""

    scale: float
    shape: float

    def alive(self, turn: float) -> float:
        return math.exp(-((turn / self.scale) ** self.shape)) if turn > 0 else 1.0

    def lasts(self, share: float = 0.5) -> float:
        """The turn at which that share is left."""
        return self.scale * (-math.log(share)) ** (1 / self.shape)


def survive(first: Sequence[int | None], turns: int) -> tuple[float, ...]:
    """Kaplan-Meier's estimate after each turn; all are followed to the last, so it is a share."""
    n = len(first)
    if not n:
        raise DataError("There is no conversation.", expected="at least one")
    return tuple(sum(1 for t in first if t is None or t > turn) / n for turn in range(1, turns + 1))


def weibull(first: Sequence[int | None], turns: int) -> Weibull:
    """Maximum likelihood for a first violation known to lie within a turn, or after the last.

    A violation in turn t lies in (t - 1, t]: the likelihood is S(t - 1) - S(t).

    Raises:
        DataError: no conversation, or none in which a rule was broken.
    """
    import numpy as np

    counts = np.zeros(turns + 1)
    for t in first:
        counts[turns if t is None else t - 1] += 1
    if counts.sum() == 0:
        raise DataError("There is no conversation.", expected="at least one")
    if counts[turns] == counts.sum():
        raise DataError("No rule was broken in any conversation: it lasts longer than was asked.")
    scale, shape = _fit(counts[None, :])
    return Weibull(float(scale[0]), float(shape[0]))


def half_life(
    first: Sequence[int | None],
    turns: int,
    *,
    share: float = 0.5,
    what: str = "turns until half of the conversations have a violation",
    level: float = LEVEL,
    seed: int = 0,
) -> Estimate:
    """The turn at which that share of conversations is still without a violation, by a Weibull fit.

    The interval is the percentile bootstrap over conversations.

    Raises:
        DataError: nothing was broken; or the turn lies beyond those that were asked, which is not
            extrapolated.
    """
    import numpy as np

    fitted = weibull(first, turns).lasts(share)
    counts = np.zeros(turns + 1)
    for t in first:
        counts[turns if t is None else t - 1] += 1
    n = len(first)
    if fitted > turns:
        raise DataError(f"{what}: more than {turns}, the longest that was asked.")
    drawn = np.random.default_rng(seed).multinomial(n, counts / n, size=DRAWS).astype(float)
    kept = drawn[:, turns] < n
    scale, shape = _fit(drawn[kept])
    lasts = np.full(DRAWS, float(turns))
    lasts[kept] = scale * (-math.log(share)) ** (1 / shape)
    low, high = np.quantile(lasts, [(1 - level) / 2, (1 + level) / 2])
    return Estimate(
        fitted,
        min(float(low), fitted),
        max(float(high), fitted),
        n,
        f"Weibull, interval-censored; bootstrap of {n} conversations",
        what,
        n,
        "turns",
    )


def _fit(counts: Floats) -> tuple[Floats, Floats]:  # (m, turns + 1) → scales and shapes, (m,)
    """The Weibull that fits each row of counts best, on a grid refined twice."""
    import numpy as np

    turns = counts.shape[1] - 1
    t = np.arange(turns + 1, dtype=float)
    best_scale = np.full(counts.shape[0], math.sqrt(turns))
    best_shape = np.ones(counts.shape[0])
    wide_scale, wide_shape = math.log(turns * 40) / 2 + 1, 1.6
    for _ in range(4):
        step = np.linspace(-1, 1, 17)
        scale = best_scale[:, None] * np.exp(step * wide_scale)[None, :]
        shape = best_shape[:, None] * np.exp(step * wide_shape)[None, :]
        ratio = t[None, None, :] / np.maximum(scale, 1e-9)[:, :, None]
        alive = np.exp(-np.minimum(ratio[:, :, None, :] ** shape[:, None, :, None], 700))
        cells = np.concatenate([alive[..., :-1] - alive[..., 1:], alive[..., -1:]], axis=-1)
        loglik = (counts[:, None, None, :] * np.log(np.maximum(cells, 1e-300))).sum(-1)
        flat = loglik.reshape(len(counts), -1).argmax(1)
        i, j = flat // loglik.shape[2], flat % loglik.shape[2]
        rows = np.arange(len(counts))
        best_scale, best_shape = scale[rows, i], shape[rows, j]
        wide_scale, wide_shape = wide_scale / 6, wide_shape / 6
    return best_scale, best_shape
