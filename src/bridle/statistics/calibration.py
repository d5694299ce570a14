"""Stated confidence against being right: Brier and its parts, AUROC, the risk-coverage curve, ECE.

murphy([0.9, 0.6], [1, 0])   -> Parts(reliability=0.185, resolution=0.25, uncertainty=0.25)
auroc(confidence, right)     -> Estimate(0.81, 0.70, 0.88, ...)
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bridle.errors import DataError
from bridle.statistics.clusters import cluster_codes
from bridle.statistics.estimate import LEVEL, Estimate, read_outcomes, z_of

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from bridle.statistics.estimate import Floats, Keys

DRAWS = 400
BINS = 10
FEWEST = 5  # right and wrong answers each, under which a ranking says nothing


@dataclass(frozen=True, slots=True)
class Parts:
    """Brier = reliability - resolution + uncertainty."""

    reliability: float
    resolution: float
    uncertainty: float


def murphy(confidence: ArrayLike, right: ArrayLike) -> Parts:
    """The three parts of the Brier score over the distinct values of confidence.

    Source: Murphy 1973, J. Appl. Meteorol. 12:595.
    """
    import numpy as np

    c, y = _read(confidence, right)
    values, codes = np.unique(c, return_inverse=True)
    n = np.bincount(codes)
    share = np.bincount(codes, weights=y) / n
    base = float(y.mean())
    return Parts(
        float((n * (values - share) ** 2).sum()) / len(y),
        float((n * (share - base) ** 2).sum()) / len(y),
        base * (1 - base),
    )


def auroc(confidence: ArrayLike, right: ArrayLike, *, what: str, level: float = LEVEL) -> Estimate:
    """How often a right answer has the higher confidence of the two, ties counting half.

    The interval is DeLong's on the logit scale.

    Raises:
        DataError: fewer than 5 right or 5 wrong answers.

    Source: DeLong, DeLong & Clarke-Pearson 1988, Biometrics 44:837.
    """
    import numpy as np

    c, y = _read(confidence, right)
    good, bad = c[y == 1], c[y == 0]
    if min(len(good), len(bad)) < FEWEST:
        raise DataError(f"{what}: {len(good)} right and {len(bad)} wrong answers are too few.")

    def placed(of: Floats, among: Floats) -> Floats:
        ranked = np.sort(among)
        below, upto = (np.searchsorted(ranked, of, side) for side in ("left", "right"))
        return (below + upto) / 2 / len(among)

    above, under = placed(good, bad), placed(bad, good)
    value = float(above.mean())
    variance = float(above.var(ddof=1)) / len(good) + float(under.var(ddof=1)) / len(bad)
    inner = min(max(value, 0.5 / len(y)), 1 - 0.5 / len(y))
    middle = math.log(inner / (1 - inner))
    half = z_of(level) * math.sqrt(variance) / (inner * (1 - inner))
    low, high = (1 / (1 + math.exp(-x)) for x in (middle - half, middle + half))
    return Estimate(
        value, min(low, value), max(high, value), len(y), "DeLong on the logit scale", what, len(y),
        "AUROC",
    )  # fmt: skip


def risk_area(confidence: Floats, right: Floats) -> float:
    """The mean risk over coverages: of the k most confident answers the share that is wrong, k = 1 to n.

    Answers of one confidence enter in an order by chance: their errors are spread evenly.
    """
    import numpy as np

    order = np.argsort(-confidence, kind="stable")
    codes = np.unique(-confidence[order], return_inverse=True)[1]
    wrong = 1 - right[order]
    even = (np.bincount(codes, weights=wrong) / np.bincount(codes))[codes]
    return float((np.cumsum(even) / np.arange(1, len(even) + 1)).mean())


def expected_error(confidence: Floats, right: Floats) -> float:
    """ECE over ten bins of equal width, weighted by their numbers."""
    import numpy as np

    bins = np.minimum((confidence * BINS).astype(int), BINS - 1)
    return float(np.abs(np.bincount(bins, weights=right - confidence, minlength=BINS)).sum()) / len(
        right
    )


def aurc(
    confidence: ArrayLike, right: ArrayLike, problems: Keys | None = None, *, what: str
) -> Estimate:
    """The area under the risk-coverage curve; the interval is the bootstrap over problems."""
    return _resampled(risk_area, confidence, right, problems, what, "AURC")


def calibration_error(
    confidence: ArrayLike, right: ArrayLike, problems: Keys | None = None, *, what: str
) -> Estimate:
    """ECE less what a perfectly calibrated model would show with these confidences, at least 0.

    ECE is biased upwards in small samples; its mean under perfect calibration is drawn 200 times.
    """
    import numpy as np

    c, _ = _read(confidence, right)
    rng = np.random.default_rng(0)
    drawn = (rng.random((200, len(c))) < c).astype(float)
    null = float(np.mean([expected_error(c, row) for row in drawn]))
    found = _resampled(expected_error, confidence, right, problems, what, "ECE")
    # resampling adds the bias once more where the error is noise, and not where it is real: the lower
    # bound is taken for the one, the upper for the other
    value = max(0.0, found.value - null)
    low, high = max(0.0, found.low - 2 * null), max(0.0, found.high - null)
    return Estimate(
        value, min(low, value), max(high, value), found.n,
        f"{found.method}, less {null:.3f} (perfect calibration)", what, found.problems, "ECE",
    )  # fmt: skip


def _resampled(
    function: Callable[[Floats, Floats], float],
    confidence: ArrayLike,
    right: ArrayLike,
    problems: Keys | None,
    what: str,
    unit: str,
) -> Estimate:
    import numpy as np

    c, y = _read(confidence, right)
    codes = cluster_codes(problems, len(y), what)
    clusters = int(codes.max()) + 1
    if clusters < 2:
        raise DataError(f"{what}: one problem alone gives no interval.")
    value = function(c, y)
    rng = np.random.default_rng(0)
    members: list[Any] = [np.flatnonzero(codes == k) for k in range(clusters)]
    drawn: list[float] = []
    for _ in range(DRAWS):
        again: list[Any] = [members[int(k)] for k in rng.integers(0, clusters, clusters)]
        picked = np.concatenate(again)
        drawn.append(function(c[picked], y[picked]))
    low, high = (float(x) for x in np.quantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2]))
    method = f"bootstrap of {clusters} problems"
    return Estimate(value, min(low, value), max(high, value), len(y), method, what, clusters, unit)


def _read(confidence: ArrayLike, right: ArrayLike) -> tuple[Floats, Floats]:
    c, y = read_outcomes(confidence, "confidence"), read_outcomes(right, "right")
    if len(c) != len(y):
        raise DataError(f"{len(c)} confidences and {len(y)} outcomes.")
    return c, y
