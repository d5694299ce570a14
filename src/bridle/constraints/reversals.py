"""Answers written backwards, by words or by letters, as far as the text alone shows it (English)."""

# ruff: noqa: SIM905 (word lists are easier to read as text)
from __future__ import annotations

import re
import unicodedata
from abc import abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import ClassVar

from bridle.constraints.base import WRAP, Constraint, Example, Verdict, register
from bridle.constraints.counting import EVIDENCE
from bridle.constraints.lettered import LetterWords, by_sentence, pattern, where
from bridle.constraints.prose import fillers
from bridle.text import Span, View, read_text

_ARTICLES = frozenset(["the", "a", "an"])
_BEFORE_ARTICLES = frozenset(
    "of in to is are was were for with on at by from and that as into we it so then there"
    " this can be gives find has have".split()
)
# None of them is another one backwards (as `on` and `no`, `was` and `saw` are).
_COMMON = frozenset(
    "the of and is to we that it with for are this then what which from have answer one be by as"
    " can each so there its result value number".split()
)


def _bare(text: str) -> str:
    """Lower case without accents."""
    if text.isascii():
        return text.lower()
    return "".join(
        c for c in unicodedata.normalize("NFD", text.lower()) if unicodedata.category(c) != "Mn"
    )


def order(words: list[str]) -> tuple[int, int]:
    """(signs that the words read forwards, signs that they read backwards).

    The signs are articles: English writes "of the sum", never "the of", and ends no sentence with
    one. Between sentences stands `_`.
    """
    forwards = backwards = 0
    words = ["_", *words, "_"]
    for i in where(map(_ARTICLES.__contains__, words)):
        before, after = words[i - 1], words[i + 1]
        forwards += before == "_" or before in _BEFORE_ARTICLES
        backwards += after == "_" or after in _BEFORE_ARTICLES
    return forwards, backwards


def _sentence_words(view: View) -> list[str]:
    """The words of the sentences, `_` between these."""
    written = by_sentence(view)
    forms = {word: _bare(word) for word in set(written)}
    return list(map(forms.__getitem__, written))


def _places(view: View, spans: Iterable[Span], wanted: frozenset[str]) -> list[Span]:
    """Where the first of these words stand."""
    found = (m for a, b in spans for m in pattern(view.flat).finditer(view.flat, a, b))
    return [m.span() for m in islice((m for m in found if _bare(m.group()) in wanted), EVIDENCE)]


@dataclass(frozen=True, kw_only=True)
class Reversed(Constraint):
    """What both reversals have in common: a phrase that must appear when the text is turned."""

    contains: str | None = None

    def validate(self) -> None:
        if self.contains is not None:
            self.want_text("contains")

    def _phrase(self) -> list[str]:
        return [
            _bare(m.group()) for m in pattern(self.contains or "").finditer(self.contains or "")
        ]

    @abstractmethod
    def turned(self, text: str) -> str:
        """The text the other way round; twice is as it was. Formulas stay whole."""

    def build(self, draft: str) -> str:
        if self.check(draft).obeyed:
            return draft
        said = f"It is the {self.contains}." if self.contains else ""
        for more in ("", *fillers(draft), "This is the value of the sum."):
            text = self.turned(" ".join(s for s in (said, more, draft) if s))
            if self.check(text).obeyed:
                return text
        return self.turned(f"The answer is {self.contains or 'the sum of the two'}.")

    def violate(self, draft: str) -> str:
        draft = self.turned(self.build(draft))
        for more in ("", "The answer is the sum of the two. We see it in the text of the task."):
            text = f"{draft} {more}".strip()
            if self.check(text).obeyed is False:
                break
        return text


@register
@dataclass(frozen=True, kw_only=True)
class WordsReversed(Reversed):
    """The words stand in the opposite order."""

    name = "words_reversed"
    family = "copying"
    stage = WRAP
    meaning = (
        "Judged by English articles alone: more of them stand as they do backwards (before `of`, "
        "`is`, … or at a sentence's end) than as they do forwards, and `contains`, where given, "
        "appears when the words are turned round; without signs either way it is undetermined."
    )
    examples: ClassVar = (
        Example({}, "Four is answer the.", True),
        Example({"contains": "bald eagle"}, "Eagle bald the is animal national the.", True),
        Example({}, "The answer is four.", False, "it reads forwards"),
        Example({"contains": "bald eagle"}, "Falcon the is It.", False, "another bird"),
        Example({"contains": "bald eagle"}, "It is the bald eagle.", False),
        Example({}, "Four.", None, "no sign either way"),
    )

    def phrasings(self) -> tuple[str, ...]:
        about = f" Your answer must name the {self.contains}." if self.contains else ""
        return (
            "Respond to this query, but make your sentence in reverse order of what it should be, "
            f"per word.{about}",
            f"Write your answer in English with the words of each sentence in reverse order.{about}",
            f"Put the words of your English answer in the opposite order, the last one first.{about}",
        )

    def judge(self, view: View) -> Verdict:
        words = _sentence_words(view)
        forwards, backwards = order(words)
        found = _find(words[::-1], self._phrase()) if self.contains else None
        obeyed: bool | None
        if not any(map("_".__ne__, words)):
            obeyed, reason = None, "There are no words in the text."
        elif found is False:
            obeyed, reason = False, f"Turned round it does not say {self.contains!r}."
        elif forwards > backwards:
            obeyed = False
            reason = f"It reads forwards: {forwards} of {forwards + backwards} signs."
        elif backwards > forwards or found:
            obeyed = True
            reason = f"It reads backwards: {backwards} of {forwards + backwards} signs."
        else:
            obeyed, reason = None, "Nothing shows which way it reads."
        return self.verdict(
            obeyed,
            observed={"forwards": forwards, "backwards": backwards},
            wanted="words in reverse order",
            reason=reason,
            evidence=_places(view, view.sentences, _ARTICLES) if obeyed is False else (),
        )

    def turned(self, text: str) -> str:
        view = read_text(text).masked
        spans = view.sentences or ((0, len(text)),)
        parts: list[str] = []
        at = 0
        for start, end in spans:
            body = view.flat[start:end]
            inner = len(body.rstrip(".!?…\"'”’»)"))
            tokens = [m.span() for m in re.finditer(r"\S+", view.flat[start : start + inner])]
            parts += [
                text[at:start],
                " ".join(text[start + a : start + b] for a, b in reversed(tokens)),
                text[start + inner : end],
            ]
            at = end
        return "".join([*parts, text[at:]])


