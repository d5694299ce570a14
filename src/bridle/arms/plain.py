"""The plain arm: every ask of the item as one user turn, nothing added."""

from __future__ import annotations

from dataclasses import dataclass

from bridle.arms.base import Arm, register


@register
@dataclass(frozen=True)
class Plain(Arm):
    """What every other arm is set beside."""

    name = "plain"
    meaning = "The item's prompt as one user turn; nothing is added."
