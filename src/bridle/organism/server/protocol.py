"""Request bodies in OpenAI's wire format → what is asked of the engine.

A setting that would change the output and that this model does not have is refused by name rather
than ignored; one at its neutral value is accepted. The settings are those of OpenAI's API reference
(Chat Completions, Completions), and those of vLLM's server that evaluation harnesses send.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bridle.errors import DataError
from bridle.organism.model.chat import read_effort, render
from bridle.organism.model.engine import NAME

CHOICES = 128  # answers of one call at most
MOST_LOGPROBS = 20  # likeliest tokens shown at a place, at most
EFFORTS = (None, "none", "minimal", "low", "medium", "high", "xhigh", "max")

Prompt = str | tuple[int, ...]

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
    "suffix": ("",),
    "use_beam_search": (False,),
    "ignore_eos": (False,),
    "min_tokens": (0,),
    "length_penalty": (1,),
    "stop_token_ids": ([],),
    "include_stop_str_in_output": (False,),
    "skip_special_tokens": (True,),
    "truncate_prompt_tokens": (-1,),
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
    prompts: tuple[Prompt, ...]
    n: int
    max_tokens: int
    temperature: float
    top_p: float
    seed: int | None
    stop: tuple[str, ...]
    top_logprobs: int | None
    stream: bool
    usage_in_stream: bool
    echo: bool = False  # the prompt stands before the completion, scored where that one is
    prompt_logprobs: int | None = None  # vLLM's: the prompt scored in a field of its own
    token_ids: bool = False  # vLLM's: the sampled tokens beside the text

    def seed_of(self, choice: int) -> int | None:
        """Choices are drawn apart; the first one with the seed itself."""
        return None if self.seed is None else self.seed + choice


def read_chat(body: Mapping[str, Any], *, context: int) -> Asked:
    """A body of /v1/chat/completions.

    Raises:
        Refused: with 400 or 404, and what is wrong.
    """
    known_model(body)
    for name in ("echo", "prompt_logprobs"):
        if body.get(name) not in (None, False):
            raise Refused(400, f"{name} is for /v1/completions, which takes a text or its tokens.")
    prompt = conversation(body)
    most = body.get("max_completion_tokens", body.get("max_tokens"))
    top = _count(body, "top_logprobs", 0)
    return _asked(
        body,
        chat=True,
        prompts=(prompt,),
        max_tokens=_most(context if most is None else most, 1),
        top_logprobs=top if _flag(body, "logprobs", False) else None,
    )


def conversation(body: Mapping[str, Any]) -> str:
    """The prompt that the messages of a body make; a last assistant message is gone on with.

    Raises:
        Refused: with 400, and what is wrong.
    """
    messages = body.get("messages")
    if not isinstance(messages, list) or not all(isinstance(m, Mapping) for m in messages):
        raise Refused(400, "messages must be a list of objects with role and content.")
    kwargs = body.get("chat_template_kwargs") or {}
    if not isinstance(kwargs, Mapping):
        raise Refused(400, "chat_template_kwargs must be an object.")
    thinking = _flag(kwargs, "enable_thinking", _flag(body, "enable_thinking", True))
    said = kwargs.get("reasoning_effort", body.get("reasoning_effort"))
    if said not in EFFORTS:
        known = ", ".join(str(e) for e in EFFORTS[1:])
        raise Refused(400, f"reasoning_effort={_said(said)} must be one of: {known}.")
    thinking, effort = read_effort(said, thinking)
    last = messages[-1].get("role") if messages else None
    go_on = _flag(body, "continue_final_message", last == "assistant")
    if not go_on and not _flag(body, "add_generation_prompt", True):
        raise Refused(
            400, "add_generation_prompt=False needs a last assistant message to go on with."
        )
    try:
        return render(messages, enable_thinking=thinking, continue_final=go_on, effort=effort)
    except DataError as error:
        raise Refused(400, str(error)) from None


def read_completion(body: Mapping[str, Any]) -> Asked:
    """A body of /v1/completions; the prompt, a text or tokens, is continued as it stands.

    Raises:
        Refused: with 400 or 404, and what is wrong.
    """
    known_model(body)
    echo = _flag(body, "echo", False)
    shown = None if body.get("logprobs") is None else _count(body, "logprobs", 0)
    scored = None if body.get("prompt_logprobs") is None else _count(body, "prompt_logprobs", 0)
    if scored is not None and _flag(body, "stream", False):
        raise Refused(400, "prompt_logprobs cannot be streamed.")
    most = body.get("max_tokens")
    return _asked(
        body,
        chat=False,
        prompts=_prompts(body.get("prompt")),
        max_tokens=_most(16 if most is None else most, 0 if echo or scored is not None else 1),
        top_logprobs=shown,
        echo=echo,
        prompt_logprobs=scored,
        token_ids=_flag(body, "return_token_ids", False),
    )


def read_tokenize(body: Mapping[str, Any]) -> str:
    """A body of /tokenize: the text to read, or the one that its messages make.

    Raises:
        Refused: with 400 or 404, and what is wrong.
    """
    known_model(body)
    if "messages" in body:
        return conversation(body)
    prompt = body.get("prompt")
    if not isinstance(prompt, str):
        raise Refused(400, "prompt must be a text; or give messages.")
    return prompt


def read_detokenize(body: Mapping[str, Any]) -> tuple[int, ...]:
    """A body of /detokenize: the tokens.

    Raises:
        Refused: with 400 or 404, and what is wrong.
    """
    known_model(body)
    tokens = body.get("tokens")
    if not isinstance(tokens, list) or not all(_is_id(t) for t in tokens):
        raise Refused(400, "tokens must be a list of token ids.")
    return tuple(tokens)


def _prompts(given: Any) -> tuple[Prompt, ...]:
    """One text, one list of tokens, or a list of such."""
    if isinstance(given, str) or (isinstance(given, list) and given and _is_id(given[0])):
        given = [given]
    if not isinstance(given, list) or not given:
        raise Refused(400, "prompt must be a text, a list of token ids, or a list of such.")
    out: list[Prompt] = []
    for number, one in enumerate(given, start=1):
        if isinstance(one, list) and all(_is_id(t) for t in one):
            out.append(tuple(one))
        elif isinstance(one, str):
            out.append(one)
        else:
            raise Refused(400, f"Prompt {number} is neither a text nor a list of token ids.")
    return tuple(out)


def _is_id(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _most(value: Any, least: int) -> int:
    if not _is_id(value) or value < least:
        raise Refused(400, f"max_tokens={_said(value)} must be a whole number of at least {least}.")
    return value


def _asked(
    body: Mapping[str, Any],
    *,
    chat: bool,
    prompts: tuple[Prompt, ...],
    max_tokens: int,
    top_logprobs: int | None,
    echo: bool = False,
    prompt_logprobs: int | None = None,
    token_ids: bool = False,
) -> Asked:
    for name, neutral in NEUTRAL.items():
        value = body.get(name)
        if value is not None and value not in neutral:
            raise Refused(400, f"{name}={_said(value)} is not supported by this model.")
    n = int(_number(body, "n", 1, low=1, high=CHOICES, whole=True))
    best = body.get("best_of")
    if best is not None and best != n:
        raise Refused(400, f"best_of={_said(best)} is not supported by this model.")
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
        echo=echo,
        prompt_logprobs=prompt_logprobs,
        token_ids=token_ids,
    )


def known_model(body: Mapping[str, Any]) -> None:
    """A body that names no model means the one there is.

    Raises:
        Refused: with 404, where it names another.
    """
    model = body.get("model", NAME)
    if model != NAME:
        raise Refused(
            404, f"There is no model {_said(model)} here; there is {NAME!r}.", kind="not_found"
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
        raise Refused(400, f"{name}={_said(value)} must be a number from {low:g} to {high:g}.")
    return value


def _count(body: Mapping[str, Any], name: str, usual: int) -> int:
    return int(_number(body, name, usual, low=0, high=MOST_LOGPROBS, whole=True))


def _flag(body: Mapping[str, Any], name: str, usual: bool) -> bool:
    value = body.get(name)
    if value is None:
        return usual
    if not isinstance(value, bool):
        raise Refused(400, f"{name}={_said(value)} must be true or false.")
    return value


def _seed(value: Any) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int):
        raise Refused(400, f"seed={_said(value)} must be a whole number.")
    return value % 2**63  # any seed is a seed; the generator wants one that is not negative


def _stops(value: Any) -> tuple[str, ...]:
    stops: Sequence[Any] = () if value is None else [value] if isinstance(value, str) else value
    if not isinstance(stops, Sequence) or len(stops) > 16:
        raise Refused(400, "stop must be a text or a list of at most 16 texts.")
    if not all(isinstance(s, str) and len(s) <= 200 for s in stops):
        raise Refused(400, "stop must hold texts of at most 200 characters.")
    return tuple(s for s in stops if s)


def _said(value: Any) -> str:
    """A value of the caller's, short enough for a message."""
    if isinstance(value, (list, dict)):
        return f"({'a list' if isinstance(value, list) else 'an object'})"
    shown = repr(value)
    return shown if len(shown) <= 80 else shown[:79] + "…"
