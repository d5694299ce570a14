"""How long: words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bridle.constraints.base import COUNT
from bridle.constraints.counting import EVIDENCE, Counted
from bridle.constraints.drafts.prose import (
    add,
    anchor,
    drop_sentences,
    fillers,
    fitted,
    is_statement,
    plan,
    shorten,
    words_of,
)
from bridle.constraints.registry import register
from bridle.constraints.verdict import Example, Verdict
from bridle.text import Span, View, read_text


@register
@dataclass(frozen=True, kw_only=True)
class WordCount(Counted):
    """How many words the text has."""

    name = "words"
    skill = "planning"
    stage = COUNT
    unit = ("word", "words")
    meaning = (
        "A word is a token between white space with a letter or a digit; a masked formula is one. "
        "Chinese and Japanese: every ideograph and kana; Thai and its like: four base letters."
    )
    examples: ClassVar = (
        Example({"at_most": 3}, "One two three.", True, "the bound itself is allowed"),
        Example({"less_than": 3}, "One two three.", False, "less than is strict"),
        Example({"exactly": 3}, "state-of-the-art isn't 3.14", True, "hyphens join"),
        Example({"at_most": 4}, "So $x + 1 = 2$ — done.", True, "a formula is one, a dash none"),
        Example({"at_least": 4}, "So $x + 1 = 2$ — done.", False),
        Example({"exactly": 1}, "\\frac{1}{2}+\\sqrt{3}", True, "one token"),
        Example({"exactly": 4}, "答案是四", True, "each ideograph"),
        Example({"exactly": 0}, "", True, "zero is a number"),
    )

    def phrasings(self) -> tuple[str, ...]:
        amount = self.amount()
        return (
            f"Answer with {amount}.",
            f"Your answer must have {amount}.",
            f"Write {amount} in your answer.",
            f"The length of your response should be {amount}.",
        )

    def tally(self, view: View) -> tuple[Span, ...]:
        return view.words

    def judge(self, view: View) -> Verdict:
        number, high = view.word_count, self.bounds()[1]
        if high is None or number <= high:
            return self.told(number, ())
        return self.told(number, view.words_from(high, EVIDENCE))

    def holds(self, view: View) -> bool:
        (low, high), number = self.bounds(), view.word_count
        return low <= number and (high is None or number <= high)

    def with_count(self, draft: str, number: int) -> str:
        if words_of(draft) > number:
            draft = _shortened(draft, number)
        missing = number - words_of(draft)
        if missing > 0:
            draft = add(draft, _sentences_of(draft, missing))
        return draft


def _shortened(draft: str, number: int) -> str:
    """Whole sentences go first, from the one before the statement backwards; then words."""
    while words_of(draft) > number:
        spans = [s for s in read_text(draft).masked.sentences if not is_statement(draft, s)]
        if not spans:
            break
        place = anchor(draft)
        last = max((s for s in spans if s[0] < place), default=spans[-1])
        unwanted = draft[last[0] : last[1]]
        left = drop_sentences(draft, lambda s, unwanted=unwanted: s == unwanted)
        if left == draft:
            break
        draft = left
    if words_of(draft) > number:
        statement = plan().statement
        if statement and number >= words_of(statement):
            return statement
        spans = read_text(draft).masked.words
        return draft[: spans[number - 1][1]] if number else ""
    return draft


def _sentences_of(draft: str, words: int) -> list[str]:
    """Sentences with just that many words together."""
    chosen: list[str] = []
    left = words
    while left > 0:
        before = left
        short: str | None = None
        for sentence in fillers(draft):
            size = words_of(sentence)
            if size > left:
                short = short or sentence
                continue
            chosen.append(sentence)
            left -= size
            if left == 0:
                return chosen
        if short and left < words_of(short):
            cut = fitted(shorten(short, left))
            if cut and words_of(cut) == left:
                return [*chosen, cut]
        if left == before:
            break
    return chosen
