"""Where in a prompt its constraints are stated.

stated("2+2?\\nUse no comma.", [("no_comma", "{}")])  -> [Mark(5, 18, 0)]

An instruction is found by one of its type's own phrasings; else (another project's wording) it is the
sentence that shares most of the words of a phrasing, if it shares enough of them; else what the prompt has
and the bare prompt lacks. What none of these finds stays unmarked.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from bridle.constraints.base import Constraint
from bridle.constraints.registry import make
from bridle.errors import BridleError
from bridle.report.untrusted import Mark

ENOUGH = 0.5  # of the words of a phrasing; chosen on IFEval's 541 prompts, whose wordings are others' own
MOST_SEARCHED = 20_000  # characters of a prompt that are looked through sentence by sentence
# A point ends a sentence before a blank, but not in "i.e." and "e.g."
_SENTENCE = re.compile(r"(?:[^\n.!?]|[.!?](?=[^\s.!?])|(?<=\bi\.e)\.|(?<=\be\.g)\.)+[.!?]*")
_ENDING = re.compile(r"(?:ation|ized?|ed|ing|es|s|e)$")
_WORD = re.compile(r"[^\W_]+")
_COUNT = "one two three four five six seven eight nine ten eleven twelve"
_NUMBERS = {word: str(n) for n, word in enumerate(_COUNT.split(), 1)}
# Words of any instruction: sharing them says nothing.
_COMMON = """
a all an and answer any appear are as at be before by do end entire every exactly follow for from give has have
in include including into is it its least less make more must no not of on only or output please put repeat reply
response should such than that the their them there this to use using with within word write you your
"""
_IGNORED = frozenset(_COMMON.split())


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
    if not unseen:
        return marks
    first, last = (0, min(len(prompt), MOST_SEARCHED)) if bare is None else _added(prompt, bare)
    sentences = [
        (start, end, _words(prompt[start:end]))
        for start, end in _sentences(prompt, first, min(last, first + MOST_SEARCHED))
    ]
    for number in list(unseen):
        likeliest = _likeliest(constraints[number], sentences)
        if likeliest is not None:
            marks.append(Mark(*likeliest, number))
            unseen.remove(number)
    if unseen and bare is not None:
        taken = [(mark.start, mark.end) for mark in marks]
        for start, end in _outside(first, last, taken):
            if prompt[start:end].strip():
                marks += [Mark(start, end, number) for number in unseen]
    return marks


@lru_cache(maxsize=4_096)
def phrasings(name: str, params: str) -> tuple[str, ...]:
    """Every wording of an instruction; none where its type is not known here."""
    rule = _rule(name, params)
    return () if rule is None else tuple(map(rule.describe, range(len(rule.phrasings()))))


@lru_cache(maxsize=4_096)
def _phrased(name: str, params: str) -> tuple[frozenset[str], ...]:
    """The words of each phrasing, without the sentence on thinking that `describe` may add."""
    rule = _rule(name, params)
    return () if rule is None else tuple(filter(None, map(_words, rule.phrasings())))


def _rule(name: str, params: str) -> Constraint | None:
    try:
        given = json.loads(params)
        return make(name, given if isinstance(given, dict) else {})
    except (BridleError, TypeError, ValueError):
        return None


def _likeliest(
    constraint: tuple[str, str], sentences: Sequence[tuple[int, int, frozenset[str]]]
) -> tuple[int, int] | None:
    """The sentence that shares the largest part of a phrasing's words; None if no half of any."""
    best, found = ENOUGH, None
    for words in _phrased(*constraint):
        for start, end, there in sentences:
            share = len(words & there) / len(words)
            if share > best or (share == best and found is None):
                best, found = share, (start, end)
    return found


def _words(text: str) -> frozenset[str]:
    """The words that carry meaning, without the endings that grammar adds."""
    found: set[str] = set()
    for word in _WORD.findall(text.casefold()):
        if word not in _IGNORED:
            kept: str = _NUMBERS.get(word) or word
            found.add(_ENDING.sub("", kept) if len(kept) > 3 else kept)
    return frozenset(found)


def _sentences(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    for match in _SENTENCE.finditer(text, first, last):
        lead = len(match[0]) - len(match[0].lstrip())
        yield match.start() + lead, match.end()


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
