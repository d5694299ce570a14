"""A text that obeys every constraint and states the answer, or the reason why there is none.

    witness([get("words", at_most=20), get("no_comma")], "42")
    -> "Each step follows from the one before it. The answer is \\boxed{42}."

The work is in `search.py`, with its sentences in many languages; it is loaded at the first call.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from bridle.constraints.base import Constraint
from bridle.constraints.witness.conflicts import Conflict
from bridle.errors import ConstraintError

AnswerFormat = Literal["boxed", "hash", "plain"]
_FORMATS = {"boxed": "\\boxed{{{}}}", "hash": "#### {}", "plain": "{}"}
_TEXT = re.compile(r"(\\text[a-z]{0,6}\{)([^{}$\\]{3,})(?=\})")
_NEUTRAL = "0"  # an answer that breaks no rule about words or case


def witness(
    constraints: Sequence[Constraint],
    answer: str | None,
    *,
    question: str | None = None,
    answer_format: AnswerFormat = "boxed",
    language: str = "en",
    seed: int = 0,
) -> str | Conflict:
    """A text that obeys all constraints and states the answer, or the conflict that forbids it.

    `answer=None` asks for no statement. `seed` varies the sentences. The constraints are taken to
    speak of this one text, whatever their scope.

    Raises:
        ConstraintError: an answer format or language that is not known.
    """
    from bridle.constraints.witness import search

    rules = tuple(dict.fromkeys(constraints))
    # Stated plainly, an answer brings nothing but itself: no format is to blame.
    neutral = (
        _stated(_NEUTRAL, answer_format) if answer is not None and answer_format != "plain" else ""
    )
    found = search.find(rules, _stated(answer, answer_format), neutral, language, seed)
    if isinstance(found, Conflict) and answer is not None:
        for cased in _in_other_case(answer):
            again = search.find(rules, _stated(cased, answer_format), neutral, language, seed)
            if isinstance(again, str):
                return again
    return found


def _in_other_case(answer: str) -> list[str]:
    """The answer with the words of its `\\text{…}` in capitals, and in small letters: the same."""
    cased = [_TEXT.sub(lambda m, to=to: m[1] + to(m[2]), answer) for to in (str.upper, str.lower)]
    return [other for other in cased if other != answer]


def violations(
    constraints: Sequence[Constraint],
    answer: str | None,
    *,
    answer_format: AnswerFormat = "boxed",
    language: str = "en",
    seed: int = 0,
) -> dict[Constraint, str | None]:
    """For each constraint a text that breaks just that one and states the answer; None where none
    was found. The constraint is broken narrowly: one word too many, one comma.

    Raises:
        ConstraintError: an answer format or language that is not known.
    """
    from bridle.constraints.witness import search

    rules = tuple(dict.fromkeys(constraints))
    statement = _stated(answer, answer_format)
    return {rule: search.break_one(rule, rules, statement, language, seed) for rule in rules}


def _stated(answer: str | None, answer_format: str) -> str:
    if answer_format not in _FORMATS:
        raise ConstraintError(
            f"There is no answer format {answer_format!r}.",
            expected=f"one of: {', '.join(_FORMATS)}",
        )
    return "" if answer is None else _FORMATS[answer_format].format(answer)
