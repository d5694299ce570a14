"""An I that is no pronoun: a Roman number, or a part of something else."""

from __future__ import annotations

import re
from collections.abc import Iterable

_LONE = {i: re.compile(rf"{i}(?<![^\W_].)(?![^\W_]|['’][^\W_])") for i in "Ii"}
_NUMBERED = frozenset((
    "Act", "Appendix", "Article", "Book", "Category", "Chapter", "Class", "Figure", "Level", "Part",
    "Phase", "Scene", "Section", "Stage", "Table", "Title", "Type", "Unit", "Volume", "War", "WW",
))  # fmt: skip
_OF_OTHERS = re.compile(r"\.[ \u00a0]?e\b|/O\b")  # i.e., I/O


def numerals(text: str, letters: Iterable[str]) -> set[int]:
    """Where one of these letters (`I`, `i`) is a number (at the beginning of a line, in brackets or
    after what is numbered), or belongs to i.e., to I/O or to a tag of HTML."""
    lone = (match.start() for letter in letters for match in _LONE[letter].finditer(text))
    return {at for at in lone if _no_pronoun(text, at)}


def _no_pronoun(text: str, at: int) -> bool:
    before, after = text[max(0, at - 16) : at], text[at + 1 : at + 6]
    edge = before[-1:]
    if edge == "(" or edge == "<" or before[-2:] == "</":
        return after[:1] == ")" if edge == "(" else after[:1] in ("", " ", ">")
    if edge.isspace() and _NUMBERED.intersection(before.split()[-1:]):
        return True
    if after[:1] in (" ", ",", "'", "’"):
        return False
    if _OF_OTHERS.match(after):
        return True
    after = after.lstrip("*")
    line = before.rpartition("\n")[2]
    first = (len(line) < len(before) or at < 16) and not line.strip(" \t>*#(-")
    return first and after[:1] in (".", ")") and not after[1:2].isalnum()
