"""remainders: number theory in steps: multiply, add, square, and keep the remainder."""

from __future__ import annotations

import random

from bridle.problems.family import LANGUAGES, Family, Written, phrases, register, say


@register
class Remainders(Family):
    """Steps: operations on a number of which only the remainder is kept."""

    name = "remainders"
    meaning = "Number theory: a chain of operations modulo a number."
    languages = LANGUAGES

    def write(self, rng: random.Random, steps: int, language: str) -> Written:
        ways = phrases(language)["remainders"]
        modulus = rng.choice((11, 13, 17, 19, 23, 29, 31, 37))
        value = start = rng.randint(5, 60)
        operations: list[list[object]] = []
        told = [say(rng, ways["first"], start=start, modulus=modulus)]
        for _ in range(steps):
            kind = rng.choice(("times", "plus", "square"))
            by = rng.randint(3, 40)
            operations.append([kind, by])
            value = {"times": value * by, "plus": value + by, "square": value * value}[
                kind
            ] % modulus
            told.append(say(rng, ways[kind], by=by))
        told.append(say(rng, ways["ask"]))
        return Written(
            " ".join(told),
            str(value),
            {"start": start, "modulus": modulus, "operations": operations},
        )
