r"""The boxes of a response: \boxed{…} in every spelling, and which of them are one answer.

    last_boxes("x = \\boxed{1} or x = \\boxed{2}", 0, 30)  -> [Box(content 1), Box(content 2)]

Boxes that only a joint parts (text such as "and", \quad, a comma, a line break) are one list. An
empty box, and one that a model quotes from its instruction, is none; neither is one left open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LONGEST_BOX = 20_000  # characters; a box that is still open after so many was never closed
_MOST_BOXES = 64
_BOX_PART = 200_000  # characters at the end in which a box is looked for

# `\b` of a badly escaped string becomes a backspace; capitals are what an upper-case rule makes;
# the backslash may be lost. A run of backslashes is entered at its first one only: linear time.
_BOX = re.compile(
    r"(?:(?<!\\)\\+f?|\x08)(?:boxed|oxed|box|framebox)(?![a-z])\s{0,9}|(?<![A-Za-z\\])boxed\s?(?=\{)",
    re.IGNORECASE,
)
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_BARE = re.compile(r"[-+]?(?:\d[\d.,]*\d|\d|[A-Za-z])(?![A-Za-z])")
_GLM_BOX = re.compile(r"<\|begin_of_box\|>(.{0,2000}?)<\|end_of_box\|>", re.DOTALL)

_JOINT_WORD = r"and also|as well as|and|or|und|oder|et|ou|y|o|e|и|или|na|và|en|of|och|eller|og|lub|i|a|ve|veya|和|或|以及|と|または|및|와|과|또는|และ|และ|และ|और|و|أو|או|ו"
_CONNECTOR = re.compile(
    r"(?:\s|[$,;:.*&、，；]|\\[()\[\]]|\\{2}|\\[,;:! ]|\\(?:q?quad|newline|hspace\{[^{}]{0,9}\}|(?:text|mathrm|mbox|textrm)\s?\{\s?,?\s?(?:"
    + _JOINT_WORD
    + r")?\s?,?\s?\})|~|[-•]\s|\(?[a-z0-9]\)\s|(?<![^\W_])(?:"
    + _JOINT_WORD
    + r")(?![^\W_])|(?<![\w\\])[A-Za-z](?:_\{?\w\}?)?\s{0,2}=)*",
    re.IGNORECASE,
)
_EMPTY = re.compile(
    r"(?:[\s.~…_?*\-,]|\\[()\[\],;:! ]|\\(?:text|mathrm|mbox|textbf)\s?\{\s*\}|\\(?:ldots|dots|cdots|quad|ldots|phantom\{[^{}]*\})|\$)*"
    r"|(?:\\text\s?\{)?\s*(?:(?:the |your |my |final |numerical |correct |insert |place |put )*(?:answer|result|solution|number|value)(?: here| goes here)?|…|answer)\s*\}?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Box:
    """Half-open offsets: of what is in the box, and of the box."""

    start: int
    end: int
    outer_start: int
    outer_end: int


def last_boxes(text: str, start: int, end: int) -> list[Box]:
    """The last box, with the ones before it that belong to the same list; [] where there is none."""
    boxes = list(_boxes(text, start, end))
    if not boxes:
        return []
    run = [boxes[-1]]
    for box in reversed(boxes[:-1]):
        between = text[box.outer_end : run[0].outer_start]
        if len(between) > 80 or not _CONNECTOR.fullmatch(between):
            break
        run.insert(0, box)
    return run


def _boxes(text: str, start: int, end: int) -> Iterator[Box]:
    """The outermost closed boxes that hold something."""
    begin = max(start, end - _BOX_PART)
    marks = list(_BOX.finditer(text, begin, end))[-_MOST_BOXES:]
    glm = [
        Box(*m.span(1), *m.span())
        for m in _GLM_BOX.finditer(text, begin, end)
        if m.group(1).strip()
    ]
    found: list[Box] = []
    reached = start
    for mark in marks:
        if mark.start() < reached:
            continue  # a box within the last one
        box = _box_at(text, mark, end)
        if box is None or _EMPTY.fullmatch(text, box.start, box.end):
            continue
        reached = box.outer_end
        inner = _BOX.match(text, box.start, box.end)
        if inner:  # \boxed{\boxed{5}}
            nested = _box_at(text, inner, box.end)
            if nested is not None and nested.outer_end == box.end:
                box = Box(nested.start, nested.end, box.outer_start, box.outer_end)
        found.append(box)
    yield from sorted([*found, *glm], key=lambda b: b.outer_start) if glm else found


def _box_at(text: str, mark: re.Match[str], end: int) -> Box | None:
    begin = mark.end()
    if begin >= end:
        return None
    if text[begin] != "{":
        if mark.group().lower().rstrip().endswith(("fbox", "\\box")):
            return None
        bare = _BARE.match(text, begin, end)
        return Box(begin, bare.end(), mark.start(), bare.end()) if bare else None
    depth = 0
    for brace in _BRACE.finditer(text, begin, min(end, begin + _LONGEST_BOX)):
        if brace.group() == "{":
            depth += 1
        elif brace.group() == "}":
            depth -= 1
            if depth == 0:
                return Box(begin + 1, brace.start(), mark.start(), brace.end())
    return None


def open_box(text: str, start: int, end: int) -> bool:
    """Whether the last box was opened and never closed: the response was cut."""
    last: re.Match[str] | None = None
    for last in _BOX.finditer(text, max(start, end - 2_000), end):  # noqa: B007
        pass
    if last is None or text[last.end() : last.end() + 1] != "{":
        return False
    return _box_at(text, last, end) is None
