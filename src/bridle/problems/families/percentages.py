"""percentages: a price that rises and falls by percentages, one after the other."""

from __future__ import annotations

import random

from bridle.problems.family import LANGUAGES, Family, Written, phrases, register, say

_CHANGES = (10, 20, 25, 30, 40, 50, 60, 75)
_LARGEST = 100_000


@register
class Percentages(Family):
    """Steps: changes by a percentage; every price on the way is a whole number."""

    name = "percentages"
    meaning = "A price after several rises and cuts by a percentage."
    languages = LANGUAGES

    def write(self, rng: random.Random, steps: int, language: str) -> Written:
        ways = phrases(language)["percentages"]
        start, changes, price = _prices(rng, steps)
        thing = ways["things"][rng.randrange(len(ways["things"]))]
        told = [say(rng, ways["first"], thing=thing, price=start)]
        for change in changes:
            told.append(say(rng, ways["up" if change > 0 else "down"], percent=abs(change)))
        told.append(say(rng, ways["ask"]))
        return Written(" ".join(told), str(price), {"start": start, "changes": changes})


def _prices(rng: random.Random, steps: int) -> tuple[int, list[int], int]:
    """A first price, the changes, the last price."""
    while True:
        start = price = rng.randrange(100, 2001, 20)
        changes: list[int] = []
        while len(changes) < steps:
            fit = [
                sign * change
                for change in _CHANGES
                for sign in (1, -1)
                if price * change % 100 == 0
                and 20 <= price * (100 + sign * change) // 100 <= _LARGEST
            ]
            if not fit:
                break
            changes.append(rng.choice(fit))
            price = price * (100 + changes[-1]) // 100
        else:
            return start, changes, price
