"""Text that a model or a file brought, made fit to be shown: nothing in it can act or hide.

    visible("a\\x1b[31mb\\u202ec")  -> "a␛[31mb⟦U+202E⟧c"
    marked("so A, b", [Mark(3, 4, 0)])  -> Shown(text="so A, b", marks=[[3, 4, 0]], left_out=0)

Nothing here makes HTML: the page's script puts these texts in by `textContent` alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

# C0 and DEL have pictures in Unicode; C1, the signs that turn the direction of the text, invisible
# separators and the byte order mark are named. Joiners stay: Persian, Hindi and emoji need them.
_SHOWN = {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\n\t"}
_SHOWN[0x7F] = "␡"
_NAMED = (
    *range(0x80, 0xA0),
    0x061C,
    0x200B,
    0x200E,
    0x200F,
    *range(0x2028, 0x202F),
    *range(0x2060, 0x2070),
    0xFEFF,
    *range(0xFFF9, 0xFFFC),
)
_SHOWN |= {code: f"⟦U+{code:04X}⟧" for code in _NAMED}
# A lone surrogate cannot be written to any file or terminal.
_SHOWN |= dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
# Tag characters carry hidden text.
_SHOWN |= {code: f"⟦U+{code:04X}⟧" for code in range(0xE0000, 0xE0080)}


def visible(text: str) -> str:
    """The text with every character that acts or hides replaced by one that is seen."""
    if text.isprintable():  # most names and numbers; none of the characters above is
        return text
    return text.replace("\r\n", "\n").translate(_SHOWN)


def line(text: str, *, most: int | None = None) -> str:
    """The text on one line, cut to `most` characters with an ellipsis."""
    flat = visible(" ".join(text.split()))
    return flat if most is None or len(flat) <= most else flat[: max(0, most - 1)] + "…"


MOST_MARKS = 1_000  # a lower-case text under a rule of capitals has one a letter


class Mark(NamedTuple):
    """A half-open span of a text, and the number of what it belongs to."""

    start: int
    end: int
    number: int


class Shown(NamedTuple):
    """A text as it is shown, with its marks, and how many of its characters were left out.

    Each mark is [start, end, number, …]: offsets into `text` in UTF-16 code units, which is how a
    browser counts; in order and without overlap, with the numbers of all spans that cover it.
    """

    text: str
    marks: list[list[int]]
    left_out: int


def marked(text: str, marks: Sequence[Mark] = (), *, most: int = 20_000) -> Shown:
    """The text made visible, with the spans marked; where spans overlap the piece has both numbers.
    Spans of one number that blanks alone divide are one.

    Spans are offsets into `text` as given; those outside it are cut to it. An empty span is shown
    on the character before it (on the one after it at the start). What is beyond `most` characters
    is left out at the end and counted.
    """
    kept = text[:most]
    left_out = len(text) - len(kept)
    fitted = [inside for mark in marks if (inside := _fit(mark, len(kept)))]
    spans = _joined(fitted, kept)[:MOST_MARKS]
    if not spans:
        return Shown(visible(kept), [], left_out)
    edges: dict[int, list[tuple[int, int]]] = {0: [], len(kept): []}
    for mark in spans:
        edges.setdefault(mark.start, []).append((1, mark.number))
        edges.setdefault(mark.end, []).append((-1, mark.number))
    pieces: list[str] = []
    found: list[list[int]] = []
    open_: dict[int, int] = {}
    at = 0
    cuts = sorted(edges)
    for here, there in zip(cuts, [*cuts[1:], len(kept)], strict=True):
        for step, number in edges[here]:
            open_[number] = open_.get(number, 0) + step
            if not open_[number]:
                del open_[number]
        piece = visible(kept[here:there])
        pieces.append(piece)
        end = at + _units(piece)
        if open_ and piece:
            numbers = sorted(open_)
            if found and found[-1][1] == at and found[-1][2:] == numbers:
                found[-1][1] = end  # neighbours of one number are one mark
            else:
                found.append([at, end, *numbers])
        at = end
    return Shown("".join(pieces), found, left_out)


def _joined(marks: Sequence[Mark], text: str) -> list[Mark]:
    """The marks in order; those of one number that overlap, or have blanks alone between, made one."""
    found: dict[int, list[Mark]] = {}
    for mark in sorted(marks):
        mine = found.setdefault(mark.number, [])
        if mine and not text[mine[-1].end : mark.start].strip(" \t"):
            mine[-1] = mine[-1]._replace(end=max(mine[-1].end, mark.end))
        else:
            mine.append(mark)
    return sorted(mark for mine in found.values() for mark in mine)


def _units(text: str) -> int:
    """The length of a text in UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def _fit(mark: Mark, length: int) -> Mark | None:
    start, end = max(0, min(mark.start, length)), max(0, min(mark.end, length))
    if mark.start >= length and mark.end > mark.start:
        return None  # in the part that is left out
    if end <= start:  # an empty span points at a place: "here something is missing"
        start = max(0, min(start, length) - 1)
        end = min(length, start + 1)
    return mark._replace(start=start, end=end) if end > start else None
