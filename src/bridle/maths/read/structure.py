"""Where a text comes apart: matching brackets, top-level separators."""

from __future__ import annotations

import re

_PIECE = re.compile(r"\\[{}|]|\\(?:begin|end)\{[a-zA-Z]{1,12}\*?\}|\\[A-Za-z]+|\\.|.", re.DOTALL)
_OPEN = {"(": ")", "[": "]", "{": "}", "\\{": "\\}", "\\langle": "\\rangle"}
_CLOSE = frozenset({")", "]", "}", "\\}", "\\rangle"})
MOST_DEPTH = 100


def top_level(text: str, separators: frozenset[str]) -> list[tuple[str, str]]:
    """The parts between separators outside all brackets: (separator before, part).

    Half-open intervals count as brackets: "(" may be closed by "]". Separators are single
    characters or LaTeX commands. Text that does not balance comes back in one part.
    """
    parts: list[tuple[str, str]] = []
    depth, start, before = 0, 0, ""
    for match in _PIECE.finditer(text):
        piece = match[0]
        if piece in _OPEN or piece.startswith("\\begin{"):
            depth += 1
            if depth > MOST_DEPTH:
                return [("", text)]
        elif piece in _CLOSE or piece.startswith("\\end{"):
            depth -= 1
            if depth < 0:
                return [("", text)]
        elif piece in separators and depth == 0:
            parts.append((before, text[start : match.start()]))
            before, start = piece, match.end()
    if depth:
        return [("", text)]
    parts.append((before, text[start:]))
    return parts


def wrapped(text: str) -> tuple[str, str, str] | None:
    """Opening, inside, closing, where one pair of brackets holds the whole text."""
    for opening in ("(", "[", "{", "\\{", "\\langle"):
        if text.startswith(opening):
            break
    else:
        if not text.startswith("]"):  # ]a, b[ is an open interval, too
            return None
        if text.endswith("[") and "," in text:
            return "(", text[1:-1], ")"
        return None
    depth = 0
    for match in _PIECE.finditer(text):
        piece = match[0]
        if piece in _OPEN or piece.startswith("\\begin{"):
            depth += 1
            if depth > MOST_DEPTH:
                return None
        elif piece in _CLOSE or piece.startswith("\\end{"):
            depth -= 1
            if depth == 0:
                if match.end() != len(text):
                    return None
                closing = piece
                if opening == "\\langle":
                    opening_text, closing_text = "(", ")"
                else:
                    opening_text, closing_text = opening.lstrip("\\"), closing.lstrip("\\")
                return opening_text, text[len(opening) : match.start()], closing_text
    return None
