"""contains: each of these strings stands in the text, character for character.

Counts: the string anywhere, inside words, maths and code too, in its own case.
Does not count: another case, a line broken inside it.  Undetermined: never.
For words and phrases as such take `keywords`, which looks for whole words in prose, in any case.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from bridle.constraints.base import CONTENT, Constraint, Maths
from bridle.constraints.drafts.prose import add, fitted
from bridle.constraints.registry import register
from bridle.constraints.verdict import Example, Piece, Verdict
from bridle.text import View


@register
@dataclass(frozen=True, kw_only=True)
class Contains(Constraint):
    """Each of these strings stands in the text, character for character."""

    name = "contains"
    skill = "precision"
    stage = CONTENT
    meaning = (
        "Each string occurs at least once exactly as written, also inside words, maths and code; its "
        "case counts. For whole words in any case: `keywords`."
    )
    examples: ClassVar = (
        Example({"texts": ["v1.2"]}, "Use v1.2 here.", True),
        Example({"texts": ["win"]}, "Open the window.", True, "inside a word"),
        Example({"texts": ["x+1"]}, "It is $x+1$.", True, "in maths too"),
        Example({"texts": ["v1.2"]}, "Use V1.2 here.", False, "its case counts"),
        Example({"texts": ["a b"]}, "Take a  b.", False, "two spaces are not one"),
        Example({"texts": ["sum", "total"]}, "The sum.", False, "each of them"),
    )

    texts: tuple[str, ...]
    maths: Maths = field(default="kept")

    def validate(self) -> None:
        self.want_texts("texts")

    def phrasings(self) -> tuple[str, ...]:
        said = ", ".join(f'"{text}"' for text in self.texts)
        return (
            f"Your response must contain exactly this, character for character: {said}.",
            f"Include, exactly as written: {said}.",
            f"Make sure that {said} stands in your answer exactly as written.",
        )

    def judge(self, view: View) -> Verdict:
        places = {text: view.text.find(text) for text in self.texts}
        missing = [text for text, at in places.items() if at < 0]
        said = ", ".join(repr(text[:80]) for text in missing)
        return self.verdict(
            not missing,
            observed=len(self.texts) - len(missing),
            wanted=f"all of {list(self.texts)!r}"[:200],
            reason=f"{said} {'is' if len(missing) == 1 else 'are'} missing."
            if missing
            else "Found.",
            evidence=sorted((at, at + len(text)) for text, at in places.items() if at >= 0),
        )

    def holds(self, view: View) -> bool:
        return all(text in view.text for text in self.texts)

    def build(self, draft: str) -> str:
        for text in self.texts:
            if text not in draft:
                frames = (f"Note: {text}.", f"({text})", text)
                found = (fitted(frame, needed=True) for frame in frames)
                kept = next((said for said in found if said and text in said), None)
                draft = add(draft, [kept] if kept else [])
        return draft

    def violate(self, draft: str) -> str:
        draft, text = self.build(draft), self.texts[-1]
        while text in draft:  # what was around one may be one now
            draft = draft.replace(text, "")
        return draft

    def requires(self) -> tuple[Piece, ...]:
        return tuple(Piece(text) for text in self.texts)
