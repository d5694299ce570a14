"""Characters as a reader sees them: a letter with its marks is one, and so is a joined emoji.

    characters("né 👩🏽‍🚀 नमस्ते")  -> 9: n, é, a blank, one emoji, a blank, न म स् ते

After Unicode's extended grapheme clusters (UAX #29): combining marks and vowel signs, joiners and
other characters that are not seen, skin tones, and the later parts of a decomposed Hangul syllable
belong to the character before them; a picture after a joiner, and the second letter of a flag, too.
Apart from them, a run of white space is one character.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from bridle.text import Span

_TONES = "\U0001f3fb-\U0001f3ff"
_HANGUL_PARTS = "\u1160-\u11ff\ud7b0-\ud7fb"
_PICTURE = "\u00a9\u00ae\u203c-\u3299\U0001f000-\U0001faff"
_FLAG = "\U0001f1e6-\U0001f1ff"
_OTHER = re.compile(f"[{_TONES}{_HANGUL_PARTS}]")
_FLAGS = re.compile(f"[{_FLAG}]")


def character_spans(text: str) -> Iterator[Span]:
    """Where each character stands."""
    return (match.span() for match in _pattern(_later(text)).finditer(text))


def characters(text: str) -> int:
    """How many characters there are."""
    later = _later(text)
    if not text.isascii() and ("\u200d" in later or _FLAGS.search(text)):
        return sum(1 for _ in character_spans(text))
    parts = text.split()
    blanks = len(parts) - 1 + text[:1].isspace() + text[-1:].isspace() if parts else bool(text)
    number = sum(map(len, parts)) + blanks
    if later:
        number -= len(text) - len(_without(later).sub("", text)) - (text[0] in later)
    return number


@lru_cache(maxsize=64)
def _without(later: str) -> re.Pattern[str]:
    return re.compile(f"[{re.escape(later)}]+")


def _later(text: str) -> str:
    """Which characters of the text belong to the one before, the second letters of flags aside."""
    return "" if text.isascii() else "".join(sorted(filter(_belongs, set(text))))


@lru_cache(maxsize=4096)
def _belongs(char: str) -> bool:
    kind = unicodedata.category(char)
    return kind[0] == "M" or kind == "Cf" or _OTHER.match(char) is not None


@lru_cache(maxsize=64)
def _pattern(later: str) -> re.Pattern[str]:
    first = rf"[{_FLAG}]{{2}}|\s+|\S"
    if not later:
        return re.compile(first)
    joined = rf"|(?<=\u200d)[{_PICTURE}]" if "\u200d" in later else ""
    return re.compile(rf"(?:{first})(?:[{re.escape(later)}]{joined})*+")
