"""reminder: the constraints once more at the end of the prompt, with its two controls.

The controls stand at the same place: a text of about as many tokens that asks for nothing, and the
question once more. What a reminder does beyond them is what its content does.
"""

from __future__ import annotations

from dataclasses import dataclass

from bridle.arms.base import OneTurn, register
from bridle.arms.wording import Repeats
from bridle.benchmarks.item import Ask, Condition
from bridle.calls import Message, Request, user


@dataclass(frozen=True)
class AtTheEnd(Repeats):
    """A last paragraph of the prompt; where nothing was demanded there is none."""

    lead = "Remember: "

    def drawn(
        self, before: tuple[Message, ...], ask: Ask, condition: Condition, number: int
    ) -> OneTurn:
        prompt = ask.prompt_for(condition)
        if condition == "with" and ask.constraints:
            prompt = f"{prompt}\n\n{self.said(ask)}"
        return (yield Request(messages=(*before, user(prompt)), turn=number))


@register
@dataclass(frozen=True)
class Reminder(AtTheEnd):
    name = "reminder"
    meaning = "The constraints are said once more at the end of the prompt."
    control = "reminder_neutral"
    check = "tokens in, beside those of its control"
    content = "rules"


@register
@dataclass(frozen=True)
class ReminderNeutral(AtTheEnd):
    name = "reminder_neutral"
    meaning = "A text as long as the reminder at its place, which asks for nothing."
    control = "plain"
    check = "tokens in, beside those of the reminder"
    content = "neutral"


@register
@dataclass(frozen=True)
class QuestionAgain(AtTheEnd):
    name = "question_again"
    meaning = "The question, and not the constraints, is said once more at the end of the prompt."
    control = "reminder_neutral"
    check = "tokens in, beside those of its control"
    content = "question"
