"""What a slice of the records comes to: its rates by key, and what the report calls each of them.

row.rates["hacc"].run   -> Estimate(value=0.43, ...), or in words why there is none
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bridle.outcomes import HARD, JOINT, SOFT, UNDETERMINED
from bridle.statistics import (
    Difference,
    Estimate,
)

Cell = Estimate | str  # a number, or in words why there is none

# key of a rate → how the report calls it, in the order in which it shows them
WORDS: dict[str, str] = {
    "hacc": HARD.label,
    "floor": "floor",
    "lift": "lift over the floor",
    "sacc": SOFT.label,
    "soft_floor": "floor of SAcc",
    JOINT.name: JOINT.label,
    "correct_with": "correct, with constraints",
    "correct_without": "correct, without",
    "none_stated_with": "no final answer stated",
    "none_stated_without": "no final answer stated, without",
    "truncated_with": "truncated, with constraints",
    "truncated_without": "truncated, without",
    UNDETERMINED.name: UNDETERMINED.label,
    "obeyed": "obeyed",
    "way_with": "with constraints",
    "way_without": "without",
}
NO_NAME = "(no name)"  # how a slice is called whose records have no value there
OF_A_MODEL = tuple(key for key in WORDS if key not in ("obeyed", "way_with", "way_without"))
LEADING = ("hacc", "floor", "sacc", JOINT.name, "correct_with", "correct_without")
SHORT = ("hacc", JOINT.name, "correct_with")  # where several models stand side by side


@dataclass(frozen=True, slots=True)
class Rate:
    """One rate with both denominators."""

    run: Cell
    complete: Cell

    def to_dict(self) -> dict[str, Any]:
        return {"run": _plain(self.run), "complete": _plain(self.complete)}


@dataclass(frozen=True, slots=True)
class Row:
    """The rates of one slice: one model's records, or those of one source of it, …

    `statuses` counts the records of the slice by status, errors included; `problems` are the
    distinct questions behind them, which is what the width of an interval hangs on. `others` are the
    rates of the other registered outcomes that some record of the slice has: a plugin's, a probe's.
    """

    who: str
    label: str
    statuses: dict[str, int]
    rates: dict[str, Rate]
    problems: int = 0
    others: dict[str, Rate] = field(default_factory=dict[str, Rate])  # by the outcome's name
    change: Difference | str = ""  # correct with minus without, on the same problems; "": not asked

    @property
    def records(self) -> int:
        return sum(self.statuses.values())

    def to_dict(self) -> dict[str, Any]:
        found: dict[str, Any] = {
            "who": self.who,
            "label": self.label,
            "statuses": self.statuses,
            "problems": self.problems,
        }
        found |= {name: value.to_dict() for name, value in self.rates.items()}
        if self.others:
            found["outcomes"] = {name: value.to_dict() for name, value in self.others.items()}
        if self.change != "":
            found["change"] = _plain(self.change)
        return found


def _plain(cell: Cell | Difference) -> dict[str, Any]:
    return {"value": None, "why": cell} if isinstance(cell, str) else cell.to_dict()
