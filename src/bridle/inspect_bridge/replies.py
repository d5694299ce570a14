"""What an Inspect output says, as a Reply: the raw text, not what Inspect made of it; and what was sent."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from inspect_ai.event import ModelEvent
from inspect_ai.log import transcript
from inspect_ai.model import ContentReasoning, ModelCall, ModelOutput

from bridle.calls import Reply
from bridle.responses.finish_reasons import ending

# Where a setting may stand in a provider's request; a name counts at any depth of the body.
SPELLINGS: dict[str, tuple[str, ...]] = {
    "temperature": ("temperature",),
    "top_p": ("top_p", "topP", "p"),
    "top_k": ("top_k", "topK", "k"),
    "max_tokens": (
        "max_tokens",
        "max_completion_tokens",
        "max_output_tokens",
        "maxOutputTokens",
        "max_new_tokens",
        "maxTokens",
        "num_predict",
    ),
    "seed": ("seed", "random_seed", "rng_seed"),
    "stop_seqs": ("stop", "stop_sequences", "stopSequences", "stop_seqs"),
    "reasoning_effort": (
        "reasoning_effort",
        "reasoning",
        "effort",
        "thinking",
        "thinking_config",
        "thinkingConfig",
        "thinking_level",
        "enable_thinking",
        "output_config",
    ),
}
# What of a request's body is no setting: the prompt, and what belongs to the transport.
NOT_SETTINGS = (
    "messages",
    "prompt",
    "input",
    "contents",
    "system",
    "instructions",
    "model",
    "extra_headers",
    "tools",
    "tool_choice",
)


class Aborted(Exception):
    """A server said with a 200 that it gave the generation up."""


def reply_of(output: ModelOutput, call: ModelCall | None = None) -> Reply:
    """The reply in Inspect's output: raw text as the server sent it, where that can be known.

    Inspect cuts `<think>` blocks out of the text by rules of its own. The body of the call still has
    them; where it has not been kept, they are put back.

    Raises:
        Aborted: the server's finish reason says that the generation was given up.
    """
    choice, usage = output.choices[0], output.usage
    body = _first_choice((call.response if call is not None else _last_body()) or {})
    message = body.get("message") or {}
    if ending(body.get("finish_reason")) == "error":
        raise Aborted(f"the server gave the generation up (finish reason {body['finish_reason']})")
    if usage is None and choice.stop_reason == "model_length":
        return Reply(error=f"the prompt is too long: {choice.message.text[:500]}")
    thoughts = [c for c in choice.message.content if isinstance(c, ContentReasoning)]
    texts = [c.summary or "" if c.redacted else c.reasoning for c in thoughts]
    raw, reasoning = choice.message.text, "\n".join(texts) if thoughts else None
    if isinstance(message.get("content"), str) or isinstance(body.get("text"), str):
        raw = message["content"] if "message" in body else body["text"]
        if all(c.internal == "think" for c in thoughts):
            reasoning = None  # it stands in the raw text
    elif thoughts and all(c.internal == "think" for c in thoughts):
        raw, reasoning = f"<think>{reasoning}</think>\n{raw}", None
    finish = {"max_tokens": "length", "model_length": "length"}.get(
        choice.stop_reason, choice.stop_reason
    )
    refused = message.get("refusal") or any(
        getattr(c, "refusal", None) for c in choice.message.content if not isinstance(c, str)
    )
    tokens_in = None
    if usage is not None:
        cached = (usage.input_tokens_cache_read or 0) + (usage.input_tokens_cache_write or 0)
        tokens_in = usage.input_tokens + cached
    ids = body.get("token_ids")
    logprobs = choice.logprobs
    return Reply(
        raw=raw,
        reasoning=reasoning,
        finish_reason="content_filter" if refused else finish,
        tokens_in=tokens_in,
        tokens_out=None if usage is None else usage.output_tokens,
        tokens_thinking=None if usage is None else usage.reasoning_tokens,
        latency_s=None if output.time is None else round(output.time, 3),
        ids=tuple(ids) if isinstance(ids, list) else None,
        stopped=_stopped(body),
        logprobs=None if logprobs is None else [lp.model_dump() for lp in logprobs.content],
    )


def _stopped(body: Mapping[str, Any]) -> str | None:
    """vLLM's `stop_reason`: the stop string, or null at the model's own end; others lack the field."""
    said = body.get("stop_reason", False)
    return said if isinstance(said, str) else "" if said is None else None


def sent_of(call: ModelCall | None, wanted: Mapping[str, Any]) -> dict[str, Any] | None:
    """What the request's body held: prompt, settings, and which of the `wanted` ones it lacks."""
    if call is None:
        return None
    request = call.request
    found: dict[str, Any] = {k: request[k] for k in ("messages", "prompt") if k in request}
    if not found:  # another provider's words for it
        found = {k: request[k] for k in ("input", "contents", "system") if k in request}
    found["settings"] = {
        k: v for k, v in request.items() if k not in NOT_SETTINGS and v not in (None, {}, [])
    }
    names = _names(found["settings"])
    dropped = [
        name
        for name, value in wanted.items()
        if value not in (None, [], ()) and name in SPELLINGS and not names & {*SPELLINGS[name]}
    ]
    body: Mapping[str, Any] = wanted.get("extra_body") or {}
    if set(body) - names:  # Inspect has clients that do not pass it on
        dropped.append("extra_body")
    if dropped:
        found["dropped"] = dropped
    return found


def _names(value: Any) -> set[str]:
    """Every key of a nested value that has something in it."""
    if isinstance(value, Mapping):
        return {str(k) for k, v in value.items() if v is not None}.union(
            *(_names(v) for v in value.values())
        )
    return set().union(*(_names(v) for v in value)) if isinstance(value, list) else set()


def read_body(body: bytes) -> dict[str, Any]:
    """A response's body as an object; one that is none is empty."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def said_instead(body: Mapping[str, Any]) -> str | None:
    """The server's own words in a body that holds an error though its status was 200."""
    error = body.get("error") or body.get("detail")
    if isinstance(error, Mapping):
        error = error.get("message") or error.get("type") or error
    return None if error is None else str(error)


def text_instead(body: Mapping[str, Any]) -> Reply | None:
    """The text of a body that Inspect could not read for its other parts (an odd usage)."""
    body = _first_choice(body)
    message = body.get("message") or {}
    text = message.get("content") if "message" in body else body.get("text")
    if not isinstance(text, str) or not text.strip():
        return None
    thought = message.get("reasoning_content") or message.get("reasoning")
    reason = body.get("finish_reason")
    return Reply(
        raw=text,
        reasoning=thought if isinstance(thought, str) else None,
        finish_reason=reason if isinstance(reason, str) else None,
    )


def _first_choice(body: Mapping[str, Any]) -> dict[str, Any]:
    choices = body.get("choices")
    first = choices[0] if isinstance(choices, list) and choices else None
    return first if isinstance(first, dict) else {}


def _last_body() -> dict[str, Any]:
    """The body of the sample's last call, where Inspect's own loop made it."""
    log = transcript()
    event = log.history.find_last(lambda e: isinstance(e, ModelEvent))
    call = event.call if isinstance(event, ModelEvent) else None

    def whole(value: Any) -> Any:  # Inspect moves long texts into attachments
        if isinstance(value, dict):
            return {k: whole(v) for k, v in value.items()}
        if isinstance(value, list):
            return [whole(v) for v in value]
        if isinstance(value, str) and value.startswith("attachment://"):
            return log.attachments.get(value.removeprefix("attachment://"), value)
        return value

    return whole((call.response if call else None) or {})
