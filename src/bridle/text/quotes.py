"""Quotation marks: which pair stands around everything, and the mark inside Hebrew abbreviations (צה"ל)."""

from __future__ import annotations

import re

from bridle.text import Span, read_text
from bridle.text.find import as_typed
from bridle.text.invisible import SPACES

_LETTER = "[א-ת]"
# One letter after it, as in ד"ר, or three before it, as in מנכ"לית; fewer may be prefixes.
_INSIDE = re.compile(f'(?<={_LETTER})"(?:{_LETTER}(?!{_LETTER})|(?<={_LETTER}{{3}}.){_LETTER})')


def abbreviates(text: str, at: int) -> bool:
    """Whether the mark at that place belongs to an abbreviation."""
    return _INSIDE.match(text, at) is not None


QUOTE_PAIRS = {'"': '"', "“": "”", "„": "“”", "«": "»", "”": "”“", "»": "«»"}


_MARKS = {(a, b): re.compile(f"[{a}{b}]") for a, closers in QUOTE_PAIRS.items() for b in closers}


QUOTE_MARKS = frozenset('"“”„«»')


def composed(text: str) -> str:
    """A text in one spelling, and with one kind of line end."""
    return as_typed(text.replace("\r\n", "\n"))


def visible(raw: str) -> Span:
    """Where the text stands without what is not seen around it."""
    end = len(raw.rstrip(SPACES))
    return end - len(raw[:end].lstrip(SPACES)), end


def masked_text(raw: str) -> str:
    return read_text(raw).masked.text


def quotes_around(raw: str) -> tuple[Span, Span] | None:
    """The spans of the pair of quotation marks around everything, or None."""
    start, end = visible(raw)
    return ((start, start + 1), (end - 1, end)) if wrapped(raw) else None


def wrapped(raw: str) -> bool:
    """Whether one pair of double quotation marks stands around the whole text."""
    start, end = visible(raw)
    if end - start < 2 or raw[end - 1] not in QUOTE_PAIRS.get(raw[start], ""):
        return False
    inside = masked_text(raw)
    if inside[start] != raw[start] or inside[end - 1] != raw[end - 1]:
        return False
    opening, closing = raw[start], raw[end - 1]
    depth = 1
    for mark in _MARKS[opening, closing].finditer(inside, start + 1, end - 1):
        char, i = mark.group(), mark.start()
        if inside[i - 1] == "\\" or abbreviates(inside, i):  # \" as in JSON, צה"ל
            continue
        if opening != closing:
            depth += 1 if char == opening else -1
        else:
            depth += 1 if _opens(inside[i - 1], inside[i + 1]) else -1
        if depth == 0:
            return False
    return True


def _opens(before: str, after: str) -> bool:
    """Whether a mark between these characters, the same at both ends, opens a quotation."""
    return not after.isspace() and (before.isspace() or before in '([{-—–:"“”')
