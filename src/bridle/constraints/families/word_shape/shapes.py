"""How every word is built: lengths, clusters, vowels, repeats, palindromes.

Words are runs of letters (`lettered.py`). Accents are taken off, other scripts than Latin have no
vowels, clusters or alphabet here and are left out of those counts.
"""

from __future__ import annotations

import math
import re
from abc import abstractmethod
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

from bridle.constraints.base import CONTENT, COUNT, Constraint
from bridle.constraints.counting import EVIDENCE
from bridle.constraints.drafts.choices import swapped
from bridle.constraints.drafts.prose import add, drop_sentences, plan
from bridle.constraints.drafts.rebuilt import INNER, MARKUP, rebuilt
from bridle.constraints.registry import register
from bridle.constraints.verdict import Example, Verdict
from bridle.text import View, read_text
from bridle.text.lettered import LetterWords, plain_word, where

_VOWELS = frozenset("aeiou")
_CLUSTER = re.compile(r"[bcdfghjklmnpqrstvwxyzßłđðþ]{2}")
_LATIN = re.compile(r"[a-zßæœøłđðþ]")


@dataclass(frozen=True, kw_only=True)
class WordRule(Constraint):
    """A rule that some words break; a text without words is undetermined."""

    bank: ClassVar[tuple[str, ...]]  # sentences that obey
    each: ClassVar[str]  # what is wanted of each word
    joined: ClassVar[bool] = True  # whether a word with hyphens is one
    latin: ClassVar[bool] = False  # whether words of other scripts are left out

    def compared(self, found: LetterWords) -> list[str]:
        """The words as this rule looks at them: their letters alone."""
        return found.letters

    @abstractmethod
    def wrong(self, words: list[str]) -> list[int]:
        """The numbers of the words that break the rule."""

    def judge(self, view: View) -> Verdict:
        found = LetterWords(view, joined=self.joined)
        words = self.compared(found)
        if not words or (self.latin and not any(map(_LATIN.search, words))):
            return self.verdict(
                None,
                observed=0,
                wanted=self.each,
                reason="There are no Latin words in the text."
                if words
                else "There are no words in the text.",
            )
        wrong = self.wrong(words)
        shown = found.spans(wrong[:EVIDENCE])
        first = f", the first {view.slice(shown[0])!r}" if wrong else ""
        number = len(wrong)
        return self.verdict(
            not wrong,
            observed=number,
            wanted=self.each,
            reason=f"{number} of {len(words)} words {'breaks' if number == 1 else 'break'} it{first}."
            if wrong
            else f"All {len(words)} words obey.",
            evidence=shown,
        )

    def build(self, draft: str) -> str:
        if len(plan().rules) > 1 and "\n" in draft:  # lines that others may want stay
            text = swapped(draft, self, self.bank)
            if self.obeyed_by(text):
                return text
        return rebuilt(self, draft, self.bank)

    def violate(self, draft: str) -> str:
        draft = self.build(draft)
        for word in ("Area idea.", "See a rhythm.", "Eight apples are nice.", "Four, four."):
            broken = add(draft, [word])
            if self.check(broken).obeyed is False:
                return broken
        return draft

    def fit(self, sentence: str) -> str | None:
        return None if self.check(sentence).obeyed is False else sentence

    def forbids(self, part: str) -> Verdict | None:
        """Words that end within a line of the part are the same words in every text with it; not
        so those at its edges, and nothing where a part of it may be maths or code."""
        if not part.isascii() or MARKUP.search(part):
            return None
        for line in part.splitlines():
            inner = INNER.search(line)
            words = LetterWords(View(inner.group(), ()), joined=self.joined) if inner else None
            if inner and words and self.wrong(self.compared(words)):
                return self.check(inner.group())
        return None


