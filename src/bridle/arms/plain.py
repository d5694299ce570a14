"""The plain arm: the item's prompt as one user turn, nothing added."""

from __future__ import annotations

from bridle.arms.base import Arm, Message, register
from bridle.benchmarks.item import Condition, Item


def _ask(item: Item, condition: Condition) -> list[Message]:
    return [{"role": "user", "content": item.prompt_for(condition)}]


PLAIN = register(Arm("plain", "The item's prompt as one user turn; nothing is added.", _ask))
