"""draws: probability: coloured balls drawn one after the other without putting them back."""

from __future__ import annotations

import random
from fractions import Fraction

from bridle.problems.family import Family, Written, register, say

_COLOURS = ("red", "blue", "green", "white")
_OPEN = ["An urn holds {balls}.", "In a bag there are {balls}.", "A box contains {balls}."]
_DRAW = [
    "{n} are drawn one after the other, and none is put back.",
    "One takes {n} out, one by one, without putting any back.",
]
_ASK = [
    "What is the probability that their colours are {order}, in this order? Answer with a fraction.",
    "How likely is it, as a fraction, to draw {order} in this order?",
]


@register
class Draws(Family):
    """Steps: balls drawn."""

    name = "draws"
    meaning = "Probability: an order of colours drawn without putting back."

    def write(self, rng: random.Random, steps: int, language: str) -> Written:
        colours = rng.sample(_COLOURS, 2 if steps < 3 else 3)
        order = [rng.choice(colours) for _ in range(steps)]
        balls = {c: order.count(c) + rng.randint(1, 4) for c in colours}
        left, chance = dict(balls), Fraction(1)
        for colour in order:
            chance *= Fraction(left[colour], sum(left.values()))
            left[colour] -= 1
        listed = [f"{n} {c} ball{'s' if n > 1 else ''}" for c, n in balls.items()]
        told = [say(rng, _OPEN, balls=f"{', '.join(listed[:-1])} and {listed[-1]}")]
        if steps == 1:
            told.append(
                f"One ball is drawn. What is the probability that it is {order[0]}? Answer with a fraction."
            )
        else:
            told.append(say(rng, _DRAW, n=steps))
            told.append(say(rng, _ASK, order=", ".join(order)))
        return Written(" ".join(told), str(chance), {"balls": balls, "order": order})
