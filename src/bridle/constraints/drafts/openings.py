"""English phrases of just so many words with which a sentence can begin."""

from __future__ import annotations

import re
from functools import lru_cache

from bridle.constraints.drafts.phrases import SENTENCES
from bridle.constraints.drafts.prose import plan

# What may stand before the first word of a sentence: the mark of a list item or heading, a quote.
_MARK = re.compile(r"(?:(?:[-*+•]|\d{1,9}[.)]|#{1,6})[ \t]+)?[\"“*_(]{0,4}")
COMMON = frozenset(
    [
        "a",
        "all",
        "an",
        "as",
        "at",
        "both",
        "by",
        "each",
        "first",
        "he",
        "here",
        "how",
        "if",
        "in",
        "it",
        "now",
        "on",
        "she",
        "so",
        "that",
        "the",
        "then",
        "there",
        "they",
        "this",
        "thus",
        "we",
        "what",
        "when",
    ]
)

_OPENINGS = (
    (),
    ("Now", "Here", "Thus"),
    ("In short", "At last", "So now"),
    ("In the end", "From all this", "By the way"),
    ("As we have seen", "When it is done", "After all these steps"),
    ("When all steps are done", "As it has been said", "Once the parts are known"),
    ("As the steps above have shown", "When we look at it again", "Since both sides are the same"),
    (
        "When we put all the parts together",
        "As the text of the question says",
        "Since nothing of it was left out",
    ),
)
_MOST = len(_OPENINGS) - 1


def opening(words: int, turn: int = 0) -> str:
    """A phrase of just that many words; `turn` chooses another one of the same length."""
    if words <= 0:
        return ""
    parts: list[str] = []
    while words > _MOST:  # clauses of seven words, "and" between
        size = _MOST if words - _MOST != 1 else _MOST - 1
        parts.append(_choice(size, turn + len(parts)))
        words -= size + 1
    if words:
        parts.append(_choice(words, turn + len(parts)))
    return " and ".join([*parts[:1], *(p[0].lower() + p[1:] for p in parts[1:])])


def _choice(words: int, turn: int) -> str:
    choices = _OPENINGS[words]
    return choices[(plan().seed + turn) % len(choices)]


def begun(sentence: str, words: int, turn: int = 0) -> str:
    """The sentence with so many words more at its beginning."""
    return led(sentence, opening(words, turn))


def led(sentence: str, said: str) -> str:
    """The sentence after words that are said first."""
    mark = _MARK.match(sentence)
    at = mark.end() if mark else 0
    rest = sentence[at:]
    first = rest.split(" ", 1)[0].rstrip(",:.!")
    if first.lower() in COMMON or first in _first_words():
        rest = rest[:1].lower() + rest[1:]
    return f"{sentence[:at]}{said} {rest}" if said else sentence


@lru_cache(maxsize=1)
def _first_words() -> frozenset[str]:
    """What our English sentences begin with: no names."""
    return frozenset(sentence.split()[0].rstrip(".") for sentence in SENTENCES["en"])


def sentence_of(words: int, turn: int = 0) -> str:
    """A sentence of just that many words, one at least."""
    if words < 3:
        return f"{opening(max(1, words), turn)}."
    ends = ("it is done", "all is clear", "we go on")
    said = f"{opening(words - 3, turn)} {ends[turn % 3]}.".lstrip()
    return said[0].upper() + said[1:]
