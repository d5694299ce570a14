"""At which x has a rate fallen to a half? Logistic, Weibull and threshold compared on what they were not fitted to.

    horizon(x, y, problems, share=0.5, what="turns")
    -> Horizon(shape="logistic", place=Estimate(9.1, 6.8, 12.4, unit="turns"), scores={...}, slope=-1.2)

Nothing is extrapolated: where the fitted curve reaches the share beyond the x that were asked, that is said
instead of a number.
"""

from __future__ import annotations

import importlib
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bridle.errors import DataError
from bridle.statistics.clusters import cluster_codes
from bridle.statistics.estimate import LEVEL, Estimate, read_outcomes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

    from bridle.statistics.estimate import Floats, Keys

    Matrix = NDArray[np.float64]

SHAPES = ("logistic", "weibull", "threshold")
LEVELS = 24  # x of more distinct values is cut into so many levels of about equal numbers
FOLDS = 5
DRAWS = 200
FEWEST = 10  # problems
EDGE = 1e-4  # no fitted probability is nearer to 0 or 1: one answer against it must not decide all


@dataclass(frozen=True, slots=True)
class Horizon:
    """The shape that predicts best what it was not fitted to, and the x at which its rate is `share`.

    `place` is words where that x lies outside of those asked, or where there is none. `scores` are mean
    held-out log-likelihoods an answer. `slope` is the logistic one, logits a doubling of x: above 0 the
    rate rises, and there is no horizon.
    """

    shape: str
    place: Estimate | str
    scores: Mapping[str, float]
    slope: float
    share: float


def horizon(
    x: ArrayLike,
    y: ArrayLike,
    problems: Keys | None = None,
    *,
    what: str,
    unit: str,
    share: float = 0.5,
    level: float = LEVEL,
    seed: int = 0,
) -> Horizon:
    """Fit the three shapes to rates y (0 to 1) over x > 0, choose by five folds of problems, find the x.

    Intervals are the percentile bootstrap of problems with the shape held.

    Raises:
        DataError: fewer than three levels of x or ten problems; x that is not above 0.

    Source: logistic in log2 x as METR's time horizon (arXiv 2503.14499).
    """
    import numpy as np

    xs = read_outcomes(x, what, least=-math.inf, most=math.inf)
    ys = read_outcomes(y, what)
    if len(xs) != len(ys):
        raise DataError(f"{what}: {len(xs)} x and {len(ys)} outcomes.")
    if bool((xs <= 0).any()):
        raise DataError(f"{what}: x must be above 0.")
    codes = cluster_codes(problems, len(ys), what)
    many = int(codes.max()) + 1
    at, where = _levels(xs)
    if len(at) < 3 or many < FEWEST:
        raise DataError(
            f"{what}: {len(at)} levels and {many} problems are too few.",
            expected=f"at least 3 levels and {FEWEST} problems",
        )
    good, all_ = np.zeros((many, len(at))), np.zeros((many, len(at)))
    np.add.at(good, (codes, where), ys)
    np.add.at(all_, (codes, where), 1.0)
    scores = _held_out(at, good, all_, np.random.default_rng(seed))
    shape = max(SHAPES, key=lambda name: scores[name])
    fitted = FIT[shape](at, good.sum(0), all_.sum(0))
    slope = -FIT["logistic"](at, good.sum(0), all_.sum(0))[1]
    longest = float(at[-1])
    value = REACHES[shape](fitted, share, at)
    if value is None or not at[0] <= value <= longest:
        return Horizon(shape, _outside(value, at, share, unit, fitted, shape), scores, slope, share)
    rng = np.random.default_rng(seed)
    drawn: list[float] = []
    for _ in range(DRAWS):
        weights = rng.multinomial(many, np.full(many, 1 / many)).astype(float)
        again = FIT[shape](at, weights @ good, weights @ all_)
        reached = REACHES[shape](again, share, at)
        below = float(_curve(shape, again, at)[0]) < share
        drawn.append((float(at[0]) if below else longest) if reached is None else reached)
    ends = np.quantile(np.clip(drawn, at[0], longest), [(1 - level) / 2, (1 + level) / 2])
    low, high = float(ends[0]), float(ends[1])
    if shape == "threshold":  # the step may be anywhere between two levels
        low, high = min(low, fitted[2]), max(high, min(float(v) for v in at if v > fitted[2]))
    place = Estimate(
        value, min(low, value), max(high, value), len(ys),
        f"{shape}, bootstrap of {many} problems", what, many, unit,
    )  # fmt: skip
    return Horizon(shape, place, scores, slope, share)


def _outside(
    value: float | None, at: Floats, share: float, unit: str, fitted: Any, shape: str
) -> str:
    first = float(_curve(shape, fitted, at)[0])
    if first < share:
        return f"under {share:.0%} from the first, {at[0]:g} {unit}, on"
    if value is not None and value < at[0]:
        return f"under {share:.0%} from the first, {at[0]:g} {unit}, on"
    return f"more than {at[-1]:g} {unit}, the most that was asked"


def _levels(x: Floats) -> tuple[Floats, Any]:
    """The levels, and which of them each x is in; many x are cut into quantiles, each at its geometric mean."""
    import numpy as np

    at, where = np.unique(x, return_inverse=True)
    if len(at) <= LEVELS:
        return at, where
    cuts = np.unique(np.quantile(x, np.linspace(0, 1, LEVELS + 1)[1:-1]))
    which = np.searchsorted(cuts, x, side="right")
    _, where = np.unique(which, return_inverse=True)
    logs = np.bincount(where, weights=np.log(x)) / np.bincount(where)
    return np.exp(logs), where


