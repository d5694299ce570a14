"""A value with words around it: which words say nothing about it, and which change it.

Letters of a sentence are never read as a product: "clearly 5" is 5, "not 5" is not, and what says
more ("5 more than x") stays words.
"""

from __future__ import annotations

import re

from bridle.maths.read.tokens import WORDS, tokens
from bridle.maths.read.value_text import spots
from bridle.maths.read.words import NUMBER_WORDS

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
        "greater",
        "smaller",
        "larger",
        "nearly",
        "almost",
        "up",
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
# What follows a number and is no noun: "3/4 of the pie", "5 in each box".
_NO_NOUN = frozenset(
    ("of", "in", "for", "on", "at", "by", "with", "that", "which", "who", "is", "are")
)
# A number of which something else is meant: "the square of 5", "a multiple of 3".
_OF_IT = re.compile(
    r"\b(?:(?:square|cube) of|roots?|factorial|reciprocal|inverse|negative|opposite|power|powers|multiples?|factors?|"
    r"products?|quotient|sums?|differences?|log|logarithm|digits?|base|mod|modulo|remainder)\b",
    re.I,
)
_LONGEST_SENTENCE = 300
_SHARE = re.compile(r"(\d{1,12}) (?:out of|in|over|divided by) (?:every )?(\d{1,12})", re.I)
_ROOT = re.compile(r"(?:the )?(square|cube) root of ([\w.]{1,20})", re.I)
_RAISED = re.compile(r"([\w.)}]{1,20}) (squared|cubed)", re.I)
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


def in_signs(text: str) -> str:
    """Maths said in words in its signs: "3 out of 4", "x squared", "the square root of 3"."""
    if match := _SHARE.fullmatch(text):
        return f"\\frac{{{match[1]}}}{{{match[2]}}}"
    if match := _ROOT.fullmatch(text):
        return (
            f"\\sqrt{{{match[2]}}}" if match[1].lower() == "square" else f"\\sqrt[3]{{{match[2]}}}"
        )
    if match := _RAISED.fullmatch(text):
        return f"{match[1]}^{{{2 if match[2].lower() == 'squared' else 3}}}"
    return text


def counted(text: str) -> tuple[str, str] | None:
    """Number and noun of "5 trees were planted"; None where a word may change the number."""
    match = _COUNTED.fullmatch(text)
    if not match:
        return None
    said = [word.casefold() for word in re.findall(r"[^\W\d_']+", match["noun"] + match["rest"])]
    if _CHANGES & set(said):
        return None
    return match["value"], "" if match["noun"].casefold() in _NO_NOUN else match["noun"]


def lone_value(text: str) -> str | None:
    """The value of a sentence that holds one value, and no word that may change it.

    "Ben has 120 apples." -> "120"; "120 (the volume)" -> "120"; "not 5", "5 or 6", "the root of 5" -> None
    """
    if len(text) > _LONGEST_SENTENCE or "\\" in text:
        return None
    found = spots(text)
    if len(found) != 1 or found[0].kind != "number":
        return None
    before, after = text[: found[0].start], text[found[0].end :]
    around = f"{before} {after}"
    said = {word.casefold() for word in re.findall(r"[^\W\d_']+", around)}
    if not said or any(len(word) == 1 and word != "a" for word in said):
        return None
    if _CHANGES & said or (NUMBER_WORDS.keys() - {"one"}) & said:
        return None
    if _OF_IT.search(around) or re.search(
        r"[\d=<>+*/^|≤≥≠×÷√%~]|(?<![^\W\d_])-|-(?![^\W\d_])", around
    ):
        return None
    return text[found[0].start : found[0].end]


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
