"""How far a proxy can be optimised before gold falls: best-of-n, and the two forms of its curve.

    best_of_n(reward, gold, 4)     -> the expected gold of the best of 4 by reward, for each prompt
    kl_of_best(4)                  -> 0.636
    fit(d, gain, form="rl")        -> Curve(alpha=0.1, beta=0.02, best=..., ...)

Source: Gao, Schulman & Hilton 2023 (arXiv 2210.10760): d = √KL from the start, gold gained is
d(α − βd) under best-of-n (section 3.1) and d(α − β log d) under RL; the estimator of best-of-n is that
of its appendix I, unbiased where n is at most the number of samples.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from bridle.errors import DataError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from bridle.statistics.estimate import Floats

Form = Literal["bon", "rl"]
SHARE = 4  # n is at most a quarter of the samples: beyond that few subsets differ, and the noise is large
FEWEST = 4  # points of a curve with two parameters


@dataclass(frozen=True, slots=True)
class Curve:
    """A fitted curve; `best` is the d of its greatest gold, None where it has no peak (β ≤ 0 or α ≤ 0)."""

    form: Form
    alpha: float
    beta: float
    best: float | None
    residual: float  # root mean square, in the unit of gold
    n: int

    def at(self, d: float) -> float:
        """The gold gained at that distance."""
        if d <= 0:
            return 0.0
        bent = d if self.form == "bon" else math.log(d)
        return d * (self.alpha - self.beta * bent)


def kl_of_best(n: int) -> float:
    """KL divergence of best-of-n from the model that is sampled: ln n − (n−1)/n (an upper bound where
    rewards tie)."""
    if n < 1:
        raise DataError(f"The best of {n} is nothing.", expected="1 or more")
    return math.log(n) - (n - 1) / n


def best_of_n(reward: ArrayLike, gold: ArrayLike, n: int) -> Floats:
    """The expected gold of the sample with the highest reward of n drawn without replacement.

    Args:
        reward: prompts × samples.
        gold: prompts × samples, of any outcome.
        n: at most the number of samples.

    Returns:
        One value a prompt: unbiased, since it is the mean over all subsets of n. Samples of equal
        reward are drawn from alike.

    Raises:
        DataError: shapes that differ, a value missing, n out of range.
    """
    import numpy as np

    r, g = np.asarray(reward, dtype=np.float64), np.asarray(gold, dtype=np.float64)
    if r.ndim != 2 or r.shape != g.shape:
        raise DataError("Rewards and gold differ in shape.", expected="prompts × samples of both")
    samples = r.shape[1]
    if not 1 <= n <= samples:
        raise DataError(f"The best of {n} of {samples} samples.", expected=f"1 to {samples}")
    if not (np.isfinite(r).all() and np.isfinite(g).all()):
        raise DataError("A reward or an outcome is missing.", expected="a number for each sample")
    # weight of rank i from below (from 0): the share of subsets whose highest is i
    whole = math.comb(samples, n)
    weights = np.array([math.comb(i, n - 1) / whole for i in range(samples)])
    order = np.argsort(r, axis=1, kind="stable")
    ranked, sold = np.take_along_axis(r, order, 1), np.take_along_axis(g, order, 1)
    out = np.empty(len(r))
    for row in range(len(r)):
        _, codes = np.unique(ranked[row], return_inverse=True)
        sizes = np.bincount(codes)
        out[row] = (np.bincount(codes, weights) / sizes)[codes] @ sold[row]
    return out


def fit(d: ArrayLike, gain: ArrayLike, *, form: Form) -> Curve:
    """Least squares of α and β; `gain` is gold minus its value at d = 0, and d = √KL.

    Raises:
        DataError: fewer than FEWEST points with d > 0, a value missing.
    """
    import numpy as np

    x, y = np.asarray(d, dtype=np.float64), np.asarray(gain, dtype=np.float64)
    if x.shape != y.shape or x.ndim != 1 or not (np.isfinite(x).all() and np.isfinite(y).all()):
        raise DataError("A distance or a gain is missing.", expected="two flat lists, as long")
    keep = x > 0
    x, y = x[keep], y[keep]
    if len(np.unique(x)) < FEWEST:
        raise DataError(f"{len(np.unique(x))} points are too few.", expected=f"{FEWEST} or more")
    base = np.stack([x, -x * (x if form == "bon" else np.log(x))], axis=1)
    solved, *_ = np.linalg.lstsq(base, y, rcond=None)
    alpha, beta = float(solved[0]), float(solved[1])
    best: float | None = None
    if beta > 0 and (alpha > 0 or form == "rl"):
        best = alpha / (2 * beta) if form == "bon" else math.exp(min(alpha / beta - 1, 700.0))
    left = y - base @ solved
    return Curve(form, alpha, beta, best, float((left @ left / len(y)) ** 0.5), len(y))


def best_stop(
    d: ArrayLike, gains: ArrayLike, *, form: Form, draws: int = 400, seed: int = 0
) -> tuple[Curve, float | None, float | None]:
    """The curve of the problems' mean, and a 95 % interval of its best d (None: no such bound).

    `gains` is problems × points. By a bootstrap of problems; a resample without a peak counts as one
    beyond every point, so that an upper bound of None says that the data allow no peak at all.

    Raises:
        DataError: as `fit`.
    """
    import numpy as np

    g = np.asarray(gains, dtype=np.float64)
    curve = fit(d, g.mean(axis=0), form=form)
    rng = np.random.default_rng(seed)
    found: list[float] = []
    for _ in range(draws):
        drawn = fit(d, g[rng.integers(0, len(g), len(g))].mean(axis=0), form=form).best
        found.append(math.inf if drawn is None else drawn)
    found.sort()
    low, high = found[int(0.025 * draws)], found[min(draws - 1, int(0.975 * draws))]
    return curve, None if math.isinf(low) else low, None if math.isinf(high) else high
