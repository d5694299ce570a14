r"""Where is the final answer in a response? Says where it was found, and how sure that is.

    find_answer("So 2+2=4. The answer is \\boxed{4}.")
    -> Found(text="4", span=(31, 32), how="boxed", confidence=0.99)

Nothing is ever taken out of the thinking: what stands before a closing think tag, or behind one
that was never closed, is not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from bridle.errors import BridleError, nearest
from bridle.maths.read.phrases import phrase

Style = Literal["auto", "boxed", "hash", "phrase", "bold", "sentence", "line"]


@dataclass(frozen=True, slots=True)
class Found:
    """The final answer as it stands in the response.

    `span` are the half-open character offsets in the text that was given (of all boxes together,
    where several are joined); `how` is the style that found it; `confidence` is between 0 and 1.
    """

    text: str
    span: tuple[int, int]
    how: str
    confidence: float


_CONFIDENCE = {
    "boxed": 0.99,
    "hash": 0.95,
    "phrase": 0.9,
    "bold": 0.7,
    "sentence": 0.6,
    "line": 0.5,
}

_LONGEST_BOX = 20_000  # characters; a box that is still open after so many was never closed
_LONGEST_ANSWER = 400  # characters of a phrase's, a bold or a bare line's answer
_MOST_BOXES = 64
_BOX_PART = 200_000  # characters at the end in which a box is looked for
_LAST_PART = 20_000  # characters at the end in which a phrase is looked for

# `\b` of a badly escaped string becomes a backspace; capitals are what an upper-case rule makes.
_BOX = re.compile(r"(?:\\+f?|\x08)(?:boxed|oxed|box|framebox)(?![a-z])\s*", re.IGNORECASE)
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_BARE = re.compile(r"[-+]?(?:\d[\d.,]*\d|\d|[A-Za-z])(?![A-Za-z])")
_CONNECTOR = re.compile(
    r"[\s$,;.*]{0,8}(?:\\\)|\\\])?[\s$,;.*]{0,8}"
    r"(?:and|or|und|oder|et|ou|y|o|e|и|или|na|và|和|或|と|및|และ|और|\\quad|\\text\{ ?(?:and|or) ?\})?"
    r"[\s$,;:*]{0,8}(?:\\\(|\\\[)?[\s$]{0,4}(?:[A-Za-z](?:_\{?\w\}?)?\s{0,2}=)?[\s$]{0,4}",
    re.IGNORECASE,
)
_THINK_END = re.compile(r"(?<![`\"'])(?:</(?:think|thinking|reasoning|thought)>|\[/THINK\])", re.I)
_THINK_OPEN = re.compile(r"(?<![`\"'])(?:<(?:think|thinking|reasoning|thought)>|\[THINK\])", re.I)
_HASH = re.compile(r"^[ \t>*]*#{4}(?!#)(.*)$", re.MULTILINE)
_HASH_LABEL = re.compile(r"(?i)^[*_ ]*(?:the )?(?:final )?answer(?: is)?[*_ ]*:?[*_ ]*")
_HASH_ANSWER = re.compile(r"^(?:[-+−±]?[\d$\\({\[€£¥.]|\S+$)")
_NUMBERED = re.compile(r"^\d+[.)]\s+[^\W\d]")
_BOLD = re.compile(r"\*\*([^*\n]{1,400})\*\*")
# A sentence ends at a full stop that no digit follows; the clause that explains is not the answer.
_SENTENCE_END = re.compile(r"[.!?](?=[\s*_\"”)]|$)|[。!?।]")
_CLAUSE = re.compile(
    r",? \(?(?:because|since|which|as (?:we|it)|so that|where|weil|porque|parce|потому)\b", re.I
)
_IS = re.compile(
    r"\b(?:is|are|equals|makes|gives|get|ist|sind|es|son|est|sont)\b[ \t]*:?[ \t]*", re.I
)
_VALUE_FIRST = re.compile(r"[-+−±*]{0,3}[\d$\\(\[{€£¥]")
_DISPLAY = re.compile(r"\s*(\$\$.+?\$\$|\\\[.+?\\\]|\\\(.+?\\\)|\$[^$\n]+\$)", re.DOTALL)
_EMPHASIS = re.compile(r"^[\s*_`\"“”]+|[\s*_`\"“”]+$")


def find_answer(text: str, style: Style | str = "auto") -> Found | None:
    """The final answer in a response, or None where none is stated.

    `style` is "auto" (the styles in this order: boxed, hash, phrase, bold, sentence, line) or one of them.
    Raises BridleError for a style that does not exist. Linear in the length of the text.
    """
    start, end = _outside_thinking(text)
    if style == "auto":
        for finder in _FINDERS.values():
            found = finder(text, start, end)
            if found is not None:
                return found
        return None
    if style not in _FINDERS:
        known = get_args(Style)
        near = nearest(style, known)
        raise BridleError(
            f"There is no answer style {style!r}.",
            expected="one of: " + ", ".join(known),
            hint=f"style={near!r}" if near else 'style="auto"',
        )
    return _FINDERS[style](text, start, end)


def _outside_thinking(text: str) -> tuple[int, int]:
    if "<" not in text and "[" not in text:
        return 0, len(text)
    start = 0
    for closing in _THINK_END.finditer(text):
        start = closing.end()
    unclosed = _THINK_OPEN.search(text, start)
    return start, unclosed.start() if unclosed else len(text)


def _made(how: str, text: str, start: int, end: int) -> Found:
    return Found(text=text, span=(start, end), how=how, confidence=_CONFIDENCE[how])


# ---------------------------------------------------------------------------- boxes


def _boxed(text: str, start: int, end: int) -> Found | None:
    boxes = list(_boxes(text, start, end))
    if not boxes:
        return None
    run = [boxes[-1]]
    for box in reversed(boxes[:-1]):
        between = text[box[3] : run[0][2]]
        if len(between) > 60 or not _CONNECTOR.fullmatch(between):
            break
        run.insert(0, box)
    contents = [text[a:b].strip() for a, b, _, _ in run]
    distinct = list(dict.fromkeys(contents))
    return _made("boxed", ", ".join(distinct), run[0][0], run[-1][1])


def _boxes(text: str, start: int, end: int) -> Iterator[tuple[int, int, int, int]]:
    """The outermost closed boxes that hold something: content start, content end, start, end."""
    marks = list(_BOX.finditer(text, max(start, end - _BOX_PART), end))[-_MOST_BOXES:]
    reached = start
    for mark in marks:
        if mark.start() < reached:
            continue  # a box within the last one
        box = _box_at(text, mark, end)
        if box is None or not text[box[0] : box[1]].strip(" \t\n.~"):
            continue
        reached = box[3]
        inner = list(_BOX.finditer(text, box[0], box[1]))
        if inner and inner[0].start() == box[0]:  # \boxed{\boxed{5}}
            nested = _box_at(text, inner[0], box[1])
            if nested is not None and nested[3] == box[1]:
                box = (nested[0], nested[1], box[2], box[3])
        yield box


def _box_at(text: str, mark: re.Match[str], end: int) -> tuple[int, int, int, int] | None:
    begin = mark.end()
    if begin >= end:
        return None
    if text[begin] != "{":
        if mark.group().lower().rstrip().endswith(("fbox", "\\box")):
            return None
        bare = _BARE.match(text, begin, end)
        return (begin, bare.end(), mark.start(), bare.end()) if bare else None
    depth = 0
    for brace in _BRACE.finditer(text, begin, min(end, begin + _LONGEST_BOX)):
        if brace.group() == "{":
            depth += 1
        elif brace.group() == "}":
            depth -= 1
            if depth == 0:
                return begin + 1, brace.start(), mark.start(), brace.end()
    return None


# ---------------------------------------------------------------------------- the other styles


def _hash(text: str, start: int, end: int) -> Found | None:
    for mark in reversed(list(_HASH.finditer(text, start, end))):
        a, b = _trim(text, *mark.span(1))
        label = _HASH_LABEL.match(text[a:b])
        if label and label.end():
            a, b = _trim(text, a + label.end(), b)
        content = text[a:b]
        if content and _HASH_ANSWER.match(content) and not _NUMBERED.match(content):
            return _made("hash", content, a, b)
    return None


def _phrase(text: str, start: int, end: int) -> Found | None:
    # The last one that is followed by something.
    start = max(start, end - _LAST_PART)
    for mark in reversed(list(phrase().finditer(text, start, end))[-32:]):
        found = _after(text, mark.end(), end)
        if found:
            return _made("phrase", text[found[0] : found[1]], *found)
    return None


def _after(text: str, begin: int, end: int) -> tuple[int, int] | None:
    window = min(end, begin + _LONGEST_ANSWER)
    display = _DISPLAY.match(text, begin, window)
    newline = text.find("\n", begin, window)
    stop = newline if newline >= 0 else window
    if display:
        # Maths right behind the phrase, perhaps on the next lines, with its unit or further parts.
        stop = max(stop if stop >= display.end() else display.end(), display.end())
        tail = _SENTENCE_END.search(text, display.end(), stop)
    else:
        tail = _SENTENCE_END.search(text, begin, stop)
    if tail:
        stop = tail.start()
    clause = _CLAUSE.search(text, display.end() if display else begin, stop)
    if clause:
        stop = clause.start()
    a, b = _trim(text, begin, stop)
    return (a, b) if a < b and re.search(r"\w|\\", text[a:b]) else None


def _bold(text: str, start: int, end: int) -> Found | None:
    last = _last_line(text, start, end)
    if last is None:
        return None
    marks = list(_BOLD.finditer(text, last[0], last[1]))
    if not marks:
        return None
    a, b = _trim(text, *marks[-1].span(1))
    content = text[a:b]
    if not content or content.endswith(":") or not _looks_final(content):
        return None
    return _made("bold", content, a, b)


def _sentence(text: str, start: int, end: int) -> Found | None:
    """The value that the last sentence of the last line says something is."""
    last = _last_line(text, start, end)
    if last is None:
        return None
    begin = max(last[0], last[1] - _LONGEST_ANSWER)
    for verb in reversed(list(_IS.finditer(text, begin, last[1]))):
        a, b = _trim(text, verb.end(), last[1])
        content = text[a:b]
        if _SENTENCE_END.search(text, verb.end(), b):
            return None  # it stands in an earlier sentence
        if content and _VALUE_FIRST.match(content) and _looks_final(content):
            return _made("sentence", content, a, b)
    return None


def _line(text: str, start: int, end: int) -> Found | None:
    last = _last_line(text, start, end)
    if last is None:
        return None
    a, b = _trim(text, *last)
    content = text[a:b]
    if len(content) > 100 or not _looks_final(content):
        return None
    return _made("line", content, a, b)


def _last_line(text: str, start: int, end: int) -> tuple[int, int] | None:
    b = end
    while b > start and text[b - 1].isspace():
        b -= 1
    if b <= start:
        return None
    a = text.rfind("\n", start, b) + 1
    return max(a, start), b


_TEXT = re.compile(r"\\(?:text|mathrm|textbf|mbox|operatorname)\s?\{[^{}]*\}")
_COMMAND = re.compile(r"\\[A-Za-z]+")
_WORD = re.compile(r"[^\W\d_]{3,}")
_CHOICE = re.compile(r"\(?[A-Ja-j]\)?|true|false|yes|no", re.IGNORECASE)


def _looks_final(content: str) -> bool:
    """A value, not a sentence: no words, but for one behind a number (its unit)."""
    if _CHOICE.fullmatch(content):
        return True
    if "boxed" in content.lower():  # a box that was never closed
        return False
    if not re.search(r"[\d\\]", content) or content.endswith((":", "?")):
        return False
    bare = _COMMAND.sub(" ", _TEXT.sub(" ", content))
    words = list(_WORD.finditer(bare))
    if not words:
        return True
    return len(words) == 1 and words[0].end() == len(bare) and bare[:1] in "-+−$€£¥0123456789"


def _trim(text: str, a: int, b: int) -> tuple[int, int]:
    """Less white space, emphasis and quotation marks, a closing full stop."""
    content = text[a:b]
    lead = _EMPHASIS.match(content)
    if lead:
        a += lead.end()
    content = text[a:b].rstrip(' \t\n*_`"“”.,;。')
    return a, a + len(content)


_FINDERS = {
    "boxed": _boxed,
    "hash": _hash,
    "phrase": _phrase,
    "bold": _bold,
    "sentence": _sentence,
    "line": _line,
}
