"""What kind of answer a reference is: all that the search for the final answer may know of it.

    kind_of("104")    -> "number"      kind_of("(3, 4)") -> "several"      kind_of("Friday") -> "words"

The kind helps to choose between a number and a name in one sentence. The value itself is never
passed on: whoever knows it would find it, right or wrong.
"""

from __future__ import annotations

import re
from typing import Literal, get_args

Kind = Literal["number", "choice", "truth", "words", "several", "formula"]
KINDS: tuple[Kind, ...] = get_args(Kind)

_NUMBER = re.compile(
    r"[-+−±$€£¥\s\\]*(?:\d[\d.,\s]*|\.\d+)(?:[eE][-+]?\d+)?(?:\s*/\s*\d+)?\s*\\?%?\s*(?:[A-Za-z°$€£¥]{1,12})?\.?"
    r"|[-−]?\\[dtc]?frac\s?(?:\{-?\d+\}\s?\{-?\d+\}|\d\d)|\\boxed\{-?[\d.,]+\}"
)
_CHOICE = re.compile(r"\(?[A-J]\)?\.?|\\text\s?\{\s?\(?[A-J]\)?\s?\}")
_TRUTH = re.compile(r"(?:yes|no|true|false)\.?", re.IGNORECASE)
_LIST = re.compile(
    r"[^,;]+(?:[,;][^,;]+)+|.*(?:\\begin\{.?matrix\}|\\pm|\\cup|\bor\b|\band\b).*", re.DOTALL
)
_WORDS = re.compile(r"[^\W\d_][^\d\\=^_{}$+]*")


def kind_of(reference: str) -> Kind:
    """The kind of a reference answer; "formula" for what is none of the others."""
    text = reference.strip().strip("$").strip()
    if _NUMBER.fullmatch(text) and not re.search(r"\d,\s+\d", text):
        return "number"
    if _CHOICE.fullmatch(text):
        return "choice"
    if _TRUTH.fullmatch(text):
        return "truth"
    inner = re.sub(r"\\text\s?\{([^{}]*)\}", r"\1", text)
    if _WORDS.fullmatch(inner) and re.search(r"[^\W\d_]{3}", inner):
        return "words"
    if len(text) <= 2000 and _LIST.fullmatch(text):
        return "several"
    return "formula"