@register
@dataclass(frozen=True, kw_only=True)
class PrimeLengths(WordRule):
    """Every word has a prime number of letters."""

    name = "prime_lengths"
    skill = "precision"
    stage = CONTENT
    each = "only words with a prime number of letters"
    bank = (
        "So the sum is now out.",
        "We add two and two to get the sum.",
        "It is so, as we see.",
        "The steps go on to the end.",
        "See how the parts fit.",
        "We can now see why.",
        "All of us see the whole way.",
        "It is out and so are we.",
        "We see it but you may not yet see it too.",
        "The value is right for now.",
    )
    meaning = (
        "Each word's letters are counted (apostrophes and hyphens aside); the number must be prime."
    )
    examples: ClassVar = (
        Example({}, "We add two parts.", True, "2, 3, 3, 5"),
        Example({}, "So $four$ is the sum.", True, "maths is no word"),
        Example({}, "We find it.", False, "four letters"),
        Example({}, "I see it.", False, "one is no prime"),
        Example({}, "12 34", None, "no words"),
    )

    def phrasings(self) -> tuple[str, ...]:
        return (
            "Use only words with lengths that are prime numbers.",
            "Every word of your answer must have a prime number of letters.",
            "Write with words of 2, 3, 5, 7, 11, … letters only.",
        )

    def wrong(self, words: list[str]) -> list[int]:
        lengths = list(map(len, words))
        bad = {length for length in set(lengths) if not _is_prime(length)}
        return where(map(bad.__contains__, lengths))


@lru_cache(maxsize=256)
def _is_prime(number: int) -> bool:
    return number > 1 and all(number % k for k in range(2, math.isqrt(number) + 1))


@register
@dataclass(frozen=True, kw_only=True)
class ConsonantClusters(WordRule):
    """Every word has two consonants side by side."""

    name = "consonant_clusters"
    skill = "precision"
    stage = CONTENT
    each = "a consonant cluster in every word"
    latin = True
    bank = (
        "This stands first.",
        "Such sums stand with simple steps.",
        "Thus this result stands.",
        "Small steps bring things closer.",
        "They check both parts with the numbers.",
        "Their strict steps help them understand things.",
        "What matters most stands plainly there.",
        "Which problem still needs proper thought?",
        "Start with what stands first.",
    )
    meaning = (
        "Each Latin word, hyphenated ones whole, has two or more consonants together; y is a "
        "consonant. Words of other scripts are left out."
    )
    examples: ClassVar = (
        Example({}, "This sum's first.", True, "ms in sums"),
        Example({}, "Thus twenty.", True),
        Example({}, "Thus a plan.", False, "a has none"),
        Example({}, "Two plus two.", True, "tw"),
        Example({}, "Add on.", False),
    )

    def phrasings(self) -> tuple[str, ...]:
        return (
            "Ensure each word in your response has at least one consonant cluster (two or more "
            "consonants together).",
            "Every word of your answer must have two consonants side by side.",
            "Use only words with at least one consonant cluster.",
        )

    def wrong(self, words: list[str]) -> list[int]:
        short = (word for word in set(words) if not _CLUSTER.search(word))
        bad = set(filter(_LATIN.search, short))
        return where(map(bad.__contains__, words))


