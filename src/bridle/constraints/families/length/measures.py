"""How long each sentence or paragraph is: within bounds, or growing."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import compress, pairwise
from typing import ClassVar

from bridle.constraints.base import COUNT, Constraint
from bridle.constraints.counting import EVIDENCE, Counted
from bridle.constraints.drafts.openings import begun, sentence_of
from bridle.constraints.drafts.prose import (
    add,
    add_block,
    answer_sentence,
    fillers,
    fitted,
    plan,
    planned,
    shorten,
    words_of,
)
from bridle.constraints.drafts.rebuilt import stated
from bridle.constraints.families.length.words import WordCount
from bridle.constraints.registry import register
from bridle.constraints.verdict import Example, Verdict
from bridle.errors import ConstraintError
from bridle.text import Span, View, read_text
from bridle.text.stretches import Stretches
from bridle.text.word_forms import words_in


class _PerPart(Counted):
    """Bounds on the words of every part of the text."""

    stage = COUNT
    unit = ("word", "words")
    part: ClassVar[str]

    def validate(self) -> None:
        for parameter in ("at_most", "exactly"):
            self.want_count(parameter, least=1)
        self.want_count("less_than", least=2)
        super().validate()

    def phrasings(self) -> tuple[str, ...]:
        amount = self.amount()
        return (
            f"Each {self.part} of your answer must have {amount}.",
            f"Write {self.part}s of {amount} each.",
            f"No {self.part} of your response may be longer or shorter than this: {amount}.",
        )

    @abstractmethod
    def parts(self, view: View) -> tuple[Span, ...]:
        """The parts that are measured."""

    def tally(self, view: View) -> list[Span]:
        """The parts that are out of bounds."""
        parts = self.parts(view)
        return [span for span, _ in self._wrong(parts, Stretches(view, parts).sizes())]

    def _wrong(self, parts: Sequence[Span], sizes: list[int]) -> list[tuple[Span, int]]:
        """The parts that are out of bounds, with their words."""
        low, high = self.bounds()
        most = max(sizes, default=0) if high is None else high
        measured = zip(parts, sizes, strict=True)
        return [(span, size) for span, size in measured if not low <= size <= most]

    def judge(self, view: View) -> Verdict:
        parts = self.parts(view)
        wanted = f"{self.amount()} in each {self.part}"
        if not parts:
            reason = f"There is no {self.part}."
            return self.verdict(None, observed=0, wanted=wanted, reason=reason)
        wrong = self._wrong(parts, Stretches(view, parts).sizes())
        number = len(wrong)
        size = wrong[0][1] if wrong else 0
        first = f"the first has {size} {'word' if size == 1 else 'words'}"
        return self.verdict(
            not wrong,
            observed=number,
            wanted=wanted,
            reason=f"{number} of {len(parts)} {self.part}s {'breaks' if number == 1 else 'break'} "
            f"it; {first}."
            if wrong
            else f"All {len(parts)} {self.part}s obey.",
            evidence=[span for span, _ in wrong[:EVIDENCE]],
        )

    def build(self, draft: str) -> str:
        if not self.parts(read_text(draft).masked):
            return sentence_of(max(1, self.bounds()[0]))
        for start, end in reversed(self.tally(read_text(draft).masked)):
            draft = draft[:start] + self.mended(draft[start:end]) + draft[end:]
        return draft

    @abstractmethod
    def mended(self, part: str) -> str:
        """The part within bounds."""

    def with_count(self, draft: str, number: int) -> str:
        """Parts are mended one by one."""
        return self.build(draft)

    def violate(self, draft: str) -> str:
        low, high = self.bounds()
        if high is not None:
            number = high + 1
        elif low > 1:
            number = low - 1
        else:
            raise ConstraintError(f"{self.name}: every text obeys {self.amount()!r}.")
        return self.with_part(self.build(draft), sentence_of(number))

    @abstractmethod
    def with_part(self, draft: str, part: str) -> str:
        """The draft with one more part."""

    def forbids(self, part: str) -> Verdict | None:
        return None


@register
@dataclass(frozen=True, kw_only=True)
class WordsPerSentence(_PerPart):
    """How many words each sentence has."""

    name = "words_per_sentence"
    skill = "planning"
    part = "sentence"
    meaning = (
        "Words and sentences as for `words` and `sentences`; every sentence is within the bounds, "
        "a formula in it is one word. A text without sentences is undetermined."
    )
    examples: ClassVar = (
        Example({"at_most": 3}, "We add it. It is $x + 1$.", True, "a formula is one word"),
        Example({"at_least": 2, "at_most": 3}, "We add it. Done.", False, "one word"),
        Example({"exactly": 2}, "We add. It ends.", True),
        Example({"less_than": 3}, "We add. It is 4.", False, "strict"),
        Example({"at_most": 3}, "", None, "no sentence"),
    )

    def parts(self, view: View) -> tuple[Span, ...]:
        return view.sentences

    def mended(self, part: str) -> str:
        low, high = self.bounds()
        size = words_of(part)
        if high is not None and size > high:
            statement = stated(part)
            if not statement or statement not in part:
                return sentence_of(high, len(part))
            for said in (f"It is {statement}.", f"So {statement}.", f"{statement}."):
                if words_of(said) <= high:
                    part, size = said, words_of(said)
                    break
        return begun(part, low - size) if size < low else part

    def with_part(self, draft: str, part: str) -> str:
        return add(draft, [part])

    def fit(self, sentence: str) -> str | None:
        return self.build(sentence) if words_of(sentence) else sentence


@register
@dataclass(frozen=True, kw_only=True)
class WordsPerParagraph(_PerPart):
    """How many words each paragraph has."""

    name = "words_per_paragraph"
    skill = "planning"
    part = "paragraph"
    meaning = (
        "Words as for `words`; every paragraph (lines between blank lines) with a word in it is "
        "within the bounds. A text without paragraphs is undetermined."
    )
    examples: ClassVar = (
        Example({"at_most": 4}, "We add. It\nis 4.\n\nDone.", False, "a line end parts nothing"),
        Example({"at_most": 5}, "We add. It\nis 4.\n\nDone.", True),
        Example({"at_least": 2}, "We add.\n\n---\n\nIt is $x + 1$.", True, "a rule has no word"),
        Example({"at_least": 2}, "We add.\n\nDone.", False),
    )

    def parts(self, view: View) -> tuple[Span, ...]:
        return tuple(compress(view.paragraphs, Stretches(view, view.paragraphs).sizes()))

    def mended(self, part: str) -> str:
        bounds = {p: getattr(self, p) for p in _BOUNDS if getattr(self, p) is not None}
        statement = stated(part)
        kept = statement if statement in part else ""
        with planned(replace(plan(), statement=kept)):  # a paragraph keeps what it states
            built = WordCount(**bounds).build(part)
        missing = self.bounds()[0] - words_of(built)
        return add(built, [sentence_of(missing)]) if missing > 0 else built

    def with_part(self, draft: str, part: str) -> str:
        return add_block(draft, part)


_BOUNDS = ("at_least", "at_most", "more_than", "less_than", "exactly")


@register
@dataclass(frozen=True, kw_only=True)
class GrowingSentences(Constraint):
    """Each sentence has so many words more than the one before."""

    name = "growing_sentences"
    skill = "planning"
    stage = COUNT
    meaning = (
        "Words and sentences as for `words` and `sentences`; from each sentence to the next the "
        "number of words grows by exactly `by`. One sentence alone is undetermined."
    )
    examples: ClassVar = (
        Example({"by": 1}, "We add. It is 4.", True),
        Example({"by": 2}, "Done. It is $x + 1$.", True, "a formula is one word"),
        Example({"by": 1}, "Done. It is 4.", False, "two more"),
        Example({"by": 1}, "It is 4. We add.", False, "it shrinks"),
        Example({"by": 1}, "It is 4.", None, "there is no next sentence"),
    )

    by: int

    def validate(self) -> None:
        self.want_count("by", least=1)

    def phrasings(self) -> tuple[str, ...]:
        more = f"{self.by} more {'word' if self.by == 1 else 'words'}"
        return (
            f"Each sentence in your response must contain exactly {more} than the previous one.",
            f"Every sentence must have exactly {more} than the sentence before it.",
            f"Let your sentences grow: each one has exactly {more} than the last.",
        )

    def judge(self, view: View) -> Verdict:
        spans = view.sentences
        sizes = Stretches(view, spans).sizes()
        wanted = f"{self.by} more words from sentence to sentence"
        if len(spans) < 2:
            return self.verdict(
                None, observed=sizes, wanted=wanted, reason="There are not two sentences."
            )
        wrong = [i for i, (a, b) in enumerate(pairwise(sizes), start=1) if b - a != self.by]
        shown = sizes[wrong[0] - 1 : wrong[0] + 1] if wrong else sizes[:2]
        return self.verdict(
            not wrong,
            observed=sizes[:EVIDENCE],
            wanted=wanted,
            reason=f"{len(wrong)} of {len(sizes) - 1} steps {'is' if len(wrong) == 1 else 'are'} wrong, the first from {shown[0]} "
            f"to {shown[1]} words."
            if wrong
            else f"All {len(sizes) - 1} steps are right.",
            evidence=[spans[i] for i in wrong[:EVIDENCE]],
        )

    def build(self, draft: str) -> str:
        if self.check(draft).obeyed:
            return draft
        if plan().language != "en" or _spread(draft, self.by) > _SPREAD:
            draft = _last(draft)
        if len(read_text(draft).masked.sentences) < 2:
            first = self._before(draft)
            draft = f"{first or 'It is short.'} {draft}"
        if self.check(draft).obeyed:
            return draft
        view = read_text(draft).masked
        sizes = [len(words_in(view, s)) for s in view.sentences]
        first = max(size - i * self.by for i, size in enumerate(sizes))
        for i, (start, end) in reversed(list(enumerate(view.sentences))):
            missing = first + i * self.by - sizes[i]
            draft = draft[:start] + begun(draft[start:end], missing, i) + draft[end:]
        return draft

    def _before(self, draft: str) -> str | None:
        """A sentence of as many words as may stand before the draft, else just any."""
        words = words_of(draft) - self.by
        said = list(fillers(draft))
        exact = [s for s in said if words_of(s) == words]
        cut = [c for s in said if words > 0 and (c := fitted(shorten(s, words)))]
        return next(iter([*exact, *cut, *said]), None)

    def violate(self, draft: str) -> str:
        draft = self.build(draft)
        start, end = read_text(draft).masked.sentences[-1]
        return draft[:start] + begun(draft[start:end], 1) + draft[end:]


_SPREAD = 600  # words of growing sentences that a draft may come to


def _spread(draft: str, by: int) -> int:
    """How many words the draft comes to when its sentences are made to grow by so many."""
    view = read_text(draft).masked
    sizes = [len(words_in(view, s)) for s in view.sentences]
    first = max((size - i * by for i, size in enumerate(sizes)), default=0)
    return first * len(sizes) + by * len(sizes) * (len(sizes) - 1) // 2


def _last(draft: str) -> str:
    """What the draft states, or its last sentence."""
    statement = plan().statement
    if statement:
        return statement if statement.startswith("#") else answer_sentence(statement)
    spans = read_text(draft).masked.sentences
    return draft[slice(*spans[-1])] if spans else draft
