"""Where in a prompt its constraints are stated.

stated("2+2?\\nUse no comma.", [("no_comma", "{}")], "2+2?")  -> [Mark(5, 18, 0)]

An instruction is found by one of its type's own phrasings. What no phrasing matches (another project's
wording, a rewritten prompt) is what the prompt has and the bare prompt lacks; without a bare prompt it
stays unmarked.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache

from bridle.constraints.registry import make
from bridle.errors import BridleError
from bridle.report.untrusted import Mark


def stated(
    prompt: str, constraints: Sequence[tuple[str, str]], bare: str | None = None
) -> list[Mark]:
    """The spans of the constraints, each given as (type, its parameters as JSON)."""
    marks: list[Mark] = []
    unseen: list[int] = []
    for number, (name, params) in enumerate(constraints):
        places = [(prompt.find(said), len(said)) for said in phrasings(name, params)]
        found = max((place for place in places if place[0] >= 0), key=lambda p: p[1], default=None)
        if found is None:
            unseen.append(number)
        else:
            marks.append(Mark(found[0], found[0] + found[1], number))
    if unseen and bare is not None:
        taken = [(mark.start, mark.end) for mark in marks]
        for start, end in _outside(*_added(prompt, bare), taken):
            if prompt[start:end].strip():
                marks += [Mark(start, end, number) for number in unseen]
    return marks


@lru_cache(maxsize=4_096)
def phrasings(name: str, params: str) -> tuple[str, ...]:
    """Every wording of an instruction; none where its type is not known here."""
    try:
        given = json.loads(params)
        rule = make(name, given if isinstance(given, dict) else {})
        return tuple(rule.describe(i) for i in range(len(rule.phrasings())))
    except (BridleError, TypeError, ValueError):
        return ()


def _added(prompt: str, bare: str) -> tuple[int, int]:
    """The stretch of the prompt between the longest prefix and suffix that it shares with `bare`."""
    most = min(len(prompt), len(bare))
    start = 0
    while start < most and prompt[start] == bare[start]:
        start += 1
    end = 0
    while end < most - start and prompt[-1 - end] == bare[-1 - end]:
        end += 1
    return start, len(prompt) - end


def _outside(start: int, end: int, taken: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """What is left of a stretch without the spans that are taken."""
    left: list[tuple[int, int]] = []
    for first, last in sorted(taken):
        if first > start:
            left.append((start, min(first, end)))
        start = max(start, last)
    left.append((start, end))
    return [(a, b) for a, b in left if a < b]
