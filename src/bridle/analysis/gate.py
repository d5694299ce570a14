"""What must hold, or must not happen, as an expression: the gates of `report` and `compare`.

    requirement("joint >= .8").judge(row)            -> Ruling(holds=False, says="… is 0.62 to 0.79 …")
    change_limit("joint drops > 2").judge(compared)  -> (True, "…: yes, the drop is 2.4 to 7.1.")

    OUTCOME >= SHARE, OUTCOME <= SHARE (also > and <)      of one study: report --require
    OUTCOME drops > POINTS, OUTCOME rises > POINTS         of two: compare --fail-if

A share is .8 or 80%. Both are judged by the bound of the 95 % interval that makes them hard to pass: a
requirement holds only where the whole interval meets it, a change has happened only where the whole
interval lies beyond the limit. Records that are errors count as failures of a requirement.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bridle.analysis.rates import WORDS, Cell, Row
from bridle.errors import BridleError, nearest
from bridle.outcomes import CORRECT, HARD, JOINT, OUTCOMES, SOFT, TRUNCATED, UNDETERMINED

if TYPE_CHECKING:
    from bridle.analysis.compare import Comparison

WAYS = {"drops": -1, "falls": -1, "rises": 1, "grows": 1}
REQUIRED = "OUTCOME >= SHARE or OUTCOME <= SHARE, such as 'joint >= .8'"
CHANGED = 'OUTCOME drops|rises > POINTS, such as "joint drops > 2"'
# outcome → the rate of a summary's row that counts it
RATES = {
    HARD.name: "hacc",
    SOFT.name: "sacc",
    CORRECT.name: "correct_with",
    JOINT.name: "joint",
    TRUNCATED.name: "truncated_with",
    UNDETERMINED.name: "undetermined",
}
_REQUIREMENT = re.compile(r"([^<>=]{1,80}?) ?(>=|<=|>|<|≥|≤) ?([0-9]*\.?[0-9]+) ?(%?)")


@dataclass(frozen=True, slots=True)
class Ruling:
    """What came of one requirement in one row; `holds` is None where the data cannot say."""

    text: str
    who: str
    holds: bool | None
    says: str

    @property
    def passed(self) -> bool:
        return self.holds is True

    def to_dict(self) -> dict[str, Any]:
        return {
            "require": self.text,
            "who": self.who,
            "holds": self.holds,
            "passed": self.passed,
            "says": self.says,
        }


@dataclass(frozen=True, slots=True)
class Requirement:
    """`joint >= .8`: a share that every row of a report must reach, or stay under."""

    outcome: str
    sign: str  # >=, >, <= or <
    share: float
    text: str

    def judge(self, row: Row) -> Ruling:
        """Whether the whole interval of that row's rate meets the limit, errors counted as failures.

        Raises:
            BridleError: the row has no such rate.
        """
        cell = self._cell(row)
        if isinstance(cell, str):
            return Ruling(self.text, row.who, None, f"cannot tell: {cell}")
        if cell.few:
            few = f"cannot tell: {cell.problems} problems are too few for an interval"
            return Ruling(self.text, row.who, None, few)
        errors = row.statuses.get("error", 0)
        share = cell.n / (cell.n + errors)
        at_least = self.sign.startswith(">")
        low = cell.low * share
        high = cell.high * share + (0 if at_least else 1 - share)
        bound = low if at_least else high
        holds = {
            ">=": bound >= self.share,
            ">": bound > self.share,
            "<=": bound <= self.share,
            "<": bound < self.share,
        }[self.sign]
        side = "lower" if at_least else "upper"
        plural = "s" if errors != 1 else ""
        counted = f", {errors:,} error{plural} counted as failures" if errors else ""
        says = (
            f"{'holds' if holds else 'fails'}: the {side} bound is {bound:.3f} "
            f"(estimate {cell.value:.3f} of {cell.n:,}{counted})"
        )
        return Ruling(self.text, row.who, holds, says)

    def _cell(self, row: Row) -> Cell:
        named = {**row.rates, **row.others}
        known = {name: key for name, key in RATES.items() if key in named}
        known |= {key: key for key in named}
        labels = {
            **{text.casefold(): key for key, text in WORDS.items() if key in named},
            **{o.label.casefold(): known[n] for n, o in OUTCOMES.items() if n in known},
        }
        key = known.get(self.outcome) or labels.get(self.outcome.casefold())
        if key is None:
            near = nearest(self.outcome, known)
            raise BridleError(
                f"--require {self.text!r}: there is no outcome {self.outcome!r}.",
                expected=(f"did you mean {near!r}? " if near else "")
                + f"One of: {', '.join(known)}",
            )
        rate = named[key]
        # some rates exist among complete answers alone
        return rate.complete if isinstance(rate.run, str) else rate.run


def requirement(text: str) -> Requirement:
    """The requirement that a text like "joint >= .8" names.

    Raises:
        BridleError: it is not one.
    """
    found = _REQUIREMENT.fullmatch(" ".join(text.split()))
    other = not WAYS.keys().isdisjoint(text.split())
    if found is None or other:
        raise BridleError(
            f"--require {text!r} is not understood.",
            expected=REQUIRED,
            hint="a change between two studies: bridle compare A B --fail-if …" if other else None,
        )
    outcome, sign, number, percent = found.groups()
    share = float(number) / (100 if percent else 1)
    if share > 1:
        shown = f"{number}{percent}"
        raise BridleError(
            f"--require {text!r}: {shown} is no share.",
            expected="a number from 0 to 1, or a percentage",
            hint=None if percent else f"{outcome} {sign} {number}%",
        )
    sign = {"≥": ">=", "≤": "<="}.get(sign, sign)
    return Requirement(outcome.strip(), sign, share, " ".join(text.split()))


@dataclass(frozen=True, slots=True)
class Change:
    """`joint drops > 2`: what must not happen between A and B, in points."""

    outcome: str
    way: int
    points: float
    text: str

    def judge(self, compared: Comparison) -> tuple[bool | None, str]:
        """(True: it happened; False: it did not; None: the data cannot tell), and a sentence.

        It happened where the whole 95 % interval lies beyond the limit, it did not where the whole
        interval lies on this side of it.

        Raises:
            BridleError: no such outcome in the comparison.
        """
        names = [c.key for c in compared.contrasts]
        found = next((c for c in compared.contrasts if self.outcome in (c.key, c.label)), None)
        if found is None:
            near = nearest(self.outcome, names)
            raise BridleError(
                f"--fail-if {self.text!r}: there is no outcome {self.outcome!r}.",
                expected=(f"did you mean {near!r}? " if near else "")
                + f"One of: {', '.join(names)}",
            )
        if isinstance(found.difference, str):
            return None, f"{self.text}: cannot tell, {found.difference}."
        e = found.difference.estimate
        low, high = sorted((self.way * e.low, self.way * e.high))
        limit = self.points / 100 if e.unit == "points" else self.points
        scale = 100 if e.unit == "points" else 1
        verb = "drop" if self.way < 0 else "rise"
        shown = f"{scale * low:.1f} to {scale * high:.1f}".replace("-", "−")
        if low > limit:
            return True, f"{self.text}: yes, the {verb} is {shown}."
        if high <= limit:
            return False, f"{self.text}: no, the {verb} is {shown}."
        return None, (
            f"{self.text}: cannot tell, the {verb} may be {shown}; "
            f"{found.difference.estimate.n:,} pairs are too few for this limit."
        )


def change_limit(text: str) -> Change:
    """The change that a text like "joint drops > 2" names.

    Raises:
        BridleError: it is not one.
    """
    words = text.split()
    try:
        *outcome, way, sign, points = words
        value = float(points.rstrip("%"))
        if way not in WAYS or sign not in (">", ">=") or not outcome or not 0 <= value < 1e9:
            raise ValueError
    except ValueError:
        other = _REQUIREMENT.fullmatch(" ".join(words)) is not None
        raise BridleError(
            f"--fail-if {text!r} is not understood.",
            expected=CHANGED,
            hint="a bound on one study: bridle report DIR --require …" if other else None,
        ) from None
    return Change(" ".join(outcome), WAYS[way], value, text)
