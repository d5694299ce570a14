"""Does a series of checkpoints rise, fall, or rise and then fall? Never by the best against the last.

    trend(x, y)        -> Slope(value=-0.02, low=-0.03, high=-0.01, p=0.001, ...)
    up_then_down(x, y) -> Turn(peak=600.0, before=Slope(...), after=Slope(...), p=0.004)

`y` is a matrix, one row a problem and one column a checkpoint: all checkpoints have the same problems.
Best against last finds a fall in flat runs, since the best of several noisy checkpoints is high by
luck; `benchmarks/watch.py` counts how often each test does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bridle.errors import DataError
from bridle.statistics.estimate import LEVEL, t_of

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from bridle.statistics.estimate import Floats, Ints

FEWEST = 5  # checkpoints of a trend
EACH_SIDE = 4  # checkpoints of a slope before or after a peak, the peak among them
FEWEST_PROBLEMS = 8


@dataclass(frozen=True, slots=True)
class Slope:
    """A change of `y` a unit of `x` with its interval and two-sided p."""

    value: float
    low: float
    high: float
    p: float
    n: int  # checkpoints


@dataclass(frozen=True, slots=True)
class Turn:
    """A peak, the slopes on both sides of it, and the p of "up before it and down after it"."""

    peak: float
    before: Slope
    after: Slope
    p: float


def trend(x: ArrayLike, y: ArrayLike, *, level: float = LEVEL) -> Slope:
    """The straight slope of the means over all checkpoints.

    Its standard error is the larger of two: that of the problems' own slopes (which problems were
    drawn), and that of the residuals of the means (how much checkpoints vary beside any trend). Either
    alone calls the other's noise a trend.

    Raises:
        DataError: fewer than FEWEST checkpoints or FEWEST_PROBLEMS problems, values missing.
    """
    import numpy as np

    t, values = _read(x, y, FEWEST)
    return _slope(t, values, np.arange(len(t)), level)


def up_then_down(x: ArrayLike, y: ArrayLike, *, level: float = LEVEL, seed: int = 0) -> Turn:
    """The two-slope test of an inverted U, its peak found on one half of the problems and its slopes
    on the other, both ways round.

    The p of one half is the larger of its two one-sided ones (both slopes must hold); that of the
    whole is twice their mean, which is valid however the halves depend on one another. `peak` and the
    slopes shown are those of all problems.

    Raises:
        DataError: fewer than 2·EACH_SIDE − 1 checkpoints, or than 2·FEWEST_PROBLEMS problems.

    Source: two slopes: Simonsohn 2018, Adv. Methods Pract. Psychol. Sci. 1:538; twice the mean of
    p-values: Rüschendorf 1982, J. Appl. Probab. 19:623.
    """
    import numpy as np

    t, values = _read(x, y, 2 * EACH_SIDE - 1)
    if len(values) < 2 * FEWEST_PROBLEMS:
        raise DataError(
            f"{len(values)} problems are too few to find a peak on one half and test the other.",
            expected=f"{2 * FEWEST_PROBLEMS} or more",
        )
    order = np.random.default_rng(seed).permutation(len(values))
    halves = (order[::2], order[1::2])
    found: list[float] = []
    for fit, test in (halves, halves[::-1]):
        at = _peak(t, values[fit].mean(axis=0))
        before = _slope(t, values[test], np.arange(at + 1), level)
        after = _slope(t, values[test], np.arange(at, len(t)), level)
        up = before.p / 2 if before.value > 0 else 1 - before.p / 2
        down = after.p / 2 if after.value < 0 else 1 - after.p / 2
        found.append(max(up, down))
    at = _peak(t, values.mean(axis=0))
    return Turn(
        float(t[at]),
        _slope(t, values, np.arange(at + 1), level),
        _slope(t, values, np.arange(at, len(t)), level),
        min(1.0, 2 * float(np.mean(found))),
    )


def _read(x: ArrayLike, y: ArrayLike, fewest: int) -> tuple[Floats, Floats]:
    import numpy as np

    t, values = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    if values.ndim != 2 or t.shape != (values.shape[1],):
        raise DataError("There must be one column a checkpoint.", expected="problems × checkpoints")
    if len(np.unique(t)) < fewest:
        raise DataError(
            f"{len(np.unique(t))} checkpoints are too few.", expected=f"{fewest} or more"
        )
    if len(values) < FEWEST_PROBLEMS:
        raise DataError(
            f"{len(values)} problems are too few.", expected=f"{FEWEST_PROBLEMS} or more"
        )
    if not (np.isfinite(t).all() and np.isfinite(values).all()):
        raise DataError("A value is missing.", expected="the same items at every checkpoint")
    order = np.argsort(t, kind="stable")
    return t[order], values[:, order]


def _slope(t: Floats, values: Floats, which: Ints, level: float) -> Slope:
    """Of those checkpoints; p and interval by Student's t."""
    import numpy as np
    from scipy.special import stdtr  # pyright: ignore[reportMissingTypeStubs]

    at = np.asarray(which, dtype=np.int64)
    x = t[at] - t[at].mean()
    square = float(x @ x)
    y = values[:, at]
    own = y @ x / square  # the slope of each problem
    slope = float(own.mean())
    means = y.mean(axis=0)
    left = means - means.mean() - slope * x
    freedom = len(at) - 2
    of_steps = (float(left @ left) / freedom / square) ** 0.5 if freedom > 0 else 0.0
    of_problems = float(own.std(ddof=1)) / len(own) ** 0.5
    error, df = max((of_steps, float(max(freedom, 1))), (of_problems, float(len(own) - 1)))
    if error <= 0:
        p = 1.0 if slope == 0 else 0.0
        return Slope(slope, slope, slope, p, len(at))
    p = 2 * float(stdtr(df, -abs(slope) / error))
    half = t_of(level, df) * error
    return Slope(slope, slope - half, slope + half, p, len(at))


def _peak(t: Floats, means: Floats) -> int:
    """The checkpoint at which two straight lines that meet there fit best, with EACH_SIDE on each
    side."""
    import numpy as np

    best, least = EACH_SIDE - 1, float("inf")
    for at in range(EACH_SIDE - 1, len(t) - EACH_SIDE + 1):
        d = t - t[at]
        base = np.stack([np.ones_like(d), np.minimum(d, 0), np.maximum(d, 0)], axis=1)
        solved, *_ = np.linalg.lstsq(base, means, rcond=None)
        left = float(((means - base @ solved) ** 2).sum())
        if left < least - 1e-15:
            best, least = at, left
    return best
