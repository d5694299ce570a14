"""The first letters of neighbouring words."""

from __future__ import annotations

from bisect import bisect
from dataclasses import dataclass
from itertools import accumulate, compress, count, islice, pairwise
from operator import add, eq, not_
from typing import ClassVar

from bridle.constraints.base import COUNT, Constraint
from bridle.constraints.counting import EVIDENCE
from bridle.constraints.drafts.openings import led
from bridle.constraints.drafts.prose import plan
from bridle.constraints.families.word_shape.neighbours import Neighbours
from bridle.constraints.registry import register
from bridle.constraints.verdict import Example, Verdict
from bridle.text import Span, View, read_text
from bridle.text.lettered import LetterWords, first_letter, initials, where

_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_FOLLOWING = frozenset(map(add, _ALPHABET, _ALPHABET[1:] + "a"))  # ab, bc, …, za
_LOOP = (
    "and", "by", "careful", "direct", "effort", "finding", "great", "helpful", "ideas", "just",
    "keeps", "learners", "moving", "nicely", "onward", "pursuing", "quite", "rewarding", "steps",
    "toward", "useful", "values", "with", "xenial", "youthful", "zeal",
)  # fmt: skip


@register
@dataclass(frozen=True, kw_only=True)
class AlphabetLoop(Neighbours):
    """Every word begins with the letter after the one before it."""

    name = "alphabet_loop"
    skill = "precision"
    stage = COUNT
    each = "each word begins with the next letter of the alphabet"
    bank = (
        "All big cats drink every fresh glass.",
        "Adding brings clear days ever further.",
        "So the ultimate value will xerox your zeal and become clear.",
    )
    meaning = (
        "First letters follow the alphabet, any letter first, z followed by a; Latin only. A "
        "hyphenated word is one."
    )
    examples: ClassVar = (
        Example({}, "All big cats drink.", True),
        Example({}, "You zip $x$ apples.", True, "z, then a; maths is no word"),
        Example({}, "All cats drink.", False, "b is missing"),
        Example({}, "Big all.", False),
    )

    def phrasings(self) -> tuple[str, ...]:
        return (
            "Each word in your response must start with the next letter of the alphabet, looping "
            "back to 'A' after 'Z'.",
            "Begin every word with the letter that follows the first letter of the word before it.",
            "Let the first letters of your words run through the alphabet in order, Z before A.",
        )

    def wrong(self, words: list[str]) -> list[int]:
        firsts = list(map(first_letter, words))
        if len(firsts) == 1:
            return where(letter not in _ALPHABET for letter in firsts)
        pairs = map(add, firsts, islice(firsts, 1, None))
        return [i + 1 for i in where(map(not_, map(_FOLLOWING.__contains__, pairs)))]

    def fit(self, sentence: str) -> str | None:
        if self.mends():
            return sentence
        return None if LetterWords(read_text(sentence).masked).letters else sentence

    def mends(self) -> bool:
        return super().mends() and plan().terse  # up to 25 words between two

    def between(self, before: str, after: str) -> list[str]:
        at, to = _ALPHABET.find(before[0]), _ALPHABET.find(after[0])
        if at < 0 or to < 0:
            return []
        return [_LOOP[(at + i) % 26] for i in range(1, (to - at) % 26 or 26)]


@register
@dataclass(frozen=True, kw_only=True)
class NoRepeatedInitial(Neighbours):
    """No two neighbouring words begin with the same letter."""

    name = "no_repeated_initial"
    skill = "precision"
    stage = COUNT
    each = "neighbouring words begin with different letters"
    bank = ("We take each number to get one sum.", "The sum can now be seen.", "So here it ends.")
    meaning = (
        "Of two words that follow each other, over sentences too, the first letters differ. A "
        "hyphenated word is one."
    )
    examples: ClassVar = (
        Example({}, "We add two numbers.", True),
        Example({}, "The $t$ ends.", True, "maths is no word"),
        Example({}, "We saw twenty-two owls.", True, "a hyphenated word is one"),
        Example({}, "Take two numbers.", False),
        Example({}, "We end. Every sum fits.", False, "over the full stop"),
    )

    def phrasings(self) -> tuple[str, ...]:
        return (
            "No two consecutive words can share the same first letter.",
            "Words that follow each other must begin with different letters.",
            "Never begin a word with the first letter of the word before it.",
        )

    def wrong(self, words: list[str]) -> list[int]:
        firsts = list(map(first_letter, words))
        return [i + 1 for i in where(map(eq, firsts, islice(firsts, 1, None)))]

    def between(self, before: str, after: str) -> list[str]:
        return ["also" if after[0] != "a" else "now"]


