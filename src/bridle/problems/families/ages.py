"""ages: each person's age follows from another's."""

from __future__ import annotations

import itertools
import random

from bridle.problems.family import Family, Written, register, say

_NAMES = "Ada Ben Cleo Dan Eva Finn Gina Hugo Iris Jack".split()  # noqa: SIM905
_FIRST = ["{a} is {n} years old.", "This year {a} turns {n}.", "{a}'s age is {n}."]
_TIMES = ["{b} is {k} times as old as {a}.", "{a}'s age times {k} is the age of {b}."]
_OLDER = ["{b} is {k} years older than {a}.", "{a} is {k} years younger than {b}."]
_YOUNGER = ["{b} is {k} years younger than {a}.", "{a} is {k} years older than {b}."]
_ASK = ["How old is {z}?", "What is {z}'s age?"]


@register
class Ages(Family):
    """Steps: relations between the known age and the one asked for, told in any order."""

    name = "ages"
    meaning = "Ages that follow from one another, told out of order."

    def write(self, rng: random.Random, steps: int, language: str) -> Written:
        names = rng.sample(_NAMES, steps + 1)
        age = first = rng.randint(4, 20)
        relations: list[list[object]] = []
        told: list[str] = []
        for a, b in itertools.pairwise(names):
            kind = rng.choice(("times", "older", "younger"))
            if (kind == "times" and age > 24) or (kind == "younger" and age < 9):
                kind = "older" if age < 60 else "younger"
            k = (
                rng.randint(2, 3)
                if kind == "times"
                else rng.randint(2, 15 if kind == "older" else min(age - 3, 15))
            )
            age = {"times": age * k, "older": age + k, "younger": age - k}[kind]
            relations.append([a, b, kind, k])
            ways = {"times": _TIMES, "older": _OLDER, "younger": _YOUNGER}[kind]
            told.append(say(rng, ways, a=a, b=b, k=k))
        rng.shuffle(told)
        told.insert(rng.randrange(len(told) + 1), say(rng, _FIRST, a=names[0], n=first))
        told.append(say(rng, _ASK, z=names[-1]))
        facts = {"known": [names[0], first], "relations": relations, "asked": names[-1]}
        return Written(" ".join(told), str(age), facts)
