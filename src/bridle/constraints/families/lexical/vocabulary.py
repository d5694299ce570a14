"""How rich the words are: how many different ones, the share of stop words."""

# ruff: noqa: SIM905 (word lists are easier to read as text)
from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from bridle.constraints.base import CONTENT, COUNT, Constraint
from bridle.constraints.counting import EVIDENCE
from bridle.constraints.drafts.prose import add, fillers
from bridle.constraints.drafts.rebuilt import rebuilt
from bridle.constraints.drafts.removable import Removable
from bridle.constraints.families.lexical.word_lists import STOP_WORDS
from bridle.constraints.registry import register
from bridle.constraints.verdict import Example, Verdict
from bridle.text import MASK, Span, View, read_text, unspaced
from bridle.text.lettered import LetterWords, where
from bridle.text.word_forms import bare, bare_word
from bridle.text.words import WORDLIKE

_TOKEN = re.compile(r"\S+")


@register
@dataclass(frozen=True, kw_only=True)
class UniqueWords(Removable):
    """How many different words the text has."""

    name = "unique_words"
    skill = "planning"
    stage = COUNT
    unit = ("different word", "different words")
    meaning = (
        "Words as for `words`, formulas aside, are compared in any case and without the marks "
        "around them, apostrophes and hyphens in any form; each different one counts once."
    )
    examples: ClassVar = (
        Example({"at_least": 3}, "We add and we add.", True, "we, add, and"),
        Example({"at_least": 4}, "We add, and (we) add!", False),
        Example({"exactly": 2}, "It is $x$ or $y$, is it?", False, "it, is, or"),
        Example({"at_most": 3}, "It is $x$ or $y$, is it?", True, "formulas are no words here"),
    )

    def phrasings(self) -> tuple[str, ...]:
        amount = self.amount()
        return (
            f"Use {amount} in the response.".replace("different", "unique"),
            f"Your answer must have {amount}.",
            f"Write with {amount}, each counted once.",
        )

    def tally(self, view: View) -> list[Span]:
        text = view.flat
        found: dict[str, Span] = {}
        for start, end in view.words:
            if MASK not in text[start:end]:
                found.setdefault(bare(view, (start, end)), (start, end))
        return list(found.values())

    def judge(self, view: View) -> Verdict:
        if unspaced(view.flat):
            return super().judge(view)
        tokens = view.flat.split()
        found: dict[str, str] = {}  # for every different word the token in which it stands first
        for token in dict.fromkeys(tokens):
            if MASK not in token and WORDLIKE.search(token):
                found.setdefault(bare_word(token), token)
        high = self.bounds()[1]
        first = high if high is not None and len(found) > high else 0
        shown = set(list(found.values())[first : first + EVIDENCE])
        places: list[Span] = []
        for match in _TOKEN.finditer(view.flat) if shown else ():
            if match.group() in shown:
                places.append(match.span())
                shown.remove(match.group())
                if not shown:
                    break
        return self.told(len(found), places)

    def with_count(self, draft: str, number: int) -> str:
        if self.number(draft) > number:
            return self.fewer(draft, number)
        more: list[str] = []
        for sentence in fillers(draft):
            if self.number(add(draft, [*more, sentence])) <= number:
                more.append(sentence)
            if self.number(add(draft, more)) == number:
                break
        draft = add(draft, more)
        missing = number - self.number(draft)
        return add(draft, [_counting(draft, missing)]) if missing > 0 else draft

    def fit(self, sentence: str) -> str | None:
        high = self.bounds()[1]
        return None if high is not None and self.number(sentence) > high else sentence


_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def _counting(draft: str, words: int) -> str:
    """That many words that the draft has not: the names of numbers."""
    names = [*_ONES, *(f"{ten}-{one}" for ten in _TENS for one in _ONES), *_TENS]
    names += [f"{one}-hundred-{name}" for one in _ONES for name in names]
    had = {bare(view, s) for view in [read_text(draft).masked] for s in view.words}
    new = [name for name in names if name not in had][:words]
    return f"{' '.join(new).capitalize()}."


# In the list as parts of contractions alone: `s` and `won` are no stop words by themselves.
_PARTS = frozenset(
    """s t don d ll m o re ve y ain aren couldn didn doesn hadn hasn haven isn ma mightn mustn needn
    shan shouldn wasn weren won wouldn""".split()
)