@register
@dataclass(frozen=True, kw_only=True)
class LettersReversed(Reversed):
    """The whole text is spelled from its last letter to its first."""

    name = "letters_reversed"
    family = "copying"
    stage = WRAP
    meaning = (
        "Turned round letter by letter it has more common English words than as it stands, in an "
        "order that does not read backwards, and says `contains`, where given; formulas count as "
        "one letter; without common words either way it is undetermined."
    )
    examples: ClassVar = (
        Example({}, ".ruof si rewsna ehT", True),
        Example({"contains": "bald eagle"}, ".elgae dlab eht si tI", True),
        Example({}, "ehT rewsna si eht .mus", False, "each word by itself"),
        Example({"contains": "bald eagle"}, ".noclaf eht si tI", False, "another bird"),
        Example({}, "The answer is four.", False, "it reads forwards"),
        Example({}, "ruof", None, "no common word either way"),
    )

    def phrasings(self) -> tuple[str, ...]:
        about = f" Your answer must name the {self.contains}." if self.contains else ""
        return (
            "Respond to this query, but make your sentence in reverse order of what it should be, "
            f"per letter.{about}",
            f"Write your English answer backwards, from its last letter to its first.{about}",
            f"Spell your whole answer in reverse, letter by letter, in English.{about}",
        )

    def judge(self, view: View) -> Verdict:
        words = LetterWords(view).written
        common = {word for word in set(words) if _bare(word) in _COMMON}
        turned = _sentence_words(View(_spelled_back(view.flat), ()))
        forwards = sum(map(common.__contains__, words))
        backwards = sum(map(_COMMON.__contains__, turned))
        right, wrong = order(turned)
        found = _find(turned, self._phrase()) if self.contains else None
        obeyed: bool | None
        if not any(map("_".__ne__, turned)):
            obeyed, reason = None, "There are no words in the text."
        elif found is False:
            obeyed, reason = False, f"Turned round it does not say {self.contains!r}."
        elif forwards > backwards:
            obeyed = False
            reason = f"{forwards} common words as it stands, {backwards} turned round."
        elif wrong > right:
            obeyed, reason = False, "The words are in the order of a text that reads forwards."
        elif backwards > forwards or found:
            obeyed = True
            reason = f"{backwards} common words turned round, {forwards} as it stands."
        else:
            obeyed, reason = None, "Nothing shows which way it reads."
        return self.verdict(
            obeyed,
            observed={"forwards": forwards, "backwards": backwards},
            wanted="letters in reverse order",
            reason=reason,
            evidence=_places(view, [(0, len(view.flat))], _COMMON) if obeyed is False else (),
        )

    def turned(self, text: str) -> str:
        view = read_text(text).masked
        parts: list[str] = []
        at = len(text)
        for start, end in reversed(view.hidden):
            parts += [_spelled_back(text[end:at]), text[start:end]]
            at = start
        return "".join([*parts, _spelled_back(text[:at])])


def _spelled_back(text: str) -> str:
    """From the last letter to the first, accents with their letters, line ends as one."""
    text = text.replace("\r\n", "\n")
    if not any(unicodedata.category(char) == "Mn" for char in set(text)):
        return text[::-1]
    letters: list[str] = []
    for char in text:
        if letters and unicodedata.category(char) == "Mn":
            letters[-1] += char
        else:
            letters.append(char)
    return "".join(reversed(letters))


def _find(words: list[str], phrase: list[str]) -> bool:
    """Whether the phrase's words follow each other among the words, over sentences too."""
    words = [word for word in words if word != "_"]
    size = len(phrase)
    return any(words[i : i + size] == phrase for i in range(len(words) - size + 1))
