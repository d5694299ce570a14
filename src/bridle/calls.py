"""What is asked of a model once, what came back, and the transcript of one drawing.

    request = Request(messages=(user("What is 2+2?"),))
    reply   = Reply(raw="<think>2+2 is 4</think>4", finish_reason="stop", request=request)
    reply.continued("\\nWait", stop=("</think>",))     -> the Request that goes on from this reply
    reply.answered("Now rewrite it.")                  -> the Request of a further user turn

A `Request` is one of three kinds, and `Request.needs` says what a model must be able to do for it:

    chat    messages, and the model writes the assistant's turn
    prefix  messages, and the model goes on from `own`: what stands of its turn already
    raw     level="raw": the rendered messages and `own` are sent as token ids through completions

Every stretch of the assistant's turn has an author (`Piece.author`). What an arm put in is never
judged and never counted as the model's thinking. Nothing here reads files or knows a provider.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NotRequired, TypedDict

from bridle.errors import BridleError

if TYPE_CHECKING:
    from bridle.benchmarks.item import Ask

Author = Literal["item", "arm", "model"]
Level = Literal["chat", "raw"]
Ability = Literal["chat", "prefix", "raw", "logprobs", "trace"]
ABILITIES: tuple[Ability, ...] = ("chat", "prefix", "raw", "logprobs", "trace")


class Message(TypedDict):
    """One turn of a chat; `author` is for the transcript and is never sent."""

    role: Literal["system", "user", "assistant"]
    content: str
    author: NotRequired[Author]


def user(text: str, *, author: Author = "item") -> Message:
    """A user's turn."""
    return {"role": "user", "content": text, "author": author}


def system(text: str, *, author: Author = "item") -> Message:
    """A system turn."""
    return {"role": "system", "content": text, "author": author}


def assistant(text: str, *, author: Author = "model") -> Message:
    """An assistant's turn; "arm" where it is a history that the model did not write."""
    return {"role": "assistant", "content": text, "author": author}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the assistant's turn; `ids` are its tokens where they are known as sampled.

    `cut`: a stop string ended it, whose tokens may stand among the ids though not in the text.
    """

    text: str
    author: Author = "arm"
    ids: tuple[int, ...] | None = None
    cut: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is asked of a model once.

    `stop`, `cap` (tokens) and `settings` are added to the decoding of the study; settings have
    Inspect's names (temperature, reasoning_effort, logprobs, extra_body, …). `turn` is the ask of the
    item that the reply answers; of several requests of one turn the last one's reply is graded.
    `fork` names a side question: its reply is graded by itself, against `ask`, and the conversation
    goes on as if it had not been asked.
    """

    messages: tuple[Message, ...] = ()
    own: tuple[Piece, ...] = ()
    level: Level = "chat"
    stop: tuple[str, ...] = ()
    cap: int | None = None
    settings: Mapping[str, Any] = field(default_factory=dict[str, Any])
    turn: int = 0
    fork: str = ""
    ask: Ask | None = None  # what a fork's reply is graded against

    def __post_init__(self) -> None:
        if not self.messages and not self.own:
            raise BridleError("A request asks nothing.", expected="messages, or a raw text")
        if self.level == "chat" and not self.messages:
            raise BridleError(
                "A request at the level of chat has no messages.", expected="messages=(user(…),)"
            )
        if self.fork and self.ask is None:
            raise BridleError(
                f"The side question {self.fork!r} does not say what it is graded against.",
                expected="Request(fork=…, ask=Ask(prompt=…, answer=…))",
            )

    @property
    def needs(self) -> frozenset[Ability]:
        """What a model must be able to do."""
        kind: Ability = "raw" if self.level == "raw" else "prefix" if self.own else "chat"
        more: set[Ability] = {"logprobs"} if self.settings.get("logprobs") else set()
        return frozenset({kind, *more})

    @property
    def prefix(self) -> str:
        """What stands of the model's turn already."""
        return "".join(piece.text for piece in self.own)

    def decoded(self, settings: Mapping[str, Any]) -> dict[str, Any]:
        """The settings with the request's own over them, its limit and its stop strings (Inspect's names)."""
        mixed = {**settings, **self.settings}
        if self.cap is not None:
            most = mixed.get("max_tokens")
            mixed["max_tokens"] = min(self.cap, most) if most else self.cap
        if self.stop:
            mixed["stop_seqs"] = list(self.stop)
        return mixed

    def fingerprint(self) -> str:
        """The same for two requests that ask the same: a reply to one is a reply to the other."""
        said = [
            [[m["role"], m["content"]] for m in self.messages],
            [[p.text, p.ids] for p in self.own],
            [self.level, self.stop, self.cap, dict(self.settings)],
        ]
        text = json.dumps(said, sort_keys=True, default=str)
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def raw_text(text: str, *, author: Author = "item", **more: Any) -> Request:
    """A request for the continuation of a text as it stands, without a chat template."""
    return Request(own=(Piece(text, author),), level="raw", **more)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What came back for one request: raw text, or the error that stood in its place.

    `sent` is what the request's body really held: {"messages": … | "prompt": …, "settings": {…},
    "dropped": [...]}; None where the provider does not show it. `request` is what was asked; it is
    made anew from the item when a study is read again, and is not written down.
    """

    raw: str = ""
    reasoning: str | None = None  # the provider's separate field, where it has one
    finish_reason: str | None = None
    # the stop string that ended it, "" where the model ended it itself; None: the server does not say
    stopped: str | None = None
    tokens_in: int | None = None
    tokens_out: int | None = None
    tokens_thinking: int | None = None
    latency_s: float | None = None
    error: str | None = None
    ids: tuple[int, ...] | None = None  # the sampled tokens, where they are known
    logprobs: list[Any] | None = None
    sent: Mapping[str, Any] | None = None
    parent: str | None = None  # the call whose reply this is: the same was asked, and paid once
    request: Request | None = None

    @property
    def text(self) -> str:
        """All that the model wrote, its reasoning in <think> tags where that came in a field."""
        if not self.reasoning:
            return self.raw
        return f"<think>\n{self.reasoning}\n</think>\n\n{self.raw}"

    def asked(self) -> Request:
        """The request that this is a reply to.

        Raises:
            BridleError: nobody said which.
        """
        if self.request is None:
            raise BridleError("This reply does not know what was asked.", expected="request=…")
        return self.request

    def continued(
        self,
        inject: str = "",
        *,
        stop: tuple[str, ...] = (),
        cap: int | None = None,
        settings: Mapping[str, Any] | None = None,
        level: Level | None = None,
    ) -> Request:
        """The request that goes on from here within the same turn, after the arm's `inject`."""
        asked = self.asked()
        ids = None if self.reasoning else self.ids
        own = (*asked.own, Piece(self.text, "model", ids, cut=bool(asked.stop)))
        if inject:
            own = (*own, Piece(inject, "arm"))
        return dataclasses.replace(
            asked,
            own=own,
            level=level or asked.level,
            stop=stop,
            cap=cap,
            settings=asked.settings if settings is None else settings,
        )

    def history(self, *, keep_thinking: bool = False) -> tuple[Message, ...]:
        """The conversation up to here, as the messages that a further turn is added to.

        The thinking is left out of it, as the templates of reasoning models leave out that of
        earlier turns, unless it is asked for.
        """
        from bridle.responses import read_response

        whole = self.asked().prefix + self.text
        said = whole if keep_thinking else read_response(whole).answer
        return (*self.asked().messages, assistant(said))

    def answered(
        self,
        text: str,
        *,
        author: Author = "arm",
        turn: int | None = None,
        keep_thinking: bool = False,
        **more: Any,
    ) -> Request:
        """The request of a further user turn; `turn` is the ask it answers (default: the same)."""
        asked = self.asked()
        return Request(
            messages=(*self.history(keep_thinking=keep_thinking), user(text, author=author)),
            turn=asked.turn if turn is None else turn,
            **more,
        )


