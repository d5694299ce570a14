"""Completions → bodies in OpenAI's wire format.

The shapes are those of OpenAI's API reference (Chat Completions, Completions), with
`reasoning_content` as DeepSeek and vLLM name it and vLLM's `prompt_logprobs`.
"""

from __future__ import annotations

import codecs
import time
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bridle.organism.model.chat import inside_thought
from bridle.organism.model.engine import NAME, Completion
from bridle.organism.model.row import TokenLogprob
from bridle.organism.server.protocol import Asked
from bridle.organism.server.thoughts import split


@dataclass(frozen=True, slots=True)
class Envelope:
    """What all parts of one answer share."""

    chat: bool
    id: str
    created: int

    @classmethod
    def new(cls, *, chat: bool) -> Envelope:
        kind = "chatcmpl" if chat else "cmpl"
        return cls(chat, f"{kind}-{uuid.uuid4().hex}", int(time.time()))

    def whole(
        self, asked: Asked, completions: Sequence[Completion], prompts: Sequence[str]
    ) -> dict[str, Any]:
        """The body of an answer that is not streamed; choices in the order of the prompts.

        `prompts` are their texts, one for each that was asked.
        """
        choices: list[dict[str, Any]] = []
        for index, done in enumerate(completions):
            choice: dict[str, Any] = {"index": index, "finish_reason": done.finish_reason}
            choice["stop_reason"] = (
                done.stopped
            )  # vLLM's: the stop string, null at the model's own end
            if self.chat:
                thought, answer = split(done.text, inside=inside_thought(prompts[0]))
                message: dict[str, Any] = {"role": "assistant", "content": answer}
                if thought:
                    message["reasoning_content"] = thought
                choice |= {"message": message, "logprobs": chat_logprobs(done)}
            else:
                before = prompts[index // asked.n] if asked.echo else ""
                choice |= {
                    "text": before + done.text,
                    "logprobs": completion_logprobs(done, asked),
                }
                if asked.token_ids:
                    choice["token_ids"] = list(done.ids)
                if asked.prompt_logprobs is not None:
                    choice["prompt_logprobs"] = prompt_logprobs(done, asked.prompt_logprobs)
            choices.append(choice)
        kind = "chat.completion" if self.chat else "text_completion"
        return self._with(kind, choices, usage(asked, completions))

    def chunk(
        self,
        index: int,
        *,
        text: str = "",
        thought: str = "",
        opening: bool = False,
        finish: str | None = None,
        logprobs: Any = None,
    ) -> dict[str, Any]:
        """One event of a stream."""
        choice: dict[str, Any] = {"index": index, "finish_reason": finish, "logprobs": logprobs}
        if self.chat:
            delta: dict[str, Any] = {"role": "assistant", "content": ""} if opening else {}
            if text:
                delta["content"] = text
            if thought:
                delta["reasoning_content"] = thought
            choice["delta"] = delta
        else:
            choice["text"] = text
        kind = "chat.completion.chunk" if self.chat else "text_completion"
        return self._with(kind, [choice])

    def last(self, total: Mapping[str, Any]) -> dict[str, Any]:
        """The event with the usage, which has no choices."""
        kind = "chat.completion.chunk" if self.chat else "text_completion"
        return self._with(kind, [], total)

    def _with(self, kind: str, choices: list[Any], total: Any = None) -> dict[str, Any]:
        body = {
            "id": self.id,
            "object": kind,
            "created": self.created,
            "model": NAME,
            "choices": choices,
        }
        return body if total is None else {**body, "usage": total}


def usage(asked: Asked, completions: Sequence[Completion]) -> dict[str, Any]:
    """Tokens; a prompt counts once, however many answers it got."""
    read = sum(c.tokens_in for c in completions[:: asked.n])
    written = sum(c.tokens_out for c in completions)
    return {
        "prompt_tokens": read,
        "completion_tokens": written,
        "total_tokens": read + written,
        "completion_tokens_details": {
            "reasoning_tokens": sum(c.tokens_thinking for c in completions)
        },
    }


def chat_logprobs(done: Completion) -> dict[str, Any] | None:
    if done.logprobs is None:
        return None

    def shown(token: TokenLogprob) -> dict[str, Any]:
        text = token.piece.decode("utf-8", "replace")
        return {"token": text, "logprob": token.logprob, "bytes": list(token.piece)}

    return {
        "content": [
            {**shown(token), "top_logprobs": [shown(other) for other in token.top]}
            for token in done.logprobs
        ]
    }


def completion_logprobs(done: Completion, asked: Asked) -> dict[str, Any] | None:
    """The four parallel lists of /v1/completions, the prompt's tokens first where it is echoed.

    The token itself is always among the likeliest shown, so that these may be one more than asked.
    `text_offset` counts characters of the choice's text; a token inside a character has its start.
    """
    number = asked.top_logprobs
    if done.logprobs is None or number is None:
        return None
    before = (done.prompt or ()) if asked.echo else ()
    tokens = [*before, *done.logprobs]
    first = _offsets(before, 0)
    return {
        "tokens": [_key(t.piece) for t in tokens],
        "token_logprobs": [t.logprob for t in tokens],
        "top_logprobs": [None if t.logprob is None else _top(t, number) for t in tokens],
        "text_offset": first[:-1] + _offsets(done.logprobs, first[-1])[:-1],
    }


def prompt_logprobs(done: Completion, number: int) -> list[dict[str, Any] | None]:
    """vLLM's list over the prompt: {id: logprob, rank, decoded_token}, the prompt's token first."""

    def shown(token: TokenLogprob) -> dict[str, Any]:
        text = token.piece.decode("utf-8", "replace")
        return {"logprob": token.logprob, "rank": token.rank, "decoded_token": text}

    return [
        None if t.logprob is None else {str(o.id): shown(o) for o in (t, *t.top[:number])}
        for t in done.prompt or ()
    ]


def _top(token: TokenLogprob, number: int) -> dict[str, float | None]:
    return {_key(other.piece): other.logprob for other in (*token.top[:number], token)}


def _key(piece: bytes) -> str:
    """A token as text; one that is part of a character as OpenAI writes it: `bytes:\\xe2`."""
    try:
        return piece.decode("utf-8")
    except UnicodeDecodeError:
        return "bytes:" + "".join(f"\\x{byte:02x}" for byte in piece)


def _offsets(tokens: Sequence[TokenLogprob], start: int) -> list[int]:
    """Where each token begins in the text, and where the last one ends."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    out = [start]
    for token in tokens:
        out.append(out[-1] + len(decoder.decode(token.piece)))
    out[-1] += len(decoder.decode(b"", final=True))
    return out
