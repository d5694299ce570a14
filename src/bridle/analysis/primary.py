"""The contrast that a study was run for, as its file names it ("reminder vs plain on joint"), decided.

    primary(table)    -> [Primary("organism", "reminder", "plain", Contrast("joint", …, says="worse"))]

It is named before the study, so its p stands as it is: it is one of no family of tests.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bridle.analysis.cells import by_cell
from bridle.analysis.compare import compare, side
from bridle.analysis.contrasts import Contrast
from bridle.errors import BridleError
from bridle.studies.question import Question, read_question

if TYPE_CHECKING:
    from bridle.records import Table


@dataclass(frozen=True, slots=True)
class Primary:
    """One model's answer to the question; or in words why there is none."""

    model: str
    arm: str
    base: str
    found: Contrast | str

    def to_dict(self) -> dict[str, Any]:
        shown = {"model": self.model, "arm": self.arm, "base": self.base}
        if isinstance(self.found, str):
            return {**shown, "contrast": None, "why": self.found}
        return {**shown, "contrast": self.found.to_dict()}


def question_of(table: Table) -> Question | None:
    """The question that the study's plan names; None where it names none, or one that nothing here knows."""
    said = table.about.get("primary")
    if not isinstance(said, str):
        return None
    try:
        return read_question(said)
    except BridleError:  # an arm or an outcome of a plug-in that is not loaded
        return None


def primary(table: Table) -> list[Primary]:
    """The study's primary contrast for each of its models; empty where it named none."""
    question = question_of(table)
    if question is None:
        return []
    told = by_cell(table)
    arm, base = (_cell(told, name) for name in (question.arm, question.base))
    found: list[Primary] = []
    for model in told.frame["model"].unique(maintain_order=True):
        try:
            a, b = (side(told, n, where={"model": model, "arm": n}) for n in (base, arm))
            made: Contrast | str = compare(a, b, primary=question.outcome, slices=False).contrasts[
                0
            ]
        except BridleError as error:
            made = error.what
        found.append(Primary(model, arm, base, made))
    return found


def _cell(told: Table, name: str) -> str:
    """The arm as the table calls it: its factors stand in its name only where they vary."""
    there = set(told.frame["arm"].unique())
    return name if name in there or name.partition(":")[0] not in there else name.partition(":")[0]
