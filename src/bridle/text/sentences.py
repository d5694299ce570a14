"""Where sentences end: not at an abbreviation, an initial, a list number, inside a number, at dots
for what is left out of a row, at a factorial, nor where speech or a bracket within a sentence does
(`He said "Go!" and left.`)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from bridle.text.abbreviations import (
    ABBREVIATIONS,
    TITLES,
)
from bridle.text.spans import MASK, Span
from bridle.text.stops import LONGEST_LEAD, all_small, inside_sentence
from bridle.text.words import WORDLIKE, is_ascii, is_unspaced, unspaced

_OWN = "…。！？｡．।॥؟۔።។။։"  # stops that need no white space after them, the first aside
_GREEK_ASKS = r"(?<=[\u0370-\u03ff\u1f00-\u1fff][;\u037e])(?!\S)"  # Greek's question mark
STOPS = f".!?;\u037e{_OWN}"  # every character at which a sentence may end
_STOP = re.compile(rf"[.!?…]+|[{_OWN[1:]}]+|[;\u037e]{_GREEK_ASKS}")
_OWN_STOP = re.compile(rf"[{_OWN}]|[;\u037e]{_GREEK_ASKS}")
_CLOSING = "\"'”’»)]}」』）*_"
_OWN_CLOSERS = re.compile("[”’」』）》】〉]*")
# Speech that its sentence goes on after: 彼は「はい。そうです。」と言いました。 A long one is a text of its own.
_QUOTATION = re.compile(r"(?<=[^\s。！？])[「『][^「」『』\n]{1,80}[」』](?=[とっ、，,をがの])")
_NOTES = r"(?:\[\d{1,3}\]|[¹²³⁰-⁹])*+"  # marks of footnotes
_TAGS = r"(?:</?[A-Za-z][^<>]{0,20}>)"  # of HTML: <i>We add.</i>
_CLOSERS = re.compile(rf"[{re.escape(_CLOSING)}]*+{_NOTES}{_TAGS}*+")
_NOT_SPACE = re.compile(r"\S")
_ABBREVIATED = "".join(  # a look back takes words of one length
    rf"(?<!(?<![^\W_])(?i:{'|'.join(word for word in sorted(words) if len(word) == n)})\.)"
    for words in [ABBREVIATIONS | {title.lower() for title in TITLES}]
    for n in sorted({len(word) for word in words if word.isalpha()})
)
# Where there are no other stops: one after a formula or a word that is no abbreviation, what closes
# after it, and a capital or nothing, as most are; or a run of them and what closes after it (1),
# white space or nothing; each taken whole and once.
_AFTER_STOP = (
    rf"(?:(?:(?<={MASK}.)|(?<=[^\W\d_]{{2}}.){_ABBREVIATED})[{re.escape(_CLOSING)}]*+(?= [A-Z]|\Z)"
    rf"|(?<![.!?].)([.!?]*+[{re.escape(_CLOSING)}]*+{_NOTES}{_TAGS}*+)(?:\s++|\Z|(?<=>)))"
)
_PLAIN_END = re.compile(rf"[.!?]{_AFTER_STOP}")
_PLAIN_DOT = re.compile(rf"\.{_AFTER_STOP}")  # one character is found much sooner than one of three
_QUOTES = "\"'”’»」』"
_SEAL = re.compile(  # the mark at the end of a proof
    r"(?:\$\$?|\\[(\[])\s*+\\(?:(?:black)?square|Box|qed(?:symbol)?)\b\s*+\.?(?:\$\$?|\\[)\]])\.?"
)
_SHORT = 20_000  # characters of a text whose blocks are remembered
_SIGNS = "=<>+-*/×÷·∙⋅≤≥≠≈−–"
_SIGN = re.compile(r"[=×÷·∙⋅≤≥≠≈/]|[-+*<>−–](?= )")


def sentences_in(text: str, blocks: Iterable[Span]) -> list[Span]:
    """The sentences of some blocks of a text, which none of them crosses. A block begins with a
    line."""
    found: list[Span] = []
    ascii_only = is_ascii(text)
    run_on = not ascii_only and unspaced(text)
    plain = ascii_only or (not run_on and not _OWN_STOP.search(text))
    short = len(text) <= _SHORT
    for start, end in blocks:
        block = text[start:end]
        any_stop = run_on or (not plain and _OWN_STOP.search(block) is not None)
        if short:
            found += [(start + a, start + b) for a, b in _in_block(block, any_stop)]
        else:
            found += (_in_any if any_stop else _in_plain)(block, start)
    return found


@lru_cache(maxsize=256)  # the loose variants of a text have most of their blocks in common
def _in_block(text: str, any_stop: bool) -> list[Span]:
    return _in_any(text, 0) if any_stop else _in_plain(text, 0)


def unsealed(raw: str, sentences: list[Span]) -> list[Span]:
    """The sentences, a lone formula that marks the end of a proof added to the one before it."""
    if not any(sign in raw for sign in ("square", "\\Box", "\\qed")):
        return sentences
    found: list[Span] = []
    for start, end in sentences:
        if found and _SEAL.fullmatch(raw, start, end):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _in_plain(text: str, offset: int) -> list[Span]:
    """Where nothing but `.!?` before white space ends a sentence, as in most texts; `offset` is
    added to all."""
    found: list[Span] = []
    at = 0
    worded = text[:1].isalnum()  # whether what begins there begins with a letter or digit
    stops = _PLAIN_END if "!" in text or "?" in text else _PLAIN_DOT
    for match in stops.finditer(text):
        plain = match.lastindex is None  # by far most of them: a capital follows
        if plain:
            stop = match.end()
            after = stop + 1
        else:
            first, after = match.span()
            stop = match.end(1)
            if _goes_on(text, at, first, stop, after):
                continue
        if worded:
            found.append((at + offset, stop + offset))
        else:
            _add_sentence(text, at, stop, found, offset)
        at = after
        worded = plain or text[at : at + 1].isalnum()
    if at < len(text):
        _add_sentence(text, at, len(text), found, offset)
    return found


def _in_any(text: str, offset: int) -> list[Span]:
    found: list[Span] = []
    at = past = 0
    end = len(text)
    quoted = [m.span() for m in _QUOTATION.finditer(text)] if "」" in text or "』" in text else []
    for match in _STOP.finditer(text):
        first, stop = match.span()
        if first < at:
            continue
        while past < len(quoted) and quoted[past][1] <= first:
            past += 1
        if past < len(quoted) and quoted[past][0] < first:
            continue
        if text[first] in ".!?…":
            closed = _CLOSERS.match(text, stop)
            stop = closed.end() if closed else stop
            after = stop
            if stop < end and text[stop].isspace():
                after = _end_of_space(text, stop)
            elif stop < end and text[stop - 1] != ">" and not _parts_unspaced(text, first, stop):
                continue
            if _goes_on(text, at, first, stop, after):
                continue
        else:
            if text[first] == "．" and _numeral(text, first, stop):
                continue
            closed = _OWN_CLOSERS.match(text, stop)
            if closed and closed.end() > stop:
                stop = closed.end()
                if stop < end and text[stop] in "とっ、，,":  # 「はい。」と答えた。
                    continue
        _add_sentence(text, at, stop, found, offset)
        at = stop
    _add_sentence(text, at, end, found, offset)
    return found


def _add_sentence(text: str, start: int, end: int, found: list[Span], offset: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end and (text[start].isalnum() or WORDLIKE.search(text, start, end)):
        found.append((start + offset, end + offset))
    elif found and end > start:
        found[-1] = (found[-1][0], end + offset)


def _numeral(text: str, stop: int, after: int) -> bool:
    """Whether a full-width stop is part of a number (３．１４) or of a list's (１．まず)."""
    if not text[stop - 1 : stop].isdigit():
        return False
    if text[after : after + 1].isdigit():
        return True
    lead = text[max(0, stop - LONGEST_LEAD) : stop].rpartition("\n")
    return (lead[1] != "" or stop <= LONGEST_LEAD) and lead[2].strip().isdigit()


