"""Where failures come from: shares of one loss that sum to it exactly.

    decompose(failed, {"truncated": cut, "no answer": none, "formatting": format}, problems, what="…")
    -> Loss(total=Estimate(0.42, …), shares=(Share("truncated", …), …, Share("not explained", …)))

A response that failed for two reasons is counted with the first in the order given (sequential), and
by halves with each (Shapley). Both are counts of responses, so nothing is lost in rounding.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from bridle.errors import DataError
from bridle.statistics.estimate import LEVEL, Estimate, read_outcomes
from bridle.statistics.rates import rate

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from bridle.statistics.estimate import Keys

REST = "not explained"


@dataclass(frozen=True, slots=True)
class Share:
    """One cause: its part of the responses, counted with the first cause and shared evenly."""

    cause: str
    sequential: Estimate
    shapley: Estimate
    count: int  # failed responses of which it is the first cause
    shapley_count: Fraction  # failed responses, those of several causes divided among them

    def to_dict(self) -> dict[str, Any]:
        return {
            "cause": self.cause,
            "sequential": self.sequential.to_dict(),
            "shapley": self.shapley.to_dict(),
            "count": self.count,
            "shapley_count": str(self.shapley_count),
        }


@dataclass(frozen=True, slots=True)
class Loss:
    """The failed share of n responses, and its parts in the order in which they were counted."""

    total: Estimate
    failed: int
    n: int
    shares: tuple[Share, ...]

    def to_dict(self) -> dict[str, Any]:
        return {
            "total": self.total.to_dict(),
            "failed": self.failed,
            "n": self.n,
            "shares": [share.to_dict() for share in self.shares],
        }


def decompose(
    failed: ArrayLike,
    causes: Mapping[str, ArrayLike],
    problems: Keys | None = None,
    *,
    what: str,
    level: float = LEVEL,
) -> Loss:
    """The failures among n responses, divided among causes; what none explains comes last.

    The sequential counts and the Shapley counts both sum to the number of failures exactly.

    Args:
        failed: n truth values. causes: name → n truth values, whether that cause applies to the
            response; in the order in which they are counted. Causes of responses that did not fail
            are left out.

    Raises:
        DataError: nothing to count, a missing value, a cause with another number of responses.

    Source: Shapley 1953; the game in which a set of causes is worth the failures that any of them
    explains gives each cause an equal part of every failure that it shares.
    """
    import numpy as np

    loss = read_outcomes(failed, what).astype(bool)
    named = list(causes)
    applies = np.zeros((len(named) + 1, len(loss)), bool)
    for row, name in enumerate(named):
        found = read_outcomes(causes[name], f"{what}: {name}").astype(bool)
        if len(found) != len(loss):
            raise DataError(f"{what}: {len(loss)} responses, but {len(found)} values of {name!r}.")
        applies[row] = found & loss
    applies[-1] = loss & ~applies[:-1].any(0)
    first = np.where(loss, applies.argmax(0), -1)
    several = applies.sum(0)
    part = applies / np.maximum(several, 1)
    unit = math.lcm(*range(1, len(named) + 2))
    shares: list[Share] = []
    for row, name in enumerate([*named, REST]):
        mine = first == row
        parts = sum(
            int(count) * unit // int(k)
            for k, count in enumerate(np.bincount(several[applies[row]], minlength=2))
            if k
        )
        shares.append(
            Share(
                name,
                rate(mine, problems, what=f"{what}: {name}", level=level),
                rate(part[row], problems, what=f"{what}: {name}, shared", level=level),
                int(mine.sum()),
                Fraction(parts, unit),
            )
        )
    return Loss(
        rate(loss, problems, what=what, level=level), int(loss.sum()), len(loss), tuple(shares)
    )
