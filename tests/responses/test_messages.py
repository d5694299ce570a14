"""A provider's message is understood in every shape that its API reference documents."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridle.responses.messages import Message, NotAMessage, message_of

CASES: dict[str, tuple[Any, Message]] = {
    "a text": ("4", Message("4")),
    "OpenAI chat": ({"role": "assistant", "content": "4"}, Message("4")),
    "DeepSeek": (
        {"role": "assistant", "content": "4", "reasoning_content": "2+2"},
        Message("4", "2+2"),
    ),
    "vLLM and Groq": ({"content": "4", "reasoning": "2+2"}, Message("4", "2+2")),
    "vLLM with both names": (
        {"content": "4", "reasoning": "2+2", "reasoning_content": "2+2"},
        Message("4", "2+2"),
    ),
    "no content, a thought": (
        {"content": None, "reasoning_content": "2+2"},
        Message("", "2+2"),
    ),
    "a choice": (
        {"index": 0, "message": {"content": "4"}, "finish_reason": "length"},
        Message("4", None, "length"),
    ),
    "a legacy choice": ({"text": "4", "finish_reason": "stop"}, Message("4", None, "stop")),
    "a body": (
        {"choices": [{"message": {"content": "4"}, "finish_reason": "abort"}], "usage": {}},
        Message("4", None, "abort"),
    ),
    "OpenAI refusal": (
        {"content": None, "refusal": "I cannot."},
        Message("", None, "content_filter"),
    ),
    "a call of a tool": (
        {
            "message": {"content": None, "tool_calls": [{"function": {"name": "f"}}]},
            "finish_reason": "stop",
        },
        Message("", None, "tool_calls"),
    ),
    "Mistral": (
        {
            "role": "assistant",
            "content": [
                {"type": "thinking", "thinking": [{"type": "text", "text": "2+2"}], "closed": True},
                {"type": "text", "text": "4"},
            ],
        },
        Message("4", "2+2"),
    ),
    "OpenRouter": (
        {
            "content": "4",
            "reasoning": None,
            "reasoning_details": [
                {"type": "reasoning.summary", "summary": "adds", "format": "x"},
                {"type": "reasoning.text", "text": "2+2", "signature": None},
                {"type": "reasoning.encrypted", "data": "QUJD"},
            ],
        },
        Message("4", "adds\n2+2"),
    ),
    "OpenRouter, said twice": (
        {"content": "4", "reasoning": "2+2", "reasoning_details": [{"text": "2+2"}]},
        Message("4", "2+2"),
    ),
    "Anthropic": (
        {
            "type": "message",
            "role": "assistant",
            "content": [
                {"type": "thinking", "thinking": "2+2", "signature": "s"},
                {"type": "redacted_thinking", "data": "QUJD"},
                {"type": "text", "text": "It is "},
                {"type": "text", "text": "4"},
            ],
            "stop_reason": "end_turn",
        },
        Message("It is 4", "2+2", "end_turn"),
    ),
    "Anthropic calls a tool": (
        {"content": [{"type": "tool_use", "name": "f", "input": {}}], "stop_reason": "tool_use"},
        Message("", None, "tool_use"),
    ),
    "Ollama chat": (
        {"message": {"role": "assistant", "content": "4", "thinking": "2+2"}, "done_reason": "stop"},
        Message("4", "2+2", "stop"),
    ),
    "Ollama generate": (
        {"response": "4", "thinking": "2+2", "done": True, "done_reason": "length"},
        Message("4", "2+2", "length"),
    ),
    "Gemini": (
        {
            "candidates": [
                {
                    "content": {"role": "model", "parts": [{"text": "2+2", "thought": True}, {"text": "4"}]},
                    "finishReason": "MAX_TOKENS",
                }
            ]
        },
        Message("4", "2+2", "MAX_TOKENS"),
    ),
    "Cohere": (
        {
            "message": {"content": [{"type": "thinking", "thinking": "2+2"}, {"type": "text", "text": "4"}]},
            "finish_reason": "COMPLETE",
        },
        Message("4", "2+2", "COMPLETE"),
    ),
    "Bedrock": (
        {
            "output": {
                "message": {
                    "role": "assistant",
                    "content": [
                        {"reasoningContent": {"reasoningText": {"text": "2+2", "signature": "s"}}},
                        {"text": "4"},
                    ],
                }
            },
            "stopReason": "max_tokens",
        },
        Message("4", "2+2", "max_tokens"),
    ),
    "Responses": (
        {
            "status": "completed",
            "output": [
                {"type": "reasoning", "summary": [{"type": "summary_text", "text": "2+2"}]},
                {"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": "4"}]},
            ],
        },
        Message("4", "2+2", "completed"),
    ),
    "Responses, incomplete": (
        {
            "status": "incomplete",
            "incomplete_details": {"reason": "max_output_tokens"},
            "output": [{"type": "reasoning", "summary": []}],
        },
        Message("", None, "max_output_tokens"),
    ),
    "Responses, commentary before the answer": (
        {
            "status": "completed",
            "output": [
                {"type": "message", "role": "assistant", "phase": "commentary", "content": [{"type": "output_text", "text": "I look."}]},
                {"type": "function_call", "name": "f", "arguments": "{}"},
                {"type": "message", "role": "assistant", "phase": "final_answer", "content": [{"type": "output_text", "text": "4"}]},
            ],
        },
        Message("4", "I look.", "completed"),
    ),
    "Responses, commentary and a call only": (
        {
            "status": "completed",
            "output": [
                {"type": "message", "role": "assistant", "phase": "commentary", "content": [{"type": "output_text", "text": "I look."}]},
                {"type": "function_call", "name": "f", "arguments": "{}"},
            ],
        },
        Message("", "I look.", "tool_calls"),
    ),
    "LangChain": (
        {
            "content": "4",
            "additional_kwargs": {"reasoning_content": "2+2"},
            "response_metadata": {"finish_reason": "stop"},
            "type": "ai",
        },
        Message("4", "2+2", "stop"),
    ),
    "a conversation": (
        [
            {"role": "user", "content": "1+1?"},
            {"role": "assistant", "content": "2"},
            {"role": "user", "content": "2+2?"},
            {"role": "assistant", "content": "4", "reasoning_content": "2+2"},
        ],
        Message("4", "2+2"),
    ),
    "a conversation with a tool": (
        [
            {"role": "user", "content": "2+2?"},
            {"role": "assistant", "content": "I ask.", "tool_calls": [{"function": {"name": "f"}}]},
            {"role": "tool", "content": "4"},
            {"role": "assistant", "content": "It is 4."},
        ],
        Message("It is 4."),
    ),
    "ShareGPT": ([{"from": "human", "value": "?"}, {"from": "gpt", "value": "4"}], Message("4")),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_case(name: str) -> None:
    value, right = CASES[name]
    assert message_of(value) == right


def test_a_reason_beside_the_message_counts_where_it_has_none_itself() -> None:
    assert message_of({"content": "4"}, finish_reason="length").finish_reason == "length"
    both = message_of({"content": "4", "finish_reason": "stop"}, finish_reason="length")
    assert both.finish_reason == "stop"


@pytest.mark.parametrize("value", [None, 4, {}, {"a": 1}, b"4", []])
def test_what_is_no_message_is_refused(value: Any) -> None:
    with pytest.raises(NotAMessage):
        message_of(value)


KEYS = [
    "content", "message", "choices", "output", "role", "type", "text", "thinking", "reasoning",
    "reasoning_details", "parts", "finish_reason", "status", "phase", "summary", "candidates", "user",
    "assistant", "thought", "tool_calls", "refusal",
]  # fmt: skip
names = st.sampled_from(KEYS)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | names,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=4),
    max_leaves=20,
)


@settings(derandomize=True, deadline=None, max_examples=200)
@given(values)
def test_any_json_is_read_or_refused(value: Any) -> None:
    try:
        got = message_of(value)
    except NotAMessage:
        return
    assert isinstance(got.text, str)
    assert got.reasoning is None or got.reasoning.strip()
    assert got.finish_reason is None or isinstance(got.finish_reason, str)


def test_depth_is_bounded() -> None:
    value: Any = "4"
    for _ in range(5000):
        value = {"message": value} if isinstance(value, dict) else {"content": value}
    with pytest.raises(NotAMessage):
        message_of(value)
