"""Form that nobody asked for: the marks of a worked exercise in small talk, and structure in a short answer.

maths_marks("Hello! \\\\boxed{1}")     -> ["\\\\boxed{"]
structure("## Hi\\n- one\\n- two")    -> ["heading", "list"]
"""

from __future__ import annotations

import re

LONGEST = 20_000  # characters that are read
_MATHS = re.compile(
    r"\\boxed\s*\{|\\(?:d?frac|sqrt|text|times|cdot|begin)\s*\{|\\\(|\\\[|\$\$|"
    # no end of line inside, and no space after the first $: "5 $ or 6 $" is money
    r"\$[^\s$][^$\n]{0,80}[^\s$]\$|"
    r"\b(?:final answer|final result|endergebnis|endgültige antwort|réponse finale|résultat final|"
    r"respuesta final|resultado final)\b\W{0,6}|"
    r"^\W{0,6}(?:step|schritt|étape|paso)\s+\d{1,2}\b|<answer>",
    re.IGNORECASE | re.MULTILINE,
)
_HEADING = re.compile(r"^ {0,3}#{1,6} \S", re.MULTILINE)
_ENTRY = re.compile(r"^\s{0,8}(?:[-*•+]|\d{1,2}[.)]) +\S", re.MULTILINE)
_TABLE = re.compile(r"^\|.{1,400}\|\s*$", re.MULTILINE)
_FENCE = re.compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE)


def maths_marks(text: str) -> list[str]:
    """The marks of a worked exercise: LaTeX, a box, "final answer", numbered steps."""
    return [m[0].strip() for m in _MATHS.finditer(text[:LONGEST])]


def structure(text: str) -> list[str]:
    """Which structure a text has: headings, a list of two entries or more, a table, a fence."""
    text = text[:LONGEST]
    found: list[str] = []
    for name, pattern, least in (
        ("heading", _HEADING, 1),
        ("list", _ENTRY, 2),
        ("table", _TABLE, 2),
        ("fence", _FENCE, 1),
    ):
        if len(pattern.findall(text)) >= least:
            found.append(name)
    return found
