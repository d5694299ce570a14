"""OpenAI's wire format: request bodies are read here, and answers put into its shapes.

A setting that would change the output and that this model does not have is refused by name rather
than ignored; one at its neutral value is accepted. The shapes are those of OpenAI's API reference
(Chat Completions, Completions), with `reasoning_content` as DeepSeek and vLLM name it.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bridle.errors import DataError
from bridle.organism.chat import inside_thought, read_effort, render
from bridle.organism.engine import NAME, Completion
from bridle.organism.thoughts import split

CHOICES = 128  # answers of one call at most

# Settings without effect here, with the values that ask for nothing.
NEUTRAL: Mapping[str, tuple[Any, ...]] = {
    "presence_penalty": (0,),
    "frequency_penalty": (0,),
    "repetition_penalty": (1,),
    "top_k": (0, -1),
    "min_p": (0,),
    "logit_bias": ({},),
    "tools": ([],),
    "functions": ([],),
    "tool_choice": ("none", "auto"),
    "response_format": ({"type": "text"},),
    "echo": (False,),
    "suffix": ("",),
    "use_beam_search": (False,),
}


class Refused(Exception):
    """A request that cannot be served: HTTP status, OpenAI's error type, words."""

    def __init__(self, status: int, message: str, *, kind: str = "invalid_request_error") -> None:
        super().__init__(message)
        self.status = status
        self.kind = kind

    def body(self) -> dict[str, Any]:
        return {
            "error": {"message": str(self), "type": self.kind, "param": None, "code": self.status}
        }


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as read: one prompt or several, and how to answer each."""

    chat: bool
    prompts: tuple[str, ...]
    n: int
    max_tokens: int
    temperature: float
    top_p: float
    seed: int | None
    stop: tuple[str, ...]
    top_logprobs: int | None
    stream: bool
    usage_in_stream: bool

    def seed_of(self, choice: int) -> int | None:
        """Choices are drawn apart; the first one with the seed itself."""
        return None if self.seed is None else self.seed + choice


def read_chat(body: Mapping[str, Any], *, context: int) -> Asked:
    """A body of /v1/chat/completions.

    Raises:
        Refused: with 400 or 404, and what is wrong.
    """
    _known_model(body)
    messages = body.get("messages")
    if not isinstance(messages, list) or not all(isinstance(m, Mapping) for m in messages):
        raise Refused(400, "messages must be a list of objects with role and content.")
    kwargs = body.get("chat_template_kwargs") or {}
    if not isinstance(kwargs, Mapping):
        raise Refused(400, "chat_template_kwargs must be an object.")
    thinking = _flag(kwargs, "enable_thinking", _flag(body, "enable_thinking", True))
    thinking, effort = read_effort(body.get("reasoning_effort"), thinking)
    last = messages[-1].get("role") if messages else None
    go_on = _flag(body, "continue_final_message", last == "assistant")
    try:
        prompt = render(messages, enable_thinking=thinking, continue_final=go_on, effort=effort)
    except DataError as error:
        raise Refused(400, str(error)) from None
    most = body.get("max_completion_tokens", body.get("max_tokens"))
    top = _number(body, "top_logprobs", 0, low=0, high=20) if body.get("top_logprobs") else 0
    return _asked(
        body,
        chat=True,
        prompts=(prompt,),
        max_tokens=context if most is None else most,
        top_logprobs=int(top) if _flag(body, "logprobs", False) else None,
    )


def read_completion(body: Mapping[str, Any]) -> Asked:
    """A body of /v1/completions; the prompt is continued as it stands.

    Raises:
        Refused: with 400 or 404, and what is wrong.
    """
    _known_model(body)
    prompt = body.get("prompt")
    prompts = [prompt] if isinstance(prompt, str) else prompt
    if not isinstance(prompts, list) or not prompts or not all(isinstance(p, str) for p in prompts):
        raise Refused(400, "prompt must be a text or a list of texts (token ids are not accepted).")
    top = body.get("logprobs")
    if top is not None:
        top = int(_number(body, "logprobs", 0, low=0, high=20))
    most = body.get("max_tokens")
    return _asked(
        body,
        chat=False,
        prompts=tuple(prompts),
        max_tokens=16 if most is None else most,
        top_logprobs=top,
    )


def _asked(
    body: Mapping[str, Any],
    *,
    chat: bool,
    prompts: tuple[str, ...],
    max_tokens: Any,
    top_logprobs: int | None,
) -> Asked:
    for name, neutral in NEUTRAL.items():
        value = body.get(name)
        if value is not None and value not in neutral:
            raise Refused(400, f"{name}={value!r} is not supported by this model.")
    if isinstance(max_tokens, bool) or not isinstance(max_tokens, int) or max_tokens < 1:
        raise Refused(400, f"max_tokens={max_tokens!r} must be a whole number of at least 1.")
    n = int(_number(body, "n", 1, low=1, high=CHOICES, whole=True))
    best = body.get("best_of")
    if best is not None and best != n:
        raise Refused(400, f"best_of={best!r} is not supported by this model.")
    if n * len(prompts) > CHOICES:
        raise Refused(400, f"One call gives at most {CHOICES} answers.")
    options = body.get("stream_options") or {}
    if not isinstance(options, Mapping):
        raise Refused(400, "stream_options must be an object.")
    return Asked(
        chat=chat,
        prompts=prompts,
        n=n,
        max_tokens=max_tokens,
        temperature=_number(body, "temperature", 1.0, low=0, high=2),
        top_p=_number(body, "top_p", 1.0, low=1e-6, high=1),
        seed=_seed(body.get("seed")),
        stop=_stops(body.get("stop")),
        top_logprobs=top_logprobs,
        stream=_flag(body, "stream", False),
        usage_in_stream=_flag(options, "include_usage", False),
    )


def _known_model(body: Mapping[str, Any]) -> None:
    model = body.get("model", NAME)
    if model != NAME:
        raise Refused(
            404, f"There is no model {model!r} here; there is {NAME!r}.", kind="not_found"
        )


def _number(
    body: Mapping[str, Any],
    name: str,
    usual: float,
    *,
    low: float,
    high: float,
    whole: bool = False,
) -> float:
    value = body.get(name)
    if value is None:
        return usual
    fits = isinstance(value, int) or (isinstance(value, float) and not whole)
    if isinstance(value, bool) or not fits or not low <= value <= high:
        raise Refused(400, f"{name}={value!r} must be a number from {low:g} to {high:g}.")
    return value


def _flag(body: Mapping[str, Any], name: str, usual: bool) -> bool:
    value = body.get(name)
    if value is None:
        return usual
    if not isinstance(value, bool):
        raise Refused(400, f"{name}={value!r} must be true or false.")
    return value


def _seed(value: Any) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int):
        raise Refused(400, f"seed={value!r} must be a whole number.")
    return value % 2**63  # any seed is a seed; the generator wants one that is not negative


def _stops(value: Any) -> tuple[str, ...]:
    stops: Sequence[Any] = () if value is None else [value] if isinstance(value, str) else value
    if not isinstance(stops, Sequence) or len(stops) > 16:
        raise Refused(400, "stop must be a text or a list of at most 16 texts.")
    if not all(isinstance(s, str) and len(s) <= 200 for s in stops):
        raise Refused(400, "stop must hold texts of at most 200 characters.")
    return tuple(s for s in stops if s)


# -- answers -----------------------------------------------------------------------------------------


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

    def whole(self, asked: Asked, completions: Sequence[Completion]) -> dict[str, Any]:
        """The body of an answer that is not streamed; choices in the order of the prompts."""
        choices: list[dict[str, Any]] = []
        for index, done in enumerate(completions):
            choice: dict[str, Any] = {"index": index, "finish_reason": done.finish_reason}
            if self.chat:
                thought, answer = split(done.text, inside=inside_thought(asked.prompts[0]))
                message: dict[str, Any] = {"role": "assistant", "content": answer}
                if thought:
                    message["reasoning_content"] = thought
                choice |= {"message": message, "logprobs": chat_logprobs(done)}
            else:
                choice |= {"text": done.text, "logprobs": completion_logprobs(done)}
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

    def shown(token: str, logprob: float) -> dict[str, Any]:
        return {"token": token, "logprob": logprob, "bytes": list(token.encode())}

    return {
        "content": [
            {**shown(t.token, t.logprob), "top_logprobs": [shown(*pair) for pair in t.top]}
            for t in done.logprobs
        ]
    }


def completion_logprobs(done: Completion) -> dict[str, Any] | None:
    if done.logprobs is None:
        return None
    offsets: list[int] = []
    at = 0
    for token in done.logprobs:
        offsets.append(at)
        at += len(token.token)
    return {
        "tokens": [t.token for t in done.logprobs],
        "token_logprobs": [t.logprob for t in done.logprobs],
        "top_logprobs": [dict(t.top) for t in done.logprobs],
        "text_offset": offsets,
    }