@dataclass(frozen=True, slots=True)
class Turn:
    """The requests and replies of one turn (or of one side question); the last reply is graded."""

    number: int
    fork: str
    replies: tuple[Reply, ...]

    @property
    def last(self) -> Reply:
        return self.replies[-1]

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The assistant's turn as it stands at the end, stretch by stretch, with authors."""
        return (*self.last.asked().own, Piece(self.last.text, "model", self.last.ids))

    @property
    def ask(self) -> Ask | None:
        return self.last.asked().ask

    @property
    def finish_reasons(self) -> tuple[str | None, ...]:
        return tuple(reply.finish_reason for reply in self.replies)

    @property
    def error(self) -> str | None:
        return next((r.error for r in self.replies if r.error is not None), None)

    def total(self, name: Literal["tokens_in", "tokens_out", "latency_s"]) -> Any:
        """The sum over all steps, None where it is not known of one."""
        values = [getattr(reply, name) for reply in self.replies]
        return None if any(v is None for v in values) else sum(values)


@dataclass(frozen=True, slots=True)
class Transcript:
    """The replies of one drawing in the order in which they came; each knows its request."""

    replies: tuple[Reply, ...] = ()

    def turns(self) -> tuple[Turn, ...]:
        """The turns and side questions, in the order of their first request."""
        parts: dict[tuple[int, str], list[Reply]] = {}
        for reply in self.replies:
            asked = reply.asked()
            parts.setdefault((asked.turn, asked.fork), []).append(reply)
        return tuple(Turn(n, fork, tuple(replies)) for (n, fork), replies in parts.items())

    def turn(self, number: int = 0, fork: str = "") -> Turn | None:
        """That turn, or None where it was not reached."""
        return next((t for t in self.turns() if (t.number, t.fork) == (number, fork)), None)


def transcript_of(text: str, request: Request | None = None) -> Transcript:
    """The transcript of one reply that is a text: what a reader of given responses has."""
    asked = request or Request(messages=(user(""),))
    return Transcript((Reply(raw=text, request=asked),))


def authors(pieces: Iterable[Piece]) -> list[tuple[int, int, Author]]:
    """The stretches of the joined text as (start, end, author); offsets in characters."""
    found: list[tuple[int, int, Author]] = []
    at = 0
    for piece in pieces:
        if piece.text:
            found.append((at, at + len(piece.text), piece.author))
        at += len(piece.text)
    return found
