"""How many numbers the text has."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import ClassVar

from bridle.constraints.base import CONTENT
from bridle.constraints.counting import Counted
from bridle.constraints.drafts.prose import add, fitted, plan
from bridle.constraints.drafts.removable import without_richest
from bridle.constraints.registry import register
from bridle.constraints.verdict import Example
from bridle.text import Span, View, is_unspaced, read_text

_FRACTION = "\u00bc-\u00be\u2150-\u215e"  # ½, alone or after a number (1½)
# Thousands may be parted by blanks that break no line.
_NUMBER = re.compile(
    rf"[\d{_FRACTION}](?:(?<=\d)\d*+(?:[.,/:٫٬]\d++|[\u00a0\u2009\u202f]\d{{3}}(?!\d))*+[{_FRACTION}]?)?"
)
# Commas between more than two numbers make a list, as they do in brackets (the point (2,3)), unless
# they part thousands.
_LIST = re.compile(r"\d+(?:,\d+)+")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{2,3})*,\d{3}")
_DIGITS = re.compile(r"\d+")
# Currencies that are written to the number: rupiah, rupees, ringgit.
_PRICE = re.compile(r"(?<![^\W_])(?:Rp|Rs|RM)")
_OPENING, _CLOSING = tuple("([{"), tuple(")]}")


@register
@dataclass(frozen=True, kw_only=True)
class Numbers(Counted):
    """How many numbers the text has."""

    name = "numbers"
    skill = "planning"
    stage = CONTENT
    unit = ("number", "numbers")
    meaning = (
        "A number is a run of digits in prose (not in maths or code), with the points, commas, "
        "colons and strokes between its digits (`1,000`, `3.5`, `1/2`, `1½`, `9:30` are one each, "
        "but `1,2,3` is three, and `(2,3)` two), not inside a word (`H2O`, `v2.0`, "
        "`x_1`, but after a currency, as in `Rp500`); the labels of a list count, numbers in words "
        "do not."
    )
    examples: ClassVar = (
        Example({"exactly": 2}, "From 1,000 take 3.5.", True),
        Example({"exactly": 1}, "The 2nd of two is \\boxed{42}.", True, "maths is not prose"),
        Example({"exactly": 0}, "H2O has two.", True, "a digit in a word"),
        Example({"at_least": 1}, "See v2.0 of it.", False, "a word to its end"),
        Example({"exactly": 2}, "Add 1/2.", False, "one number"),
        Example({"at_most": 1}, "3-4 steps", False, "two"),
        Example({"exactly": 3}, "The roots are 1,2,3.", True, "a list"),
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
        text = view.text
        found: list[Span] = []
        for match in _NUMBER.finditer(text):
            number, span = match.group(), match.span()
            before = text[span[0] - 1 : span[0]]
            if not (before.isspace() or before in _OPENING) and _in_word(text, span[0]):
                continue
            listed = "," in number and (number.count(",") > 1 or _in_brackets(text, span))
            if listed and _LIST.fullmatch(number) and not _THOUSANDS.fullmatch(number):
                found += [m.span() for m in _DIGITS.finditer(text, *span)]
            else:
                found.append(span)
        return found

    def with_count(self, draft: str, number: int) -> str:
        draft = without_richest(draft, number, self._of)
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


def _in_brackets(text: str, span: Span) -> bool:
    start, end = span
    return text[start - 1 : start] in _OPENING and text[end : end + 1] in _CLOSING


def _in_word(text: str, at: int) -> bool:
    """Whether a letter stands before that place, with underscores (`x_1`) or marks of its own after
    it. Scripts that put no blanks between words have no such words."""
    end = at
    while at > 0 and text[at - 1] == "_":
        at -= 1
    letter = text[at - 1 : at]
    if letter.isalnum() and not letter.isdecimal():
        priced = at == end and letter in "psM" and _PRICE.match(text, at - 2)
        return not is_unspaced(letter) and not priced
    if at < end:
        return False
    while at > 0 and not text[at - 1].isascii() and unicodedata.category(text[at - 1])[0] == "M":
        at -= 1
    return 0 < at < end and text[at - 1].isalpha() and not is_unspaced(text[at - 1])
