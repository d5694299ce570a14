"""What Inspect hands back becomes the text that the server sent, and the right reason it ended."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from inspect_ai.model import (
    ChatCompletionChoice,
    ChatMessageAssistant,
    ContentReasoning,
    ContentText,
    ModelOutput,
    ModelUsage,
)

from bridle.inspect_bridge.replies import reply_of
from bridle.responses import read_response
from bridle.studies.journal import Reply, read_journal
from bridle.studies.study import run

MODEL = "openai-api/local/m"


def served(chat_server, tiny, out: Path, *options: str) -> Reply:
    """One call to a server that gives that reply."""
    server = chat_server(*options)
    run(
        out,
        benchmark=tiny.sums(1),
        conditions=["with"],
        models=[MODEL],
        base_url=server.url,
        retries=0,
    )
    (reply,) = read_journal(out / "responses.jsonl").values()
    return reply


def read(reply: Reply):
    return read_response(reply.raw, reasoning=reply.reasoning, finish_reason=reply.finish_reason)


@pytest.mark.parametrize(
    "content",
    [
        "<think>\nLet me see.\n</think>\n\nThe answer is \\boxed{2}.  \n",
        "thinking without an opening tag</think>The answer is \\boxed{2}.",
        "<think>never closed",
        "<think>a</think>The tag `<think>b</think>` is quoted.",
        "<think>" + "a long thought, " * 500 + "</think>" + "a long answer. " * 500,
        "[THINK]a[/THINK]b",
        "attachment://not-one-of-inspects",
    ],
    ids=["tags", "prefilled", "unclosed", "quoted", "long", "brackets", "attachment"],
)
def test_the_raw_text_is_what_the_server_sent(content, tiny, chat_server, tmp_path: Path) -> None:
    message = {"role": "assistant", "content": content}
    choice = json.dumps({"message": message})
    reply = served(chat_server, tiny, tmp_path / "s", "--choice", choice)
    assert (reply.raw, reply.reasoning, reply.error) == (content, None, None)
    assert (reply.finish_reason, reply.tokens_in, reply.tokens_out) == ("stop", 7, 5)
    assert reply.latency_s is not None and 0 <= reply.latency_s < 10


@pytest.mark.parametrize("field", ["reasoning_content", "reasoning"])
def test_the_field_of_reasoning_is_kept_apart(field, tiny, chat_server, tmp_path: Path) -> None:
    message = {
        "role": "assistant",
        "content": "The tag <think>x</think> is a tag.",
        field: "I see.",
    }
    reply = served(chat_server, tiny, tmp_path / "s", "--choice", json.dumps({"message": message}))
    assert (reply.raw, reply.reasoning) == ("The tag <think>x</think> is a tag.", "I see.")


def test_all_thought_and_no_answer(tiny, chat_server, tmp_path: Path) -> None:
    message = {"role": "assistant", "content": None, "reasoning_content": "I see."}
    choice = json.dumps({"message": message, "finish_reason": "length"})
    reply = served(chat_server, tiny, tmp_path / "s", "--choice", choice)
    assert (reply.raw, reply.reasoning, reply.finish_reason) == ("", "I see.", "length")
    assert read(reply).status == "truncated"


@pytest.mark.parametrize(
    ("choice", "status"),
    [
        ({"finish_reason": "length"}, "truncated"),
        ({"finish_reason": "content_filter"}, "refused"),
        ({"message": {"role": "assistant", "content": None, "refusal": "I will not."}}, "refused"),
        ({"message": {"role": "assistant", "content": ""}}, "no_answer"),
    ],
)
def test_why_it_ended(choice, status, tiny, chat_server, tmp_path: Path) -> None:
    reply = served(chat_server, tiny, tmp_path / "s", "--choice", json.dumps(choice))
    assert reply.error is None and read(reply).status == status


def test_a_prompt_that_is_too_long_is_an_error_and_not_an_answer(
    tiny, chat_server, tmp_path: Path
) -> None:
    said = json.dumps({"error": {"message": "too long by 5", "code": "context_length_exceeded"}})
    reply = served(chat_server, tiny, tmp_path / "s", "--refuse", "400", "--said", said)
    assert reply.raw == "" and "too long by 5" in str(reply.error)


def test_a_bad_request_says_what_the_server_said(tiny, chat_server, tmp_path: Path) -> None:
    said = json.dumps({"error": {"message": "no such model: m"}})
    reply = served(chat_server, tiny, tmp_path / "s", "--refuse", "404", "--said", said)
    assert "no such model: m" in str(reply.error) and "\n" not in str(reply.error)


def output(*content, stop: str = "stop", usage: ModelUsage | None = None) -> ModelOutput:
    message = ChatMessageAssistant(content=list(content))
    choice = ChatCompletionChoice(message=message, stop_reason=stop)
    return ModelOutput(model="m", choices=[choice], usage=usage)


def test_without_the_body_cut_tags_are_put_back() -> None:
    thought = ContentReasoning(reasoning="I see.", internal="think")
    reply = reply_of(output(thought, ContentText(text="4")))
    assert (reply.raw, reply.reasoning) == ("<think>I see.</think>\n4", None)


def test_reasoning_of_other_providers() -> None:
    usage = ModelUsage(
        input_tokens=3,
        output_tokens=9,
        reasoning_tokens=5,
        input_tokens_cache_read=10,
        input_tokens_cache_write=100,
    )
    blocks = [
        ContentReasoning(reasoning="first", signature="s"),
        ContentReasoning(reasoning="encrypted", redacted=True, summary="second"),
    ]
    reply = reply_of(output(*blocks, ContentText(text="4"), stop="max_tokens", usage=usage))
    assert (reply.raw, reply.reasoning, reply.finish_reason) == ("4", "first\nsecond", "length")
    assert (reply.tokens_in, reply.tokens_out, reply.tokens_thinking) == (113, 9, 5)
