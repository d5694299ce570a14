"""What a comparison says, and how the verdicts of parts make the verdict of the whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Equality:
    """Whether two answers are the same.

    `equal` is None where it could not be decided; `how` is one of identical, exact, precision,
    tolerance, algebra, numeric, structure, words, worker, undecided, unreadable; `reason` is one
    sentence.
    """

    equal: bool | None
    how: str
    reason: str


def yes(how: str, reason: str) -> Equality:
    return Equality(True, how, reason)


def no(how: str, reason: str) -> Equality:
    return Equality(False, how, reason)


def unknown(reason: str, how: str = "undecided") -> Equality:
    return Equality(None, how, reason)


_RANK = (
    "identical",
    "exact",
    "structure",
    "words",
    "algebra",
    "precision",
    "tolerance",
    "numeric",
    "worker",
)


def all_of(parts: Iterable[Equality], what: str) -> Equality:
    """True if all are, False if one is False, else None with the first reason."""
    open_question: Equality | None = None
    how = "exact"
    for part in parts:
        if part.equal is False:
            return no(part.how, f"{what} differ: {part.reason}")
        if part.equal is None:
            open_question = open_question or part
        elif part.how in _RANK and _RANK.index(part.how) > _RANK.index(how):
            how = part.how
    return open_question or yes(how, f"All {what} are equal.")
