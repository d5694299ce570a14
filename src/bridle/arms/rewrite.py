"""rewrite: a further turn asks for the answer again so that it obeys; its control asks for it again.

What a program's reformat of the first answer would have done stands beside it in `bridle why`
("formatting alone"). Both calls are paid for; only the second answer is judged.
"""

from __future__ import annotations

from dataclasses import dataclass

from bridle.arms.base import OneTurn, register
from bridle.arms.wording import Wording, rules_of
from bridle.benchmarks.item import Ask, Condition
from bridle.calls import Message, Request, user

AGAIN = "Write your answer once more, with the same final answer."


@register
@dataclass(frozen=True)
class Rewrite(Wording):
    name = "rewrite"
    meaning = "After its answer the model is asked to write it anew so that it obeys."
    control = "rewrite_neutral"
    check = "two steps, both paid; whether the final answer changed"

    def drawn(
        self, before: tuple[Message, ...], ask: Ask, condition: Condition, number: int
    ) -> OneTurn:
        first = Request(messages=(*before, user(ask.prompt_for(condition))), turn=number)
        draft = yield first
        if condition == "without" or not ask.constraints or draft.finish_reason == "length":
            return draft
        return (yield draft.answered(self.said(ask)))

    def said(self, ask: Ask) -> str:
        return f"{AGAIN} It must obey this: {rules_of(ask)}"


@register
@dataclass(frozen=True)
class RewriteNeutral(Rewrite):
    name = "rewrite_neutral"
    meaning = "After its answer the model is asked to write it once more, and nothing else."
    control = "plain"

    def said(self, ask: Ask) -> str:
        return AGAIN
