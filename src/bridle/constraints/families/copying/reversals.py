"""Answers written backwards, by words or by letters, as far as the text alone shows it (English)."""

# ruff: noqa: SIM905 (word lists are easier to read as text)
from __future__ import annotations

import re
import unicodedata
from abc import abstractmethod
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import islice
from typing import ClassVar

from bridle.constraints.base import WRAP, Constraint
from bridle.constraints.counting import EVIDENCE
from bridle.constraints.drafts.prose import fillers
from bridle.constraints.registry import register
from bridle.constraints.verdict import Example, Verdict
from bridle.text import MASK, Span, View, read_text
from bridle.text.fences import uncoded
from bridle.text.invisible import HOLD, JOINERS
from bridle.text.lettered import LetterWords, found_in, pattern, where
from bridle.text.words import is_ascii

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


# A capital A after one of these is no article: "Choose option A."
_LABELLED = frozenset(
    "answer appendix case choice choose grade option pick plan player point section select"
    " statement team type vertex vitamin".split()
)
_LABEL = re.compile(r"^[ \t]*[aA][.)](?=[ \t])", re.MULTILINE)  # of a list item
_LONG = 2_000_000  # characters that show the order of a text
# A word with its apostrophes and hyphens, a formula, or the mark between sentences.
_WORD = rf"{{any}}(?:['’‐‑-]{{any}})*|{MASK}+|_"
_AS_TYPED = str.maketrans("’‐‑", "'--", JOINERS + HOLD)


