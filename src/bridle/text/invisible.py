"""The one set of invisible characters: those that a reader never sees, wherever they stand.

Unicode's Default_Ignorable_Code_Point (DerivedCoreProperties.txt, Unicode 16): soft hyphen, joiners,
zero-width spaces, marks of direction, variation selectors, fillers, tags, byte order marks. White
space is not among them: it separates words.

In a text as it is read (`unseen_in`) most of them are dropped: `ri\u200bver` is one word of five letters.
Those as wide as a letter (fillers, the braille blank) become a blank, so they part words. Joiners and
selectors stay where they shape what is seen: in an emoji, and between letters of scripts that join.
"""

from __future__ import annotations

import re

from bridle.text.spans import MASK, Span, without

_RANGES = (
    (0x00AD, 0x00AD), (0x034F, 0x034F), (0x061C, 0x061C), (0x115F, 0x1160), (0x17B4, 0x17B5),
    (0x180B, 0x180F), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164),
    (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0x1BCA0, 0x1BCA3),
    (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
)  # fmt: skip

INVISIBLE_CODES = tuple(code for low, high in _RANGES for code in range(low, high + 1))
# for a character class: re.compile(f"[{INVISIBLE_CLASS}]")
INVISIBLE_CLASS = "".join(
    chr(low) if low == high else f"{chr(low)}-{chr(high)}" for low, high in _RANGES
)
SPACES = "".join(filter(str.isspace, map(chr, range(0x3001))))  # for str.strip
# What a text as it is read may keep: between letters of scripts that join, and in an emoji.
JOINERS = "\u200c\u200d"
# Stands in for a stretch that is read as absent, as many as it has characters: offsets stay valid.
HOLD = "\u2060"
_LEADING = re.compile(f"[{SPACES}{INVISIBLE_CLASS}]*+")


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


# As wide as a letter, and empty; and what is no character of a text but the sign of a masked stretch.
BLANKS = f"\u115f\u1160\u2800\u3164\uffa0{MASK}"
_CONTROLS = "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufff9-\ufffb"
_PICTURES = (
    "\u00a9\u00ae\u203c-\u3163\u3165-\u3299\U0001f000-\U0001faff"  # emoji, and signs shown so
)
_JOINING = "\u0600-\u109f\u1700-\u18af\u1a00-\u1c4f\ua800-\uabff\U00010a00-\U00011fff"
_ANY = re.compile(f"[{INVISIBLE_CLASS}{_CONTROLS}{BLANKS}]")
_UNSEEN = re.compile(
    rf"(?P<kept>\U0001f3f4[\U000e0020-\U000e007f]+|[{_PICTURES}]\ufe0f?\u200d(?=[{_PICTURES}])"
    rf"|[{_PICTURES}][\ufe0e\ufe0f]|[0-9#*]\ufe0f(?=\u20e3)|[{_JOINING}][\u200c\u200d](?=[{_JOINING}]))"
    rf"|[{BLANKS}]|[{INVISIBLE_CLASS}{_CONTROLS}]"
)
_PLAIN = bytes(i for i in range(0x80) if not re.match(f"[{_CONTROLS}]", chr(i)))


def has_unseen(text: str) -> bool:
    """Whether the text has a character, a control among them, that shows nothing."""
    rest = without(text, _PLAIN)
    return rest != "" and _ANY.search(rest) is not None


def unseen_in(text: str) -> list[tuple[Span, str]]:
    """Every character that shows nothing, in order, with what stands for it: a blank or nothing."""
    return [
        (match.span(), " " if match[0] in BLANKS else "")
        for match in _UNSEEN.finditer(text)
        if match["kept"] is None
    ]
