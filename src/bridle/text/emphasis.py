"""Emphasised stretches of Markdown, by CommonMark's delimiter runs."""

from __future__ import annotations

import re
import unicodedata

from bridle.text.spans import MASK, Span
from bridle.text.words import WORDLIKE

# A formula, and full-width marks, beside which no white space is written: **答案：**42.
_LIKE_LETTERS = frozenset(
    (MASK, *map(chr, (*range(0x3001, 0x3040), *range(0xFF01, 0xFF10), *range(0xFF1A, 0xFF20))))
)
_ORDINAL = re.compile(r"(?:th|st|nd|rd)(?![^\W_])")  # the *n*th
_RUN = re.compile(r"\*\**|__*")  # each begins with its own character, which is quickly found


def emphasis_in(text: str, start: int, end: int) -> list[Span]:
    """CommonMark's delimiter runs, simplified: a closing run takes what it can of the nearest
    opening run of the same mark. Single `*` between letters or digits is a product sign."""
    spans: list[Span] = []
    open_runs: dict[str, list[list[int]]] = {"*": [], "_": []}
    past = start
    worded = -1  # where the last gap between two runs begins that has something wordlike
    for match in _RUN.finditer(text, start, end):
        a, b = match.span()
        if WORDLIKE.search(text, past, a):
            worded = past
        past = b
        if b - a > 3 or (a > start and text[a - 1] == "\\"):
            continue
        mark = text[a]
        before = text[a - 1] if a > start else " "
        after = text[b] if b < end else " "
        if before.isspace() and after.isspace():  # a list's mark, a product sign
            continue
        opens, closes = _flanks(before, after)
        tight = mark == "_" or b - a == 1
        if tight and opens and before.isascii() and (before.isalnum() or before == ")"):
            opens = False
        if mark == "*" and opens and _raises(before, after):
            opens = False
        if tight and closes and after.isascii() and (after.isalnum() or after == "("):
            closes = mark == "*" and _ORDINAL.match(text, b, end) is not None
        if mark == "_" and (after == "{" or (before.isalnum() and after.isalnum())):
            continue
        if closes:
            own, other = open_runs[mark], open_runs["_" if mark == "*" else "*"]
            while own and a < b:
                opener = own[-1]
                taken = min(opener[1] - opener[0], b - a)
                if worded >= opener[1]:
                    spans.append((opener[1] - taken, a + taken))
                while other and other[-1][0] > opener[0]:
                    other.pop()
                opener[1] -= taken
                a += taken
                if opener[0] == opener[1]:
                    own.pop()
        if opens and a < b:
            open_runs[mark].append([a, b])
    outer: list[Span] = []
    if len(spans) > 1:
        spans.sort(key=lambda s: (s[0], -s[1]))
    for span in spans:
        if not outer or span[0] >= outer[-1][1]:
            outer.append(span)
    return outer


def _flanks(before: str, after: str) -> tuple[bool, bool]:
    """(can open, can close) by CommonMark's flanking rules."""
    space_before, space_after = before.isspace(), after.isspace()
    mark_before = not space_before and not before.isalnum() and before not in _LIKE_LETTERS
    mark_after = not space_after and not after.isalnum() and after not in _LIKE_LETTERS
    # Where no white space is written between words, punctuation stands at letters on both sides.
    if mark_after and _unspaced(before):
        mark_after = False
    elif mark_before and _unspaced(after):
        mark_before = False
    opens = not space_after and (not mark_after or space_before or mark_before)
    closes = not space_before and (not mark_before or space_after or mark_after)
    return opens, closes


def _raises(before: str, after: str) -> bool:
    """Whether the run between these stands for a power: `x**2`, `2**n`."""
    base = before.isascii() and (before.isalnum() or before == ")")
    return base and (after.isdigit() or (after.isalnum() and not before.isalpha()))


def _unspaced(char: str) -> bool:
    """Whether the letter is one of a script that knows no case, as Chinese or Korean."""
    return not char.isascii() and unicodedata.category(char) == "Lo"
