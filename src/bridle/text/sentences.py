"""Where sentences end: not at an abbreviation, an initial, a list number, inside a number, nor where
speech within a sentence does (`He said "Go!" and left.`)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bridle.text.spans import MASK, Span
from bridle.text.words import WORDLIKE, is_ascii

_STOP = re.compile(r"[.!?…]+|[。！？｡।॥؟۔።]+")
_OWN_STOP = re.compile(r"[…。！？｡।॥؟۔።]")
_CLOSING = "\"'”’»)]}」』）*_"
_CLOSERS = re.compile(rf"[{re.escape(_CLOSING)}]*")
_NOT_SPACE = re.compile(r"\S")
_ABBREVIATIONS = frozenset((
    "mr", "mrs", "ms", "dr", "prof", "st", "sr", "jr", "vs", "cf", "fig", "figs", "eq", "eqs",
    "approx", "resp", "thm", "lem", "prop", "cor", "nos", "vol", "sec", "pp", "al", "dept", "inc",
    "ltd", "e.g", "i.e", "u.s", "u.k", "a.k.a", "viz", "bzw", "z.b", "d.h", "sra", "dra", "ud",
))  # fmt: skip
_ABBREVIATED = "".join(  # a look back takes words of one length
    rf"(?<!(?<![^\W_])(?i:{'|'.join(word for word in sorted(_ABBREVIATIONS) if len(word) == n)})\.)"
    for n in sorted({len(word) for word in _ABBREVIATIONS if word.isalpha()})
)
# Where there are no other stops: one after a formula or a word that is no abbreviation, what closes
# after it, and a capital or nothing, as most are; or a run of them and what closes after it (1),
# white space; each taken whole.
_PLAIN_END = re.compile(
    rf"[.!?](?:(?:(?<={MASK}.)|(?<=[^\W\d_]{{2}}.){_ABBREVIATED})[{re.escape(_CLOSING)}]*+(?= [A-Z]|\Z)"
    rf"|([.!?]*+[{re.escape(_CLOSING)}]*+)\s*+)"
)
# A capital after these is a label and no initial: "It is option B. So …".
_LABELLED = frozenset((
    "angle", "answer", "box", "case", "choice", "class", "column", "equation", "figure", "grade",
    "group", "line", "node", "option", "part", "plan", "player", "point", "section", "set", "state",
    "statement", "step", "table", "team", "triangle", "type", "vertex", "vitamin",
))  # fmt: skip
_QUOTES = "\"'”’»」』"


def sentences_in(text: str, blocks: Iterable[Span]) -> list[Span]:
    """The sentences of some blocks of a text, which none of them crosses. A block begins with a
    line."""
    found: list[Span] = []
    plain = is_ascii(text) or not _OWN_STOP.search(text)
    for start, end in blocks:
        own = not plain and _OWN_STOP.search(text, start, end)
        found += _in_any(text, start, end) if own else _in_plain(text, start, end)
    return found


def _in_plain(text: str, start: int, end: int) -> list[Span]:
    """Where nothing but `.!?` ends a sentence, as in most texts."""
    found: list[Span] = []
    at = start
    for match in _PLAIN_END.finditer(text, start, end):
        if match.lastindex is None:  # by far most of them
            stop = match.end()
            after = stop + 1
        else:
            first, after = match.span()
            stop = match.end(1)
            if after == stop < end:  # inside a number, a name
                continue
            following = text[after] if after < end else ""
            if text[first] == ".":
                if first + 1 == stop or text[first + 1] not in ".!?":
                    if _inside_sentence(text, at, first, following):
                        continue
                elif following.islower() and text[first:stop].rstrip(_CLOSING) == "...":
                    continue
            if following.islower() and text[stop - 1] in _QUOTES:
                continue
        if text[at].isalnum():
            found.append((at, stop))
        else:
            _add_sentence(text, at, stop, found)
        at = after
    if at < end:
        _add_sentence(text, at, end, found)
    return found


def _in_any(text: str, start: int, end: int) -> list[Span]:
    found: list[Span] = []
    at = start
    for match in _STOP.finditer(text, start, end):
        first, stop = match.span()
        if first < at:
            continue
        mark = text[stop - 1]
        if mark in ".!?…":
            if (
                stop < end
                and text[stop] in _CLOSING
                and (closed := _CLOSERS.match(text, stop, end))
            ):
                stop = closed.end()
            if stop < end and not text[stop].isspace():
                continue
            after = _NOT_SPACE.search(text, stop, end)
            following = after.group() if after else ""
            if mark == ".":
                single = match.end() - first == 1
                if single and _inside_sentence(text, at, first, following):
                    continue
            if following.islower() and (match.group() in ("...", "…") or text[stop - 1] in _QUOTES):
                continue
        _add_sentence(text, at, stop, found)
        at = stop
    _add_sentence(text, at, end, found)
    return found


def _add_sentence(text: str, start: int, end: int, found: list[Span]) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end and (text[start].isalnum() or WORDLIKE.search(text, start, end)):
        found.append((start, end))
    elif found and end > start:
        found[-1] = (found[-1][0], end)


def _inside_sentence(text: str, start: int, dot: int, following: str) -> bool:
    """Whether the full stop at `dot` belongs to an abbreviation, an initial or a list number;
    `following` is the next character that is not white space."""
    before = text[max(start, dot - 40) : dot].rsplit(None, 2)
    if not before:
        return False
    last = before[-1].lstrip("([\"'“‘*_")
    word = last.lower()
    if word in _ABBREVIATIONS:
        return True
    if word == "etc" or ("." in word and word.replace(".", "").isalpha()):  # p.m., Ph.D.
        return following.islower()
    if last == "No":  # "the bus No. 5", not "No. 5 divides it."
        return len(before) > 1 and following.isdigit()
    if last.isdigit():  # "2. Then": a list number, when nothing stands before it
        return len(last) <= 3 and not text[start : dot - len(last)].strip(' \t\r\n*_#>-"“')
    if len(last) == 1 and last.isalpha() and last.isupper():  # "George W. Bush", not "at point A."
        alone = len(before) == 1
        return alone or (before[-2][:1].isupper() and before[-2].lower() not in _LABELLED)
    return False
