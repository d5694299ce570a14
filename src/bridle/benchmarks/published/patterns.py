"""Keywords that peers use as regular expressions, searched without the power to hang us.

Peers put a keyword of the data set into `re.search` unescaped: `f(x` stops their program, `a.b`
also finds `aXb`. The keyword comes from the data set, not from the model, but a user's own file can
hold anything, so what could need more than about linear time is refused.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

MAX_PATTERN = 1_000
# One unbounded repeat makes a search quadratic at worst: 20,000 characters stay below a second.
MAX_TEXT_WITH_REPEAT = 20_000


class Undecided(Exception):
    """There is no upstream verdict here; the text says why."""


def search(pattern: str, text: str, flags: int = re.IGNORECASE) -> bool:
    """Whether the pattern is found, as `re.search` has it.

    Raises `Undecided` where upstream stops with an error or the search cannot be bounded.
    """
    return _ready(pattern, text, flags).search(text) is not None


def count(pattern: str, text: str, flags: int = re.IGNORECASE) -> int:
    """The number of matches that do not overlap, as `len(re.findall(...))` has it."""
    return sum(1 for _ in matches(pattern, text, flags))


def matches(pattern: str, text: str, flags: int = re.IGNORECASE) -> Iterator[re.Match[str]]:
    """Matches that do not overlap, from left to right."""
    return _ready(pattern, text, flags).finditer(text)


@functools.lru_cache(maxsize=1024)
def _compiled(pattern: str, flags: int) -> re.Pattern[str]:
    try:
        return re.compile(pattern, flags)
    except (re.error, OverflowError, RecursionError) as error:
        raise Undecided(f"upstream stops: {pattern!r} is no regular expression ({error})") from None


def _ready(pattern: str, text: str, flags: int) -> re.Pattern[str]:
    compiled = _compiled(pattern, flags)
    repeats = _repeats(pattern)
    if len(pattern) > MAX_PATTERN or repeats > 1 or pattern.count("|") > 50:
        raise Undecided(f"the time of the regular expression {pattern[:60]!r} has no bound")
    if repeats and len(text) > MAX_TEXT_WITH_REPEAT:
        raise Undecided(f"the text is too long for the regular expression {pattern[:60]!r}")
    return compiled


@functools.lru_cache(maxsize=1024)
def _repeats(pattern: str) -> int:
    """How many repeats the pattern may hold, counted high: a literal in a class counts too.

    Harmless ones that peers wrap around a keyword (`\\s?` and `\\d+`) are not counted.
    """
    bare = re.sub(r"\\.", "", pattern.replace(r"\s?", "").replace(r"\d+", ""), flags=re.DOTALL)
    return sum(bare.count(sign) for sign in "*+{?") + len(re.findall(r"\\[1-9]|\(\?P=", pattern))
