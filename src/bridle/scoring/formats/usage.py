"""How many tokens a body says that it took, by the names of each provider."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any, cast

from bridle.calls import Reply

SENT = ("prompt_tokens", "input_tokens", "prompt_eval_count", "promptTokenCount", "inputTokens")
RECEIVED = (
    "completion_tokens",
    "output_tokens",
    "eval_count",
    "candidatesTokenCount",
    "outputTokens",
)
THOUGHT = ("reasoning_tokens", "thoughtsTokenCount")


def count_of(value: Any) -> int | None:
    """A number of tokens that a file claims, if it can be one."""
    ok = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**40
    return value if ok else None


def counted(reply: Reply, body: Mapping[str, Any]) -> Reply:
    """The reply with the numbers of tokens in the body's usage (Ollama: in the body itself)."""
    usage = body.get("usage") or body.get("usageMetadata") or body
    if not isinstance(usage, Mapping):
        return reply
    usage = cast("Mapping[str, Any]", usage)
    details: Mapping[str, Any] = usage
    for name in ("completion_tokens_details", "output_tokens_details"):
        if isinstance(usage.get(name), Mapping):
            details = usage[name]
    return dataclasses.replace(
        reply,
        tokens_in=_first(usage, SENT),
        tokens_out=_first(usage, RECEIVED),
        tokens_thinking=_first(details, THOUGHT),
    )


def _first(usage: Mapping[str, Any], names: tuple[str, ...]) -> int | None:
    return next((n for name in names if (n := count_of(usage.get(name))) is not None), None)