def _is_stop(word: str) -> bool:
    parts = word.lower().replace("’", "'").split("'")
    if len(parts) == 1:
        return parts[0] in STOP_WORDS and parts[0] not in _PARTS
    return all(part in STOP_WORDS for part in parts)


# Sentences without stop words.
_DENSE = (
    "Adding known quantities gives totals.",
    "Careful arithmetic confirms everything.",
    "Simple algebra leaves little work.",
    "Compute totals patiently.",
    "Known values enter equations.",
    "Equal amounts cancel neatly.",
    "Checking twice prevents mistakes.",
    "Short formulas save effort.",
    "Plain reasoning reaches results quickly.",
    "Whole numbers simplify matters.",
    "Good notes show progress.",
    "Clear steps lead straight ahead.",
)


@register
@dataclass(frozen=True, kw_only=True)
class StopWordShare(Constraint):
    """At most such a share of the words are stop words."""

    name = "stop_word_share"
    skill = "planning"
    stage = CONTENT
    bank = _DENSE
    meaning = (
        "Runs of letters in prose are words, with the apostrophes inside them; the share of those "
        "in a list of English stop words is at most `percent` of them. A contraction is one where "
        "all its parts are in the list (`it's`, `don't`, not `Ann's`)."
    )
    examples: ClassVar = (
        Example({"percent": 50}, "The sum equals four.", True, "one of four"),
        Example({"percent": 25}, "The sum equals four.", True, "the bound is allowed"),
        Example({"percent": 24}, "The sum equals four.", False),
        Example({"percent": 50}, "It is $x$.", False, "both are"),
        Example({"percent": 50}, "It’s four.", True, "a contraction is one word"),
        Example({"percent": 50}, "42", None, "no words"),
    )

    percent: int

    def validate(self) -> None:
        self.want_count("percent")
        if self.percent > 100:
            raise self.bad("percent", self.percent, "at most 100")

    def phrasings(self) -> tuple[str, ...]:
        return (
            f"Ensure that stop words constitute no more than {self.percent}% of the total words in "
            "your response.",
            f"At most {self.percent}% of your words may be stop words (the, of, is, and, …).",
            f"Keep stop words (such as the, is, of) to {self.percent}% of your words or less.",
        )

    def judge(self, view: View) -> Verdict:
        found = LetterWords(view)
        words = found.written
        wanted = f"at most {self.percent}% stop words"
        if not words:
            return self.verdict(None, observed=0, wanted=wanted, reason="There are no words.")
        mine = set(filter(_is_stop, set(words)))
        stops = where(map(mine.__contains__, words))
        share = 100 * len(stops) / len(words)
        return self.verdict(
            100 * len(stops) <= self.percent * len(words),
            observed=round(share, 1),
            wanted=wanted,
            reason=f"{len(stops)} of {len(words)} words are stop words, {share:.1f}%.",
            evidence=found.spans(stops[:EVIDENCE]),
        )

    def fit(self, sentence: str) -> str | None:
        if sentence.rstrip()[-1:].isalpha():  # a word that another rule demands, no sentence
            return sentence
        return None if self.check(sentence).obeyed is False else sentence

    def build(self, draft: str) -> str:
        if self.check(draft).obeyed:
            return draft
        for sentence in fillers(draft):  # what others demand is made up for by words of content
            diluted = add(draft, [sentence])
            if self._over(diluted) >= self._over(draft):
                continue
            draft = diluted
            if self._over(draft) <= 0:
                return draft
        return rebuilt(self, draft, _DENSE)

    def _over(self, draft: str) -> float:
        """How many stop words are too many, as shares of a word; at most 0 where it is obeyed."""
        words = LetterWords(read_text(draft).masked).written
        return sum(map(_is_stop, words)) - self.percent / 100 * len(words)

    def violate(self, draft: str) -> str:
        draft = self.build(draft)
        if self.percent == 100:
            raise self.bad("percent", 100, "less than 100, which every text obeys")
        for _ in range(200):
            if not self.obeyed_by(draft):
                break
            draft = add(draft, ["So it is with all of this."])
        return draft
