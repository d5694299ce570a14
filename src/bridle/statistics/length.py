"""Does longer thinking cost obedience? Within an item, and by what an arm does to the length.

within_slope(hard, log2_tokens, items, problems, what="HAcc per doubling of thinking")
-> Estimate(0.077, -0.344, 0.498, unit="per unit of x")

arm_slope(hard, log2_tokens, low_effort, items, problems, what=...)
-> ArmSlope(estimate=..., first_stage_f=85.2, anderson_rubin=(-0.06, 0.00), shift=0.71)

Pooled over items the slope is one of difficulty: hard items get long thoughts and wrong answers.
Within an item difficulty cannot enter, and by randomised arms nothing else that varies by chance.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bridle.errors import DataError
from bridle.statistics.clusters import cluster_codes, effective_clusters, sums_by
from bridle.statistics.estimate import LEVEL, Estimate, read_outcomes, t_of
from bridle.statistics.ratios import fieller

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from bridle.statistics.estimate import Floats, Ints, Keys

WEAK = 10.0  # first-stage F under which the usual interval of an instrument is too short
UNIT = "per unit of x"


@dataclass(frozen=True, slots=True)
class ArmSlope:
    """The slope along the change of x that an arm brings.

    It is an effect of x only if the arm does nothing but change x; of an arm that also changes the
    text (a reminder, "Wait") it is the arm's effect for each unit of x.
    """

    estimate: Estimate
    first_stage_f: float
    anderson_rubin: tuple[float, float] | None  # None: the set has no bounds
    shift: float  # by how much the arm moves x, within items

    def to_dict(self) -> dict[str, Any]:
        return {
            **self.estimate.to_dict(),
            "first_stage_f": self.first_stage_f,
            "anderson_rubin": self.anderson_rubin,
            "shift": self.shift,
        }


def within_slope(
    y: ArrayLike,
    x: ArrayLike,
    items: Keys,
    problems: Keys | None = None,
    *,
    what: str,
    level: float = LEVEL,
) -> Estimate:
    """β of y = item effect + β x: Σ x̃ỹ / Σ x̃², tilde being the value less its item's mean.

    The variance is the jackknife's over problems (CR3), Student's t with as many degrees of freedom
    as problems that x̃² spreads evenly over, less one.

    Args:
        y: n outcomes; x: n numbers (log2 of the tokens thought, say); items and problems: n keys.

    Raises:
        DataError: x does not vary within any item, or within the items of one problem alone.

    Source: Wooldridge 2010, Econometric Analysis of Cross Section and Panel Data, section 10.5; Bell
    & McCaffrey 2002, Survey Methodology 28:169.
    """
    y_in, x_in, _, codes = _within(what, items, problems, y, x)
    sxx = sums_by(codes, x_in * x_in)
    total = float(sxx.sum())
    if total <= 1e-12:
        raise DataError(
            f"{what}: the length does not vary within any item.",
            expected="several samples of each item (8 or more say something)",
        )
    slope = float((x_in * y_in).sum()) / total
    share = sxx / total
    if float(share.max()) > 1 - 1e-9:
        raise DataError(f"{what}: the length varies within the items of one problem alone.")
    influence = sums_by(codes, x_in * (y_in - slope * x_in)) / (total * (1 - share))
    m = int((sxx > 0).sum())
    v = float((influence**2).sum()) * (m - 1) / m
    half = t_of(level, max(1.0, effective_clusters(sxx) - 1)) * v**0.5
    method = f"within items, jackknife over {m} problems"
    return Estimate(slope, slope - half, slope + half, len(y_in), method, what, m, UNIT)


def arm_slope(
    y: ArrayLike,
    x: ArrayLike,
    arm: ArrayLike,
    items: Keys,
    problems: Keys | None = None,
    *,
    what: str,
    level: float = LEVEL,
) -> ArmSlope:
    """β = Σ z̃ỹ / Σ z̃x̃: two-stage least squares with item effects, z the arm as instrument.

    The interval is the usual one (sandwich over problems, Student's t) where the first stage's F is
    at least 10, else Anderson and Rubin's, which holds for any F.

    Args:
        y: n outcomes; x: n numbers; arm: n zeros and ones (or a dose); items and problems: n keys.

    Raises:
        DataError: no item was asked in both arms, or the arm moves x so little that the slope has no
            bounds.

    Source: Wooldridge 2010, section 5.2; Anderson & Rubin 1949, Ann. Math. Stat. 20:46, with
    variances between clusters; Stock & Yogo 2005 (F of 10).
    """
    y_in, x_in, z_in, codes = _within(what, items, problems, y, x, arm)
    szz = float((z_in * z_in).sum())
    if szz <= 1e-12:
        raise DataError(f"{what}: no item was asked in more than one arm.")
    m = int((sums_by(codes, z_in * z_in) > 0).sum())
    if m < 2:
        raise DataError(f"{what}: one problem alone gives no interval.")
    spread = (m / (m - 1)) ** 0.5
    szy, szx = float((z_in * y_in).sum()), float((z_in * x_in).sum())
    # residual influences of the two reduced forms, y on z and x on z
    p = sums_by(codes, z_in * (y_in - szy / szz * z_in)) * spread
    q = sums_by(codes, z_in * (x_in - szx / szz * z_in)) * spread
    first = szx**2 / max(float((q * q).sum()), 1e-300)
    t = t_of(level, m - 1)
    region = fieller(szy, szx, p, q, t)
    if not szx or (first < WEAK and region is None):
        raise DataError(
            f"{what}: the arm hardly changes the length (first-stage F = {first:.1f}), so the slope "
            "has no bounds.",
            expected=f"an arm with F of {WEAK:g} or more",
        )
    slope = szy / szx
    if first < WEAK and region is not None:
        low, high, how = *region, f"Anderson–Rubin, F = {first:.1f}"
    else:
        residual = sums_by(codes, z_in * (y_in - slope * x_in)) * spread
        half = t * float((residual**2).sum()) ** 0.5 / abs(szx)
        low, high, how = slope - half, slope + half, f"2SLS, F = {first:.1f}"
    low, high = min(low, slope), max(high, slope)
    estimate = Estimate(slope, low, high, len(y_in), f"{how} ({m} problems)", what, m, UNIT)
    return ArmSlope(estimate, first, region, szx / szz)


def _within(
    what: str, items: Keys, problems: Keys | None, y: ArrayLike, x: ArrayLike, z: ArrayLike = ()
) -> tuple[Floats, Floats, Floats, Ints]:
    """Each variable less its item's mean, and the problems' codes."""
    import numpy as np

    columns = [read_outcomes(v, what, least=-math.inf, most=math.inf) for v in (y, x)]
    columns.append(
        read_outcomes(z, what, least=-math.inf, most=math.inf)
        if np.size(z)
        else np.zeros(len(columns[0]))
    )
    if len({len(c) for c in columns}) > 1:
        raise DataError(f"{what}: outcomes, lengths and arms are not equally many.")
    item = cluster_codes(items, len(columns[0]), what)
    sizes = sums_by(item)
    a, b, c = (column - (sums_by(item, column) / sizes)[item] for column in columns)
    codes = item if problems is None else cluster_codes(problems, len(a), what)
    return a, b, c, codes
