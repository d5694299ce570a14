"""Words in one form: lower case, without the marks around them, hyphens and apostrophes as typed."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from functools import lru_cache

from bridle.text import MASK, Span, View
from bridle.text.find import unhidden
from bridle.text.lettered import unsplit


def bare(view: View, span: Span) -> str:
    """A word in small letters without the marks around it; a formula as it is written."""
    word = view.text[span[0] : span[1]]
    if MASK in word:  # `$4$` reads as 4
        return view.slice(span).strip(".,;:!?\"'“”‘’()[]\\$`*_")
    return bare_word(word)


def bare_word(word: str) -> str:
    """A word in small letters without the marks around it."""
    if "**" in word[2:-2]:
        word = unsplit(word)
    if word.isascii():
        return word.strip(ASCII_MARKS).lower()
    return _bare(word) if len(word) <= _LONG else _bare.__wrapped__(word)


_LONG = 40  # characters of a word that is not worth remembering


@lru_cache(maxsize=4096)
def _bare(word: str) -> str:
    word = unhidden(word)
    first = next((i for i, c in enumerate(word) if c.isalnum()), 0)
    last = next((i for i in range(len(word), 0, -1) if _wordlike(word[i - 1])), len(word))
    small = unicodedata.normalize("NFC", word[first:last]).casefold().translate(_AS_TYPED)
    return small.replace("i\u0307", "i")  # the capital İ of a Turkish i


_AS_TYPED = str.maketrans(
    "’‐‑", "'--"
)  # other forms of the apostrophe and hyphen make no other word


ASCII_MARKS = "".join(c for c in map(chr, range(128)) if not c.isalnum())


def _wordlike(char: str) -> bool:
    return char.isalnum() or unicodedata.category(char)[0] == "M"


def words_in(view: View, span: Span) -> list[Span]:
    """The words of a stretch of the view."""
    words = view.words
    return list(words[bisect_left(words, (span[0], 0)) : bisect_left(words, (span[1], 0))])
