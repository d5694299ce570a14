"""The one contrast that a study is run for, named before it: "reminder vs plain on joint"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bridle import arms as all_arms
from bridle import outcomes
from bridle.errors import BridleError, nearest

KINDS = ("truth", "share")
_FORM = re.compile(r"\s*(\S+)\s+(?:vs\.?|against)\s+(\S+)\s+on\s+(\S+)\s*\Z", re.IGNORECASE)


@dataclass(frozen=True)
class Question:
    """Does the arm differ from the base in the outcome?"""

    arm: str
    base: str
    outcome: str

    def __str__(self) -> str:
        return f"{self.arm} vs {self.base} on {self.outcome}"


def read_question(text: str) -> Question:
    """The contrast in words.

    Raises:
        BridleError: it has another form, an arm or an outcome that there is not, or the same arm twice.
    """
    found = _FORM.match(text[:300])
    if found is None:
        raise BridleError(
            f"{text[:80]!r} names no contrast.", expected='"ARM vs ARM on OUTCOME"',
            hint='"reminder vs plain on joint"',
        )  # fmt: skip
    arm, base, outcome = found.groups()
    for name in (arm, base):
        all_arms.get(name)
    if arm == base:
        raise BridleError(f"{arm!r} is compared with itself.", expected="two arms")
    known = [name for name, kind in outcomes.OUTCOMES.items() if kind.kind in KINDS]
    if outcome not in known:
        near = nearest(outcome, known)
        raise BridleError(
            f"There is no outcome {outcome!r} to decide on.",
            expected=(f"did you mean {near!r}? " if near else "") + f"One of: {', '.join(known)}",
        )
    return Question(arm, base, outcome)
