"""The straight double mark inside Hebrew abbreviations (צה"ל), which is no quotation mark."""

from __future__ import annotations

import re

_LETTER = "[א-ת]"
# One letter after it, as in ד"ר, or three before it, as in מנכ"לית; fewer may be prefixes.
_INSIDE = re.compile(f'(?<={_LETTER})"(?:{_LETTER}(?!{_LETTER})|(?<={_LETTER}{{3}}.){_LETTER})')


def abbreviates(text: str, at: int) -> bool:
    """Whether the mark at that place belongs to an abbreviation."""
    return _INSIDE.match(text, at) is not None
