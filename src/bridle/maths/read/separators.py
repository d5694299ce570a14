r"""Where an answer of several parts comes apart: wide spaces, line breaks, rows of `cases`.

parted("x=1 \\quad y=2")   ->  ["x=1", "y=2"]
parted("5 \\quad \\text{cm}") ->  ["5 \\quad \\text{cm}"]: a unit is no part of its own
"""

from __future__ import annotations

import re

from bridle.maths.read.structure import top_level

_BREAKS = frozenset({"\\quad", "\\cr", "\n"})
_CONNECTOR = re.compile(
    r"(?:\\text\s*\{\s*)?[,;]?\s*(?:and|or|und|oder|et|ou|y|o)?\s*[,;]?\s*\}?", re.I
)
_GOES_ON = re.compile(r"[=<>+*/^)\]}]|\\(?:times|le|ge|lt|gt|ne|approx|in|pm|text|to)(?![A-Za-z])")
_UNFINISHED = re.compile(r"(?:[=<>+*/^(\[{,-]|\\(?:times|le|ge|lt|gt|ne|approx|in|pm|cup))\s*$")
# x=1 y=2; but a space behind a command is none of the text: A = 2\pi r = 10
_SPACED_EQUATIONS = re.compile(
    r"(?:[A-Za-z]\w{0,8}\s?=\s?[^=\s,;]*[\d})!]\s+)+[A-Za-z]\w{0,8}\s?=\s?[^=\s,;]+"
)
_ENVIRONMENT = re.compile(
    r"(?:\\\{\s*)?\\begin\{(cases|rcases|aligned|align\*?|gathered|split|array)\}(?:\s*\{[lcr|\s]*\})?"
    r"(.*)\\end\{\1\}\s*",
    re.DOTALL,
)
_RELATION = re.compile(r"[=<>]|\\(?:le|ge|lt|gt|ne|approx|in)(?![A-Za-z])")
MOST_PARTS = 60


def parted(text: str) -> list[str]:
    """The parts between wide spaces and line breaks outside of brackets; one where there are none."""
    if "\\quad" not in text and "\\cr" not in text and "\n" not in text:
        if _SPACED_EQUATIONS.fullmatch(text):  # x=1 y=2 is no chain x = 1y = 2
            return re.split(r"(?<![=\s])\s+(?=[A-Za-z]\w{0,8}\s?=)", text)
        return [text]
    parts: list[str] = []
    for _, piece in top_level(text, _BREAKS):
        part = piece.strip()
        if _CONNECTOR.fullmatch(part):
            continue
        if parts and (_GOES_ON.match(part) or _UNFINISHED.search(parts[-1]) or _only_words(part)):
            parts[-1] += " " + part
        else:
            parts.append(part.rstrip(" ,;") if len(part) > 1 else part)
    return parts if 0 < len(parts) <= MOST_PARTS else [text]


def _only_words(part: str) -> bool:
    """A condition or a unit, which belongs to what stands before it."""
    return not re.search(r"\d", part) and not _RELATION.search(part) and len(part) > 1


def rows_of_system(text: str) -> list[str] | None:
    r"""The rows of \begin{cases} ... \end{cases} and its like, where they are relations or cells with
    conditions; None for everything else. A row of two cells comes back as a pair in brackets."""
    match = _ENVIRONMENT.fullmatch(text)
    if not match or (match[1] == "array" and not _RELATION.search(match[2])):
        return None
    rows: list[str] = []
    for row in re.split(r"\\cr(?![A-Za-z])(?:\s*\[[^\]]{1,8}\])?", match[2]):
        cells = [cell.strip(" ,;\n") for cell in row.split("&")]
        cells = [cell for cell in cells if cell]
        if match[1] in ("cases", "rcases") and len(cells) == 2 and not _GOES_ON.match(cells[1]):
            rows.append(f"({cells[0]}, {cells[1]})")
        elif cells:
            rows.append(" ".join(cells))
    return rows if 0 < len(rows) <= MOST_PARTS else None
