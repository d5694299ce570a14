"""What an Inspect output says, as a Reply: the raw text, not what Inspect made of it."""

from __future__ import annotations

from typing import Any

from inspect_ai.event import ModelEvent
from inspect_ai.log import transcript
from inspect_ai.model import ContentReasoning, ModelOutput

from bridle.studies.journal import Reply


def reply_of(output: ModelOutput) -> Reply:
    """The reply in Inspect's output: raw text as the server sent it, where that can be known.

    Inspect cuts `<think>` blocks out of the text by rules of its own. The body of the call, which
    is in the sample's transcript, still has them; where it has not been kept, they are put back.
    """
    choice, usage = output.choices[0], output.usage
    body = _body_choice()
    message = body.get("message") or {}
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
    return Reply(
        raw=raw,
        reasoning=reasoning,
        finish_reason="content_filter" if refused else finish,
        tokens_in=tokens_in,
        tokens_out=None if usage is None else usage.output_tokens,
        tokens_thinking=None if usage is None else usage.reasoning_tokens,
        latency_s=None if output.time is None else round(output.time, 3),
    )


def _body_choice() -> dict[str, Any]:
    """The first choice in the body of the sample's last call, if it is of OpenAI's shape."""
    log = transcript()
    event = log.history.find_last(lambda e: isinstance(e, ModelEvent))
    call = event.call if isinstance(event, ModelEvent) else None
    choices = (call.response or {}).get("choices") if call else None
    first = choices[0] if isinstance(choices, list) and choices else None

    def whole(value: Any) -> Any:  # Inspect moves long texts into attachments
        if isinstance(value, dict):
            return {k: whole(v) for k, v in value.items()}
        if isinstance(value, str) and value.startswith("attachment://"):
            return log.attachments.get(value.removeprefix("attachment://"), value)
        return value

    return whole(first) if isinstance(first, dict) else {}
