"""Syllables of English words: odd and even in turn.

English spelling does not say how many syllables a word has; the rules below count groups of vowels
and know the silent endings, the common hiatuses and the words that break the rules.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from operator import eq
from typing import ClassVar

from bridle.constraints.base import COUNT
from bridle.constraints.drafts.prose import plan
from bridle.constraints.families.word_shape.neighbours import Neighbours
from bridle.constraints.registry import register
from bridle.constraints.verdict import Example
from bridle.text.lettered import where

_LONG = 40  # letters of a word that is not worth remembering
_GROUP = re.compile(r"[aeiouy]+")
_SILENT = re.compile(
    r"(?<=[^aeiouyl])e$|(?<=[aeiouyl]l)e$|(?<=[aeiouy])e$"  # make, whole, due
    r"|(?<=[gq])ues?$"  # tongue
    r"|(?<=[^aeiouydt])(?<![^aeiouy]r)ed$"  # added and hundred keep it, stopped does not
    r"|(?<=[^aeiouycgszx])(?<!ch)(?<!sh)es$"  # makes, but uses and boxes
    r"|(?<=[^aeiouy])e(?=(?:ly|ful|fully|less|ness|where|thing)$)"  # lonely
    r"|(?<=[^aeiouyl])e(?=ments?$)"  # statement, but element
    r"|(?<=[^aeiouy])e(?=(?:teen|teenth|ty|work|ball|how|way|what|day|made|time|line|book|place)s?$)"
)
_APART = re.compile(
    r"ia(?!l$|lly$|n$|ns$|ge)|(?<![gtcsxl])ia[ln]|io(?!u?s|n)|io(?=sity)|(?<![gtcsxln])ion"
    r"|(?<![gtcsx])ious|iu(?!s)|ius|ii|eums?$|(?<=[aeou])y(?=[eo]r)"
    r"|eo(?!us|n$|ns$|ple)|(?<=[^q])ua(?!r)|uou|ying|[aeou]ing|uity|iet|ya|yo(?!u)"
    r"|(?<=cr)ea(?=t)|riety|(?<=[^aeo])ier|(?<=[^qg])uel|eity|eate"
    r"|(?<![gq])ui(?=d$|n$|ns$)|(?<=^r)ea(?=ct)|(?<![ctsg])ie(?=nt|nc)|ua(?=ry)|(?<![gc])eous"
)
_EXCEPTIONS = {
    "are": 1, "were": 1, "there": 1, "where": 1, "here": 1, "one": 1, "once": 1, "some": 1,
    "every": 2, "everything": 3, "everyone": 3, "something": 2, "sometimes": 2, "someone": 2,
    "business": 2, "evening": 2, "different": 3, "interest": 3, "interesting": 4, "area": 3,
    "idea": 3, "ideas": 3, "being": 2, "seeing": 2, "doing": 2, "going": 2, "create": 2,
    "created": 3, "creation": 3, "science": 2, "sciences": 3, "society": 4, "variety": 4,
    "people": 2, "period": 3, "real": 1, "really": 2, "reality": 4, "the": 1, "he": 1, "she": 1,
    "we": 1, "me": 1, "be": 1, "maybe": 2, "recipe": 3, "simile": 3, "apostrophe": 4, "poem": 2,
    "poet": 2, "poetry": 3, "diet": 2, "quiet": 2, "lion": 2, "giant": 2, "radio": 3, "video": 3,
    "ratio": 3, "medium": 3, "algebra": 3, "theorem": 3, "theory": 3, "linear": 3, "geometry": 4,
    "usual": 3, "usually": 4, "actual": 3, "actually": 4, "equal": 2, "equals": 2, "equation": 3,
    "value": 2, "values": 2, "argue": 2, "argues": 2, "whoever": 3, "cereal": 3, "cement": 2,
    "coefficient": 4, "coordinate": 4, "cooperate": 4, "cooperation": 5, "brilliant": 2, "cafe": 2,
    "dandelion": 4, "naked": 2, "wicked": 2, "crooked": 2, "couldve": 2, "shouldve": 2,
    "wouldve": 2, "itll": 2, "thatll": 2, "itd": 2, "nicety": 3, "tenement": 3,
    "scientist": 3, "alien": 3, "vehement": 3,
    "continue": 3, "queue": 1, "league": 1, "unique": 2, "technique": 2,
    "minus": 2, "plus": 1, "rhythm": 2, "rhythms": 2, "prism": 2, "hour": 1, "hours": 1, "our": 1,
    "fire": 1, "higher": 2, "power": 2, "flower": 2, "lower": 2, "co": 1, "isnt": 2, "doesnt": 2,
    "didnt": 2, "wasnt": 2, "couldnt": 2, "wouldnt": 2, "shouldnt": 2, "hasnt": 2, "havent": 2,
    "naive": 2, "chaos": 2, "client": 2, "clients": 2, "trial": 2, "dial": 2, "duo": 2, "trio": 2,
    "therefore": 2, "says": 1, "said": 1, "have": 1, "give": 1, "been": 1, "does": 1, "goes": 1, "shoe": 1,
    "shoes": 1, "eye": 1, "eyes": 1, "type": 1, "types": 1, "size": 1, "sizes": 2, "wednesday": 2,
    "colonel": 2, "chocolate": 3, "family": 3, "camera": 3, "separate": 3, "several": 3,
}  # fmt: skip


@lru_cache(maxsize=4096)
def syllables(word: str) -> int:
    """How many syllables an English word has; one at least. Small letters, no accents."""
    if word in _EXCEPTIONS:
        return _EXCEPTIONS[word]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and word[:-1] in _EXCEPTIONS:
        return _EXCEPTIONS[word[:-1]]
    spoken = _SILENT.sub("", word)
    number = len(_GROUP.findall(spoken)) + len(_APART.findall(spoken))
    if re.search(
        r"[^aeiouylr]les?$|[^aeiouylr]led$|sms?$|thms?$|[dst]nt$", word
    ) and not _GROUP.search(spoken[-1:]):
        number += 1 if not re.search(r"[aeiouy][^aeiouy]*l(?:e|es|ed)$", spoken) else 0
    return max(1, number)


def _syllables(word: str) -> int:
    """As `syllables`; a word that is longer than any is not remembered."""
    return syllables(word) if len(word) <= _LONG else syllables.__wrapped__(word)


@register
@dataclass(frozen=True, kw_only=True)
class SyllableParity(Neighbours):
    """Words with odd and with even numbers of syllables take turns."""

    name = "syllable_parity"
    skill = "precision"
    stage = COUNT
    each = "odd and even numbers of syllables in turn"
    joined = False
    bank = (
        "We study each problem.",
        "Adding these numbers gives answers.",
        "So every sum settles.",
    )
    meaning = (
        "Of two English words that follow each other, over sentences too, one has an odd and one "
        "an even number of syllables, counted from the spelling; hyphens part words."
    )
    examples: ClassVar = (
        Example({}, "We study each problem.", True, "1, 2, 1, 2"),
        Example({}, "Into $x$ it enters.", True, "maths is no word"),
        Example({}, "We add it.", False, "1, 1, 1"),
        Example({}, "The sum. Into it.", False, "the and sum have one each"),
    )

    def phrasings(self) -> tuple[str, ...]:
        return (
            "Alternate between words with odd and even numbers of syllables.",
            "After a word with an odd number of syllables, write one with an even number, and so "
            "on in turn.",
            "Neighbouring words must not both have an odd, nor both an even number of syllables.",
        )

    def wrong(self, words: list[str]) -> list[int]:
        parity = {word: _syllables(word) % 2 for word in set(words)}
        odd = list(map(parity.__getitem__, words))
        return [i + 1 for i in where(map(eq, odd, islice(odd, 1, None)))]

    def between(self, before: str, after: str) -> list[str]:
        words = _EVEN if syllables(before) % 2 else _ODD
        return [words[(plan().seed + len(before) + len(after)) % len(words)]]

    def violate(self, draft: str) -> str:
        return f"{self.build(draft).rstrip()} It is so."


# What may stand between two words nearly anywhere, with one syllable and with two.
_ODD = ("now", "then", "just", "here", "thus", "still")
_EVEN = ("also", "really", "simply", "only", "clearly", "often")