@register
@dataclass(frozen=True, kw_only=True)
class FewVowels(WordRule):
    """The words use few kinds of vowels."""

    name = "vowel_kinds"
    skill = "precision"
    stage = COUNT
    each = "few kinds of vowels"
    bank = ("The men get the ten beets.", "Hence the text ends here.", "My rhythms fly by.")
    meaning = "Over all words, at most so many of a, e, i, o, u occur; accents aside, y is none."
    examples: ClassVar = (
        Example({"at_most": 3}, "The ten men ran in.", True, "e, a, i"),
        Example({"at_most": 1}, "The end $a + i$.", True, "maths does not count"),
        Example({"at_most": 3}, "The sum is out.", False, "e, u, i, o"),
        Example({"at_most": 0}, "Try a rhythm.", False),
    )

    at_most: int = 3

    def validate(self) -> None:
        self.want_count("at_most")

    def phrasings(self) -> tuple[str, ...]:
        kinds = "vowel" if self.at_most == 1 else "types of vowels"
        return (
            f"Write using words that contain at most {self.at_most} {kinds} of a, e, i, o, u.",
            f"Over your whole answer, use no more than {self.at_most} of the five vowels.",
            f"Only {self.at_most} different vowels may occur in your answer.",
        )

    def judge(self, view: View) -> Verdict:
        verdict = super().judge(view)
        if verdict.obeyed is None:
            return verdict
        kinds = sorted(_VOWELS & set(map(plain_word, set(view.text))))
        named = (
            ": ".join([f"{len(kinds)} of the vowels", ", ".join(kinds)]) if kinds else "No vowel"
        )
        return verdict._replace(observed=len(kinds), reason=f"{named}.")

    def wrong(self, words: list[str]) -> list[int]:
        kinds: list[str] = []
        found: list[int] = []
        for word in dict.fromkeys(words):  # said again it brings no vowel that is new
            if len(kinds) == len(_VOWELS):
                break
            new = [c for c in dict.fromkeys(word) if c in _VOWELS and c not in kinds]
            kinds += new
            if new and len(kinds) > self.at_most:
                found.append(words.index(word))
        return found

    def fit(self, sentence: str) -> str | None:
        kinds = set("".join(LetterWords(read_text(sentence).masked).letters))
        return sentence if kinds & _VOWELS <= self._shared() else None

    def _shared(self) -> frozenset[str]:
        """The vowels that all sentences of a draft may have."""
        pieces = [piece.text.lower() for rule in plan().rules for piece in rule.requires()]
        asked = [c for c in dict.fromkeys("".join(pieces)) if c in _VOWELS]
        order = list(dict.fromkeys([*asked[: self.at_most], *"eaiou"]))
        return frozenset(order[: self.at_most])

    def build(self, draft: str) -> str:
        if self.check(draft).obeyed:
            return draft
        # Sentences that obey alone may break it together.
        alike = drop_sentences(draft, lambda s: self.fit(s) is None)
        return alike if self.check(alike).obeyed else rebuilt(self, draft, self.bank)


@register
@dataclass(frozen=True, kw_only=True)
class WordRepeats(WordRule):
    """No word is used more often than so many times."""

    name = "word_repeats"
    skill = "planning"
    stage = COUNT
    each = "no word too often"
    bank = ("We add both numbers.", "Every step stands alone here.", "That settles everything.")
    meaning = (
        "Words, hyphenated ones whole, are compared in any case and with their accents; none may "
        "occur more than `at_most` times."
    )
    examples: ClassVar = (
        Example({"at_most": 2}, "The sum of the parts.", True),
        Example({"at_most": 1}, "The sum of $x + x$.", True, "maths is no word"),
        Example({"at_most": 1}, "The sum of the parts.", False, "the, in any case"),
        Example({"at_most": 2}, "So so so.", False),
        Example({"at_most": 1}, "We're where we were.", True, "we're is not were"),
        Example({"at_most": 1}, "Él mira el sol.", True, "él is not el"),
        Example({"at_most": 1}, "We go step-by-step.", True, "a hyphenated word is one"),
    )

    at_most: int

    def validate(self) -> None:
        self.want_count("at_most", least=1)

    def phrasings(self) -> tuple[str, ...]:
        times = "once" if self.at_most == 1 else f"{self.at_most} times"
        return (
            f"The response should not repeat any word more than {times}.",
            f"Use no word more than {times} in your answer.",
            f"Each word may occur at most {times}.",
        )

    def compared(self, found: LetterWords) -> list[str]:
        return found.said

    def wrong(self, words: list[str]) -> list[int]:
        counted: dict[str, int] = {}
        found: list[int] = []
        for i, word in enumerate(words):
            counted[word] = number = counted.get(word, 0) + 1
            if number > self.at_most:
                found.append(i)
        return found

    def violate(self, draft: str) -> str:
        return add(self.build(draft), [" ".join(["Again"] * (self.at_most + 1)) + "."])
