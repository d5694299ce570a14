"""An arm is one way to draw a response out: it makes the messages that a model gets.

    arms.get("plain").messages(item, "with")
    -> [{"role": "user", "content": "What is 2+2?\\nPut your final answer within ..."}]

An arm that needs more than a chat turn (a cap on the thinking, text placed after it) will say so
here; today there is one, and it needs nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypedDict

from bridle.benchmarks.item import Condition, Item
from bridle.errors import BridleError, nearest


class Message(TypedDict):
    """One turn of a chat."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Arm:
    """A named treatment. `messages` is deterministic: the same item gives the same messages."""

    name: str
    meaning: str  # one sentence, for `bridle list arms`
    messages: Callable[[Item, Condition], list[Message]]


ARMS: dict[str, Arm] = {}


def register(arm: Arm) -> Arm:
    """Make the arm known by its name."""
    ARMS[arm.name] = arm
    return arm


def get(name: str) -> Arm:
    """The arm of that name.

    Raises:
        BridleError: there is none.
    """
    if name in ARMS:
        return ARMS[name]
    near = nearest(name, ARMS)
    raise BridleError(
        f"There is no arm {name!r}.",
        expected=(f"did you mean {near!r}? " if near else "") + f"One of: {', '.join(ARMS)}",
        hint="bridle list arms",
    )
