"""A provider's message, as its API returned it → text, thinking, and why it ended. Pure, no clients.

    message_of({"role": "assistant", "content": "4", "reasoning_content": "2+2"})
    -> Message(text="4", reasoning="2+2", finish_reason=None)

Understood: a text; a message, a choice or a whole body of OpenAI's chat, legacy and Responses API
(and the servers after them: vLLM, SGLang, llama.cpp, DeepSeek, Groq, xAI, OpenRouter), Anthropic,
Mistral, Ollama, Gemini, Cohere, Bedrock's Converse, LangChain's message, and a list of messages, of
which the assistant's last ones are meant. Sources: each provider's API reference, by the names of
the fields in the table below.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple, cast

Kind = Literal["text", "thinking", "tool", "refusal"]

# type of a part of a message → what it is
_PARTS: dict[str, Kind] = {
    "text": "text",
    "output_text": "text",  # OpenAI Responses
    "input_text": "text",
    "thinking": "thinking",  # Anthropic, Mistral, Cohere
    "reasoning": "thinking",  # OpenAI Responses, Inspect, Vercel
    "reasoning_text": "thinking",
    "reasoning_content": "thinking",
    "summary_text": "thinking",
    "reasoning.text": "thinking",  # OpenRouter
    "reasoning.summary": "thinking",
    "thought": "thinking",
    "refusal": "refusal",
    "tool_use": "tool",  # Anthropic
    "server_tool_use": "tool",
    "tool_call": "tool",
    "tool-call": "tool",
    "function_call": "tool",
    "custom_tool_call": "tool",
    "functionCall": "tool",
    "toolUse": "tool",
}
# where a message holds its thinking, apart from the parts of its content
_THINKING = ("reasoning_content", "reasoning", "thinking", "thought", "reasoning_text")
_REASONS = ("finish_reason", "stop_reason", "done_reason", "finishReason", "stopReason")
_CONTENT = ("content", "parts", "text", "response", "value")
_DEPTH = 8  # parts within parts; providers nest three


class Message(NamedTuple):
    """What `read_response` takes: `read_response(m.text, reasoning=m.reasoning, …)`."""

    text: str
    reasoning: str | None = None
    finish_reason: str | None = None


class NotAMessage(ValueError):
    """The value is no message of any provider known; the text says what it is."""


def message_of(value: Any, *, finish_reason: str | None = None) -> Message:
    """The text, the thinking and the finish reason that a provider's message holds.

    `finish_reason` is what stands beside the message, where it does; the message's own word goes
    first. A refusal reads as `content_filter`, a call of a tool without a text as `tool_calls`.

    Raises:
        NotAMessage: the value is none.
    """
    said = _Said()
    reason = _gather(value, said, 0) or finish_reason
    if not said.known:
        raise NotAMessage(f"no message: {type(value).__name__}")
    text = "".join(said.text)
    if said.refused:
        reason = "content_filter"
    elif said.called and not text.strip() and reason in (None, "stop", "completed"):
        reason = "tool_calls"
    return Message(text, "\n".join(t for t in said.thinking if t.strip()) or None, reason)


class _Said:
    """What was met so far in a message."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.thinking: list[str] = []
        self.called = self.refused = self.known = False


def _gather(value: Any, said: _Said, depth: int) -> str | None:
    """Adds what the value says; returns its finish reason, if it has one."""
    if depth > _DEPTH:
        return None
    if isinstance(value, str):
        said.known = True
        said.text.append(value)
        return None
    if isinstance(value, Mapping):
        return _of_mapping(cast("Mapping[str, Any]", value), said, depth)
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        items = cast("Sequence[Any]", value)
        if any(_role(item) for item in items) or any(_phase(item) for item in items):
            return _of_turns(items, said, depth)
        _parts(items, said, depth)
    return None


def _of_mapping(value: Mapping[str, Any], said: _Said, depth: int) -> str | None:
    reason = _reason(value)
    for name in ("choices", "candidates"):  # OpenAI; Gemini
        listed = value.get(name)
        if isinstance(listed, Sequence) and listed and not isinstance(listed, str):
            return _gather(listed[0], said, depth + 1) or reason
    for name in ("message", "body", "data", "delta"):
        inner = value.get(name)
        if isinstance(inner, Mapping):
            if isinstance(value.get("thinking"), str):
                said.thinking.append(value["thinking"])
            return _gather(cast(Any, inner), said, depth + 1) or reason
    output = value.get("output")
    if value.get("object") == "response" and output == []:  # it ended before it said anything
        said.known = True
    if isinstance(output, Mapping | Sequence) and not isinstance(output, str):
        return _gather(output, said, depth + 1) or reason  # OpenAI Responses; Bedrock
    if isinstance(value.get("type"), str) and value["type"] in _PARTS:
        _part(value, said, depth)
        return reason
    _of_message(value, said, depth)
    return reason


