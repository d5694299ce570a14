"""The marks around a whole text that say nothing of it: a fence, the ticks of code."""

from __future__ import annotations

import re

# A bare fence or one for text, or one for JSON that holds some; any other holds code, which is no prose.
_FENCE = re.compile(
    r"\s*+(```++|~~~++)[ \t]*+(?:(?:text|txt|plain(?:text)?+|markdown|md)?+[ \t]*+(?=[\n\r])"
    r"|json[ \t]*+(?=[\n\r]\s*+[{\[]))",
    re.IGNORECASE,
)
_TICKED = re.compile(r"\s*+(`++)([^\n\r]*[^`\n\r])(\1)\s*+")


def unframed(raw: str) -> str:
    """The text, as long, blanks in the place of what is around all of it: the two lines of a fence
    that is for text or for nothing in particular, or the ticks of code."""
    if "`" not in raw and "~" not in raw:
        return raw
    opened = _FENCE.match(raw)
    if opened:
        end = len(raw.rstrip())
        close = end - len(opened[1])
        alone = raw.find(opened[1], opened.end()) == close  # no other block in between
        if alone and raw[:close].rstrip(" \t").endswith(("\n", "\r")):
            start = opened.start(1)
            return (
                raw[:start] + " " * (opened.end() - start) + raw[opened.end() : close]
                + " " * (end - close) + raw[end:]
            )  # fmt: skip
    ticked = _TICKED.fullmatch(raw)
    if ticked and ticked[1] not in ticked[2]:
        return "".join(
            (
                raw[: ticked.start(1)],
                " " * len(ticked[1]),
                ticked[2],
                " " * len(ticked[1]),
                raw[ticked.end(3) :],
            )
        )
    return raw
