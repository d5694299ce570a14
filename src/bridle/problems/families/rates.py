"""rates: distances driven in legs of so many hours at such a speed."""

from __future__ import annotations

import random

from bridle.problems.family import LANGUAGES, Family, Written, phrases, register, say


@register
class Rates(Family):
    """Steps: a multiplication for each leg, an addition between legs, at even steps a difference."""

    name = "rates"
    meaning = "Distance from speeds and times over several legs."
    languages = LANGUAGES

    def write(self, rng: random.Random, steps: int, language: str) -> Written:
        ways = phrases(language)["rates"]
        vehicle = ways["vehicles"][rng.randrange(len(ways["vehicles"]))]
        legs = [(rng.randint(2, 9), rng.randrange(20, 125, 5)) for _ in range((steps + 1) // 2)]
        total = sum(hours * speed for hours, speed in legs)
        told = [say(rng, ways["first"], vehicle=vehicle, hours=legs[0][0], speed=legs[0][1])]
        told += [say(rng, ways["next"], hours=hours, speed=speed) for hours, speed in legs[1:]]
        less = rng.randrange(5, total, 5) if steps % 2 == 0 else 0
        ask = say(rng, ways["further"], less=less) if less else say(rng, ways["total"])
        return Written(
            " ".join([*told, ask]),
            str(total - less),
            {"legs": [list(x) for x in legs], "less": less},
        )
