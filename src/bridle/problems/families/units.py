"""units: amounts in mixed units, added up in the smallest of them."""

from __future__ import annotations

import random

from bridle.problems.family import Family, Written, register, say

# Units of one kind, each as so many of the smallest.
_KINDS: tuple[tuple[str, dict[str, int]], ...] = (
    ("rope", {"metres": 100, "decimetres": 10, "kilometres": 100_000, "centimetres": 1}),
    ("flour", {"kilograms": 1000, "tonnes": 1_000_000, "grams": 1}),
    ("film", {"minutes": 60, "hours": 3600, "days": 86_400, "seconds": 1}),
    ("juice", {"litres": 1000, "centilitres": 10, "millilitres": 1}),
)
_OPEN = ["Amounts of {thing} are added up.", "Somebody adds several amounts of {thing}."]
_ADD = ["{n} {unit} come in.", "Then there are {n} {unit}.", "{n} {unit} are added."]
_ASK = ["How many {unit} is that altogether?", "What is the sum in {unit}?"]
_MORE = [
    "By how many {unit} does the sum exceed {less} {unit}?",
    "{less} {unit} are used up. How many {unit} are left?",
]


@register
class Units(Family):
    """Steps: a conversion for each amount, an addition between them, at even steps a difference."""

    name = "units"
    meaning = "Unit conversion: amounts in mixed units, added in the smallest."

    def write(self, rng: random.Random, steps: int, language: str) -> Written:
        thing, units = rng.choice(_KINDS)
        smallest = min(units, key=lambda unit: units[unit])
        larger = [unit for unit in units if unit != smallest]
        amounts = [(rng.randint(2, 40), rng.choice(larger)) for _ in range((steps + 1) // 2)]
        total = sum(n * units[unit] for n, unit in amounts)
        told = [say(rng, _OPEN, thing=thing)]
        told += [say(rng, _ADD, n=n, unit=unit) for n, unit in amounts]
        less = rng.randint(1, total - 1) if steps % 2 == 0 else 0
        told.append(
            say(rng, _MORE, unit=smallest, less=less) if less else say(rng, _ASK, unit=smallest)
        )
        facts = {"amounts": [list(a) for a in amounts], "into": smallest, "less": less}
        return Written(" ".join(told), str(total - less), facts)
