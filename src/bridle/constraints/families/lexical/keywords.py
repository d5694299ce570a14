"""Which words: present, so many times, absent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from bridle.constraints.base import CONTENT, Constraint
from bridle.constraints.counting import EVIDENCE, Counted
from bridle.constraints.drafts.prose import add, drop_sentences, fillers, fitted, plan
from bridle.constraints.registry import register
from bridle.constraints.verdict import Example, Piece, Verdict
from bridle.text import Span, View, read_text
from bridle.text.confusable import find_disguised, plain_letters
from bridle.text.find import find_phrase, has_phrase

_WHOLE = (
    "as a whole word (`can` is not in `can't`, nor `a` in `a.m.`), in any case, in prose (in maths "
    "or code only where it is a formula or code itself, and then in its own case)"
)


def _has(text: str, phrase: str) -> bool:
    return bool(find_phrase(read_text(text).masked, phrase))


def _without(draft: str, phrase: str) -> str:
    """The draft without the phrase: its sentences go where they can, else the phrase alone."""
    draft = drop_sentences(draft, lambda s: _has(s, phrase))
    for start, end in reversed(find_phrase(read_text(draft).masked, phrase)):
        before, after = draft[:start], draft[end:]
        draft = before + (after.lstrip(" ") if not before or before[-1].isspace() else after)
    return draft


def _mentions(phrase: str, draft: str) -> Iterator[str]:
    """Sentences with the phrase in them once: natural ones first, then frames."""
    for sentence in fillers(draft, needed=True):
        if len(find_phrase(read_text(sentence).masked, phrase)) == 1:
            yield sentence
    if plan().language == "en":
        frames = (
            "Here the idea of {} helps.",
            "We keep the word {} in mind.",
            "The term {} matters in this step.",
            "Note the role of {} here.",
            "This is where {} comes in.",
            "The notion of {} guides the work.",
        )
    else:
        frames = ("{}.",)
    shift = plan().seed % len(frames)
    for frame in frames[shift:] + frames[:shift]:
        sentence = fitted(frame.format(phrase), needed=True)
        if sentence:
            yield sentence
    for frame in ("See {}.", "({})", "{}"):
        sentence = fitted(frame.format(phrase), needed=True)
        if sentence:
            yield sentence


def _mentioning(draft: str, phrase: str, times: int) -> list[str]:
    """Sentences with the phrase in them that many times together."""
    if plan().terse:
        short = fitted(phrase, needed=True)
        return [" ".join([short] * times)] if short else []
    chosen: list[str] = []
    while len(chosen) < times:
        more = list(_mentions(phrase, draft))
        if not more:
            break
        chosen += more[: times - len(chosen)]
    return chosen


@register
@dataclass(frozen=True, kw_only=True)
class Keywords(Constraint):
    """Each of these words or phrases stands in the text."""

    name = "keywords"
    skill = "precision"
    stage = CONTENT
    meaning = f"Each keyword occurs at least once, {_WHOLE}."
    examples: ClassVar = (
        Example({"keywords": ["win"]}, "They WIN by two.", True, "any case"),
        Example({"keywords": ["win"]}, "Open the window.", False, "not inside window"),
        Example({"keywords": ["now"]}, "We know it.", False, "not inside know"),
        Example({"keywords": ["f(x"]}, "Take f(x) as given.", True, "no pattern, just text"),
        Example({"keywords": ["root"]}, "It is $root$.", False, "maths is not prose"),
        Example({"keywords": ["sum", "total"]}, "The _sum_ and the total.", True),
        Example({"keywords": ["sum", "total"]}, "The sum and the subtotal.", False),
    )

    keywords: tuple[str, ...]

    def validate(self) -> None:
        self.want_texts("keywords")

    def phrasings(self) -> tuple[str, ...]:
        words = _listed(self.keywords)
        one = len(self.keywords) == 1
        return (
            f"Include the {'word' if one else 'words'} {words} in your response.",
            f"Your answer must contain {words}.",
            f"Make sure that {words} {'appears' if one else 'appear'} in your answer.",
        )

    def holds(self, view: View) -> bool:
        return all(has_phrase(view, word) for word in self.keywords)

    def holds_in_disguise(self, view: View) -> bool:
        return not view.text.isascii() and all(
            has_phrase(view, word) or _disguised(view, word) for word in self.keywords
        )

    def judge(self, view: View) -> Verdict:
        places = {word: find_phrase(view, word) for word in self.keywords}
        missing = [word for word in self.keywords if not places[word]]
        present = len(self.keywords) - len(missing)
        return self.verdict(
            not missing,
            observed=present,
            wanted=f"all of {_listed(self.keywords)}",
            reason=f"{_listed(missing)} {'is' if len(missing) == 1 else 'are'} missing."
            if missing
            else f"All {present} found."
            if present > 1
            else "Found.",
            evidence=tuple(sorted(found[0] for found in places.values() if found)),
        )

    def build(self, draft: str) -> str:
        for word in self.keywords:
            if not _has(draft, word):
                draft = add(draft, _mentioning(draft, word, 1))
        return draft

    def violate(self, draft: str) -> str:
        draft = self.build(draft)
        return _without(draft, self.keywords[-1])

    def requires(self) -> tuple[Piece, ...]:
        return tuple(Piece(word, exact=False) for word in self.keywords)


@register
@dataclass(frozen=True, kw_only=True)
class KeywordCount(Counted):
    """How often one word or phrase stands in the text."""

    name = "keyword_count"
    skill = "planning"
    stage = CONTENT
    unit = ("time", "times")
    meaning = f"Occurrences of the keyword are counted, {_WHOLE}."
    examples: ClassVar = (
        Example({"keyword": "sum", "at_least": 2}, "The sum of a Sum.", True),
        Example({"keyword": "sum", "at_least": 2}, "The sum is in the summary.", False),
        Example({"keyword": "sum", "less_than": 2}, "A sum: $sum$", True, "maths is not prose"),
        Example({"keyword": "sum", "less_than": 2}, "A sum is a sum.", False, "strict"),
        Example({"keyword": "sum", "less_than": 1}, "No such word.", True, "zero times"),
    )

    keyword: str

    def validate(self) -> None:
        self.want_text("keyword")
        super().validate()

    def phrasings(self) -> tuple[str, ...]:
        amount = self.amount()
        return (
            f'In your response, the word "{self.keyword}" should appear {amount}.',
            f'Use the word "{self.keyword}" {amount} in your answer.',
            f'The word "{self.keyword}" must occur {amount} in what you write.',
        )

    def tally(self, view: View) -> list[Span]:
        found = find_phrase(view, self.keyword)
        if self.bounds()[0] > 0:  # a word that is demanded is written in its own letters
            return found
        return sorted((*found, *_disguised(view, self.keyword)))

    def holds_in_disguise(self, view: View) -> bool:
        if view.text.isascii():
            return False
        seen = len(find_phrase(view, self.keyword)) + len(_disguised(view, self.keyword))
        least, most = self.bounds()
        return seen >= least and (most is None or seen <= most)

    def with_count(self, draft: str, number: int) -> str:
        present = len(self.tally(read_text(draft).masked))
        if present > number:
            draft = _without(draft, self.keyword)
            present = 0
        return add(draft, _mentioning(draft, self.keyword, number - present))

    def fit(self, sentence: str) -> str | None:
        if self.bounds()[1] is not None and _has(sentence, self.keyword):
            return None
        return sentence

    def requires(self) -> tuple[Piece, ...]:
        return (Piece(self.keyword, exact=False),) if self.bounds()[0] > 0 else ()

    def same_count(self, other: Constraint) -> bool:
        return (
            isinstance(other, KeywordCount)
            and super().same_count(other)
            and other.keyword.lower() == self.keyword.lower()
        )


@register
@dataclass(frozen=True, kw_only=True)
class ForbiddenWords(Constraint):
    """None of these words or phrases stands in the text."""

    name = "forbidden_words"
    skill = "precision"
    stage = CONTENT
    meaning = (
        f"No forbidden word occurs, {_WHOLE}; letters that look like Latin ones are read as such."
    )
    examples: ClassVar = (
        Example({"words": ["win"]}, "The window is shut.", True, "window is another word"),
        Example({"words": ["now"]}, "We know.", True, "know is another word"),
        Example({"words": ["win", "when"]}, "When is it?", False),
        Example({"words": ["win"]}, "a win-win", False, "a hyphen does not hide it"),
        Example({"words": ["side"]}, "Each SIDE, squared", False),
        Example(
            {"words": ["side"]}, "Each s\u0456de", False, "a Cyrillic letter that looks like i"
        ),
    )

    words: tuple[str, ...]

    def validate(self) -> None:
        self.want_texts("words")

    def phrasings(self) -> tuple[str, ...]:
        words = _listed(self.words, last="or")
        return (
            f"Do not use {'the word' if len(self.words) == 1 else 'the words'} {words}.",
            f"Your answer must not contain {words}.",
            f"Avoid {words} anywhere in your response.",
        )

    def holds(self, view: View) -> bool:
        return not any(has_phrase(view, word) for word in self.words) and (
            view.text.isascii() or not any(_disguised(view, word) for word in self.words)
        )

    def judge(self, view: View) -> Verdict:
        found = sorted(
            (span, word)
            for word in self.words
            for span in (*find_phrase(view, word), *_disguised(view, word))
        )
        used = list(dict.fromkeys(word for _, word in found))
        return self.verdict(
            not found,
            observed=len(found),
            wanted=f"none of {_listed(self.words)}",
            reason=f"{_listed(used)} {'stands' if len(used) == 1 else 'stand'} in the text"
            f" ({len(found)} {'time' if len(found) == 1 else 'times'})."
            if found
            else "No forbidden word.",
            evidence=tuple(span for span, _ in found[:EVIDENCE]),
        )

    def build(self, draft: str) -> str:
        for word in self.words:
            if _has(draft, word):
                draft = _without(draft, word)
        return draft

    def violate(self, draft: str) -> str:
        draft = self.build(draft)
        return add(draft, _mentioning(draft, self.words[0], 1))

    def fit(self, sentence: str) -> str | None:
        return None if any(_has(sentence, word) for word in self.words) else sentence

    def forbids(self, part: str) -> Verdict | None:
        verdict = self.check(part)
        return None if verdict.obeyed else verdict


def _disguised(view: View, word: str) -> list[Span]:
    """Where it stands in letters that look like its own: `rіver` with a Cyrillic і."""
    plain = plain_letters(word)
    return find_disguised(view, lambda seen: find_phrase(seen, word if seen is view else plain))


def _listed(words: tuple[str, ...] | list[str], last: str = "and") -> str:
    quoted = [f'"{word}"' for word in words]
    return f" {last} ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)