def _parts_unspaced(text: str, first: int, stop: int) -> bool:
    """Whether a stop without white space after it ends a sentence of a script that writes none."""
    if not is_unspaced(text[stop]):
        return False
    before = text[first - 1 : first]
    return text[first] in "!?" or before == MASK or (before != "" and is_unspaced(before))


def _goes_on(text: str, start: int, first: int, stop: int, after: int) -> bool:
    """Whether the sentence from `start` goes on after the stops at `first` and what closes after
    them, up to `stop`; `after` is where the next character stands that is not white space."""
    following = text[after : after + 1]
    alone = first + 1 == stop or text[first + 1] not in ".!?…"
    if text[first] == "." and alone:
        if inside_sentence(text, start, first, after, following):
            return True
        if stop == first + 1:  # nothing closes after it
            return following == "," and "\n" not in text[stop:after]
    elif text[first] == "…" or text.startswith("...", first):
        dots = 1 if text[first] == "…" else 3
        small = following.islower() and text[first + dots : first + dots + 1] not in tuple(".!?…")
        if small or _in_a_row(text, start, first, after):
            return True
    elif text[first] == "!" and alone and _factorial(text, start, first, after):
        return True
    if following == "," and "\n" not in text[stop:after]:
        return True
    if following and following in "—–" and text[first] in "?!…":  # — Сколько? — спросила Аня.
        after = _end_of_space(text, after + 1)
        return text[after : after + 1].islower()
    if not following.islower():
        return False
    before = text[first - 1 : first] if first > start else ""
    if text[first] in "?!" and (before.isspace() or text[stop - 1] in "*_"):
        return not all_small(text, start)  # Tu viens ? demanda-t-il. *Who?* he asked.
    return text[stop - 1] in _QUOTES or (
        ")" in text[first:stop] and _within_brackets(text, start, first)
    )


def _end_of_space(text: str, at: int) -> int:
    found = _NOT_SPACE.search(text, at)
    return found.start() if found else len(text)


def _in_a_row(text: str, start: int, dots: int, after: int) -> bool:
    """Whether the dots stand for what is left out: "1 + 2 + ... + 9", "1, 2, ... 9"."""
    before = text[max(start, dots - 4) : dots].rstrip()[-1:]
    if before == "," or (before and before in _SIGNS):
        if text[after : after + 1].isdigit() or text[after : after + 1] == MASK:
            return True
        return _SIGN.match(text, after) is not None
    return False


def _factorial(text: str, start: int, mark: int, after: int) -> bool:
    before = text[mark - 1 : mark] if mark > start else ""
    if before == ")":
        before = text[mark - 2 : mark - 1]
        known = before.isdigit()
    else:
        known = before.isdigit() or (before.isalpha() and not text[mark - 2 : mark - 1].isalnum())
    if not known:
        return False
    if text[after : after + 1].islower():
        return not all_small(text, start)
    return _SIGN.match(text, after) is not None


def _within_brackets(text: str, start: int, stop: int) -> bool:
    """Whether what closes at `stop` was opened within the sentence, not at its start."""
    opening = text.rfind("(", max(start, stop - 200), stop)
    return opening > start and WORDLIKE.search(text, start, opening) is not None
