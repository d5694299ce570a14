"""The table of dialects (dialects.toml), compiled once into the few patterns that reading needs.

    TAGS.finditer("<think>2+2</think>4")      every tag of thinking, of every family
    PHRASES[0].open.match("Here is my thought process: …")

A new model whose tags nobody knew is a new entry in the file, nothing else.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import Any

TABLE: dict[str, Any] = tomllib.loads(
    resources.files("bridle.responses").joinpath("dialects.toml").read_text(encoding="utf-8")
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A dialect that counts only as the first words of a text."""

    name: str
    open: re.Pattern[str]
    close: re.Pattern[str]
    lone_close: re.Pattern[str] | None  # a closing that ends thinking opened in the prompt


def _literals() -> dict[str, tuple[str, bool]]:
    """Literal spelling → (family, opens)."""
    found: dict[str, tuple[str, bool]] = {}
    for row in TABLE["tag"]:
        found |= dict.fromkeys(row.get("also_open", ()), (row["name"], True))
        found |= dict.fromkeys(row.get("also_close", ()), (row["name"], False))
    for row in TABLE["pair"]:
        found |= dict.fromkeys(row["open"], (row["name"], True))
        closing = (*row["close"], *row.get("before_answer", ()))
        found |= dict.fromkeys(closing, (row["name"], False))
    return found


def _first(texts: list[str]) -> str:
    """A class of their first characters: `re` searches for it many times sooner than for alternatives."""
    return "[" + re.escape("".join(sorted({t[0] for t in texts}))) + "]"


def _rest(texts: list[str]) -> str:
    """Alternatives of what follows the first character, which was just matched; the longest first, so
    that none hides one that begins alike."""
    longest = sorted(set(texts), key=lambda t: (-len(t), t))
    firsts = sorted({t[0] for t in texts})
    return "|".join(
        f"(?<={re.escape(c)})(?:{'|'.join(re.escape(t[1:]) for t in longest if t[0] == c)})"
        for c in firsts
    )


def _one_of(texts: list[str]) -> re.Pattern[str]:
    return re.compile(f"{_first(texts)}(?:{_rest(texts)})")


LITERALS = _literals()
NAMES: list[str] = [row["name"] for row in TABLE["tag"]]
# An attribute list has an "=": `<think about it>` is no tag.
_ATTRIBUTES = r"(?:\s[^<>]{0,200}=[^<>]{0,500}|\s{1,20})?"
_SPELT = list(LITERALS)
TAGS = re.compile(  # without a name it is one of the literals
    rf"{_first(['<', *_SPELT])}(?:(?<=<)(?i:(?P<slash>/?)(?P<name>{'|'.join(map(re.escape, NAMES))}){_ATTRIBUTES}>)"
    rf"|{_rest(_SPELT)})"
)
WRAPPERS: list[str] = TABLE["wrapper"]["names"]
WRAPPER_TAGS = re.compile(
    rf"<(?i:(?P<slash>/?)(?P<name>{'|'.join(map(re.escape, WRAPPERS))}){_ATTRIBUTES}>"
    # a closing that the model misspelt at the very end: `</answer}`
    r"|/(?P<last>answer)\W?(?=\s{0,20}\Z))"
)
AFTER_ANSWER = _one_of([t for row in TABLE["pair"] for t in row.get("after_answer", ())])
PHRASES = [
    Phrase(
        row["name"],
        re.compile(row["open"]),
        re.compile(row["close"]),
        re.compile(row["lone_close"]) if "lone_close" in row else None,
    )
    for row in TABLE["phrase"]
]

# -- turns ------------------------------------------------------------------------------------------

TURN_ENDS: list[str] = sorted({t for row in TABLE["turn"] for t in row["end"]})
TURN_STARTS: list[str] = sorted({t for row in TABLE["turn"] for t in row["next"]})
TURN = re.compile(
    rf"{_first(TURN_ENDS + TURN_STARTS)}(?:(?P<end>{_rest(TURN_ENDS)})|(?P<next>{_rest(TURN_STARTS)}))"
)

# -- tool calls ---------------------------------------------------------------------------------------

TOOL_PAIRS: list[tuple[str, str]] = [(a, b) for a, b in TABLE["tools"]["pairs"]]
TOOL_OPEN = _one_of([a for a, _ in TOOL_PAIRS])
TOOL_CLOSE: dict[str, str] = dict(TOOL_PAIRS)


def _prefixes(texts: list[str], least: int) -> frozenset[str]:
    """What a text may end with when it was cut within one of these."""
    return frozenset(t[:n].lower() for t in texts for n in range(least, len(t)))


OPENINGS = [f"<{name}>" for name in NAMES] + [t for t, (_, opens) in LITERALS.items() if opens]
CLOSINGS = [f"</{name}>" for name in NAMES] + [t for t, (_, o) in LITERALS.items() if not o]
CUT_OPENINGS = _prefixes(OPENINGS, 3)
CUT_CLOSINGS = _prefixes(CLOSINGS, 3)
CUT_WRAPPERS = _prefixes([f"<{n}>" for n in WRAPPERS] + [f"</{n}>" for n in WRAPPERS], 4)
CUT_ENDS = _prefixes(TURN_ENDS, 4)
_LONGEST = max(map(len, [*OPENINGS, *CLOSINGS, *TURN_ENDS]))


def cut_tail(text: str, prefixes: frozenset[str]) -> int:
    """How many characters at the end of the text are the beginning of one of those tags, or 0."""
    tail = text[-_LONGEST:].lower()
    return next((n for n in range(len(tail), 0, -1) if tail[-n:] in prefixes), 0)
