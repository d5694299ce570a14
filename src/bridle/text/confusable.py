"""Letters that look like Latin ones: a word in them is read as the Latin word.

    find_disguised(view, has_river)   finds `rіver` with a Cyrillic і, `ⓡⓘⓥⓔⓡ`, `r̶i̶v̶e̶r̶`

Source of the pairs: Unicode's confusables.txt (UTS 39), its letters of Cyrillic, Greek and Armenian, small
capitals, and letters in circles and squares. `ø`, `ł` and the like are letters of their own languages.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from bridle.text.invisible import HOLD
from bridle.text.spans import ASCII, Span, without
from bridle.text.view import View

_PAIRS = (
    ("АВЕІЈКМНОРСТУХЅԚԜҮӀЗ", "ABEIJKMHOPCTYXSQWYI3"),
    ("аеорсухіјѕһԁԛԝѵкмтнвгпӏԍғїёүҽ", "aeopcyxijshdqwvkmthbrnlgfieye"),
    ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX"),
    ("αικνορυχγωτηεβϲϳ", "aikvopuxywtnebcj"),
    ("ոօսհզցաՕՏԼՍ", "nouhqgwOSLU"),
    ("ıɩɑɡɢʀᴀʙᴄᴅᴇꜰʜɪᴊᴋʟᴍɴᴏᴘꜱᴛᴜᴠᴡʏᴢ", "iiaggrabcdefhijklmnopstuvwyz"),
    ("ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ", "abcdefghijklmnoprstuvwxyz"),
)
_PLAIN = {
    **{ord(a): b for odd, plain in _PAIRS for a, b in zip(odd, plain, strict=True)},
    **{
        first + i: chr(ord(letter) + i)
        for first, letter in (
            (0x24B6, "A"), (0x24D0, "a"), (0x249C, "a"), (0x1F110, "A"), (0x1F130, "A"),
            (0x1F150, "A"), (0x1F170, "A"), (0x1F1E6, "A"), (0xFF21, "A"), (0xFF41, "a"),
        )
        for i in range(26)
    },
    **dict.fromkeys((0x305, *range(0x332, 0x339)), HOLD),  # lines through, over and under letters
}  # fmt: skip
_OTHER = "\u0370-\u058f"  # Greek, Cyrillic, Armenian
_LATIN_LETTER, _OTHER_LETTER = re.compile("[A-Za-z]"), re.compile(f"[{_OTHER}]")
_WORD = re.compile(r"[^\W\d_]+")
_ODD = frozenset(map(chr, _PLAIN))


def plain_letters(text: str) -> str:
    """The text, as long, Latin letters in the place of those that look like them."""
    if _ODD.isdisjoint(without(text, ASCII)):  # `translate` is slow where it finds nothing
        return text
    return text.translate(_PLAIN)


def find_disguised(view: View, find: Callable[[View], list[Span]]) -> list[Span]:
    """What `find` finds just where such letters are read as Latin ones, less whole words of another
    script in a text of that script."""
    if view.text.isascii():
        return []
    plain = plain_letters(view.text)
    if plain == view.text:
        return []
    known = set(find(view))
    latin = len(_LATIN_LETTER.findall(view.text))
    other = len(_OTHER_LETTER.findall(view.text))
    return [
        span for span in find(View(plain, ()))
        if span not in known and _is_odd(view.text, span, latin, other)
    ]  # fmt: skip


def _is_odd(text: str, span: Span, latin: int, other: int) -> bool:
    """Whether the stretch, with the rest of its words, is not just in the script of the text."""
    start, end = span
    while start > 0 and text[start - 1].isalpha():
        start -= 1
    while end < len(text) and text[end].isalpha():
        end += 1
    said = text[start:end]
    if said == plain_letters(said):
        return (
            other > latin and _LATIN_LETTER.search(said) is not None
        )  # a Latin word, or letters in one, in a text of another script
    if _OTHER_LETTER.search(said) is None or _LATIN_LETTER.search(said) is not None:
        return True
    return latin > other and _WORD.fullmatch(said) is not None and len(said) > 1
