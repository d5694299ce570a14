"""Where a word stands: in which sentence, as which word of it, how far from the edges."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import ClassVar

from bridle.constraints.base import COUNT, EDGE, Constraint
from bridle.constraints.drafts.choices import best
from bridle.constraints.drafts.openings import opening
from bridle.constraints.drafts.ordinals import from_last, nth
from bridle.constraints.drafts.prose import add, fillers, fitted
from bridle.constraints.registry import register
from bridle.constraints.verdict import Example, Piece, Verdict
from bridle.text import MASK, Span, View, read_text, unspaced
from bridle.text.find import find_phrase
from bridle.text.invisible import HOLD
from bridle.text.lettered import unsplit
from bridle.text.word_forms import bare, words_in
from bridle.text.words import WORD

_FREE = ".,;:!?…\"'“”„«»‘()[]{}*_"  # what stands around a word and is no part of it
_HYPHEN = re.compile("[‐‑]")
_MARK = re.compile(r"(?:[-*+•]|\d{1,9}[.)]|#{1,6})[ \t]+")


def _words_of(view: View, sentence: Span) -> list[Span]:
    """The words of one sentence, those of the others not looked for where none crosses its edges."""
    start, end = sentence
    flat = view.flat
    edges = flat[start - 1 : start] + flat[end : end + 1]
    if unspaced(flat) or not (edges or " ").isspace():
        return words_in(view, sentence)
    return [match.span() for match in WORD.finditer(flat, start, end)]


def insert_sentence(draft: str, sentence: str, number: int) -> str:
    """The draft with this sentence as the one of that number, others added where it is shorter."""
    missing = number - len(read_text(draft).masked.sentences)
    while missing > 0:
        more = list(fillers(draft))[:missing] or ["So it is."]
        longer = add(draft, more)
        left = number - len(read_text(longer).masked.sentences)
        if left >= missing:
            break
        draft, missing = longer, left
    spans = read_text(draft).masked.sentences
    if number > len(spans):
        return f"{draft.rstrip()} {sentence}"
    at = spans[number - 1][0]
    mark = _MARK.match(draft, at)
    at = mark.end() if mark else at
    return f"{draft[:at]}{sentence} {draft[at:]}"


def _same(view: View, span: Span, keyword: str, end: int = 0) -> bool:
    """Whether the word is the keyword. One of several words, as in Chinese, begins with that word, or
    ends with it where `end` is 1."""
    if unspaced(keyword) and len(View(keyword, ()).words) > 1:
        return any(found[end] == span[end] for found in find_phrase(view, keyword))
    if MASK in view.text[span[0] : span[1]]:  # a formula is the keyword only where both are one
        return view.slice(span).strip(_FREE) == keyword.strip(_FREE)
    word = View(_one_form(view.slice(span)), ())
    wanted = View(_one_form(keyword), ())
    own = wanted.raw.strip(_FREE)  # of its marks C++ needs those that are no sentence's
    return bare(word, (0, len(word.raw))) == bare(wanted, (0, len(wanted.raw))) and own in word.raw


def _one_form(word: str) -> str:
    """A word in one case and spelling, its apostrophes and hyphens straight, no marks inside."""
    word = unsplit(word).replace(HOLD, "")
    if not word.isascii():
        word = _HYPHEN.sub("-", unicodedata.normalize("NFC", word).replace("’", "'")).casefold()
    return word.lower().replace("i\u0307", "i")  # the capital İ of a Turkish i


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


class _Keyword(Constraint):
    """A rule about one keyword."""

    keyword: str

    def requires(self) -> tuple[Piece, ...]:
        return (Piece(self.keyword, exact=False),)

    def want_word(self) -> None:
        self.want_text("keyword")
        keyword = self.keyword.strip()
        if len(keyword.split()) != 1 or not any(c.isalnum() for c in keyword):
            raise self.bad("keyword", self.keyword, "one word")
        object.__setattr__(self, "keyword", keyword)


@register
@dataclass(frozen=True, kw_only=True)
class KeywordInSentence(_Keyword):
    """A word or phrase stands in one given sentence."""

    name = "keyword_in_sentence"
    skill = "planning"
    stage = COUNT
    meaning = (
        "The sentence of that number (sentences as for `sentences`) has the keyword, as a whole "
        "word, in any case, in prose; it may stand elsewhere too."
    )
    examples: ClassVar = (
        Example({"keyword": "sum", "sentence": 2}, "We add. The Sum is 4.", True),
        Example({"keyword": "sum", "sentence": 2}, "It is 3.5. A sum.", True, "a decimal"),
        Example({"keyword": "sum", "sentence": 2}, "The sum is 4. Done.", False, "the first"),
        Example({"keyword": "sum", "sentence": 2}, "We add. In summary.", False, "another word"),
        Example({"keyword": "sum", "sentence": 3}, "A sum. A sum.", False, "two sentences"),
    )

    keyword: str
    sentence: int

    def validate(self) -> None:
        self.want_text("keyword")
        self.want_count("sentence", least=1)

    def phrasings(self) -> tuple[str, ...]:
        number = nth(self.sentence)
        return (
            f'The response must include keyword "{self.keyword}" in the {number} sentence.',
            f'Use the word "{self.keyword}" in the {number} sentence of your answer.',
            f'The {number} sentence you write must have the word "{self.keyword}" in it.',
        )

    def judge(self, view: View) -> Verdict:
        spans = view.sentences
        wanted = f"{self.keyword!r} in the {nth(self.sentence)} sentence"
        if len(spans) < self.sentence:
            reason = f"{_amount(len(spans), 'sentence')}, {self.sentence - len(spans)} too few."
            return self.verdict(False, observed=len(spans), wanted=wanted, reason=reason)
        start, end = spans[self.sentence - 1]
        found = [s for s in find_phrase(view, self.keyword) if start <= s[0] < end]
        return self.verdict(
            bool(found),
            observed=len(found),
            wanted=wanted,
            reason="It is there." if found else f"The {nth(self.sentence)} sentence has it not.",
            evidence=found[:1] or ((start, end),),
        )

    def build(self, draft: str) -> str:
        if self.check(draft).obeyed:
            return draft
        said = next((s for f in _MENTIONS if (s := fitted(f.format(self.keyword)))), None)
        return insert_sentence(draft, said or f"Here is {self.keyword}.", self.sentence)

    def violate(self, draft: str) -> str:
        draft = self.build(draft)
        for _ in range(3):  # one sentence too late
            if not self.obeyed_by(draft):
                return draft
            draft = insert_sentence(draft, "So it goes on.", self.sentence)
        return draft


_MENTIONS = ("Here {} helps.", "The word {} fits here.", "See {}.", "{}.")


@register
@dataclass(frozen=True, kw_only=True)
class KeywordAt(_Keyword):
    """One given word of one given sentence is this word."""

    name = "keyword_at"
    skill = "precision"
    stage = COUNT
    meaning = (
        "Words and sentences as for `words` and `sentences`, a formula is one word; the word is "
        "compared in any case and without the marks around it but those that the keyword has "
        "(`C++`); a keyword of several ideographs begins with that one."
    )
    examples: ClassVar = (
        Example({"keyword": "sum", "sentence": 2, "word": 2}, "We add. The *sum*, 4.", True),
        Example({"keyword": "sum", "sentence": 1, "word": 3}, "So $x + 1$ sums.", False),
        Example({"keyword": "sum", "sentence": 1, "word": 3}, "So $x + 1$ Sum.", True, "formula"),
        Example({"keyword": "sum", "sentence": 1, "word": 2}, "A fair sum.", False, "the third"),
    )

    keyword: str
    sentence: int
    word: int

    def validate(self) -> None:
        self.want_word()
        self.want_count("sentence", least=1)
        self.want_count("word", least=1)

    def phrasings(self) -> tuple[str, ...]:
        sentence, word = nth(self.sentence), nth(self.word)
        return (
            f'Include keyword "{self.keyword}" in the {sentence} sentence, as the {word} word of '
            "that sentence.",
            f'The {word} word of your {sentence} sentence must be "{self.keyword}".',
            f'Write "{self.keyword}" as word number {self.word} of sentence number '
            f"{self.sentence}.",
        )

    def judge(self, view: View) -> Verdict:
        wanted = f"word {self.word} of sentence {self.sentence} is {self.keyword!r}"
        spans = view.sentences
        if len(spans) < self.sentence:
            reason = f"{_amount(len(spans), 'sentence')}, {self.sentence - len(spans)} too few."
            return self.verdict(False, observed=len(spans), wanted=wanted, reason=reason)
        span = spans[self.sentence - 1]
        words = _words_of(view, span)
        if len(words) < self.word:
            reason = f"The {nth(self.sentence)} sentence has {_amount(len(words), 'word')}."
            return self.verdict(
                False, observed=len(words), wanted=wanted, reason=reason, evidence=(span,)
            )
        place = words[self.word - 1]
        return self.verdict(
            _same(view, place, self.keyword),
            observed=view.slice(place),
            wanted=wanted,
            reason=f"That word is {view.slice(place)!r}.",
            evidence=(place,),
        )

    def build(self, draft: str) -> str:
        if self.check(draft).obeyed:
            return draft
        said = f"{opening(self.word - 1)} {self.keyword} helps us.".lstrip()
        return insert_sentence(draft, fitted(said) or said, self.sentence)

    def violate(self, draft: str) -> str:
        draft = self.build(draft)
        view = read_text(draft).masked
        start = words_in(view, view.sentences[self.sentence - 1])[self.word - 1][0]
        word = "now" if self.keyword.lower() != "now" else "here"
        return f"{draft[:start]}{word} {draft[start:]}"


@register
@dataclass(frozen=True, kw_only=True)
class KeywordPositions(_Keyword):
    """The word so far from the start and the word so far from the end are this word."""

    name = "keyword_positions"
    skill = "precision"
    stage = EDGE
    meaning = (
        "Words as for `words`, a formula is one; both are compared with the keyword as for "
        "`keyword_at`. `from_end=2` is the second-last word."
    )
    examples: ClassVar = (
        Example({"keyword": "sum"}, "The sum is the sum here.", True),
        Example({"keyword": "sum"}, "A SUM: $a + b$; sum $c$.", True, "a formula is a word"),
        Example({"keyword": "sum"}, "The sum is the sum.", False, "the last, not the one before"),
        Example({"keyword": "sum"}, "A sum here.", True, "one word is both"),
        Example({"keyword": "sum", "from_end": 1}, "The sum is here.", False),
    )

    keyword: str
    from_start: int = 2
    from_end: int = 2

    def validate(self) -> None:
        self.want_word()
        self.want_count("from_start", least=1)
        self.want_count("from_end", least=1)

    def phrasings(self) -> tuple[str, ...]:
        first, last = f"{nth(self.from_start)} word", f"{from_last(self.from_end)} word"
        return (
            f"The {first} in your response and the {last} in your response should be the word "
            f'"{self.keyword}".',
            f'Make "{self.keyword}" both the {first} and the {last} of your answer.',
            f'Your answer must have "{self.keyword}" as its {first} and again as its {last}.',
        )

    def judge(self, view: View) -> Verdict:
        number = view.word_count
        wanted = f"{self.keyword!r} as {nth(self.from_start)} and {from_last(self.from_end)} word"
        if number < max(self.from_start, self.from_end):
            reason = f"{_amount(number, 'word')}, too few for both places."
            return self.verdict(False, observed=number, wanted=wanted, reason=reason)
        numbers = (self.from_start - 1, number - self.from_end)
        places = tuple([view.words_from(at, 1)[0] for at in numbers])
        wrong = [p for i, p in enumerate(places) if not _same(view, p, self.keyword, i)]
        shown = " and ".join(repr(view.slice(p)) for p in places)
        return self.verdict(
            not wrong,
            observed=[view.slice(p) for p in places],
            wanted=wanted,
            reason=f"These words are {shown}.",
            evidence=wrong or places,
        )

    def build(self, draft: str) -> str:
        words = read_text(draft).masked.words
        if len(words) < self.from_start or not self._at(draft, self.from_start - 1):
            heads = [opening(self.from_start - 1)]
            heads += ["See", "Add", "The", "So"] if self.from_start == 2 else []
            said = [
                _capital(f"{head} {self.keyword} {tail}".lstrip())
                for head in heads
                for tail in ("comes to mind.", "first.", "and so on.", "here:")
            ]
            ways = (f"{fitted(s) or s}{gap}{draft.lstrip()}" for gap in " \n" for s in said)
            draft = best(ways)
        if not self._at(draft, -self.from_end):
            tail = opening(self.from_end - 1).lower()
            said = [f"so we see {self.keyword} {tail}"]
            said += [f"{head} {self.keyword} {word}" for head in ("see", "the") for word in _TAILS]
            said = [_capital(s.rstrip() + ".") for s in said[: None if self.from_end == 2 else 1]]
            draft = best(f"{draft.rstrip()} {fitted(s) or s}" for s in said)
        return draft

    def _at(self, draft: str, index: int) -> bool:
        view = read_text(draft).masked
        return _same(view, view.words[index], self.keyword, int(index < 0))

    def clashes(self, other: Constraint) -> str | None:
        phrase = other.ending()
        if phrase is None:
            return None
        view = read_text(phrase).masked
        words = view.words[-self.from_end - 1 :]  # the first of the phrase may go on before it
        if len(words) <= self.from_end or _same(view, words[-self.from_end], self.keyword):
            return None
        return f"{phrase!r} at the end has another {from_last(self.from_end)} word."

    def violate(self, draft: str) -> str:
        return f"{self.build(draft).rstrip()} Also here{' too' * (self.from_end - 1)}."


_TAILS = ("now", "here", "too", "then")


def _amount(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}"
