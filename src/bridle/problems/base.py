"""A problem: a question with its reference answer."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """A question with its reference answer (None where there is none to compare with).

    `difficulty` is on the source's own scale (number of steps for generated problems); `family` and
    `language` are known of generated problems.
    """

    id: str
    question: str
    answer: str | None
    source: str = ""
    difficulty: float | None = None
    family: str = ""
    language: str = "en"
