"""Letters and other single characters: how often, and which not at all."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import ClassVar

from bridle.constraints.base import CONTENT, COUNT, Constraint
from bridle.constraints.counting import EVIDENCE, Counted
from bridle.constraints.drafts.prose import add, each_prose, fillers, fitted, plan
from bridle.constraints.drafts.rebuilt import rebuilt
from bridle.constraints.drafts.removable import without_richest
from bridle.constraints.registry import register
from bridle.constraints.verdict import Example, Verdict
from bridle.text import Span, View, read_text
from bridle.text.confusable import find_disguised
from bridle.text.letters import (
    FIRST_WITHOUT_ACCENTS,
    JOINERS,
    composed_letter,
    find_letter,
    is_one_character,
)
from bridle.text.words import decomposed


@register
@dataclass(frozen=True, kw_only=True)
class LetterCount(Counted):
    """How often one letter stands in the text."""

    name = "letter_count"
    skill = "planning"
    stage = COUNT
    unit = ("time", "times")
    meaning = (
        "Occurrences of the letter, or of any other one character such as `#`, are counted in "
        "prose (not in maths or code), in any case; `é` is not `e`."
    )
    examples: ClassVar = (
        Example({"letter": "a", "at_least": 3}, "Add a lot.", False, "two"),
        Example({"letter": "a", "at_least": 2}, "Add a lot.", True, "any case"),
        Example({"letter": "x", "less_than": 1}, "It is $x$.", True, "maths is not prose"),
        Example({"letter": "#", "at_least": 2}, "## Sum\nIt is 4.", True, "any character"),
        Example({"letter": "e", "exactly": 1}, "le café", True, "é is another letter"),
        Example({"letter": "t", "at_most": 1}, "To it.", False),
    )

    letter: str

    def validate(self) -> None:
        if not is_one_character(self.letter):
            raise self.bad("letter", self.letter, "one character that is not white space")
        super().validate()

    def phrasings(self) -> tuple[str, ...]:
        kind = "letter" if self.letter.isalpha() else "character"
        amount = self.amount()
        return (
            f"In your response, the {kind} {self.letter} should appear {amount}.",
            f'Use the {kind} "{self.letter}" {amount} in your answer, capitals included.',
            f'The {kind} "{self.letter}" must occur {amount} in what you write.',
        )

    def tally(self, view: View) -> list[Span]:
        return find_letter(view, self.letter)

    def with_count(self, draft: str, number: int) -> str:
        draft = self._fewer(draft, number)
        missing = number - self._of(draft)
        more: list[str] = []
        sentences = list(fillers(draft)) if self.letter.isalpha() else []
        if plan().terse:  # those richest in the letter, and on every other try none
            sentences.sort(key=lambda s: -self._of(s) / len(s))
            sentences = sentences[:10] if plan().seed % 2 == 0 else []
        while missing > 0:
            before = missing
            for sentence in sentences:
                here = self._of(sentence)
                if 0 < here <= missing:
                    more.append(sentence)
                    missing -= here
            if missing == before:
                break
        while missing > 0:
            taken = min(missing, 6 if self.letter.isalpha() else 3)
            more.append(fitted(self._mention(taken)) or self.letter * taken)
            missing -= taken
        return self._fewer(add(draft, more), number)

    def _of(self, text: str) -> int:
        return len(self.tally(read_text(text).masked))

    def _fewer(self, draft: str, number: int) -> str:
        """The draft without sentences that have the letter, then without the letter itself."""
        draft = without_richest(draft, number, self._of)
        for start, end in reversed(self.tally(read_text(draft).masked)[number:]):
            draft = draft[:start] + draft[end:]
        return draft

    def _mention(self, times: int) -> str:
        """Something with the letter in it just that many times."""
        marks = " ".join([self.letter] * times)
        for frame in ("We count {}.", "The mark is {}.", "So: {}.", "{}"):
            said = frame.format(marks)
            if self._of(said) == times:
                return said
        return marks

    def fit(self, sentence: str) -> str | None:
        high = self.bounds()[1]
        return None if high is not None and high < 10 and self._of(sentence) else sentence

    def same_count(self, other: Constraint) -> bool:
        return (
            isinstance(other, LetterCount)
            and super().same_count(other)
            and other.letter.lower() == self.letter.lower()
        )


@register
@dataclass(frozen=True, kw_only=True)
class LettersAbsent(Constraint):
    """None of these letters stands in the text."""

    name = "letters_absent"
    skill = "precision"
    stage = CONTENT
    meaning = (
        "None of the letters occurs in prose (not in maths or code), in any case; with `accents`, "
        "no accented form of them either, unless that is a letter of its own (`й`, `が`, `각`)."
    )
    examples: ClassVar = (
        Example({"letters": ["e"]}, "A sum is 4.", True),
        Example({"letters": ["e"]}, "So \\boxed{e^2} is it.", True, "maths is not prose"),
        Example({"letters": ["e"]}, "Each sum is 4.", False, "capitals count"),
        Example({"letters": ["e"]}, "Un café.", False, "an accent hides nothing"),
        Example({"letters": ["e"], "accents": False}, "Un café.", True, "unless that is allowed"),
        Example({"letters": ["q", "z"]}, "It is quick.", False),
    )

    letters: tuple[str, ...]
    accents: bool = True

    def validate(self) -> None:
        self.want_texts("letters")
        for letter in self.letters:
            if not is_one_character(letter):
                raise self.bad("letters", letter, "single characters")
        if not isinstance(self.accents, bool):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise self.bad("accents", self.accents, "true or false")

    def phrasings(self) -> tuple[str, ...]:
        one = len(self.letters) == 1
        listed = " or ".join(f'"{letter}"' for letter in self.letters)
        return (
            f"Do not use the letter{'' if one else 's'} {listed} anywhere in your response.",
            f"Write without {listed}, small or capital.",
            f"No word of your answer may contain {listed}.",
        )

    def judge(self, view: View) -> Verdict:
        found = sorted(
            (span, letter)
            for letter in self.letters
            for span in (*self._find(view, letter), *self._disguised(view, letter))
        )
        used = [repr(letter) for letter in dict.fromkeys(letter for _, letter in found)]
        number = len(found)
        return self.verdict(
            not found,
            observed=number,
            wanted=f"none of {', '.join(map(repr, self.letters))}",
            reason=f"{', '.join(used)}: {number} {'time' if number == 1 else 'times'}."
            if found
            else "None of the letters.",
            evidence=[span for span, _ in found[:EVIDENCE]],
        )

    def _disguised(self, view: View, letter: str) -> list[Span]:
        """Where a letter stands that looks like it: `Th\u0435` with a Cyrillic е."""
        return find_disguised(view, lambda seen: self._find(seen, letter))

    def _find(self, view: View, letter: str) -> list[Span]:
        if not self.accents:
            return find_letter(view, letter)
        low = decomposed(letter).lower().replace("ς", "σ")
        if low < FIRST_WITHOUT_ACCENTS:
            found = [m.span() for m in re.finditer(re.escape(low), view.folded)]
        else:
            marked = re.finditer(f"{re.escape(low)}[{JOINERS}]{{0,4}}", view.folded)
            own = unicodedata.normalize("NFC", low)
            found = [m.span() for m in marked if composed_letter(m.group()).startswith(own)]
        return view.unfold_all(found)

    def build(self, draft: str) -> str:
        words = [s for s in _PLAIN if self.check(s).obeyed]
        built = rebuilt(self, draft, words or ["42."])
        return built if self.obeyed_by(built) else each_prose(draft, self._without).strip() or "42."

    def _without(self, prose: str) -> str:
        view = View(prose, ())
        found = {s for letter in self.letters for s in self._find(view, letter)}
        for start, end in sorted(found, reverse=True):
            prose = prose[:start] + prose[end:]
        return prose

    def violate(self, draft: str) -> str:
        return add(self.build(draft), [f"Now {self.letters[0]}."])

    def fit(self, sentence: str) -> str | None:
        return sentence if self.check(sentence).obeyed else None

    def forbids(self, part: str) -> Verdict | None:
        verdict = self.check(part)
        return None if verdict.obeyed else verdict


# Short sentences with few kinds of letters each, so that one of them is free of most letters.
_PLAIN = (
    "This is it.",
    "So you count on.",
    "We see the end here.",
    "A plan can start at last.",
    "Sum up.",
    "Look on.",
)
