"""Whether the constraints were obeyed: hard, soft, and how many verdicts could not be decided.

An item that holds an instruction which no type here judges has no `hard`, whatever came back, so that
leaving it out cannot favour one outcome; `soft` is the share of the others.
"""

from __future__ import annotations

from bridle.outcomes.base import Judged, OutcomeType, Value, register

Measured = tuple[Value, str]


def _hard(judged: Judged) -> Measured:
    counted = judged.counted
    if judged.status == "error" or not counted or any(judged.left_out):
        return None, "nothing to judge" if not judged.verdicts else "not all could be judged"
    if judged.status != "complete":
        return False, f"the response is {judged.status}"
    passed = sum(v.obeyed is True for v in counted)
    return passed == len(counted), f"{passed} of {len(counted)} constraints obeyed"


def _soft(judged: Judged) -> Measured:
    counted = judged.counted
    if judged.status == "error" or not counted:
        return None, "nothing to judge"
    if judged.status != "complete":
        return 0.0, f"the response is {judged.status}"
    passed = sum(v.obeyed is True for v in counted)
    return passed / len(counted), f"{passed} of {len(counted)} constraints obeyed"


def _undetermined(judged: Judged) -> Measured:
    if judged.status != "complete":
        return 0, f"the response is {judged.status}"
    return sum(v.obeyed is None for v in judged.counted), ""


HARD = register(
    OutcomeType(
        name="hard",
        label="HAcc",
        meaning="Every constraint was obeyed.",
        measure=_hard,
        floor=True,
        published=True,
    )
)
SOFT = register(
    OutcomeType(
        name="soft",
        label="SAcc",
        meaning="The share of the constraints that were obeyed.",
        measure=_soft,
        kind="share",
        floor=True,
        published=True,
    )
)
UNDETERMINED = register(
    OutcomeType(
        name="undetermined",
        label="undetermined",
        meaning="Verdicts on a complete answer that could not be decided; they do not pass.",
        measure=_undetermined,
        kind="number",
        better="lower",
        counts="complete",
    )
)