def _of_message(message: Mapping[str, Any], said: _Said, depth: int) -> None:
    """A message proper: its content, its fields of thinking, its calls of tools."""
    before = len(said.thinking)
    content = next((message[n] for n in _CONTENT if n in message), None)
    if any(n in message for n in (*_CONTENT, "tool_calls", "role")):
        said.known = True
    if isinstance(content, Mapping):  # Gemini: {"content": {"parts": […]}}
        _gather(cast(Any, content), said, depth + 1)
    elif isinstance(content, str):
        said.text.append(content)
    elif isinstance(content, Sequence):
        _parts(cast("Sequence[Any]", content), said, depth + 1)
    for holder in (message, _mapping(message.get("additional_kwargs"))):  # LangChain
        if len(said.thinking) > before:
            break
        field = next((holder[n] for n in _THINKING if holder.get(n)), None)
        said.thinking.extend(_texts(field, depth))
        if field:
            said.known = True
        elif isinstance(details := holder.get("reasoning_details"), Sequence):  # OpenRouter
            said.thinking.extend(_texts(details, depth))
    said.called = said.called or bool(message.get("tool_calls") or message.get("function_call"))
    said.refused = said.refused or bool(message.get("refusal"))


def _mapping(value: Any) -> Mapping[str, Any]:
    return cast("Mapping[str, Any]", value) if isinstance(value, Mapping) else {}


def _parts(parts: Sequence[Any], said: _Said, depth: int) -> None:
    for part in parts:
        said.known = True
        if isinstance(part, str):
            said.text.append(part)
        elif isinstance(part, Mapping):
            _part(cast("Mapping[str, Any]", part), said, depth)


def _part(part: Mapping[str, Any], said: _Said, depth: int) -> None:
    said.known = True
    kind = _PARTS.get(str(part.get("type")))
    if kind is None:  # Bedrock and Gemini name the part by its key
        inner = part.get("reasoningContent")
        if isinstance(inner, Mapping):
            inner = cast("Mapping[str, Any]", inner)
            said.thinking.extend(_texts(inner.get("reasoningText") or inner.get("text"), depth))
            return
        kind = "tool" if "functionCall" in part or "toolUse" in part else "text"
        if part.get("type") not in (None, "message"):
            kind = "tool" if "tool" in str(part["type"]) else kind
    if part.get("thought") is True:  # Gemini
        kind = "thinking"
    if kind == "tool":
        said.called = True
    elif kind == "refusal":
        said.refused = True
    elif kind == "thinking":
        said.thinking.extend(_texts(part, depth))
    else:
        said.text.extend(_texts(part.get("text", part.get("content")), depth))


def _texts(value: Any, depth: int) -> Iterator[str]:
    """The texts in a field of thinking: a text, parts, or a part with its text under any name."""
    if isinstance(value, str):
        yield value
    elif depth < _DEPTH and isinstance(value, Mapping):
        part = cast("Mapping[str, Any]", value)
        names = ("thinking", "reasoning", "text", "content", "summary", "reasoningText")
        yield from _texts(next((part[n] for n in names if part.get(n)), None), depth + 1)
    elif depth < _DEPTH and isinstance(value, Sequence):
        for item in cast("Sequence[Any]", value):
            yield from _texts(item, depth + 1)


def _of_turns(items: Sequence[Any], said: _Said, depth: int) -> str | None:
    """A conversation, or the items of a Responses body: the assistant's last turn of it.

    Messages of phase `commentary` are what the model says on its way (OpenAI Responses, `phase`):
    no answer. Of several messages between calls of tools, the last is the answer, if no call follows.
    """
    last_user = max((i for i, m in enumerate(items) if _role(m) in _ASKING), default=-1)
    own = items[last_user + 1 :] if last_user + 1 < len(items) else items
    reason: str | None = None
    for item in own:
        if _role(item) not in ("", "assistant", "model", "ai", "gpt", "bot", "chatbot"):
            continue
        one = _Said()
        reason = _gather(item, one, depth + 1) or reason
        said.known = said.known or one.known
        said.thinking.extend(one.thinking)
        said.refused = said.refused or one.refused
        if _phase(item) == "commentary":
            said.thinking.extend(one.text)
            continue
        if one.called:
            said.called, said.text = True, []
        elif any(t.strip() for t in one.text):
            # the parts of one answer may come as several messages; after a call it is another
            said.text, said.called = one.text if said.called else [*said.text, *one.text], False
    return reason


_ASKING = ("user", "human", "system", "developer")


def _role(item: Any) -> str:
    if not isinstance(item, Mapping):
        return ""
    item = cast("Mapping[str, Any]", item)
    role = item.get("role") or item.get("from")
    return role.lower() if isinstance(role, str) else ""


def _phase(item: Any) -> str:
    phase = cast("Mapping[str, Any]", item).get("phase") if isinstance(item, Mapping) else None
    return phase if isinstance(phase, str) else ""


def _reason(value: Mapping[str, Any]) -> str | None:
    for name in _REASONS:
        if isinstance(value.get(name), str) and value[name]:
            return value[name]
    meta = value.get("response_metadata")  # LangChain
    if isinstance(meta, Mapping):
        return _reason(cast("Mapping[str, Any]", meta))
    details = value.get("incomplete_details")  # OpenAI Responses
    status = value.get("status")
    if status == "incomplete" and isinstance(details, Mapping):
        return str(cast("Mapping[str, Any]", details).get("reason") or status)
    if isinstance(status, str) and ("output" in value or "incomplete_details" in value):
        return status
    return None
