"""How many numbers the text has."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from bridle.constraints.base import CONTENT, Example, register
from bridle.constraints.counting import Counted
from bridle.constraints.prose import add, drop_sentences, fitted, plan
from bridle.text import Span, View, read_text

_NUMBER = re.compile(r"([^\W\d_])?\d+(?:[.,/:٫٬]\d+)*")  # after a letter it is part of a word


@register
@dataclass(frozen=True, kw_only=True)
class Numbers(Counted):
    """How many numbers the text has."""

    name = "numbers"
    family = "data"
    stage = CONTENT
    unit = ("number", "numbers")
    meaning = (
        "A number is a run of digits in prose (not in maths or code), with the points, commas, "
        "colons and strokes between its digits (`1,000`, `3.5`, `1/2`, `9:30` are one each), not "
        "inside a word (`H2O`, `v2.0`); the labels of a list count, numbers in words do not."
    )
    examples: ClassVar = (
        Example({"exactly": 2}, "From 1,000 take 3.5.", True),
        Example({"exactly": 1}, "The 2nd of two is \\boxed{42}.", True, "maths is not prose"),
        Example({"exactly": 0}, "H2O has two.", True, "a digit in a word"),
        Example({"at_least": 1}, "See v2.0 of it.", False, "a word to its end"),
        Example({"exactly": 2}, "Add 1/2.", False, "one number"),
        Example({"at_most": 1}, "3-4 steps", False, "two"),
    )

    def phrasings(self) -> tuple[str, ...]:
        aside = "" if self.maths == "kept" else " (numbers in formulas are not counted)"
        amount = self.amount()
        return (
            f"Include {amount} in the response{aside}.",
            f"Your answer must have {amount} in digits{aside}.",
            f"Write {amount} with digits in your text{aside}.",
        )

    def tally(self, view: View) -> list[Span]:
        return [match.span() for match in _NUMBER.finditer(view.text) if not match[1]]

    def with_count(self, draft: str, number: int) -> str:
        while (have := self._of(draft)) > number:
            spans = read_text(draft).masked.sentences
            rich = [draft[a:b] for a, b in spans if 0 < self._of(draft[a:b]) <= have - number]
            left = drop_sentences(draft, lambda s, rich=rich: s == rich[0]) if rich else draft
            if left == draft:
                break
            draft = left
        for start, end in reversed(self.tally(read_text(draft).masked)[number:]):
            draft = draft[:start] + "some" + draft[end:]
        missing = number - self._of(draft)
        frames = ("Take {} here.", "We note {} too.", "There is {} as well.", "Then comes {}.")
        made = [frames[(i + plan().seed) % 4].format(i + 2) for i in range(max(0, missing))]
        said = [s for s in (fitted(s, needed=True) for s in made) if s]
        if made and (plan().terse or len(said) < len(made)):  # no word fits beside them
            said = [f"{' '.join(str(i + 2) for i in range(missing))}."]
        return add(draft, said)

    def _of(self, text: str) -> int:
        return len(self.tally(read_text(text).masked))

    def fit(self, sentence: str) -> str | None:
        return None if self.bounds()[1] is not None and self._of(sentence) else sentence
