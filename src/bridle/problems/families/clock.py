"""clock: the time of day after several durations."""

from __future__ import annotations

import random

from bridle.problems.family import Family, Written, register, say

_OPEN = ["A clock shows {time}.", "It is {time}.", "A journey begins at {time}."]
_ON = [
    "{h} hours and {m} minutes pass.",
    "Then it takes {h} hours and {m} minutes.",
    "After that, {h} h {m} min go by.",
]
_ASK = [
    "What time is it then, on a 24-hour clock (HH:MM)?",
    "Which time does a 24-hour clock show (HH:MM)?",
]
DAY = 24 * 60


@register
class Clock(Family):
    """Steps: durations added to the time of day."""

    name = "clock"
    meaning = "Time of day after several durations, on a 24-hour clock."

    def write(self, rng: random.Random, steps: int, language: str) -> Written:
        start = now = rng.randrange(DAY)
        told, spans = [say(rng, _OPEN, time=_shown(start))], []
        for _ in range(steps):
            h, m = rng.randint(2, 19), rng.randint(2, 59)
            spans.append([h, m])
            now = (now + 60 * h + m) % DAY
            told.append(say(rng, _ON, h=h, m=m))
        told.append(say(rng, _ASK))
        return Written(" ".join(told), _shown(now), {"start": _shown(start), "spans": spans})


def _shown(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
