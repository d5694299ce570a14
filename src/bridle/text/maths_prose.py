r"""Prose inside maths: the words of `\text{…}`, and formulas that are nothing but words.

    $x = 5 \text{ apples each}$    masked: `$x = 5 \text{` and `}$`; prose: ` apples each`
    \boxed{We add two and two}     masked: `\boxed{` and `}`
    $5 \text{ cm}$, \mathrm{lcm}   units and names of operators are maths

Words count where one of them has three letters or there are three of them: `\text{if }` and
`\text{cm}` are signs. In a formula that is all of the text one word is enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from bridle.text.spans import Span

MaskKind = Literal["maths", "code"]

_SET = (  # commands whose argument is set as text
    r"\\(?:text(?:rm|bf|it|sf|tt|sc|sl|up|md|normal|color\{[^{}\n]{0,40}\})?|[mhf]box|emph"
    r"|(?:short)?intertext|math(?:rm|bf|it|sf|tt|normal|cal|frak|scr)|operatorname\*?|bm|boldsymbol"
    r"|enquote)[ \t]*\{"
)
_COMMENT = r"%[^\n\r]*[\n\r]"
_SPACING = r"\\(?:[ ,;:!]|(?:q?quad|enspace|space)(?![A-Za-z]))|~"
_TOKEN = re.compile(rf"({_SET})|({_SPACING})|{_COMMENT}|\\[A-Za-z]+|\\.|[{{}}$]", re.DOTALL)
_ANY_SET = re.compile(r"\\(?:text|[mhf]box|emph|short|inter|math|oper|bm|bold|enq)")
_ANY_WORD = re.compile(r"[^\W\d_]{2}")
_SPACES = re.compile(_SPACING)
_DELIMITER = re.compile(r"[\s.]*(\$\$?|\\[(\[]|\\(?:boxed|fbox)[ \t]*\{)")
_CLOSERS = {"$": "$", "$$": "$$", "\\(": "\\)", "\\[": "\\]"}
_SIGN = re.compile(r"[\\^_=<>+*/|&]")
_ENVIRONMENT = re.compile(r"\\(?:begin|end)\{[A-Za-z]*\*?\}|\\[A-Za-z]+")
_COMMAND = re.compile(r"\\[A-Za-z]")
_WORDLIKE = re.compile(r"[^\W_]")
_WORD = re.compile(r"(?<![\\A-Za-z])[^\W\d_]{2,}(?!\{)")
_LETTERS = re.compile(r"[^\W\d_]")
_SAID = re.compile(r"[^\W\d_]{2}|[^\W\d_],? [^\W\d_],? [^\W\d_]")
_LONG = re.compile(r"(?=[^\W\d_]*[^\W\d_A-Z])[^\W\d_]{3,}|[A-Z]{5,}|[^\x00-\u02ff\W\d_]{2,}")
_OPERATORS = frozenset(
    "lim max min sup inf sin cos tan cot sec csc sinh cosh tanh arcsin arccos arctan log exp gcd lcm"  # noqa: SIM905
    " mod det dim ker deg arg sgn sign rank diag span Var Cov Corr Res erf Hom Aut End Gal Spec Vol"
    " proj conv card ord adj cis Arg Log Exp const mph kph hrs rad mol bar psi kHz MHz GHz keV MeV"
    " GeV rpm ppm atm ohm Ohm cal kcal".split()
)


def letters_of_words(text: str) -> int:
    """The letters of the words that are words by themselves: no command, sign or operator."""
    found = _LONG.findall(_ENVIRONMENT.sub(" ", text) if "\\" in text else text)
    return sum(len(word) for word in found if word not in _OPERATORS)


def worded(raw: str, masks: list[tuple[MaskKind, Span]]) -> Iterable[tuple[MaskKind, Span]]:
    """The masks, less the prose that stands in maths."""
    whole = len(masks) == 1 and not _WORDLIKE.search(raw[: masks[0][1][0]] + raw[masks[0][1][1] :])
    for kind, (start, end) in masks:
        prose = (
            _prose_in(raw, start, end, whole=whole) if kind == "maths" and end - start > 6 else []
        )
        at = start
        for a, b in prose:
            if a > at:
                yield kind, (at, a)
            at = b
        if end > at:
            yield kind, (at, end)


def _prose_in(raw: str, start: int, end: int, *, whole: bool) -> list[Span]:
    if not _ANY_WORD.search(raw, start, end):
        return []
    if _ANY_SET.search(raw, start, end):
        set_as_text = _set_as_text(raw, start, end)
        texts = [raw[a:b] for a, b in set_as_text]
        if _is_prose(texts) or (whole and len(_LETTERS.findall(" ".join(texts))) > 1):
            return set_as_text
    a, b = _inside(raw, start, end)
    said = _SPACES.sub(" ", raw[a:b])
    if whole and not _COMMAND.search(said):
        return [(a, b)] if _SAID.search(said) and not _SIGN.search(said) else []
    if _SIGN.search(said) or len(_WORD.findall(said)) < 3:
        return []
    return [(a, b)] if _is_prose([said]) else []


def _is_prose(texts: list[str]) -> bool:
    return _long_words(texts) or sum(len(_WORD.findall(text)) for text in texts) >= 3


def _long_words(texts: list[str]) -> bool:
    return any(w not in _OPERATORS for text in texts for w in _LONG.findall(text))


def _inside(raw: str, start: int, end: int) -> Span:
    """What stands within the delimiters, those of a box in dollars too."""
    for _ in range(3):
        opener = _DELIMITER.match(raw, start, end)
        if opener is None:
            break
        closer = _CLOSERS.get(opener[1], "}")
        last = start + len(raw[start:end].rstrip(" \t\n\r."))
        if not raw.endswith(closer, opener.end(), last):
            break
        start, end = opener.end(), last - len(closer)
    return start, end


def _set_as_text(raw: str, start: int, end: int) -> list[Span]:
    """What the commands for text hold, less commands and formulas in it."""
    found: list[Span] = []
    modes = [False]  # whether text is set, for each brace that is open
    maths = False  # in `$…$` within such text
    at = start
    for token in _TOKEN.finditer(raw, start, end):
        a, b = token.span()
        if modes[-1] and not maths and a > at:
            found.append((at, a))
        at = b
        said = raw[a:b]
        if token[1]:
            modes.append(True)
        elif token[2]:
            at = a
        elif said == "{":
            modes.append(modes[-1])
        elif said == "}":
            if len(modes) > 1:
                modes.pop()
        elif said == "$":
            maths = modes[-1] and not maths
    return _merged(found)


def _merged(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for a, b in spans:
        if merged and merged[-1][1] == a:
            merged[-1] = (merged[-1][0], b)
        else:
            merged.append((a, b))
    return merged
