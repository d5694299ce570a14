"""weekdays: dates: the day of the week after several moves through the calendar."""

from __future__ import annotations

import random
from datetime import date, timedelta

from bridle.problems.family import Family, Written, register, say

_OPEN = ["It is {day}.", "A calendar shows {day}.", "The story begins on {day}."]
_ON = ["{n} {unit} go by.", "Then {n} {unit} pass.", "One goes {n} {unit} on."]
_BACK = ["One goes back {n} {unit}.", "Then {n} {unit} are turned back."]
_ASK = ["Which day of the week is it then?", "What day of the week does one arrive at?"]
_DAYS = {"days": 1, "weeks": 7}
_NAMED = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
)  # fmt: skip
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


@register
class Weekdays(Family):
    """Steps: moves forward or back by days or weeks."""

    name = "weekdays"
    meaning = "Dates: the day of the week after moves through the calendar."

    def write(self, rng: random.Random, steps: int, language: str) -> Written:
        start = date(2000, 1, 1) + timedelta(rng.randrange(20_000))
        said = f"{_NAMED[start.weekday()]}, {start.day} {_MONTHS[start.month - 1]} {start.year}"
        told, moves, now = [say(rng, _OPEN, day=said)], [], start
        for _ in range(steps):
            unit = "days" if rng.random() < 0.75 else "weeks"
            n = rng.randint(8, 200) if unit == "days" else rng.randint(2, 30)
            sign = rng.choice((1, 1, -1))
            moves.append([sign * n, unit])
            now += timedelta(sign * n * _DAYS[unit])
            told.append(say(rng, _ON if sign > 0 else _BACK, n=n, unit=unit))
        told.append(say(rng, _ASK))
        facts = {"start": start.isoformat(), "moves": moves}
        return Written(" ".join(told), _NAMED[now.weekday()], facts)
