"""One fence of code around all of a text, as models put around what is to be copied."""

from __future__ import annotations

import re

from bridle.constraints.affix import BLANK
from bridle.text import Span

_OPEN = re.compile(r"(```+|~~~+)[ \t]*(?:text|txt|plain(?:text)?|markdown|md)?[ \t]*\r?\n")


def inside(raw: str) -> Span:
    """Where the inside of a fence for text stands that is around all, or else the whole text."""
    end = len(raw.rstrip(BLANK))
    start = end - len(raw[:end].lstrip(BLANK))
    fence = _OPEN.match(raw, start, end)
    if fence is None:
        return 0, len(raw)
    close = end - len(fence[1])
    if close < fence.end() or raw.find(fence[1], fence.end(), end) != close:
        return 0, len(raw)  # not closed, or other blocks between
    return fence.end(), close
