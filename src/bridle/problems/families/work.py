"""work: people or machines that work together, each with its own rate."""

from __future__ import annotations

import random

from bridle.problems.family import Family, Written, register, say

_OPEN = [
    "A workshop folds boxes.",
    "A team packs parcels.",
    "Several machines print badges.",
    "Volunteers stuff envelopes.",
]
_MEMBER = [
    "{who} makes {each} in {minutes} minutes.",
    "In {minutes} minutes {who} makes {each} of them.",
    "{who} needs {minutes} minutes to make {each}.",
]
_ASK = [
    "All of them work for {hours} hours. How many do they finish together?",
    "How many are done after {hours} hours if all of them work at the same time?",
]
_WHO = ["Ada", "Bo", "Cleo", "Dev", "Enzo", "Fay", "Gus", "Hana", "Ines", "Jon"]


@register
class Work(Family):
    """Steps: workers whose rates are found and added."""

    name = "work"
    meaning = "Work done together by several workers, each at a rate of their own."

    def write(self, rng: random.Random, steps: int, language: str) -> Written:
        hours = rng.randint(2, 9)
        workers = [
            (rng.choice((5, 6, 10, 12, 15, 20, 30)), rng.randint(2, 19)) for _ in range(steps)
        ]
        names = rng.sample(_WHO, steps)
        told = [say(rng, _OPEN)]
        told += [
            say(rng, _MEMBER, who=who, minutes=minutes, each=each)
            for who, (minutes, each) in zip(names, workers, strict=True)
        ]
        total = sum(each * (60 // minutes) * hours for minutes, each in workers)
        told.append(say(rng, _ASK, hours=hours))
        return Written(
            " ".join(told), str(total), {"hours": hours, "workers": [list(w) for w in workers]}
        )
