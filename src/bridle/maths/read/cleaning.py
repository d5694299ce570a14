"""An answer without what stands around it: maths signs, boxes, emphasis, labels, full stops."""

from __future__ import annotations

import re

from bridle.maths.read.spelling import respell
from bridle.maths.read.structure import wrapped

_WRAPS = (
    ("$$", "$$"),
    ("\\(", "\\)"),
    ("\\[", "\\]"),
    ("**", "**"),
    ("`", "`"),
    ('"', '"'),
    ("“", "”"),
)
_BOXED = re.compile(r"\\(?:boxed|fbox)\s*\{", re.I)
_BOXES = re.compile(r"\\(?:boxed|fbox)\s*(?=\{)", re.I)
_INLINE = re.compile(r"(?<!\\)\\[()]")  # the marks of inline maths within an answer
_LABEL = re.compile(
    r"(?:(?:the |your |our |my )?(?:final |correct )?(?:answer|result|solution)s?(?: is| are)?\s*[::]?|therefore,?|thus,?|so,?|hence,?)\s+(?=\S)",
    re.I,
)
_SAID = re.compile(r"\\text\s*\{([^{}]{1,40})\}\s*(?=\S)")  # \text{The answer is } 18
_BOLD_END = re.compile(r"(?<=[)\].:])\*\*(?=\s)")  # **A)** 5
_MINUS = re.compile(r"(?:minus|negative) +(?=[\d\\.$(])", re.I)


def cleaned(text: str) -> str:
    """The answer alone, in one spelling."""
    text = text.strip()
    for _ in range(6):
        before = text
        text = text.strip().rstrip("。")
        if text.endswith(".") and not text.endswith(".."):
            text = text[:-1].rstrip()
        text = text.rstrip(",;").rstrip()
        if box := _BOXED.match(text):
            inner = wrapped(text[box.end() - 1 :])
            if inner:
                text = inner[1]
        for opening, closing in _WRAPS:
            size = len(opening) + len(closing)
            if text.startswith(opening) and text.endswith(closing) and len(text) > size:
                inside = text[len(opening) : -len(closing)]
                if opening not in inside and closing not in inside:
                    text = inside
        if (said := _SAID.match(text)) and _LABEL.match(f"{said[1].strip()} x"):
            text = text[said.end() :]
        if match := _LABEL.match(text):
            text = text[match.end() :]
        if match := _MINUS.match(text):
            text = "-" + text[match.end() :]
        elif text.startswith("#"):
            text = text.lstrip("#")
        if text == before:
            break
    text = _BOLD_END.sub("", text)
    text = _INLINE.sub(" ", _BOXES.sub("", _dollars(text)))
    text = text.replace("\\begin{align*}", "").replace("\\end{align*}", "")
    text = respell(text)
    while text.endswith((" ", "\\")) and not text.endswith("\\\\"):
        text = text[:-1]
    return text


def _dollars(text: str) -> str:
    """Without the dollar signs of maths; with those of money."""
    if "$" not in text:
        return text
    text = text.replace("\\text{\\$}", "\\$").replace("\\text{$}", "\\$")
    if "\\$" in text:
        text = text.replace("\\$", "\x00")
        return text.replace("$", " ").replace("\x00", "$")
    if text.count("$") % 2 == 0:
        return text.replace("$", " ").strip()
    if re.match(r"[-+−]?(?:US|USD )?\$\s*[\d.]", text) or re.search(r"\d\s*\$$", text):
        return text
    return text.replace("$", " ")
