"""A text that a regular expression is likely to match, made by reading it: its first alternatives, its least
repetitions. Whoever asks tries it; for what is not understood there is none.

    sample("[A-Z]{2}-[0-9]+")   -> "AA-0"
"""

from __future__ import annotations

import re

LONGEST = 2_000  # characters that are made
_CLASSES = {
    "d": "0",
    "w": "a",
    "s": " ",
    "D": "a",
    "W": "-",
    "S": "a",
    "n": "\n",
    "t": "\t",
    "r": "\r",
}
_EMPTY = "bBAzZQE"  # escapes that stand for a place
_FIRST = "aA0 -_.,:;!?%$#@&/+*=()[]{}|~'\"<>^`\\"  # tried in this order against a negated class
_REPEAT = re.compile(r"(?:\*|\+|\?|\{(\d{1,4})(?:,\d{0,4})?\})\??")
_GROUP = re.compile(r"\(\?(?:P?<\w+>|[imsU-]*:|([imsU-]+)\))?|\(")
_POSIX = re.compile(r"\[:(\^?)(alpha|digit|alnum|upper|lower|punct|space|word|xdigit):\]")
_NAMED = {"alpha": "a", "digit": "0", "alnum": "a", "upper": "A", "lower": "a", "punct": ".",
          "space": " ", "word": "a", "xdigit": "0"}  # fmt: skip


class _NotRead(Exception):
    """The expression has something that is not read here."""


def sample(regex: str) -> str | None:
    """A text for the expression, or None where it is not understood or too long."""
    try:
        text, at = _alternatives(regex, 0, 0)
    except (_NotRead, IndexError):
        return None
    return text if at == len(regex) and len(text) <= LONGEST else None


def _alternatives(regex: str, at: int, depth: int) -> tuple[str, int]:
    """The first alternative from `at` on, and where the group ends."""
    if depth > 40:
        raise _NotRead
    text, at = _sequence(regex, at, depth)
    while at < len(regex) and regex[at] == "|":
        other, at = _sequence(regex, at + 1, depth)
        text = text or other
    return text, at


def _sequence(regex: str, at: int, depth: int) -> tuple[str, int]:
    parts: list[str] = []
    while at < len(regex) and regex[at] not in "|)":
        piece, at = _piece(regex, at, depth)
        least = 1
        while repeat := _REPEAT.match(regex, at):
            said = repeat.group(0)[0]
            least *= int(repeat.group(1)) if said == "{" else said == "+"
            at = repeat.end()
        if len(piece) * least > LONGEST:
            raise _NotRead
        parts.append(piece * least)
    return "".join(parts), at


def _piece(regex: str, at: int, depth: int) -> tuple[str, int]:
    """One character, class or group."""
    char = regex[at]
    if char == "(":
        head = _GROUP.match(regex, at)
        if head is None:
            raise _NotRead
        if head.group(1):  # flags alone
            return "", head.end()
        inner, at = _alternatives(regex, head.end(), depth + 1)
        if regex[at] != ")":
            raise _NotRead
        return inner, at + 1
    if char == "[":
        return _bracket(regex, at)
    if char == "\\":
        return _escape(regex, at)
    if char in "^$":
        return "", at + 1
    return ("a" if char == "." else char), at + 1


def _escape(regex: str, at: int) -> tuple[str, int]:
    said = regex[at + 1]
    if said in _CLASSES:
        return _CLASSES[said], at + 2
    if said in _EMPTY:
        return "", at + 2
    if said.isalnum():  # \x41, \pL and the like
        raise _NotRead
    return said, at + 2


def _bracket(regex: str, at: int) -> tuple[str, int]:
    """The first character of a class; of a negated one the first common character not in it."""
    start = at
    at += 1
    negated = regex[at] == "^"
    at += negated
    first = ""
    opening = at
    while regex[at] != "]" or at == opening:
        posix = _POSIX.match(regex, at)
        if posix:
            char, at = _NAMED[posix.group(2)], posix.end()
            negated |= bool(posix.group(1))
        elif regex[at] == "\\":
            char, at = _escape(regex, at)
        else:
            char, at = regex[at], at + 1
        first = first or char
    at += 1
    if not negated:
        return first, at
    try:
        allowed = re.compile(regex[start:at])
    except re.error as error:
        raise _NotRead from error
    return next((c for c in _FIRST if allowed.fullmatch(c)), ""), at
