"""rankings: a logic grid: who finished where, from clues that leave one order."""

from __future__ import annotations

import itertools
import random

from bridle.problems.family import Family, Written, register, say

_NAMES = "Ada Ben Cleo Dan Eva Finn Gina Hugo".split()  # noqa: SIM905
_PLACES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh")
_OPEN = [
    "{n} runners finish a race, no two at the same time. In alphabetical order they are {names}.",
    "A race of {n} has no ties. The runners, by the alphabet: {names}.",
]
_WAYS = {
    "place": ["{a} is {place}.", "{a} comes in {place}."],
    "next": ["{b} comes right after {a}.", "{a} finishes directly before {b}."],
    "before": ["{a} is faster than {b}.", "{b} finishes some time after {a}."],
    "apart": [
        "Exactly one runner comes between {a} and {b}.",
        "{a} and {b} have exactly one runner between them.",
    ],
}
_ASK = ["Who is {place}?", "Who comes in {place}?"]

Clue = tuple[str, str, str, int]  # kind, a, b, place


@register
class Rankings(Family):
    """Steps: the number of runners grows, and every other step leaves no place told outright."""

    name = "rankings"
    meaning = "Logic: an order of runners that clues leave as the only one."

    def write(self, rng: random.Random, steps: int, language: str) -> Written:
        names: list[str] = rng.sample(_NAMES, 3 + steps // 2)
        clues = _clues(rng, names, direct=steps % 2 == 1)
        asked = rng.randrange(len(names))
        told = [say(rng, _OPEN, n=len(names), names=", ".join(sorted(names)))]
        told += [say(rng, _WAYS[k], a=a, b=b, place=_PLACES[p]) for k, a, b, p in clues]
        told.append(say(rng, _ASK, place=_PLACES[asked]))
        facts = {"names": sorted(names), "clues": [list(c) for c in clues], "asked": asked}
        return Written(" ".join(told), names[asked], facts)


def _clues(rng: random.Random, names: list[str], *, direct: bool) -> list[Clue]:
    """As few clues as a random order of trying leaves, with one order of the names in accord."""
    at = {name: i for i, name in enumerate(names)}
    pool: list[Clue] = [("place", a, "", at[a]) for a in names] if direct else []
    for a, b in itertools.permutations(names, 2):
        if at[b] - at[a] == 1:
            pool.append(("next", a, b, 0))
        if at[b] > at[a]:
            pool.append(("before", a, b, 0))
        if at[b] - at[a] == 2:
            pool.append(("apart", a, b, 0))
    rng.shuffle(pool)
    orders = [dict(zip(p, range(len(p)), strict=True)) for p in itertools.permutations(names)]
    kept: list[Clue] = []
    for clue in pool:
        fewer = [order for order in orders if holds(clue, order)]
        if len(fewer) < len(orders):
            kept, orders = [*kept, clue], fewer
        if len(orders) == 1:
            return kept
    return kept


def holds(clue: Clue, order: dict[str, int]) -> bool:
    """Whether the clue is true of an order (name -> place from 0)."""
    kind, a, b, place = clue
    if kind == "place":
        return order[a] == place
    gap = order[b] - order[a]
    return {"next": gap == 1, "before": gap > 0, "apart": abs(gap) == 2}[kind]
