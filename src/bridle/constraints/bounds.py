"""Proofs by numbers: what takes at least so much of one thing, and what allows less of it.

    unmet(get("unique_words", at_least=50), get("words", at_most=40))
    -> "at least 50 different words take at least 50 words; at most 40 words are allowed."

All counts are of prose (masked maths), and these hold in every text: each sentence has a word and
each word stands in one sentence and one paragraph; each list item and each paragraph has a line of
its own; different words, words in capitals and paragraphs between `***` are no more than the words,
words and lines no more than the characters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import permutations

from bridle.constraints.base import Constraint
from bridle.constraints.counting import Counted

# A thing counted, and what of others each of it takes at least one of (or so many).
_TAKES: dict[str, dict[str, int]] = {
    "unique_words": {"words": 1},
    "capital_words": {"words": 1},
    "sentences": {"words": 1},
    "words": {"characters": 1},
    "paragraphs": {"lines": 1},
    "bullets": {"lines": 1},
    "lines": {"characters": 1},
    "highlights": {"characters": 3},
}
_COUNTED = {*_TAKES, "characters"}

_Least = Callable[[Constraint], dict[str, int]]


def _field(rule: Constraint, name: str) -> int:
    return int(getattr(rule, name))


# What obeying texts have at least, of types that count something else or nothing.
_LEAST: dict[str, _Least] = {
    "growing_sentences": lambda rule: {"sentences": 2, "words": 2 + _field(rule, "by")},
    "growing_alliteration": lambda _: {"sentences": 2, "words": 3},
    "chained_sentences": lambda _: {"sentences": 2},
    "equal_sentences": lambda rule: {"sentences": _field(rule, "sentences")},
    "keyword_in_sentence": lambda rule: {"sentences": _field(rule, "sentence")},
    "keyword_at": lambda rule: {
        "sentences": _field(rule, "sentence"),
        "words": _field(rule, "sentence") - 1 + _field(rule, "word"),
    },
    "paragraph_start": lambda rule: {"paragraphs": _field(rule, "paragraphs")},
    "sections": lambda rule: {"lines": _field(rule, "number"), "words": _field(rule, "number")},
    "every_nth_script": lambda rule: {"words": _field(rule, "every")},
    "sub_bullets": lambda _: {"lines": 2},
    "indentation_stairs": lambda _: {"lines": 2},
    "table": lambda _: {"lines": 2},
}
_PARTS = {"words_per_sentence": "sentences", "words_per_paragraph": "paragraphs"}


def least(rule: Constraint) -> dict[str, int]:
    """How many words, sentences, lines, … every text has at least that obeys the rule."""
    if rule.maths != "masked":
        return {}
    found: dict[str, int] = {}
    if isinstance(rule, Counted):
        thing = _thing(rule)
        if thing:
            found[thing] = rule.bounds()[0]
        elif rule.name in _PARTS:  # there is one part at least
            found["words"] = rule.bounds()[0]
    elif rule.name in _LEAST:
        found = _LEAST[rule.name](rule)
    for _ in _TAKES:  # as long as the longest chain
        for thing, takes in _TAKES.items():
            for other, times in takes.items():
                found[other] = max(found.get(other, 0), times * found.get(thing, 0))
    return found


def most(rule: Constraint) -> dict[str, int]:
    """How many every text has at most that obeys the rule, where that can be said."""
    if rule.maths != "masked":
        return {}
    if rule.name == "equal_sentences":
        return {"sentences": _field(rule, "sentences")}
    thing = _thing(rule)
    high = rule.bounds()[1] if thing and isinstance(rule, Counted) else None
    return {thing: high} if thing and high is not None else {}


def _thing(rule: Constraint) -> str | None:
    """What the rule counts, among the things compared here."""
    if rule.name not in _COUNTED or getattr(rule, "separator", "blank") != "blank":
        return None
    return rule.name


def unmet(a: Constraint, b: Constraint) -> str | None:
    """Why no text has as much as `a` takes where `b` allows no more, or None."""
    needs = least(a)
    for thing, high in most(b).items():
        if needs.get(thing, 0) > high:
            shown = thing.replace("_", " ")
            said = f"{_said(a)} need {needs[thing]} {shown} or more"
            return f"{said[0].upper()}{said[1:]}; {_said(b)} leave no room for that."
    return None


def unmet_by_three(
    rules: Sequence[Constraint],
) -> Iterator[tuple[tuple[Constraint, Constraint, Constraint], str]]:
    """Three rules of which one bounds the words of each part, one the parts, and one the words."""
    for per in rules:
        part = _PARTS.get(per.name)
        if part is None or per.maths != "masked" or not isinstance(per, Counted):
            continue
        low, high = per.bounds()
        for parts, words in permutations([r for r in rules if r is not per], 2):
            number, room = most(parts).get(part), least(words).get("words", 0)
            if high is not None and number is not None and number * high < room:
                why = f"{number} {part} of {high} words are {number * high}; {_said(words)}."
                yield (per, parts, words), why
            number, room = least(parts).get(part, 0), most(words).get("words")
            if room is not None and number * low > room:
                why = f"{number} {part} of {low} words are {number * low}; {_said(words)}."
                yield (per, parts, words), why


def _said(rule: Constraint) -> str:
    return rule.amount() if isinstance(rule, Counted) else rule.name
