"""Signal detection: are two kinds of items told apart (d'), and which answer is preferred (c)?

    detect(hits=34, signals=40, alarms=10, noises=40)  -> Detection(sensitivity=Estimate(1.7…), bias=…)

Rates are moved from 0 and 1 by the log-linear rule (a half added to each count, one to each number).
Source: Hautus 1995, Behav. Res. Methods 27:46; variance: Gourevitch & Galanter 1967, Psychometrika 32:25.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

from bridle.errors import DataError
from bridle.statistics.estimate import LEVEL, Estimate, z_of


@dataclass(frozen=True, slots=True)
class Detection:
    """d' = z(hits) - z(false alarms); c = -(z(hits) + z(false alarms)) / 2, negative: a bias to "yes"."""

    sensitivity: Estimate
    bias: Estimate


def detect(
    hits: int, signals: int, alarms: int, noises: int, *, what: str, level: float = LEVEL
) -> Detection:
    """d' and c from counts, with normal intervals.

    Raises:
        DataError: no item of one kind, or more hits than items.
    """
    if not (0 <= hits <= signals and 0 <= alarms <= noises and signals and noises):
        raise DataError(
            f"{what}: {hits} of {signals} and {alarms} of {noises} cannot be read as rates.",
            expected="at least one item of either kind",
        )
    normal = NormalDist()
    z = z_of(level)
    scores: list[float] = []
    variances: list[float] = []
    for count, number in ((hits, signals), (alarms, noises)):
        p = (count + 0.5) / (number + 1)
        score = normal.inv_cdf(p)
        scores.append(score)
        variances.append(p * (1 - p) / ((number + 1) * normal.pdf(score) ** 2))
    spread = math.sqrt(sum(variances))

    def made(value: float, half: float, name: str) -> Estimate:
        return Estimate(
            value,
            value - half,
            value + half,
            signals + noises,
            "log-linear, normal interval",
            f"{what}, {name}",
            signals + noises,
            "z",
        )

    return Detection(
        made(scores[0] - scores[1], z * spread, "d'"),
        made(-(scores[0] + scores[1]) / 2, z * spread / 2, "c"),
    )
