"""Whether the answer is right, and whether it is right and obedient: correct, joint."""

from __future__ import annotations

from bridle.outcomes.base import Judged, OutcomeType, Value, register
from bridle.outcomes.obedience import HARD

Measured = tuple[Value, str]


def _correct(judged: Judged) -> Measured:
    if judged.item.problem.answer is None:
        return None, "no reference answer"
    if judged.status == "error":
        return None, "there is no response"
    if judged.status != "complete":
        return False, f"the response is {judged.status}"
    if judged.found is None:
        return judged.correct, "no final answer is stated"
    return judged.correct, f"found {judged.found[:200]} ({judged.equality})"


def _joint(judged: Judged) -> Measured:
    """hard and correct; `correct` alone where nothing was demanded; None without a reference."""
    correct, why = _correct(judged)
    if judged.item.problem.answer is None:
        return None, why
    if not judged.verdicts:
        return correct, why
    hard, obeyed = HARD.measure(judged) or (None, "")
    if hard is None:
        return None, obeyed
    if hard is False or correct is False:
        return False, obeyed if hard is False else why
    return (None, why) if correct is None else (True, obeyed)


CORRECT = register(
    OutcomeType(
        name="correct",
        label="correct",
        meaning="The final answer equals the reference.",
        measure=_correct,
    )
)
JOINT = register(
    OutcomeType(
        name="joint",
        label="joint",
        meaning="Every constraint was obeyed and the answer is correct.",
        measure=_joint,
    )
)
