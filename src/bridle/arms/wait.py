"""wait: the end of the thought is taken back and a word put in its place, so many times.

Its control puts in a neutral word: longer thinking without the doubt that "Wait" expresses.
"""

from __future__ import annotations

from dataclasses import dataclass

from bridle.arms.base import OneTurn, register
from bridle.arms.thoughts import OnThoughts, after, at_its_end
from bridle.benchmarks.item import Ask, Condition
from bridle.calls import Message, user
from bridle.errors import BridleError


@register
@dataclass(frozen=True)
class Wait(OnThoughts):
    name = "wait"
    meaning = "The end of the thought is taken back and 'Wait' put in its place, so many times."
    control = "wait_neutral"
    check = "whether it came so far (steps), and tokens thought, beside close_thinking"

    times: int = 1
    word: str = "Wait"

    def __post_init__(self) -> None:
        super().__post_init__()
        if not isinstance(self.times, int) or self.times < 1:
            raise BridleError(
                f"The arm {self.name!r} cannot wait {self.times!r} times.",
                expected="a whole number, at least 1",
                hint=f"--arm {self.name}:times=2",
            )

    def drawn(
        self, before: tuple[Message, ...], ask: Ask, condition: Condition, number: int
    ) -> OneTurn:
        messages = (*before, user(ask.prompt_for(condition)))
        reply = yield from self.think(messages, number)
        for _ in range(self.times):
            if not at_its_end(reply):
                return reply
            reply = yield reply.continued(
                after(reply, f"\n{self.word}"), stop=(self.convention.close,)
            )
        return (yield from self.answer(reply)) if at_its_end(reply) else reply


@register
@dataclass(frozen=True)
class WaitNeutral(Wait):
    name = "wait_neutral"
    meaning = "The end of the thought is taken back and a neutral word put in its place."
    control = "close_thinking"

    word: str = "Next"
