"""effort_low, effort_medium, effort_high and thinking_off: how much the model is told to think."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from bridle.arms.base import Arm, OneTurn, register
from bridle.calls import Message, Piece, Request
from bridle.errors import BridleError

WAYS = ("effort", "template", "ids")
EMPTY_THOUGHT = "<think>\n\n</think>\n\n"


@dataclass(frozen=True)
class Effort(Arm):
    """The provider's `reasoning_effort`; a model that knows none thinks as before, which the ratio
    of tokens thought shows."""

    level: ClassVar[str] = ""
    control = "plain"
    check = "tokens thought beside plain: under 1.2 times as many or as few, it had no effect"

    def turn(self, messages: tuple[Message, ...], number: int) -> OneTurn:
        settings = {"reasoning_effort": self.level}
        return (yield Request(messages=messages, settings=settings, turn=number))


@register
@dataclass(frozen=True)
class EffortLow(Effort):
    name = "effort_low"
    meaning = "The model is told to think little (reasoning_effort low)."
    level = "low"


@register
@dataclass(frozen=True)
class EffortMedium(Effort):
    name = "effort_medium"
    meaning = "The model is told to think a middling amount (reasoning_effort medium)."
    level = "medium"


@register
@dataclass(frozen=True)
class EffortHigh(Effort):
    name = "effort_high"
    meaning = "The model is told to think much (reasoning_effort high)."
    level = "high"


@register
@dataclass(frozen=True)
class ThinkingOff(Arm):
    """`by` says how: "effort" (reasoning_effort none, which Inspect translates for each provider),
    "template" (enable_thinking=false for the server's chat template: vLLM, SGLang), or "ids" (an empty
    thought at the level of tokens: R1 and others without a switch)."""

    name = "thinking_off"
    meaning = "The model answers without thinking."
    control = "plain"
    check = "tokens thought: none, else the arm failed"

    by: str = "effort"

    def __post_init__(self) -> None:
        if self.by not in WAYS:
            raise BridleError(
                f"Thinking cannot be turned off by {self.by!r}.",
                expected=f"one of: {', '.join(WAYS)}",
                hint="--arm thinking_off:by=template",
            )
        if self.by == "ids":
            object.__setattr__(self, "needs", frozenset({"raw"}))

    def turn(self, messages: tuple[Message, ...], number: int) -> OneTurn:
        if self.by == "ids":
            own = (Piece(EMPTY_THOUGHT, "arm"),)
            return (yield Request(messages=messages, own=own, level="raw", turn=number))
        settings: dict[str, Any] = {"reasoning_effort": "none"}
        if self.by == "template":
            settings = {"extra_body": {"chat_template_kwargs": {"enable_thinking": False}}}
        return (yield Request(messages=messages, settings=settings, turn=number))
