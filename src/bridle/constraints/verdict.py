"""What a check says of a text, and the texts that show what a constraint means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

Span = tuple[int, int]  # character offsets into the original text, half-open


class Verdict(NamedTuple):
    """One constraint against one text.

    `obeyed` is None when it cannot be determined (the language of a text without letters);
    undetermined is counted apart and never passes. `evidence` holds spans of the original text
    (character offsets, half-open) that show the reason.
    """

    obeyed: bool | None
    observed: object
    wanted: str
    reason: str
    evidence: tuple[Span, ...] = ()
    constraint: str = ""
    version: int = 0

    def to_dict(self) -> dict[str, Any]:
        return {
            "constraint": self.constraint,
            "obeyed": self.obeyed,
            "observed": self.observed,
            "wanted": self.wanted,
            "evidence": [list(span) for span in self.evidence],
            "reason": self.reason,
            "version": self.version,
        }


@dataclass(frozen=True, slots=True)
class Example:
    """A text with the verdict that is right for it; `why` when it is near the edge."""

    params: Mapping[str, Any]
    text: str
    obeyed: bool | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch that every obeying text contains, its lines perhaps far apart; `exact`: also in its
    case."""

    text: str
    exact: bool = True
