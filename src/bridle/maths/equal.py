"""Are two answers the same? True, False, or None where it cannot be decided; never a guess."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bridle.maths.plain import plain


@dataclass(frozen=True, slots=True)
class Equality:
    """`equal` is None where it could not be decided; `how` names the way; `reason` is a sentence."""

    equal: bool | None
    how: str
    reason: str


_UNIT = re.compile(
    r"(?:\\text\{[^{}]*\}|\\mathrm\{[^{}]*\}|\^\{?\\circ\}?|\\[,!; ]|(?<=\d) [A-Za-z ]+|\\?%|\\?\$)"
)


def equal(gold: str, answer: str, *, tolerance: float | None = None) -> Equality:
    """Whether `answer` says the same as the reference `gold`."""
    if gold.strip() == answer.strip():
        return Equality(True, "identical", "The same text.")
    a = plain(gold) or plain(_UNIT.sub("", gold))
    b = plain(answer) or plain(_UNIT.sub("", answer))
    if a is None or b is None:
        return Equality(None, "undecided", "One of the answers is not a plain number.")
    same = a[0] == b[0]
    return Equality(same, "exact", f"{gold} is {'the same as' if same else 'not'} {answer}.")