_LONG = 1_000_000  # characters
_RUNS = (
    [
        "simply",
        "surely",
        "slowly",
        "steadily",
        "smoothly",
        "safely",
        "soundly",
        "sensibly",
        "swiftly",
        "sharply",
    ],
    ["clearly", "carefully", "calmly", "correctly", "cleanly", "closely", "cleverly", "constantly"],
    ["plainly", "patiently", "properly", "precisely", "perfectly", "practically", "promptly"],
)


@register
@dataclass(frozen=True, kw_only=True)
class GrowingAlliteration(Constraint):
    """Each sentence has a longer alliteration than the one before."""

    name = "growing_alliteration"
    skill = "planning"
    stage = COUNT
    meaning = (
        "The longest run of neighbouring words (hyphenated ones whole) with the same first letter, "
        "formulas skipped, grows from sentence to sentence; fewer than two are no alliteration. One "
        "sentence alone is undetermined; a formula or code that stands alone is none."
    )
    examples: ClassVar = (
        Example({}, "We add it. Simple sums end it.", True, "none, then two"),
        Example({}, "Simple sums. Big bold $x$ boxes.", True, "two, then three"),
        Example({}, "Simple sums. Big boxes.", False, "two, and two again"),
        Example({}, "We add it. It ends here.", False, "none at all"),
        Example({}, "Simple sums.", None, "there is no next sentence"),
    )

    def phrasings(self) -> tuple[str, ...]:
        return (
            "Each sentence must have a longer sequence of consecutive alliterative words than the "
            "previous one.",
            "From sentence to sentence, the longest run of words with the same first letter must "
            "grow.",
            "Let alliteration grow: each sentence needs a longer run of words that begin alike "
            "than the sentence before it.",
        )

    @staticmethod
    def _runs(view: View) -> tuple[list[int], list[Span]]:
        """The longest alliteration of each sentence that has anything but maths and code, and where
        these sentences stand."""
        if not view.sentences:
            return [], []
        text = view.text
        own = [text[a].isalnum() or any(map(str.isalnum, text[a:b])) for a, b in view.sentences]
        firsts = initials(view)
        stops = list(map(add, accumulate(map(len, firsts.split("_"))), count()))
        longest = [0] * len(stops)
        last, run = -2, 1
        for i in where(map(eq, firsts, islice(firsts, 1, None))):
            if firsts[i] != "_":
                run = run + 1 if i == last + 1 else 2
                last = i
                sentence = bisect(stops, i)
                longest[sentence] = max(longest[sentence], run)
        return list(compress(longest, own)), list(compress(view.sentences, own))

    def _deciding(self, view: View) -> tuple[list[int], list[Span]]:
        """Those of all sentences, or of the first ones of a long text where they break the rule."""
        if len(view.text) > _LONG:
            runs, spans = self._runs(view.beginning(_LONG))
            if any(b <= a for a, b in pairwise(runs[:-1])):  # the last sentence may go on
                return runs[:-1], spans[:-1]
        return self._runs(view)

    def judge(self, view: View) -> Verdict:
        runs, spans = self._deciding(view)
        wanted = "a longer alliteration in each sentence"
        if len(runs) < 2:
            return self.verdict(
                None, observed=runs, wanted=wanted, reason="There are not two sentences."
            )
        wrong = [i for i, (a, b) in enumerate(pairwise(runs), start=1) if b <= a]
        return self.verdict(
            not wrong,
            observed=runs[:EVIDENCE],
            wanted=wanted,
            reason=f"Sentence {wrong[0] + 1} has a run of {runs[wrong[0]]}, the one before it of "
            f"{runs[wrong[0] - 1]}."
            if wrong
            else f"The runs grow from {runs[0]} to {runs[-1]} words.",
            evidence=[spans[i] for i in wrong[:EVIDENCE]],
        )

    def build(self, draft: str) -> str:
        if self.check(draft).obeyed:
            return draft
        if not self._runs(read_text(draft).masked)[0]:
            draft = f"{draft} It is so.".lstrip()
        if len(self._runs(read_text(draft).masked)[0]) < 2:
            draft = f"We go on. {draft}"
        for i in range(1, len(self._runs(read_text(draft).masked)[0])):
            runs, spans = self._runs(read_text(draft).masked)
            if i >= len(runs):  # what was put before a sentence may have joined it to another
                break
            if runs[i] <= runs[i - 1]:
                start = spans[i][0]
                draft = draft[:start] + led(draft[start:], _adverbs(max(2, runs[i - 1] + 1), i))
        return draft

    def violate(self, draft: str) -> str:
        return f"{self.build(draft).rstrip()} It ends here."

    def clashes(self, other: Constraint) -> str | None:
        if isinstance(other, AlphabetLoop | NoRepeatedInitial) and self.maths == other.maths:
            return f"Two words side by side begin alike, and {other.name} wants {other.each}."
        return None


def _adverbs(number: int, turn: int) -> str:
    words = _RUNS[(plan().seed + turn) % len(_RUNS)]
    return ", ".join(words[i % len(words)] for i in range(number)).capitalize()
