"""A value with words around it: which words say nothing about it, and which change it.

Letters of a sentence are never read as a product: "clearly 5" is 5, "not 5" is not, and what says
more ("5 more than x") stays words.
"""

from __future__ import annotations

import re

from bridle.maths.read.tokens import WORDS, tokens

_BEFORE = re.compile(
    r"(?:(?:clearly|exactly|approximately|approx\.?|about|roughly|around|circa|only|just|simply|precisely|"
    r"obviously|certainly|definitely|equals?|equal to|is|are|was|were|it is|there (?:are|were|is)|we (?:get|have)|"
    r"the (?:answer|value|result|total|sum|number)(?: is)?|answer|a total of|total of|in total|altogether|total|"
    r"therefore|thus|hence|so|overall|finally)\b[\s,:]*)+(?=[\d\\$€£¥.+(\[-]|[A-Za-z]\s*=)",
    re.I,
)
_AFTER = re.compile(
    r"[\s,]*\(?(?:in total|in all|altogether|total|overall|exactly|approximately|in sum|left|remaining|as required)\)?\s*$",
    re.I,
)
_CHANGES = frozenset(
    [
        "not",
        "no",
        "never",
        "neither",
        "nor",
        "without",
        "except",
        "unless",
        "if",
        "but",
        "than",
        "more",
        "less",
        "fewer",
        "least",
        "most",
        "times",
        "plus",
        "minus",
        "over",
        "under",
        "below",
        "above",
        "between",
        "half",
        "double",
        "twice",
        "triple",
        "percent",
        "cents",
        "hundred",
        "thousand",
        "million",
        "billion",
        "dozen",
        "squared",
        "cubed",
        "divided",
        "multiplied",
        "added",
        "subtracted",
        "and",
        "or",
        "to",
        "from",
        "every",
        "other",
        "another",
        "question",
        "step",
        "problem",
        "case",
        "figure",
    ]
)
_COUNTED = re.compile(
    r"(?P<value>[-+]?\$?\d[\d.,]*(?:/\d+)?|\\frac\{\d+\}\{\d+\})\s+(?P<noun>[^\W\d_]{2,})(?P<rest>(?:[\s,]+[^\W\d_']+)+)[.!]?"
)
_SHORT = frozenset(
    [
        "not",
        "the",
        "are",
        "was",
        "and",
        "but",
        "for",
        "has",
        "had",
        "its",
        "all",
        "any",
        "one",
        "two",
        "six",
        "ten",
        "out",
        "you",
        "she",
        "him",
        "who",
        "how",
        "why",
        "can",
        "may",
    ]
)
_STANDING = re.compile(r"(?<![\\\w{])[A-Za-z]{3,}(?![\w(^])")


def without_neutral_words(text: str) -> str:
    """The text without words that add nothing to the value beside them."""
    text = _BEFORE.sub("", text, count=1) if _BEFORE.match(text) else text
    bare = _AFTER.sub("", text)
    return bare if any(c.isdigit() for c in bare) else text


def counted(text: str) -> tuple[str, str] | None:
    """Number and noun of "5 trees were planted"; None where a word may change the number."""
    match = _COUNTED.fullmatch(text)
    if not match:
        return None
    said = [word.casefold() for word in re.findall(r"[^\W\d_']+", match["noun"] + match["rest"])]
    return None if _CHANGES & set(said) else (match["value"], match["noun"])


def has_sentence_words(text: str) -> bool:
    """Whether words of a sentence stand in the text, outside of LaTeX commands and \\text{}."""
    bare = re.sub(r"\\text\s*\{[^{}]*\}|\\[A-Za-z]+", " ", text)
    for word in _STANDING.findall(bare):
        if word in _SHORT:
            return True
        if len(word) > 3 and re.search(r"[aeiouyAEIOUY]", word) and not _is_name(word):
            return True
    return False


def _is_name(word: str) -> bool:
    return word in WORDS or any(t.kind == "name" or len(t.text) > 1 for t in tokens(word))
