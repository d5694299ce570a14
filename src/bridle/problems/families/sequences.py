"""sequences: a later term of a sequence given by its first term and a rule."""

from __future__ import annotations

import random

from bridle.problems.family import LANGUAGES, Family, Written, phrases, register, say


@register
class Sequences(Family):
    """Steps: how often the rule is applied."""

    name = "sequences"
    meaning = "A later term of a sequence in which each term follows from the one before."
    languages = LANGUAGES

    def write(self, rng: random.Random, steps: int, language: str) -> Written:
        ways = phrases(language)["sequences"]
        first, factor, add = rng.randint(2, 12), rng.choice((2, 3)), rng.randint(-7, 15) or 4
        if first * factor + add <= first:  # it must not stand still or fall
            add = abs(add)
        term = first
        for _ in range(steps):
            term = term * factor + add
        change = say(rng, ways["plus" if add > 0 else "minus"], add=abs(add))
        question = say(rng, ways["ask"], first=first, factor=factor, change=change, n=steps + 1)
        return Written(
            question, str(term), {"first": first, "factor": factor, "add": add, "n": steps + 1}
        )