def _held_out(at: Floats, good: Matrix, all_: Matrix, rng: Any) -> dict[str, float]:
    """The mean log-likelihood of each fold's answers under the shape fitted to the other folds."""
    fold = rng.permutation(len(good)) % FOLDS
    totals = dict.fromkeys(SHAPES, 0.0)
    for k in range(FOLDS):
        out = fold == k
        g, n = good[~out].sum(0), all_[~out].sum(0)
        for name in SHAPES:
            fitted = FIT[name](at, g, n)
            totals[name] += _likelihood(
                _curve(name, fitted, at), good[out].sum(0), all_[out].sum(0)
            )
    return {name: value / float(all_.sum()) for name, value in totals.items()}


def _likelihood(p: Floats, good: Floats, all_: Floats) -> float:
    import numpy as np

    q = np.clip(p, EDGE, 1 - EDGE)
    return float((good * np.log(q) + (all_ - good) * np.log(1 - q)).sum())


# -- the shapes: parameters from counts, the curve, and where it reaches a share -----------------------


def _curve(shape: str, fitted: tuple[float, ...], at: Floats) -> Floats:
    import numpy as np

    a, b = fitted[0], fitted[1]
    if shape == "logistic":
        return 1 / (1 + np.exp(-np.clip(a - b * np.log2(at), -40, 40)))
    if shape == "weibull":
        return np.exp(-np.minimum((at / math.exp(a)) ** math.exp(b), 700))
    return np.where(at <= fitted[2], a, b)


def _search(shape: str, begin: tuple[float, float], at: Floats, good: Floats, all_: Floats) -> tuple[float, ...]:  # fmt: skip
    optimize: Any = importlib.import_module("scipy.optimize")

    def loss(parameters: Any) -> float:
        a, b = float(parameters[0]), float(parameters[1])
        # a weak pull to the middle keeps separated data finite
        return -_likelihood(_curve(shape, (a, b), at), good, all_) + 1e-3 * (a * a + b * b)

    found = optimize.minimize(loss, begin, method="Nelder-Mead", options={"xatol": 1e-3, "fatol": 1e-4, "maxiter": 200})  # fmt: skip
    return float(found.x[0]), float(found.x[1])


def _logistic(at: Floats, good: Floats, all_: Floats) -> tuple[float, ...]:
    """Newton's method: a, b of logit p = a − b log2 x."""
    import numpy as np

    z = np.log2(at)
    design = np.stack([np.ones_like(z), -z])
    beta = np.zeros(2)
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(beta @ design, -30, 30)))
        gradient = design @ (good - all_ * p) - 2e-3 * beta
        hessian = (design * (all_ * p * (1 - p))) @ design.T + 2e-3 * np.eye(2)
        step = np.linalg.solve(hessian, gradient)
        step *= min(1.0, 5 / max(1e-9, float(np.abs(step).max())))
        beta = beta + step
        if float(np.abs(step).max()) < 1e-7:
            break
    return float(beta[0]), float(beta[1])


def _weibull(at: Floats, good: Floats, all_: Floats) -> tuple[float, ...]:
    middle = float(at[len(at) // 2])
    return _search("weibull", (math.log(middle), 0.0), at, good, all_)


def _threshold(at: Floats, good: Floats, all_: Floats) -> tuple[float, ...]:
    """Two levels and the last x of the first; a level of no answers is the mean of all."""
    import numpy as np

    total = float(good.sum()) / max(1e-9, float(all_.sum()))
    best: tuple[float, tuple[float, ...]] | None = None
    for k in range(len(at) - 1):
        n1, n2 = float(all_[: k + 1].sum()), float(all_[k + 1 :].sum())
        p1 = float(good[: k + 1].sum()) / n1 if n1 else total
        p2 = float(good[k + 1 :].sum()) / n2 if n2 else total
        fit = _likelihood(np.where(at <= at[k], p1, p2), good, all_)
        if best is None or fit > best[0]:
            best = (fit, (p1, p2, float(at[k])))
    assert best is not None
    return best[1]


def _reach_logistic(fitted: tuple[float, ...], share: float, at: Floats) -> float | None:
    a, b = fitted[:2]
    power = (a - math.log(share / (1 - share))) / b if b > 1e-9 else math.inf
    return 2**power if abs(power) < 60 else None


def _reach_weibull(fitted: tuple[float, ...], share: float, at: Floats) -> float | None:
    scale, shape = math.exp(fitted[0]), math.exp(fitted[1])
    power = math.log(-math.log(share)) / shape + math.log(scale)
    return math.exp(power) if abs(power) < 60 else None


def _reach_threshold(fitted: tuple[float, ...], share: float, at: Floats) -> float | None:
    """Between the last x of the first level and the next one, in the middle of their logarithms."""
    p1, p2, last = fitted
    if not p1 >= share > p2:
        return None
    following = min(float(x) for x in at if x > last)
    return math.sqrt(last * following)


Fit = Callable[[Any, Any, Any], tuple[float, ...]]
FIT: dict[str, Fit] = {"logistic": _logistic, "weibull": _weibull, "threshold": _threshold}
Reach = Callable[[tuple[float, ...], float, Any], "float | None"]
REACHES: dict[str, Reach] = {
    "logistic": _reach_logistic,
    "weibull": _reach_weibull,
    "threshold": _reach_threshold,
}
