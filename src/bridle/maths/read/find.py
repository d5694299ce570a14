r"""Where is the final answer in a response? Says where it was found, and how sure that is.

    find_answer("So 2+2=4. The answer is \\boxed{4}.")
    -> Found(text="4", span=(31, 32), how="boxed", confidence=0.99)

Nothing is ever taken out of the thinking: what stands before a closing think tag, or behind one
that was never closed, is not looked at. The rules and their order: docs/finding.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, get_args

from bridle.errors import BridleError, nearest
from bridle.maths.read.announced import by_label, by_option, by_phrase, in_hash, in_tag
from bridle.maths.read.boxes import last_boxes, open_box
from bridle.maths.read.clause import answer_in, looks_final
from bridle.maths.read.ending import ending
from bridle.maths.read.reference_kind import KINDS, Kind

How = Literal["boxed", "tag", "hash", "phrase", "option", "bold", "display", "sentence", "line"]
HOWS: tuple[How, ...] = get_args(How)
Style = Literal["auto"] | How

NONE_STATED = "none stated"  # what stands in the place of `how` where nothing was found


@dataclass(frozen=True, slots=True)
class Found:
    """The final answer as it stands in the response.

    `span` are the half-open character offsets in the text that was given (of all boxes together,
    where several are joined); `how` is the style that found it; `confidence` is between 0 and 1.
    """

    text: str
    span: tuple[int, int]
    how: How
    confidence: float


# How sure: these order the ways; they are judgements, not measured shares.
_CONFIDENCE: dict[How, float] = {
    "boxed": 0.99,
    "tag": 0.98,
    "hash": 0.95,
    "phrase": 0.95,
    "option": 0.9,
    "bold": 0.9,
    "display": 0.85,
    "sentence": 0.8,
    "line": 0.8,
}

_THINK_END = re.compile(r"(?<![`\"'])(?:</(?:think|thinking|reasoning|thought)>|\[/THINK\])", re.I)
_THINK_OPEN = re.compile(r"(?<![`\"'])(?:<(?:think|thinking|reasoning|thought)>|\[THINK\])", re.I)
# Tokens of chat templates: what follows one is another turn.
_TEMPLATE = re.compile(
    r"<\|(?!begin_of_box|end_of_box)[A-Za-z_]{2,24}\|>|</s>|<(?:end|start)_of_turn>|<｜[^<>｜\n]{2,30}｜>|\[/?INST\]|<eos>|\[EOS\]|</?(?:assistant|user)>"
)
# A text that runs on into the next example or turn.
_NEXT = re.compile(
    r"^[ \t]{0,4}(?:#{1,6} ?|\*\*)?(?:Q|Question|Problem|Human|User|Input|Example|Instruction|Exercise|Task|New (?:question|problem)|Next (?:question|problem)"
    r"|Frage|Aufgabe|Pregunta|Problema|Domanda|Pergunta|Вопрос|Задача|问题|题目|問題)(?: ?\d{1,3})?(?:\*\*)?[:：]",
    re.MULTILINE | re.IGNORECASE,
)
_SURE = frozenset({"boxed", "tag", "hash", "phrase", "option", "bold"})


def find_answer(
    text: str, style: Style | str = "auto", *, kind: Kind | None = None
) -> Found | None:
    """The final answer in a response, or None where none is stated.

    `style` is "auto" (all, surest first: boxed, tag, hash, phrase, option, and then what the end of
    the text states: bold, display, sentence, line) or one of them. `kind` is the kind of answer that
    is asked for (`kind_of(reference)`); it helps to choose among several values in one sentence.
    Raises BridleError for a style or a kind that does not exist. Linear in the length of the text.
    """
    if style != "auto" and style not in HOWS:
        _unknown("answer style", style, ("auto", *HOWS), 'style="auto"')
    if kind is not None and kind not in KINDS:
        _unknown("kind of answer", kind, KINDS, "kind=None")
    start, end = _outside_thinking(text)
    end = _before_template(text, start, end)
    cut = _before_next(text, start, end)
    if cut is not None:
        found = _found(text, start, cut, style, kind)
        if found is not None and (found.how in _SURE or found.confidence >= 0.8):
            return found
    return _found(text, start, end, style, kind)


def _unknown(what: str, value: str, known: tuple[str, ...], default: str) -> None:
    near = nearest(str(value), known)
    name = "style" if "style" in what else "kind"
    raise BridleError(
        f"There is no {what} {value!r}.",
        expected="one of: " + ", ".join(known),
        hint=f"{name}={near!r}" if near else default,
    )


# -------------------------------------------------------------------- where to look


def _outside_thinking(text: str) -> tuple[int, int]:
    if "<" not in text and "[" not in text:
        return 0, len(text)
    start = 0
    for closing in _THINK_END.finditer(text):
        start = closing.end()
    unclosed = _THINK_OPEN.search(text, start)
    return start, unclosed.start() if unclosed else len(text)


def _before_template(text: str, start: int, end: int) -> int:
    """Before the first token of a chat template that something precedes."""
    if "<" not in text and "[" not in text:
        return end
    for token in _TEMPLATE.finditer(text, start, end):
        if text[start : token.start()].strip():
            return token.start()
    return end


def _before_next(text: str, start: int, end: int) -> int | None:
    """Where the text runs on into the next question, if it may do so."""
    for mark in _NEXT.finditer(text, start, end):
        if len(text[start : mark.start()].strip()) >= 1:
            return mark.start()
    return None


# -------------------------------------------------------------------- the styles in their order

_Finder = Callable[[str, int, int, Kind | None], Found | None]


def _found(text: str, start: int, end: int, style: str, kind: Kind | None) -> Found | None:
    if style == "auto":
        for finder in _FINDERS:
            found = finder(text, start, end, kind)
            if found is not None:
                return found
        return None
    finder = _BY_STYLE[style]
    found = finder(text, start, end, kind)
    return found if found is not None and found.how == style else None


def _made(how: How, text: str, span: tuple[int, int]) -> Found:
    return Found(text=text[slice(*span)], span=span, how=how, confidence=_CONFIDENCE[how])


def _boxed(text: str, start: int, end: int, kind: Kind | None) -> Found | None:
    boxes = last_boxes(text, start, end)
    if not boxes:
        return None
    contents = [text[box.start : box.end].strip() for box in boxes]
    distinct = list(dict.fromkeys(contents))
    span = (boxes[0].start, boxes[-1].end)
    if len(distinct) == 1:
        inner = _unworded(text, boxes[-1].start, boxes[-1].end, kind)
        return _made("boxed", text, inner) if inner else Found(distinct[0], span, "boxed", 0.99)
    return Found(", ".join(distinct), span, "boxed", _CONFIDENCE["boxed"])


_PROSE = re.compile(r"[^\W\d_]{3,}[\s:,*][^\\\d]{0,20}\d|\d[^\\]{0,9}\s[^\W\d_]{3,}\s[^\W\d_]{2,}")


def _unworded(text: str, a: int, b: int, kind: Kind | None) -> tuple[int, int] | None:
    """The value in a box that holds a word or a sentence beside it: "altogether 76"."""
    content = text[a:b]
    if (
        kind == "words"
        or looks_final(content.strip())
        or "\\" in content
        or not _PROSE.search(content)
    ):
        return None
    return answer_in(text, a, b, kind)


def _tag(text: str, start: int, end: int, kind: Kind | None) -> Found | None:
    span = in_tag(text, start, end)
    if span is None:
        return None
    inner = _boxed(text, *span, kind)
    if inner is not None:
        return inner
    a, b = span
    if "\n" in text[a:b].strip() or len(text[a:b]) > 60 or text[a:b].endswith("."):
        for finder in _FINDERS:
            within = finder(text, a, b, kind) if finder is not _tag else None
            if within is not None:
                return _made("tag", text, within.span)
    return _made("tag", text, answer_in(text, a, b, kind) or span)


def _hash(text: str, start: int, end: int, kind: Kind | None) -> Found | None:
    span = in_hash(text, start, end, kind)
    return _made("hash", text, span) if span else None


def _phrase(text: str, start: int, end: int, kind: Kind | None) -> Found | None:
    spans = [s for s in (by_phrase(text, start, end, kind), by_label(text, start, end, kind)) if s]
    return _made("phrase", text, max(spans)) if spans else None


def _option(text: str, start: int, end: int, kind: Kind | None) -> Found | None:
    span = by_option(text, start, end, kind)
    return _made("option", text, span) if span else None


def _ending(text: str, start: int, end: int, kind: Kind | None) -> Found | None:
    if open_box(text, start, end):
        return None
    found = ending(text, start, end, kind)
    return _made(found.how, text, (found.start, found.end)) if found else None


_FINDERS: tuple[_Finder, ...] = (_boxed, _tag, _hash, _option, _phrase, _ending)
_BY_STYLE: dict[str, _Finder] = {
    "boxed": _boxed,
    "tag": _tag,
    "hash": _hash,
    "phrase": _phrase,
    "option": _option,
    **dict.fromkeys(("bold", "display", "sentence", "line"), _ending),
}
