"""cap: at most so many tokens of thought; then the thought is closed and the answer forced.

A capped thought is not a shorter thought: it lacks its end. Whether it was cut stands in the finish
reasons of the record ("length" of the first step), and thinking that goes on after the close shows in
the answer.
"""

from __future__ import annotations

from dataclasses import dataclass

from bridle.arms.base import OneTurn, register
from bridle.arms.thoughts import OnThoughts
from bridle.benchmarks.item import Ask, Condition
from bridle.calls import Message, user
from bridle.errors import BridleError

EARLY = "\nThere is no more time to think. I give my answer now.\n"


@register
@dataclass(frozen=True)
class Cap(OnThoughts):
    name = "cap"
    meaning = "After so many tokens of thought it is closed and the answer is forced."
    check = "the share of thoughts that were cut (finish reasons), and tokens thought"
    instead = ("effort_low", "thinking_off")

    tokens: int = 256

    def __post_init__(self) -> None:
        super().__post_init__()
        if not isinstance(self.tokens, int) or self.tokens < 1:
            raise BridleError(
                f"A thought cannot be capped at {self.tokens!r} tokens.",
                expected="a whole number, at least 1; no thought at all is --arm thinking_off",
                hint="--arm cap:tokens=256",
            )

    def drawn(
        self, before: tuple[Message, ...], ask: Ask, condition: Condition, number: int
    ) -> OneTurn:
        messages = (*before, user(ask.prompt_for(condition)))
        thought = yield from self.think(messages, number, cap=self.tokens)
        if thought.stopped == "" and thought.finish_reason != "length":
            return thought
        cut = thought.finish_reason == "length"
        return (yield from self.answer(thought, EARLY if cut else ""))
