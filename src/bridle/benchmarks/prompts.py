"""How our own items word a prompt: the question, the answer format, the constraints.

ask("What is 2+2?", ["Use no comma."])
-> "What is 2+2?\nPut your final answer within \\boxed{}.\nUse no comma."
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

Place = Literal["after", "before"]

ANSWER_FORMAT = "Put your final answer within \\boxed{}."


def ask(question: str, descriptions: Sequence[str], *, place: Place = "after") -> str:
    """The user's turn: one block a line; no constraints, no constraint line."""
    rules = [" ".join(descriptions)] if descriptions else []
    blocks = [question, ANSWER_FORMAT]
    return "\n".join(rules + blocks if place == "before" else blocks + rules)
