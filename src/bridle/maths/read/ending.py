r"""The answer that the end of a response states, where no box, tag or phrase announces one.

    ending("3 + 4 = 7.\n\nTherefore, Caroline is **24** years old.\n\nLet me know if that helps!", 0, 82)
    -> Ending(start=38, end=40, how="bold")

Read from the last sentence backwards. Passed over: rules, remarks, checks, offers, closing words,
and sentences without any value; but only a sentence that concludes is taken behind such a one.
A sentence that says that nothing can be concluded, and a question, end the search.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from bridle.maths.read.clause import answer_in, last_member, looks_final, trimmed
from bridle.maths.read.ending_words import (
    ABOUT_ITSELF,
    ASKS,
    CANNOT,
    CHECK,
    COPULA,
    OFFER,
    PLAN,
    REMARK,
    THEREFORE,
)
from bridle.maths.read.reference_kind import Kind
from bridle.maths.read.stated import stated

EndingHow = Literal["bold", "display", "sentence", "line"]

_LONGEST = 6_000  # characters at the end that are looked at
_SHORT = 28  # characters of a closing word, which may stand behind any answer
_MOST_PASSED = 10  # sentences without a value between a conclusion and the end

_DISPLAY = re.compile(
    r"(?:\\\[.{1,1500}?\\\]|\$\$.{1,1500}?\$\$|^[ \t]*\[[ \t]*\n.{1,600}?\n[ \t]*\][ \t]*$|\\begin\{(equation|align|gather|aligned)(\*?)\}.{1,1500}?\\end\{\1\2\})",
    re.DOTALL | re.MULTILINE,
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:[ap]\.m|e\.g|i\.e|approx|vs|mr|mrs|ms|dr|st|no|etc|ca|z\.b|d\.h|u\.s|min|max|sec|fig|eq)|^\s*\W*\d{1,3}|^\s*\W*[A-Za-z])$",
    re.IGNORECASE,
)
_STOP = re.compile(r"[.!?]+(?=[\s*_\"”’')\]»]|$)|[。！？।؟։。]+")
_CLOSERS = re.compile(r"[*_\"”’')\]»`]*")
_RULE = re.compile(r"[\s\-*_=~#|+`<>.,:;!?…\"'“”()\[\]{}\\/•·–—]*")
_HEADING = re.compile(r"\s{0,3}#{1,6}\s|\s*\*\*[^*\n]{1,80}:?\*\*:?\s*$")
_BULLET = re.compile(r"\s*(?:[-*•·–+]|\d{1,2}[.)])\s+")
_TABLE_ROW = re.compile(r"\s*\|.*\|\s*$")
_TOTAL_ROW = re.compile(
    r"(?i)\b(?:total|answer|result|final|sum|gesamt|summe|réponse|respuesta|totale|ответ|итого|всего)|合计|总计|总共|答案|合計"
)
_FENCE = re.compile(r"\s*(?:```|~~~)")
_SO = re.compile(
    r"(?:so|thus|hence|therefore|donc|also|daher|por tanto|quindi|portanto|dus|итак|=>|⇒|→|∴|=|所以|因此)[\s,:，]+",
    re.IGNORECASE,
)
_LEADING = re.compile(r"[\W_]*")
_BOLD_WORDS = re.compile(r"\*\*([^*\n\d]{1,60})\*\*")


@dataclass(frozen=True, slots=True)
class Ending:
    """Where the answer stands at the end of a response, and what kind of ending that is."""

    start: int
    end: int
    how: EndingHow


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    end: int
    shape: Literal["display", "sentence", "bullet", "row", "code"]
    passed: bool = False  # a remark or a check, whatever it says


def ending(text: str, start: int, end: int, kind: Kind | None = None) -> Ending | None:
    """The value that the response ends in, or None where it states none; time is bounded."""
    if end - start > _LONGEST:
        cut = text.find("\n", end - _LONGEST, end)
        start = cut + 1 if cut >= 0 else end - _LONGEST
    while end > start and text[end - 1].isspace():
        end -= 1
    pieces = _pieces(text, start, end)
    return _walk(text, pieces, kind) or _only_checks(text, pieces, kind)


def _only_checks(text: str, pieces: list[_Piece], kind: Kind | None) -> Ending | None:
    """All that states a value was taken for a check: then the check concludes."""
    if not any(p.passed for p in pieces) or any(
        CANNOT.search(text, p.start, p.end) for p in pieces[-4:]
    ):
        return None
    bare = [
        _Piece(p.start, p.end, p.shape) for p in pieces if not REMARK.match(text, p.start, p.end)
    ]
    return _walk(text, bare, kind, strictly=True)


def _walk(
    text: str, pieces: list[_Piece], kind: Kind | None, *, strictly: bool = False
) -> Ending | None:
    passed = 0
    for index in range(len(pieces) - 1, -1, -1):
        piece = pieces[index]
        what = "pass" if piece.passed else _sort(text, piece)
        if what == "pass":
            continue
        if what == "end":
            return None
        found = _stated(text, piece, kind, alone=len(pieces) == 1)
        if found is None:
            passed += piece.end - piece.start > _SHORT
            if passed > _MOST_PASSED or _concludes_without(text, piece):
                return None
            continue
        ending_, sure = found
        if (sure < 2 and passed) or (sure < 1 and strictly):
            return None
        if piece.shape == "bullet" and sure < 1:
            continue  # an item of a list; what introduces the list concludes
        return ending_
    return None


def _concludes_without(text: str, piece: _Piece) -> bool:
    """A conclusion in words: no number before it is what is concluded."""
    lead = _LEADING.match(text, piece.start)
    at = lead.end() if lead else piece.start
    return piece.end - piece.start > 45 and THEREFORE.match(text, at) is not None


def _sort(text: str, piece: _Piece) -> Literal["pass", "end", "look"]:
    a, b = piece.start, piece.end
    if _RULE.fullmatch(text, a, b):
        return "pass"
    if piece.shape == "display":
        return "look"
    if ABOUT_ITSELF.search(text, a, b):
        return "pass"
    concludes = THEREFORE.search(text, a, min(b, a + 40))
    tail = text[a:b].rstrip(" *_\"”'’)")
    if tail.endswith(("?", "？", "؟")):
        if ASKS.search(text, a, b) and not OFFER.match(text, a, b):
            return "end"
        return "pass"
    if CANNOT.search(text, a, b) and not REMARK.match(text, a, b):
        return "end"
    if OFFER.match(text, a, b) and not (concludes and re.search(r"\d", text[a:b])):
        return "pass"
    if PLAN.match(text, a, b) and "=" not in text[a:b] and not re.search(r"\*\*[^*]*\d", text[a:b]):
        return "end"
    return "look"


def _stated(
    text: str, piece: _Piece, kind: Kind | None, *, alone: bool
) -> tuple[Ending, int] | None:
    a, b = trimmed(text, piece.start, piece.end)
    if a >= b:
        return None
    content = text[a:b]
    if "\\boxed{" in content or content in ("\\[", "$$", "\\("):
        return None
    if piece.shape == "display":
        span = last_member(text, a, b)
        return Ending(*span, "display"), 1
    if piece.shape == "row":
        if not _TOTAL_ROW.search(content):
            return None
        cells = [c for c in re.finditer(r"[^|]+", content) if c.group().strip()]
        cell = cells[-1]
        span = answer_in(text, a + cell.start(), a + cell.end(), kind)
        return (Ending(*span, "line"), 2) if span and re.search(r"\d", text[slice(*span)]) else None
    bullet = _BULLET.match(text, piece.start, piece.end) if piece.shape == "bullet" else None
    if bullet:
        a, b = trimmed(text, bullet.end(), piece.end)
        content = text[a:b]
    so = _SO.match(text, a, b)
    if so:
        a, b = trimmed(text, so.end(), b)
        content = text[a:b]
    if len(content) <= 200 and looks_final(content) and kind != "words":
        bold = text[max(piece.start, a - 2) : a] in ("**", "__")
        return Ending(
            *last_member(text, a, b), "bold" if bold else "line"
        ), 2 if bold or so else int(not bullet or alone or "=" in content)
    if kind in ("words", "truth", "choice"):
        return _in_words(text, piece, a, b, kind, alone)
    found = stated(text, piece.start, piece.end, kind)
    if found is None:
        return _in_words(text, piece, a, b, kind, alone)
    span = last_member(text, *trimmed(text, found.start, found.end))
    how: EndingHow = "bold" if found.bold else "sentence"
    sure = found.strong + found.concludes
    if bullet and not alone and not found.concludes:
        sure = int("=" in content)
    return Ending(*span, how), sure


_NAMED = re.compile(
    r"(?:\bis|\bare|\bwas|\best|\bist|\bes|\bè|\bé|\bär|是|は|:|：)\s+(?:the )?[*_\"“]*((?:[^\W\d_][\w'’-]*)(?: [\w'’-]+){0,3})[*_\"”]*[.!]?$"
)
_LETTER = re.compile(r"(?<![A-Za-z'’])[(\[*]{0,3}([A-J])[)\]*]{0,3}(?![A-Za-z'’])[*_ .)]*$")
_PRONOUN = re.compile(r"(?:it|this|that|there|here|i|we|you|they)\b", re.IGNORECASE)
_TRUTH_FIRST = re.compile(r"(yes|no)(?=,)", re.IGNORECASE)
_TRUTH = re.compile(r"\b(yes|no|true|false)\b", re.IGNORECASE)


def _in_words(
    text: str, piece: _Piece, a: int, b: int, kind: Kind | None, alone: bool
) -> tuple[Ending, int] | None:
    content = text[a:b]
    if kind == "truth" and (match := _TRUTH.search(content)):
        return Ending(a + match.start(1), a + match.end(1), "sentence"), 2
    if kind == "choice":
        match = _LETTER.search(content)
        return (Ending(a + match.start(1), a + match.end(1), "sentence"), 2) if match else None
    concludes = THEREFORE.search(text, piece.start, piece.end) is not None
    bolds = list(_BOLD_WORDS.finditer(text, piece.start, piece.end))
    if bolds and (kind == "words" or concludes) and len(bolds) == 1:
        inner = trimmed(text, *bolds[0].span(1))
        if not text[inner[0] : inner[1]].endswith((":", "：")) and inner[1] > inner[0]:
            whole = inner[1] - inner[0] >= b - a - 8
            if not whole or len(content.split()) <= 4:
                return Ending(*inner, "bold"), 2
    if kind is None and alone and (match := _TRUTH_FIRST.match(content)):
        return Ending(a + match.start(1), a + match.end(1), "sentence"), 2
    named = kind == "words" or (
        kind is None and (concludes or (alone and not _PRONOUN.match(content)))
    )
    if named and (match := _NAMED.search(content)):
        return Ending(a + match.start(1), a + match.end(1), "sentence"), 2
    few = (
        len(content) <= 40
        and len(content.split()) <= 4
        and re.search(r"[^\W\d_]{2}|[^\x00-\x7f]", content)
    )
    few = few and not COPULA.search(content) and not CANNOT.search(content)
    if (
        few
        and (alone or kind == "words")
        and not content.endswith((":", "："))
        and "\n" not in content
    ):
        return Ending(a, b, "line"), 2
    return None


# ------------------------------------------------------------------- the text in pieces


def _pieces(text: str, start: int, end: int) -> list[_Piece]:
    pieces: list[_Piece] = []
    at = start
    for display in _DISPLAY.finditer(text, start, end):
        _lines(text, at, display.start(), pieces)
        pieces.append(_Piece(*display.span(), "display"))
        at = display.end()
    _lines(text, at, end, pieces)
    return _marked(text, pieces)


def _lines(text: str, start: int, end: int, pieces: list[_Piece]) -> None:
    at = start
    while at < end:
        newline = text.find("\n", at, end)
        stop = newline if newline >= 0 else end
        if stop > at and not text[at:stop].isspace():
            if _TABLE_ROW.match(text[at:stop]):
                pieces.append(_Piece(at, stop, "row"))
            else:
                _sentences(text, at, stop, pieces)
        at = stop + 1


def _sentences(text: str, start: int, end: int, pieces: list[_Piece]) -> None:
    bullet = _BULLET.match(text, start, end)
    shape: Literal["bullet", "sentence"] = "bullet" if bullet else "sentence"
    at = start
    for mark in _STOP.finditer(text, start, end):
        if mark.group() == "." and _ABBREVIATION.search(
            text[max(at, mark.start() - 12) : mark.start()]
        ):
            continue
        closing = _CLOSERS.match(text, mark.end(), end)
        stop = closing.end() if closing else mark.end()
        if not text[at:stop].strip():
            continue
        pieces.append(_Piece(at, stop, shape))
        at, shape = stop, "sentence"
    if at < end and text[at:end].strip():
        pieces.append(_Piece(at, end, shape))


def _marked(text: str, pieces: list[_Piece]) -> list[_Piece]:
    """Remarks and checks to their end: of the paragraph, or, under a heading, of what it heads."""
    marked: list[_Piece] = []
    until = ""  # "paragraph", "heading" or "end": how far a remark reaches
    for piece in pieces:
        between = text[marked[-1].end : piece.start] if marked else "\n\n"
        heading = _HEADING.match(text, piece.start, piece.end) is not None
        if (until == "paragraph" and between.count("\n") >= 2) or (until == "heading" and heading):
            until = ""
        remark = REMARK.match(text, piece.start, piece.end)
        check = CHECK.match(text, piece.start, piece.end)
        if marked and (remark or check) and until != "end":
            word = (remark or check).group().lower() if (remark or check) else ""  # type: ignore[union-attr]
            if re.search(r"p\.? ?s\b", word):
                until = "end"
            else:
                until = "heading" if heading else "paragraph"
        concludes = (
            until == "paragraph"
            and not (remark or check)
            and THEREFORE.search(text, piece.start, min(piece.end, piece.start + 24))
        )
        passed = bool(until) and not concludes
        marked.append(_Piece(piece.start, piece.end, piece.shape, passed))
    return marked
