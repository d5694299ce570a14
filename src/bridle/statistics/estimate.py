"""A number with its interval, and what every estimator does first: read its outcomes, find a quantile."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bridle.errors import DataError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Keys = Sequence[Hashable] | NDArray[np.integer[Any]]

LEVEL = 0.95
FEW = 5  # problems; under it a count says more than an interval (see Estimate.few)


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number with its interval: `low <= value <= high`, all finite.

    `n` is the number of observations that were counted, `method` how the interval was made, `what`
    the thing estimated, `problems` the number of problems that they share (None: not known), `unit`
    what the value is counted in. What cannot be estimated is no Estimate but a `DataError` that says
    why.
    """

    value: float
    low: float
    high: float
    n: int
    method: str
    what: str
    problems: int | None = None
    unit: str = "share"

    @property
    def few(self) -> bool:
        """Fewer than 5 problems: shown as a count, without an interval.

        Source: the smallest denominators of the NCHS Data Presentation Standards for Proportions,
        Vital Health Stat. 2/175, 2017, told for problems instead of persons.
        """
        return self.problems is not None and self.problems < FEW

    def _repr_html_(self) -> str:
        """As a notebook shows it: the value and its interval, then n and the method."""
        from html import escape

        scale, unit = (100, " %") if self.unit == "share" else (1, f" {self.unit}")
        if self.unit == "points":
            scale, unit = 100, " points"
        value, low, high = (
            f"{scale * v:.4g}".replace("-", "−") for v in (self.value, self.low, self.high)
        )
        interval = "" if self.few else f" [{low}, {high}]"
        n = f"n = {self.n:,}" + ("" if self.problems is None else f", {self.problems:,} problems")
        return (
            f"{escape(self.what)}: <b>{value}{escape(unit)}</b>{interval} "
            f"<small>{n}; {escape(self.method)}</small>"
        )

    def to_dict(self) -> dict[str, Any]:
        return {
            "value": self.value,
            "low": self.low,
            "high": self.high,
            "n": self.n,
            "method": self.method,
            "what": self.what,
            "problems": self.problems,
            "unit": self.unit,
        }


def read_outcomes(
    outcomes: ArrayLike, what: str, *, least: float = 0.0, most: float = 1.0
) -> Floats:
    """Outcomes as floats, or a DataError in words: none, missing, out of range."""
    import numpy as np

    y = np.asarray(outcomes, dtype=np.float64)
    if y.ndim != 1:
        raise DataError(f"{what}: outcomes have {y.ndim} dimensions.", expected="a flat list")
    if y.size == 0:
        raise DataError(f"{what}: there is nothing to count.", expected="at least one record")
    missing = int((~np.isfinite(y)).sum())
    if missing:
        raise DataError(
            f"{what}: {missing} of {y.size} outcomes are missing.",
            expected="leave them out, or count them as failures, before asking for a rate",
        )
    outside = y[(y < least) | (y > most)]
    if outside.size:
        raise DataError(
            f"{what}: the outcome {float(outside[0])!r} is out of range.",
            expected=f"{least:g} to {most:g}",
        )
    return y


def z_of(level: float) -> float:
    """The normal quantile of a two-sided interval of that level."""
    from statistics import NormalDist

    if not 0 < level < 1:
        raise DataError(f"A level of {level!r} is not possible.", expected="between 0 and 1")
    return NormalDist().inv_cdf((1 + level) / 2)


def t_of(level: float, freedom: float) -> float:
    """Student's t quantile of a two-sided interval; `freedom` need not be whole."""
    # scipy.stats would take a second to import
    from scipy.special import stdtrit  # pyright: ignore[reportMissingTypeStubs]

    if not 0 < level < 1:
        raise DataError(f"A level of {level!r} is not possible.", expected="between 0 and 1")
    return float(stdtrit(freedom, (1 + level) / 2))


def normal_p(z: float) -> float:
    """Two-sided p of a standard normal statistic."""
    import math

    return math.erfc(abs(z) / math.sqrt(2))
