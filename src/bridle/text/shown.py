"""What a reader sees of a text: no HTML comment, no fence around a whole answer, no invisible
character at its edges."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from bridle.text.spans import Span

# They show nothing; at the edge of a text they join nothing either.
INVISIBLE = "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
# A fence for text or JSON; any other holds code, which is no prose.
_FENCE = re.compile(
    r"\s*+(```++|~~~++)[ \t]*+(?:(?:text|txt|plain(?:text)?+|markdown|md)[ \t]*+(?=[\n\r])"
    r"|(?:json)?+[ \t]*+(?=[\n\r]\s*+[{\[]))",
    re.IGNORECASE,
)
_IN_LINE = re.compile(r"[^\n\r]++")


def unframed(raw: str) -> str:
    """The text, blanks in the place of invisible characters at its edges and of the two lines of a
    fence that is around all of it."""
    text = raw
    if not raw.isascii() and (raw[0] in INVISIBLE or raw[-1] in INVISIBLE):
        head = len(raw) - len(raw.lstrip(INVISIBLE))
        tail = len(raw) - max(head, len(raw.rstrip(INVISIBLE)))
        text = "\n" * head + raw[head : len(raw) - tail] + "\n" * tail
    opened = _FENCE.match(text) if "`" in text or "~" in text else None
    if opened:
        end = len(text.rstrip())
        close = end - len(opened[1])
        alone = text.find(opened[1], opened.end()) == close  # no other block in between
        if alone and text[:close].rstrip(" \t").endswith(("\n", "\r")):
            start = opened.start(1)
            text = (
                text[:start] + " " * (opened.end() - start) + text[opened.end() : close]
                + " " * (end - close) + text[end:]
            )  # fmt: skip
    return text


def uncommented(text: str, masks: Sequence[Span]) -> str:
    """The text, blanks in the place of HTML comments; those in masked stretches are code."""
    starts = [start for start, _ in masks]
    parts: list[str] = []
    done = at = 0
    while (start := text.find("<!--", at)) >= 0:
        i = bisect_right(starts, start) - 1
        if i >= 0 and masks[i][1] > start:
            at = masks[i][1]
            continue
        end = text.find("-->", start + 4)
        if end < 0:
            break
        at = end + 3
        parts += text[done:start], _IN_LINE.sub(lambda m: " " * len(m[0]), text[start:at])
        done = at
    return "".join((*parts, text[done:]))