def _bare(text: str) -> str:
    """Lower case, apostrophes and hyphens straight."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFC", text).lower().translate(_AS_TYPED)


def order(words: list[str]) -> tuple[int, int]:
    """(signs that the words read forwards, signs that they read backwards), words as they are
    written.

    The signs are articles: English writes "of the sum", never "the of", and ends no sentence with
    one. Between sentences stands `_`. A capital A inside a sentence is a label, and so may be one at
    its end.
    """
    forwards = backwards = 0
    words = ["_", *words, "_"]
    articles = {word for word in set(words) if word.lower() in _ARTICLES}
    for i in where(map(articles.__contains__, words)):
        before, after = words[i - 1].lower(), words[i + 1].lower()
        if words[i] == "A" and not (
            (before == "_" and after not in _LABELLED) or (after == "_" and before not in _LABELLED)
        ):
            continue
        forwards += before == "_" or before in _BEFORE_ARTICLES
        backwards += after == "_" or after in _BEFORE_ARTICLES
    return forwards, backwards


def _sentence_words(view: View) -> list[str]:
    """The words of the sentences as they are written, `_` between these; numbers are words, too,
    and formulas are one each."""
    text = view.flat.replace("_", " ")
    if any(_LABEL.match(text, start) for start, _ in view.lines):
        text = _LABEL.sub(lambda m: " " * len(m.group()), text)
    text = text.replace("(a)", "   ").replace("(A)", "   ")  # parts
    text = " _ ".join([text[start:end] for start, end in view.sentences])
    return found_in(text, _WORD)


def _english(words: list[str]) -> bool:
    """Whether a tenth of the words are common in English: `an` and `a` are words elsewhere, too."""
    common = {word for word in set(words) if word.lower() in _COMMON}
    return 10 * _of(common, words) >= len(words) - words.count("_")


def _of(chosen: Collection[str], words: list[str]) -> int:
    """How many of the words are among the chosen ones."""
    return sum(map(chosen.__contains__, words))


def _places(view: View, spans: Iterable[Span], wanted: frozenset[str]) -> list[Span]:
    """Where the first of these words stand."""
    words = pattern(view.flat).finditer
    found = (m for a, b in spans for m in words(view.flat, a, b))
    return [m.span() for m in islice((m for m in found if _bare(m.group()) in wanted), EVIDENCE)]


@dataclass(frozen=True, kw_only=True)
class Reversed(Constraint):
    """What both reversals have in common: a phrase that must appear when the text is turned."""

    contains: str | None = None

    def validate(self) -> None:
        if self.contains is not None:
            self.want_text("contains")
            if not self._phrase():
                raise self.bad("contains", self.contains, "a text with a letter or digit")

    def _phrase(self) -> list[str]:
        said = (self.contains or "").replace("_", " ")
        return list(map(_bare, pattern(said, _WORD).findall(said)))

    def _looked_at(self, view: View) -> View:
        """What is in code where all is; the beginning of a very long text, which shows its order, but
        all of it where a phrase must be found."""
        view = uncoded(view)
        flat = view.flat
        if len(flat) <= _LONG or self.contains is not None:
            return view
        return View(flat[: max(flat.rfind(" ", 0, _LONG), 0) or _LONG], ())

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
    skill = "precision"
    stage = WRAP
    meaning = (
        "Judged by English articles alone: more of them stand as they do backwards (before `of`, "
        "`is`, … or at a sentence's end) than as they do forwards, and `contains`, where given, "
        "appears when the words are turned round, which is enough without signs either way; a "
        "capital A inside a sentence is a label. Without signs or `contains`, or hardly a common "
        "English word, it is undetermined. Without `contains`, "
        "two million characters show the order of a longer text."
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
        view = self._looked_at(view)
        words = _sentence_words(view)
        forwards, backwards = order(words)
        found = _find(words[::-1], self._phrase()) if self.contains else None
        obeyed: bool | None
        if all(word.strip(MASK) in ("", "_") for word in words):
            obeyed, reason = None, "There are no words in the text."
        elif found is False:
            obeyed, reason = False, f"Turned round it does not say {self.contains!r}."
        elif forwards > backwards or (found and forwards == backwards > 0):
            obeyed = False  # with as many either way it says the same twice
            part = "It" if forwards > backwards else "Half of it"
            reason = f"{part} reads forwards: {forwards} of {forwards + backwards} signs."
        elif found or (backwards > forwards and _english(words)):
            obeyed = True
            reason = f"It reads backwards: {backwards} of {forwards + backwards} signs."
            if not backwards:
                reason = f"Turned round it says {self.contains!r}; nothing else shows its order."
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
    skill = "precision"
    stage = WRAP
    meaning = (
        "Turned round letter by letter it has more common English words than as it stands, one of "
        "them of three letters or a third of all, in an order that does not read backwards, and "
        "says `contains`, where given; formulas stay whole; else, without common words either way, "
        "it is undetermined. Without `contains`, two million characters show the order of a longer "
        "text."
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
        view = self._looked_at(view)
        words = LetterWords(view).written
        common = {word for word in set(words) if _bare(word) in _COMMON}
        turned = _sentence_words(View(_spelled_back(view.flat), ()))
        back = {word: form for word in set(turned) if (form := _bare(word)) in _COMMON}
        forwards, backwards = _of(common, words), _of(back, turned)
        # Two letters may be a word elsewhere: Spanish `si` is no `is` backwards.
        sure = any(len(form) > 2 for form in back.values())
        different = len(set(back.values()))
        sure = sure or (different > 1 and 3 * backwards >= len(turned) - turned.count("_"))
        right, wrong = order(turned)
        found = _find(turned, self._phrase()) if self.contains else None
        obeyed: bool | None
        if all(word.strip(MASK) in ("", "_") for word in turned):
            obeyed, reason = None, "There are no words in the text."
        elif found is False:
            obeyed, reason = False, f"Turned round it does not say {self.contains!r}."
        elif forwards > backwards or (found and forwards == backwards > 0):
            obeyed = False
            reason = f"{_common(forwards)} as it stands, {backwards} turned round."
        elif wrong > right:
            obeyed, reason = False, "The words are in the order of a text that reads forwards."
        elif found or (backwards > forwards and sure):
            obeyed = True
            reason = f"{_common(backwards)} turned round, {forwards} as it stands."
            if not backwards:
                reason = f"Turned round it says {self.contains!r}; nothing else shows its order."
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
    back = text.replace("\r\n", "\n")[::-1]
    chars = "" if is_ascii(back) else set(back)
    accents = "".join(c for c in chars if unicodedata.category(c) == "Mn")
    if not accents:
        return back
    accented = re.compile(rf"([{accents}]+)([^{accents}]|\Z)")
    return accented.sub(lambda match: match[2] + match[1][::-1], back)


def _common(number: int) -> str:
    return f"{number} common {'word' if number == 1 else 'words'}"


def _find(words: list[str], phrase: list[str]) -> bool:
    """Whether the phrase's words follow each other among the words, over sentences too."""
    forms = {word: _bare(word) for word in set(words)}
    words = list(map(forms.__getitem__, filter("_".__ne__, words)))
    begins = where(map(phrase[0].__eq__, words))
    return any(words[i : i + len(phrase)] == phrase for i in begins)
