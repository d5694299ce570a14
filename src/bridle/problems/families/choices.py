"""choices: combinatorics: in how many ways can so many be chosen from each of several groups."""

from __future__ import annotations

import math
import random

from bridle.problems.family import Family, Written, register, say

_GROUPS = "violinists cellists flutists singers drummers dancers actors painters".split()  # noqa: SIM905
_OPEN = [
    "A festival chooses its guests.",
    "A jury puts a programme together.",
    "A school picks a group for a trip.",
]
_GROUP = [
    "There are {n} {group}, of whom {k} are chosen.",
    "Of {n} {group} exactly {k} are taken.",
    "It takes {k} out of {n} {group}.",
]
_ASK = [
    "In how many ways can this be done, if the order does not matter?",
    "How many different selections are there? The order does not matter.",
]


@register
class Choices(Family):
    """Steps: groups to choose from, independently of one another."""

    name = "choices"
    meaning = "Combinatorics: selections from several groups."

    def write(self, rng: random.Random, steps: int, language: str) -> Written:
        groups = rng.sample(_GROUPS, steps)
        small = 9 if steps <= 3 else 6  # the product stays under 10**9
        numbers = [(n := rng.randint(4, small), rng.randint(2, n - 1)) for _ in groups]
        told = [say(rng, _OPEN)]
        told += [
            say(rng, _GROUP, n=n, k=k, group=group)
            for group, (n, k) in zip(groups, numbers, strict=True)
        ]
        told.append(say(rng, _ASK))
        ways = math.prod(math.comb(n, k) for n, k in numbers)
        return Written(" ".join(told), str(ways), {"groups": [list(x) for x in numbers]})
