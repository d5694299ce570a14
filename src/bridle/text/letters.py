"""One letter and where it stands: accents, joined forms, vowel points."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from bridle.text import Span, View
from bridle.text.graphemes import characters
from bridle.text.words import decomposed

# What makes another letter of the one before it: accents, hamza, the dots of kana and of Indian
# letters, the last parts of a Hangul syllable.
JOINERS = (
    "\u0300-\u036f\u0483-\u0489\u0653-\u0655\u093c\u09bc\u0a3c\u0abc\u0b3c\u1160-\u11ff"
    "\u20d0-\u20ff\u3099\u309a"
)


_POINTS = "\u0591-\u05c7\u064b-\u0652\u0656-\u065f\u0670"  # vowel points: the letter stays the same


_OTHER = f"[{_POINTS}]{{0,4}}[{JOINERS}]"


FIRST_WITHOUT_ACCENTS = (
    "\u0400"  # of the scripts before it (Latin, Greek) an accent makes no letter of its own
)


@lru_cache(maxsize=256)
def _pattern(letter: str) -> re.Pattern[str]:
    folded = decomposed(letter).lower().replace("ς", "σ")
    dot = "\u0307?+" if folded == "i" else ""  # İ is the capital of a Turkish i
    return re.compile(f"{re.escape(folded)}{dot}(?!{_OTHER})")


def find_letter(view: View, letter: str) -> list[Span]:
    """Every occurrence of one character in the view, in any case and either Unicode spelling."""
    return view.unfold_all([match.span() for match in _pattern(letter).finditer(view.folded)])


def is_one_character(value: object) -> bool:
    """Whether this is one character as a reader sees it, and not white space."""
    if not isinstance(value, str) or not value.strip():
        return False
    return characters(unicodedata.normalize("NFC", value)) == 1


@lru_cache(maxsize=256)
def composed_letter(letter: str) -> str:
    return unicodedata.normalize("NFC", letter)
