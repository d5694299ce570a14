"""prices: a system of linear equations told as shopping baskets."""

from __future__ import annotations

import itertools
import random

from bridle.problems.family import Family, Written, register, say

_GOODS = "pen cup lamp map kite drum ring bowl cap coat".split()  # noqa: SIM905
_ONE = ["{k} {a} cost {c} dollars.", "For {k} {a} one pays {c} dollars."]
_TWO = [
    "{k} {a} and {m} {b} cost {c} dollars together.",
    "Together, {k} {a} and {m} {b} are {c} dollars.",
    "One pays {c} dollars for {k} {a} and {m} {b}.",
]
_ASK = ["What does one {z} cost, in dollars?", "How many dollars is one {z}?"]


@register
class Prices(Family):
    """Steps: equations, and as many unknown prices, told in any order."""

    name = "prices"
    meaning = "A system of linear equations with as many unknowns as steps."

    def write(self, rng: random.Random, steps: int, language: str) -> Written:
        goods = rng.sample(_GOODS, steps)
        price = {thing: rng.randint(2, 30) for thing in goods}
        k = rng.randint(2, 9)
        equations: list[list[object]] = [[{goods[0]: k}, k * price[goods[0]]]]
        told = [say(rng, _ONE, k=k, a=f"{goods[0]}s", c=k * price[goods[0]])]
        for a, b in itertools.pairwise(goods):
            k, m = rng.randint(2, 6), rng.randint(2, 6)
            cost = k * price[a] + m * price[b]
            equations.append([{a: k, b: m}, cost])
            told.append(say(rng, _TWO, k=k, a=f"{a}s", m=m, b=f"{b}s", c=cost))
        rng.shuffle(told)
        told.append(say(rng, _ASK, z=goods[-1]))
        facts = {"equations": equations, "asked": goods[-1]}
        return Written(" ".join(told), str(price[goods[-1]]), facts)
