"""Words that read the same backwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bridle.constraints.base import CONTENT, Constraint
from bridle.constraints.counting import CountedWords
from bridle.constraints.drafts.prose import add, plan
from bridle.constraints.registry import register
from bridle.constraints.verdict import Example
from bridle.text import read_text
from bridle.text.lettered import LetterWords, where

_PALINDROMES = [
    "level",
    "radar",
    "refer",
    "civic",
    "kayak",
    "rotor",
    "madam",
    "solos",
    "stats",
    "tenet",
    "minim",
    "sagas",
    "rotator",
    "deified",
    "repaper",
    "reviver",
    "racecar",
    "redder",
    "deed",
    "noon",
]


@register
@dataclass(frozen=True, kw_only=True)
class Palindromes(CountedWords):
    """How many words read the same backwards."""

    name = "palindromes"
    skill = "planning"
    stage = CONTENT
    unit = ("palindrome", "palindromes")
    meaning = (
        "Single words of at least `letters` letters that read the same backwards, in any case; the "
        "same word again counts again."
    )
    examples: ClassVar = (
        Example({"at_least": 2}, "The level of the Radar.", True),
        Example({"at_least": 1, "letters": 3}, "We see an eye.", True),
        Example({"at_least": 1}, "At noon.", False, "four letters"),
        Example({"at_least": 1}, "It is $level$.", False, "maths is no word"),
    )

    letters: int = 5

    def validate(self) -> None:
        self.want_count("letters", least=1)
        super().validate()

    def phrasings(self) -> tuple[str, ...]:
        amount = f"{self.amount()}, each at least {self.letters} characters long"
        return (
            f"Include {amount.replace('palindrome', 'single-word palindrome')}.",
            f"Your answer must have {amount}.",
            f"Use words that read the same backwards: {amount}.",
        )

    def same_count(self, other: Constraint) -> bool:
        return (
            isinstance(other, Palindromes)
            and super().same_count(other)
            and other.letters == self.letters
        )

    def places(self, words: LetterWords) -> list[int]:
        """The numbers of the words that are palindromes."""
        mine = {w for w in set(words.letters) if len(w) >= self.letters and w == w[::-1]}
        return where(map(mine.__contains__, words.letters))

    def with_count(self, draft: str, number: int) -> str:
        found = self.tally(read_text(draft).masked)
        for start, end in reversed(found[number:]):
            draft = draft[:start].rstrip() + draft[end:]
        missing = number - len(found)
        words = [w for w in _PALINDROMES if len(w) >= self.letters] or ["a" * self.letters]
        made = [words[(i + plan().seed) % len(words)] for i in range(max(0, missing))]
        return add(draft, [f"Think of {' and '.join(made)}."]) if made else draft
