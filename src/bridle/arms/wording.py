"""What an arm says of its own: the constraints again, the question again, or nothing that matters.

    rules_of(ask)            -> "Use no commas. Answer with at least 40 words."
    neutral("Use no commas.") -> "Go on now here."   about as many tokens

The words are the prompt's own wherever they can be told from the question, so that two arms differ in
the place alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar, Literal

from bridle.arms.base import Arm, OneTurn, Steps, opening
from bridle.benchmarks.item import Ask, Condition, Item
from bridle.benchmarks.prompts import ANSWER_FORMAT
from bridle.calls import Message, Reply
from bridle.errors import BridleError

# Common words about nothing: neither form nor problem. It begins anew where it is too short.
FILLER = [
    "go",
    "on",
    "from",
    "here",
    "with",
    "the",
    "next",
    "part",
    "of",
    "the",
    "text",
    "as",
    "it",
    "is",
    "and",
    "then",
    "with",
    "the",
    "one",
    "after",
    "that",
    "since",
    "there",
    "is",
    "time",
    "for",
    "all",
    "of",
    "it",
    "and",
    "each",
    "part",
    "has",
    "its",
    "place",
    "in",
    "the",
    "whole",
]
_TOKEN = re.compile(r"[^\W\d_]+|\d|[^\w\s]|_")


def rules_of(ask: Ask) -> str:
    """The constraints in the words of the prompt, or of their descriptions where it has no own part.

    Constraints that an earlier turn stated are in force too: then all are described anew.
    """
    apart = said_apart(ask)
    if apart and len(set(ask.stated)) <= 1:
        return apart
    return " ".join(rule.describe() for rule in ask.constraints)


def said_apart(ask: Ask) -> str:
    """What the prompt says beyond the bare one, before or after it; empty where it is not so made."""
    if not ask.constraints or not ask.bare_prompt:
        return ""
    if ask.prompt.startswith(ask.bare_prompt):
        return ask.prompt[len(ask.bare_prompt) :].strip()
    if ask.prompt.endswith(ask.bare_prompt):
        return ask.prompt[: -len(ask.bare_prompt)].strip()
    return ""


def question_of(ask: Ask) -> str:
    """The question without its constraints and without our line about the form of the answer."""
    text = ask.prompt if ask.bare_prompt is None else ask.bare_prompt
    return text.removesuffix(ANSWER_FORMAT).strip()


def neutral(like: str) -> str:
    """A text that asks for nothing, about as many tokens long as `like`.

    Words, digits and signs are counted, which no tokenizer needs to be known for; how near it came
    stands in `tokens_in` of the records.
    """
    wanted = len(_TOKEN.findall(like))
    words = [FILLER[i % len(FILLER)] for i in range(max(1, wanted - 1))]
    return f"{words[0].capitalize()}{''.join(' ' + word for word in words[1:])}."


@dataclass(frozen=True)
class Wording(Arm):
    """An arm that knows the ask, not only its messages: a subclass gives `drawn`."""

    def steps(self, item: Item, condition: Condition) -> Steps:
        messages = opening(item)
        reply: Reply | None = None
        for number, ask in enumerate(item.asks):
            before = messages if reply is None else reply.history()
            reply = yield from self.drawn(before, ask, condition, number)

    def drawn(
        self, before: tuple[Message, ...], ask: Ask, condition: Condition, number: int
    ) -> OneTurn:
        """The requests of one turn; `before` is the conversation up to it."""
        raise NotImplementedError


class Repeats(Wording):
    """An arm that says something once more, after its `lead`: the rules, the question, or, as their
    control, a text as long as the rules that asks for nothing."""

    lead: ClassVar[str]
    content: ClassVar[Literal["rules", "question", "neutral", "nothing"]] = "nothing"

    def said(self, ask: Ask) -> str:
        if self.content == "nothing":
            return ""
        said = self.lead + (question_of(ask) if self.content == "question" else rules_of(ask))
        return neutral(said) if self.content == "neutral" else said


def refuse_one_text(arm: Arm, item: Item) -> None:
    """Refuse an item whose constraints cannot be told from its question.

    Raises:
        BridleError: always for such an item.
    """
    if any(ask.constraints and not said_apart(ask) for ask in item.asks):
        raise BridleError(
            f"The arm {arm.name!r} cannot move the constraints of {item.benchmark} {item.id}: its "
            "question and its constraints are one text.",
            expected="a benchmark with a prompt without constraints, such as crossed or mathif",
            hint="--arm reminder, which repeats them",
        )
