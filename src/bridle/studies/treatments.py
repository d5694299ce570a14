"""Treatments of a study: an arm with the levels of its factors, and those that every arm has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from bridle import arms as all_arms
from bridle.errors import BridleError, nearest

# Factors that every arm has: the settings of decoding.
DECODING = ("temperature", "top_p", "top_k", "max_tokens", "reasoning_effort")


Levels = tuple[tuple[str, Any], ...]  # (factor, level), sorted by factor


class Cell(NamedTuple):
    """An arm with the levels of its factors: one treatment of the study."""

    arm: str
    factors: Levels

    def make(self) -> all_arms.Arm:
        return all_arms.get(self.arm, dict(self.factors))

    def decoding(self) -> dict[str, Any]:
        """The settings of decoding among its factors."""
        return {k: v for k, v in self.factors if k in DECODING}

    def levels(self) -> dict[str, Any]:
        """Every factor with its level, the arm's usual ones too: the columns of a record."""
        return {**self.make().factors(), **dict(self.factors)}


def refuse_factors(arms: Sequence[str], factors: Mapping[str, Sequence[Any]]) -> None:
    known = dict.fromkeys(DECODING)
    for name in arms:
        known |= all_arms.factors_of(all_arms.ARMS[all_arms.read_name(name)[0]])
    for name, levels in factors.items():
        if name not in known:
            near = nearest(name, known)
            raise BridleError(
                f"No arm of this study has the factor {name!r}.",
                expected=(f"did you mean {near!r}? " if near else "")
                + f"One of: {', '.join(known)}",
            )
        if not levels or len({str(lv) for lv in levels}) < len(levels):
            raise BridleError(
                f"The factor {name!r} has no level, or one twice.", expected=f"{name}=A,B"
            )
