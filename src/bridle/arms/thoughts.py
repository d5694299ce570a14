"""Arms that act on the thought itself, at the level of tokens.

    reply = yield from thinking.think(messages, number)     the thought, up to its closing tag
    return (yield from thinking.answer(reply, "\\nWait, …"))   the answer, after an insert

All of them ask the same first request with the same seed, so it is asked once: they continue one
thought (`parent` in the records), and differ in what came after it alone. `close_thinking` inserts
nothing: it is what the others are set beside.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import Any, NamedTuple

from bridle.arms.base import OneTurn, register
from bridle.arms.wording import Repeats
from bridle.benchmarks.item import Ask, Condition
from bridle.calls import Level, Message, Piece, Reply, Request, user
from bridle.errors import BridleError


class Convention(NamedTuple):
    """How a family of models marks its thinking: what opens and closes it, what begins the answer."""

    opening: str
    close: str
    answer: str
    settings: dict[str, Any]


CONVENTIONS = {
    # Qwen3, DeepSeek-R1, GLM-4.5 and their kin
    "think": Convention("<think>\n", "</think>", "</think>\n\n", {}),
    # gpt-oss: channels; their marks are special tokens, which servers leave out unless they are asked
    "harmony": Convention(
        "<|channel|>analysis<|message|>",
        "<|end|>",
        "<|end|><|start|>assistant<|channel|>final<|message|>",
        {"extra_body": {"skip_special_tokens": False}},
    ),
}
SEAMS = ("ids", "template")


@dataclass(frozen=True)
class OnThoughts(Repeats):
    """What arms on the thought share.

    `dialect` is the model's convention. `opened` puts the opening tag there for a model that does not
    think by itself. `seam` "template" goes on through chat: a lesser way, taken only where the
    server's template is seen to render the prefix as it stands.
    """

    needs = frozenset({"raw"})
    control = "close_thinking"
    instead = ("rewrite",)
    lead = "I was also told: "

    dialect: str = "think"
    opened: bool = False
    seam: str = "ids"

    def __post_init__(self) -> None:
        for given, known, factor in (
            (self.dialect, tuple(CONVENTIONS), "dialect"),
            (self.seam, SEAMS, "seam"),
        ):
            if given not in known:
                raise BridleError(
                    f"The arm {self.name!r} knows no {factor} {given!r}.",
                    expected=f"one of: {', '.join(known)}",
                )
        if self.seam == "template":  # of this arm alone, not of its class
            object.__setattr__(self, "needs", frozenset({"prefix"}))

    @property
    def convention(self) -> Convention:
        return CONVENTIONS[self.dialect]

    def think(
        self, messages: tuple[Message, ...], number: int, *, cap: int | None = None
    ) -> Generator[Request, Reply, Reply]:
        """The thought up to its closing tag, which is not in the reply."""
        level: Level = "raw" if self.seam == "ids" else "chat"
        own = (Piece(self.convention.opening, "arm"),) if self.opened else ()
        reply = yield Request(
            messages=messages,
            own=own,
            level=level,
            stop=(self.convention.close,),
            cap=cap,
            settings=self.convention.settings,
            turn=number,
        )
        if reply.reasoning is not None:
            raise BridleError(
                "The server keeps the thought in a field of its own: it cannot be gone on with.",
                expected="the thought as text",
                hint="start the server without a reasoning parser, or use seam=ids",
            )
        return reply

    def answer(self, thought: Reply, insert: str = "") -> Generator[Request, Reply, Reply]:
        """The answer after the thought, what is inserted, and the closing tag."""
        return (yield thought.continued(after(thought, insert) + self.convention.answer))

    def drawn(
        self, before: tuple[Message, ...], ask: Ask, condition: Condition, number: int
    ) -> OneTurn:
        messages = (*before, user(ask.prompt_for(condition)))
        thought = yield from self.think(messages, number)
        if not at_its_end(thought):
            return thought
        return (yield from self.answer(thought, self.insert(ask, condition)))

    def insert(self, ask: Ask, condition: Condition) -> str:
        """What is put at the end of the thought; nothing where nothing was demanded."""
        if condition == "without" or not ask.constraints:
            return ""
        said = self.said(ask)
        return f"\nWait, {said}\n" if said else ""


def after(thought: Reply, insert: str) -> str:
    """The insert on a line of its own, whether or not the thought ended its last one."""
    return insert.removeprefix("\n") if thought.raw.endswith("\n") else insert


def at_its_end(thought: Reply) -> bool:
    """Whether the thought came to its closing tag: it was not cut off, and no answer ended it."""
    return thought.finish_reason != "length" and thought.stopped != ""


@register
@dataclass(frozen=True)
class CloseThinking(OnThoughts):
    name = "close_thinking"
    meaning = "The thought is closed where the model closes it, and nothing is put in."
    control = "plain"
    check = "tokens thought: as many as under plain"


@register
@dataclass(frozen=True)
class RemindThinking(OnThoughts):
    """Table 6 of the paper puts "Wait" and the constraint at the end of the thought."""

    name = "remind_thinking"
    meaning = "The constraints are said once more at the end of the thought."
    control = "neutral_thinking"
    check = "the insert stands once in what was sent, at the end of the thought"
    content = "rules"


@register
@dataclass(frozen=True)
class NeutralThinking(OnThoughts):
    name = "neutral_thinking"
    meaning = "A text as long as that reminder at the end of the thought, which asks for nothing."
    check = "tokens in, beside those of remind_thinking"
    content = "neutral"


@register
@dataclass(frozen=True)
class QuestionThinking(OnThoughts):
    name = "question_thinking"
    meaning = "The question, and not the constraints, is said once more at the end of the thought."
    control = "neutral_thinking"
    check = "the insert stands once in what was sent, at the end of the thought"
    content = "question"
