"""How one of the paragraphs begins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bridle.constraints.base import SHAPE, Constraint
from bridle.constraints.counting import Counted
from bridle.constraints.drafts.prose import add_block, plan, some_fillers
from bridle.constraints.registry import make, register
from bridle.constraints.verdict import Example, Piece, Verdict
from bridle.text import MASK, View, read_text
from bridle.text.find import find_phrase


@register
@dataclass(frozen=True, kw_only=True)
class ParagraphStart(Constraint):
    """There are so many paragraphs, and one of them begins with a word."""

    name = "paragraph_start"
    skill = "planning"
    stage = SHAPE
    meaning = (
        "Paragraphs are runs of lines between blank lines; there are exactly `paragraphs` of them, "
        "and the one numbered `nth` begins with the word, in any case, marks before it aside; a "
        "formula is a word."
    )
    examples: ClassVar = (
        Example({"paragraphs": 2, "nth": 2, "word": "so"}, "We add.\n\nSo it is 4.", True),
        Example({"paragraphs": 2, "nth": 2, "word": "so"}, "We add.\n\n**So** it is 4.", True),
        Example({"paragraphs": 2, "nth": 2, "word": "so"}, "We add.\n\nSome is 4.", False),
        Example({"paragraphs": 2, "nth": 2, "word": "so"}, "a\n\nSo b\n\nc", False, "three"),
        Example({"paragraphs": 2, "nth": 2, "word": "so"}, "a\n\n$x$ so", False, "a formula"),
    )

    paragraphs: int
    nth: int
    word: str

    def validate(self) -> None:
        self.want_count("paragraphs", least=1)
        self.want_count("nth", least=1)
        self.want_text("word")
        if self.nth > self.paragraphs:
            raise self.bad("nth", self.nth, f"at most {self.paragraphs}, the number of paragraphs")

    def phrasings(self) -> tuple[str, ...]:
        return (
            f"There should be {self.paragraphs} paragraphs. Paragraphs and only paragraphs are "
            f"separated with each other by two new lines. Paragraph {self.nth} must start with "
            f"word {self.word}.",
            f'Write {self.paragraphs} paragraphs; begin paragraph {self.nth} with "{self.word}".',
            f'Paragraph {self.nth} of your {self.paragraphs} must begin with "{self.word}".',
        )

    def judge(self, view: View) -> Verdict:
        spans = view.paragraphs
        wanted = f"{self.paragraphs} paragraphs, number {self.nth} begins with {self.word!r}"
        if len(spans) != self.paragraphs:
            unit = "paragraph" if len(spans) == 1 else "paragraphs"
            reason = f"{len(spans)} {unit} in place of {self.paragraphs}."
            return self.verdict(
                False, observed=len(spans), wanted=wanted, reason=reason, evidence=spans[:100]
            )
        start, end = spans[self.nth - 1]
        first = self._first(view, start, end)
        found = next((a for a, _ in find_phrase(view, self.word) if start <= a <= first), None)
        obeyed = found is not None
        if found is not None:
            first = found  # the word's own marks may stand before it: ¿Qué
        opening = " ".join(view.raw[first:end].split()[:1])
        return self.verdict(
            obeyed,
            observed=opening,
            wanted=wanted,
            reason=f"Paragraph {self.nth} begins with {opening!r}.",
            evidence=((first, first + len(opening)) if opening else (start, end),),
        )

    def _first(self, view: View, start: int, end: int) -> int:
        while start < end and not (view.text[start].isalnum() or view.text[start] in (MASK, "\\")):
            start += 1
        return start

    def build(self, draft: str) -> str:
        if self.check(draft).obeyed:
            return draft
        draft = make("paragraphs", {"exactly": self.paragraphs}).build(draft)
        spans = read_text(draft).masked.paragraphs
        if len(spans) < self.nth:
            return draft
        start, end = spans[self.nth - 1]
        word = self.word if plan().statement.islower() else self.word[:1].upper() + self.word[1:]
        opener = f"{word}: " if self.word[-1:].isalnum() else f"{word} "
        return draft[:start] + opener + draft[start:end] + draft[end:]

    def violate(self, draft: str) -> str:
        return add_block(self.build(draft), "\n\n".join(some_fillers(1)) or "One more.")

    def requires(self) -> tuple[Piece, ...]:
        return (Piece(self.word, exact=False),)

    def clashes(self, other: Constraint) -> str | None:
        if (
            isinstance(other, Counted)
            and other.name == "paragraphs"
            and "separator" not in other.params()
        ):
            low, high = other.bounds()
            if not (low <= self.paragraphs and (high is None or self.paragraphs <= high)):
                return f"{self.paragraphs} paragraphs are not {other.amount()}."
        if isinstance(other, ParagraphStart) and other.paragraphs != self.paragraphs:
            return f"{self.paragraphs} and {other.paragraphs} paragraphs."
        return None
