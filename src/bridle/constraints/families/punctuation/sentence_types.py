"""Kinds of sentences in given proportions: statements, questions, exclamations."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from bridle.constraints.base import COUNT, Constraint
from bridle.constraints.counting import EVIDENCE
from bridle.constraints.drafts.prose import add, fillers, fitted, is_statement, tidy
from bridle.constraints.registry import register
from bridle.constraints.verdict import Example, Verdict
from bridle.text import MASK, Span, View, read_text

_KINDS = ("declarative", "interrogative", "exclamatory")


_BANK = {
    "interrogative": (
        "What do we know?",
        "Is that all?",
        "How do we go on?",
        "What is left to do?",
        "Can this be right?",
    ),
    "exclamatory": ("That works!", "How neat it is!", "Here we are!", "It all fits!"),
}


@register
@dataclass(frozen=True, kw_only=True)
class SentenceTypes(Constraint):
    """Statements, questions and exclamations stand in a given ratio."""

    name = "sentence_types"
    skill = "planning"
    stage = COUNT
    meaning = (
        "Sentences as for `sentences`, by the mark they end with: `.` or `…` declarative, `?` (and "
        "`?!`) interrogative, `!` exclamatory, without one (a heading) none. The numbers of those "
        "that the ratio names stand in it, and are not all 0; `exclamatory` left out is free."
    )
    examples: ClassVar = (
        Example({"declarative": 2, "interrogative": 1}, "We add. It is 4. Is it?", True),
        Example({"declarative": 2, "interrogative": 1}, "A! We add. It is 4. Is it?", True),
        Example({"declarative": 2, "interrogative": 1}, "We add. Is it?", False),
        Example({"declarative": 2, "interrogative": 1}, "Yes!", False, "none of either"),
        Example(
            {"declarative": 1, "interrogative": 1, "exclamatory": 1},
            "It is $x?$. Is it? Yes!",
            True,
        ),
        Example(
            {"declarative": 1, "interrogative": 1, "exclamatory": 1}, "It is 4. Is it?!", False
        ),
    )

    declarative: int
    interrogative: int
    exclamatory: int | None = None

    def validate(self) -> None:
        for kind in _KINDS:
            self.want_count(kind)
        if not any(number for _, number in self._ratio()):
            raise self.bad("declarative", self.declarative, "a ratio that is not 0 everywhere")

    def _ratio(self) -> list[tuple[str, int]]:
        numbers = ((kind, getattr(self, kind)) for kind in _KINDS)
        return [(kind, number) for kind, number in numbers if number is not None]

    def phrasings(self) -> tuple[str, ...]:
        ratio = ":".join(str(number) for _, number in self._ratio())
        kinds = [kind for kind, _ in self._ratio()]
        listed = f"{', '.join(kinds[:-1])} and {kinds[-1]}"
        return (
            f"Maintain a {ratio} ratio of {' to '.join(kinds)} sentences in your response.",
            f"The numbers of {listed} sentences in your answer must be in the ratio {ratio}.",
            f"Balance your sentences: {listed} ones in the ratio {ratio}.",
        )

    def _kinds(self, view: View) -> list[tuple[str, Span]]:
        found: list[tuple[str, Span]] = []
        text, stops = view.text, view.formula_stops
        for start, end in view.sentences:
            if text[end - 1] == "." and text[end - 2] not in _MARKS:  # nearly always
                found.append(("declarative", (start, end)))
                continue
            if end in stops:
                found.append(("declarative", (start, end)))
                continue
            if text[end - 1] in ";\u037e" and text[end - 2] in _GREEK:
                found.append(("interrogative", (start, end)))
                continue
            ending = _ENDING.search(_NOTES.sub("", text[max(start, end - 40) : end]))
            marks = ending.group(1) if ending else ""
            if any(m in "?？؟" for m in marks):
                found.append(("interrogative", (start, end)))
            elif any(m in "!！" for m in marks):
                found.append(("exclamatory", (start, end)))
            elif marks:
                found.append(("declarative", (start, end)))
        return found

    def _counts(self, found: list[tuple[str, Span]]) -> dict[str, int]:
        kinds = [kind for kind, _ in found]
        return {kind: kinds.count(kind) for kind, _ in self._ratio()}

    def judge(self, view: View) -> Verdict:
        kinds = self._kinds(view)
        counts = self._counts(kinds)
        units = {counts[kind] / number for kind, number in self._ratio() if number}
        none = all(counts[kind] == 0 for kind, number in self._ratio() if not number)
        obeyed = len(units) == 1 and none and any(counts.values())
        said = ", ".join(f"{number} {kind}" for kind, number in counts.items())
        wanted = ":".join(str(number) for _, number in self._ratio())
        return self.verdict(
            obeyed,
            observed=list(counts.values()),
            wanted=f"{' : '.join(counts)} as {wanted}",
            reason=f"{said}.",
            evidence=[s for kind, s in kinds if kind in counts][:EVIDENCE],
        )

    def build(self, draft: str) -> str:
        if self.check(draft).obeyed:
            return draft
        view = read_text(draft).masked
        unwanted = {kind for kind, number in self._ratio() if not number}
        for kind, (start, end) in reversed(self._kinds(view)):
            if kind in unwanted and not is_statement(draft, (start, end)):
                draft = tidy(draft[:start].rstrip(" ") + " " + draft[end:].lstrip(" "))
        counts = self._counts(self._kinds(read_text(draft).masked))
        units = max([1, *(-(-counts[kind] // n) for kind, n in self._ratio() if n)])
        more: list[str] = []
        for kind, number in self._ratio():
            missing = max(0, units * number - counts[kind])
            bank = self._of_kind(kind, draft) if missing else []
            more += [bank[i % len(bank)] for i in range(missing if bank else 0)]
        return add(draft, more)

    def _of_kind(self, kind: str, draft: str) -> list[str]:
        """Sentences of that kind that the other rules allow."""
        said = [s for s in (fitted(s) for s in _BANK.get(kind, ())) if s]
        said += [s for s in fillers(draft) if s not in said]
        return [s for s in said if [k for k, _ in self._kinds(read_text(s).masked)] == [kind]]

    def violate(self, draft: str) -> str:
        return add(self.build(draft), ["So it goes." if self.declarative else "Is it?"])


_MARKS = ".!?…。！？؟।．॥｡۔።។။։"


_GREEK = frozenset(map(chr, (*range(0x370, 0x400), *range(0x1F00, 0x2000))))  # asks by `;`


# Marks with no word behind them: what closes there, an emoji.
_ENDING = re.compile(rf"([{_MARKS}]+)(?:[^\w{MASK}{_MARKS}]|_)*$")


_NOTES = re.compile(r"(?:\[\d{1,3}\]|[¹²³⁰-⁹])+$")  # marks of footnotes
