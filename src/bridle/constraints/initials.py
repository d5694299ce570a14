"""The first letters of neighbouring words."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

from bridle.constraints.base import COUNT, Example, register
from bridle.constraints.wordshape import WordRule, letter_words
from bridle.text import Span, read_text

_ALPHABET = "abcdefghijklmnopqrstuvwxyz"


@register
@dataclass(frozen=True, kw_only=True)
class AlphabetLoop(WordRule):
    """Every word begins with the letter after the one before it."""

    name = "alphabet_loop"
    family = "word shape"
    stage = COUNT
    each = "each word begins with the next letter of the alphabet"
    bank = (
        "All big cats drink every fresh glass.",
        "Adding brings clear days ever further.",
        "So the ultimate value will xerox your zeal and become clear.",
    )
    meaning = "First letters follow the alphabet, any letter first, z followed by a; Latin only."
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

    def wrong(self, words: list[tuple[Span, str]]) -> list[Span]:
        found: list[Span] = []
        for (_, before), (span, word) in pairwise(words):
            at = _ALPHABET.find(before[0])
            if at < 0 or word[0] != _ALPHABET[(at + 1) % 26]:
                found.append(span)
        if len(words) == 1 and words[0][1][0] not in _ALPHABET:
            found.append(words[0][0])
        return found

    def fit(self, sentence: str) -> str | None:
        return None if letter_words(read_text(sentence).masked) else sentence


@register
@dataclass(frozen=True, kw_only=True)
class NoRepeatedInitial(WordRule):
    """No two neighbouring words begin with the same letter."""

    name = "no_repeated_initial"
    family = "word shape"
    stage = COUNT
    each = "neighbouring words begin with different letters"
    bank = ("We take each number to get one sum.", "The sum can now be seen.", "So here it ends.")
    meaning = "Of two words that follow each other, over sentences too, the first letters differ."
    examples: ClassVar = (
        Example({}, "We add two numbers.", True),
        Example({}, "The $t$ ends.", True, "maths is no word"),
        Example({}, "Take two numbers.", False),
        Example({}, "We end. Every sum fits.", False, "over the full stop"),
    )

    def phrasings(self) -> tuple[str, ...]:
        return (
            "No two consecutive words can share the same first letter.",
            "Words that follow each other must begin with different letters.",
            "Never begin a word with the first letter of the word before it.",
        )

    def wrong(self, words: list[tuple[Span, str]]) -> list[Span]:
        return [span for (_, a), (span, b) in pairwise(words) if a[0] == b[0]]
