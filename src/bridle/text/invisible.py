"""The one set of invisible characters: those that a reader never sees, wherever they stand.

Unicode's Default_Ignorable_Code_Point (DerivedCoreProperties.txt, Unicode 16): soft hyphen, joiners,
zero-width spaces, marks of direction, variation selectors, fillers, tags, byte order marks. White
space is not among them: it separates words.
"""

from __future__ import annotations

import re

_RANGES = (
    (0x00AD, 0x00AD), (0x034F, 0x034F), (0x061C, 0x061C), (0x115F, 0x1160), (0x17B4, 0x17B5),
    (0x180B, 0x180F), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164),
    (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0x1BCA0, 0x1BCA3),
    (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
)  # fmt: skip

# for a character class: re.compile(f"[{INVISIBLE_CLASS}]")
INVISIBLE_CLASS = "".join(
    chr(low) if low == high else f"{chr(low)}-{chr(high)}" for low, high in _RANGES
)
_SPACES = "".join(filter(str.isspace, map(chr, range(0x3001))))
_LEADING = re.compile(f"[{_SPACES}{INVISIBLE_CLASS}]*+")


def visible(text: str) -> str:
    """The text without white space and invisible characters at its ends; linear in its length.

    Empty exactly where a reader would see nothing.
    """
    start = _LEADING.match(text)
    text = text[start.end() if start else 0 :]
    end = len(text)
    while end and (text[end - 1].isspace() or is_invisible(text[end - 1])):
        end -= 1
    return text[:end]


def is_invisible(character: str) -> bool:
    """Whether a reader does not see this one character; False for white space."""
    code = ord(character)
    return code >= 0xAD and any(low <= code <= high for low, high in _RANGES)
