"""stories: word problems about people and things, told as a chain of moves (`stories.py`)."""

from __future__ import annotations

import random

from bridle.problems.family import Family, Written, register
from bridle.problems.generated import tell


@register
class Stories(Family):
    """Steps: operations on the number that the story is about; what the embedded model learnt."""

    name = "stories"
    meaning = "Word problems about people and things, one operation a step."

    def write(self, rng: random.Random, steps: int, language: str) -> Written:
        question, chain, value = tell(rng, steps)
        return Written(question, str(value), {"equations": [step.equation for step in chain]})
