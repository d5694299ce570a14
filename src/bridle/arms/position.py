"""position: the same words in another place: before the question, after it, or in the system turn."""

from __future__ import annotations

from dataclasses import dataclass

from bridle.arms.base import Arm, OneTurn, register
from bridle.arms.wording import Wording, refuse_one_text, said_apart
from bridle.benchmarks.item import Ask, Condition, Item
from bridle.calls import Message, Request, system, user
from bridle.errors import BridleError

PLACES = ("before", "after", "system")


@register
@dataclass(frozen=True)
class Position(Wording):
    """Only the place differs, never the words. `after` is the plain wording of our own prompts."""

    name = "position"
    meaning = "The constraints stand before the question, after it, or in the system turn."
    control = "plain"
    check = "the prompt that was sent; a system turn that a template merges stands in `sent`"

    where: str = "before"

    def __post_init__(self) -> None:
        if self.where not in PLACES:
            raise BridleError(
                f"The arm 'position' knows no place {self.where!r}.",
                expected=f"one of: {', '.join(PLACES)}",
                hint="--arm position:where=before",
            )

    def drawn(
        self, before: tuple[Message, ...], ask: Ask, condition: Condition, number: int
    ) -> OneTurn:
        rules = said_apart(ask) if condition == "with" else ""
        bare = ask.prompt_for("without" if rules else condition)
        if not rules:
            messages = (*before, user(bare))
        elif self.where == "system":
            messages = (*_told(before, rules), user(bare))
        else:
            order = (rules, bare) if self.where == "before" else (bare, rules)
            messages = (*before, user("\n".join(order)))
        return (yield Request(messages=messages, turn=number))

    def rows(self, item: Item) -> tuple[tuple[int, str], ...]:
        refuse_one_text(self, item)
        return Arm.rows(self, item)


def _told(before: tuple[Message, ...], rules: str) -> tuple[Message, ...]:
    """The conversation with the rules at the end of its system turn, one being made if need be."""
    if before and before[0]["role"] == "system":
        return (system(f"{before[0]['content']}\n\n{rules}"), *before[1:])
    return (system(rules), *before)
