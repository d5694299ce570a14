"""One fence of code around all of a text, as models put around what is to be copied."""

from __future__ import annotations

import re

from bridle.text import MASK, Span, View, read_text
from bridle.text.invisible import SPACES

_OPEN = re.compile(r"(```+|~~~+)[ \t]*(?:text|txt|plain(?:text)?|markdown|md)?[ \t]*\r?\n")

_FENCE = re.compile(r"[ \t]*(?:```|~~~|\\(?:begin|end)\{(?:verbatim|lstlisting)\})")
_INLINE = re.compile(r"\s*+`([^`\n]++)`\s*+")


def is_fence(view: View, line: Span) -> bool:
    """Whether the line opens or closes a masked block of code, and shows nothing itself."""
    masked = view.text.startswith(MASK, line[0])
    return masked and _FENCE.match(view.raw, *line) is not None


def inside(raw: str) -> Span:
    """Where the inside of a fence for text stands that is around all, or else the whole text."""
    end = len(raw.rstrip(SPACES))
    start = end - len(raw[:end].lstrip(SPACES))
    fence = _OPEN.match(raw, start, end)
    if fence is None:
        return 0, len(raw)
    close = end - len(fence[1])
    if close < fence.end() or raw.find(fence[1], fence.end(), end) != close:
        return 0, len(raw)  # not closed, or other blocks between
    return fence.end(), close


def uncoded(view: View) -> View:
    """The view, the marks of code blanks where all of the text stands between them."""
    start, end = inside(view.raw)
    if not start:
        quoted = _INLINE.fullmatch(view.raw)
        if quoted is None:
            return view
        start, end = quoted.span(1)
    text = read_text(" " * start + view.raw[start:end])
    return text.masked if view.hidden else text.kept
