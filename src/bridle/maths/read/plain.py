r"""The fast path: numbers that need no parser.

    plain("\\boxed{1,234.50}") -> (Fraction(2469, 2), 2)

Most references are integers, and most answers spell them plainly. Whatever is not certain here
(a comma that could be a decimal mark or a list, a letter, a unit) is left to the reader.
"""

from __future__ import annotations

import re
from fractions import Fraction

_LONGEST = 60  # characters; longer spellings go to the reader, which knows limits

_SIGNED = r"([-+−]?)"
_INTEGER = re.compile(_SIGNED + r"(\d+)")
_GROUPED = re.compile(_SIGNED + r"([1-9]\d?\d?(?:(?:,|\{,\}|,\\!|\\,|\\!|\\ ) ?\d{3})+)")
_DECIMAL = re.compile(_SIGNED + r"(\d*)\.(\d+)")
_RATIO = re.compile(
    _SIGNED + r"(?:\\[dtc]?frac ?(?:\{ ?(-?\d+) ?\} ?\{ ?(-?\d+) ?\}|(\d) ?(\d))|(\d+) ?/ ?(\d+))"
)
_WRAPS = (("\\boxed{", "}"), ("$$", "$$"), ("$", "$"), ("\\(", "\\)"), ("\\[", "\\]"))


def plain(text: str) -> tuple[int | Fraction, int | None] | None:
    """Value and number of decimals (None for exact ones), or None where it is not this plain."""
    if len(text) > _LONGEST or not text.isascii():
        return None
    text = _unwrap(text.strip())
    if _INTEGER.fullmatch(text):
        return int(text), None
    if match := _DECIMAL.fullmatch(text):
        sign, whole, part = match.groups()
        value = Fraction(int((whole or "0") + part), 10 ** len(part))
        return -value if sign == "-" else value, len(part)
    if match := _GROUPED.fullmatch(text):
        value = int(re.sub(r"\D", "", match[2]))
        return -value if match[1] == "-" else value, None
    if match := _RATIO.fullmatch(text):
        top, bottom = (int(part) for part in match.groups()[1:] if part is not None)
        if bottom == 0:
            return None
        value = Fraction(top, bottom)
        return -value if match[1] == "-" else value, None
    return None


def _unwrap(text: str) -> str:
    for _ in range(3):
        if text.endswith("."):
            text = text[:-1].rstrip()
        for opening, closing in _WRAPS:
            if text.startswith(opening) and text.endswith(closing):
                inner = text[len(opening) : len(text) - len(closing)].strip()
                if len(text) >= len(opening) + len(closing) and not set(inner) & set("$"):
                    text = inner
                    break
        else:
            return text
    return text
