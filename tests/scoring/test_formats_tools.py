"""Rows as tools, batches and chats hold them: each format's shape, with its siblings."""

from __future__ import annotations

from typing import Any

import pytest

from bridle.scoring.formats import Bad, Given, Row, read_given

USER = {"role": "user", "content": "2+2?"}
SAID = {"role": "assistant", "content": "It is 4."}


def given(**fields: Any) -> Given:
    row = read_given(Row("f", 1, fields))
    assert isinstance(row, Given), row
    return row


def reason(**fields: Any) -> str:
    row = read_given(Row("f", 1, fields))
    assert isinstance(row, Bad), row
    return row.reason


def said(row: Given) -> list[tuple[str, str | None, str | None]]:
    return [(r.raw, r.reasoning, r.finish_reason) for r in row.replies]


def test_chats_in_a_column() -> None:
    """TRL's conversational data sets and verifiers' results.jsonl; JSON text where a table is flat."""
    row = given(prompt=[{"role": "system", "content": "s"}, USER], completion=[SAID], answer="4")
    assert (said(row), row.listed) == ([("It is 4.", None, None)], False)
    assert (row.fields["prompt"], row.fields["question"], row.fields["answer"]) == (
        "2+2?",
        "2+2?",
        "4",
    )
    whole = given(messages=[USER, SAID | {"reasoning_content": "two, two"}], answer="4")
    assert said(whole) == [("It is 4.", "two, two", None)]
    assert whole.fields["prompt"] == "2+2?"
    flat = given(
        messages='[{"role": "user", "content": "2+2?"}, {"role": "assistant", "content": "4"}]'
    )
    assert said(flat) == [("4", None, None)]
    several = given(prompt=[USER], completions=[[SAID], [SAID | {"content": "5"}]])
    assert ([r.raw for r in several.replies], several.listed) == (["It is 4.", "5"], True)
    assert "ends with a turn of the user" in reason(messages=[USER])
    tagged = given(
        conversations=[{"from": "human", "value": "2+2?"}, {"from": "gpt", "value": "4"}]
    )
    assert (said(tagged), tagged.fields["prompt"]) == ([("4", None, None)], "2+2?")


def test_verifiers_results() -> None:
    row = given(
        example_id=7,
        prompt=[USER],
        completion=[
            SAID | {"tool_calls": [{"id": "c"}]},
            {"role": "tool", "content": "x"},
            SAID | {"content": "So 4."},
        ],
        answer="4",
        info={"constraints": [{"type": "no_comma"}]},
        reward=1.0,
        is_truncated=True,
        error=None,
    )
    assert (said(row)[0][0], said(row)[0][2], row.key) == ("So 4.", "length", "7")
    assert row.fields["constraints"] == [{"type": "no_comma"}]
    failed = given(example_id=7, prompt=[USER], completion=None, error={"error": "ProviderError"})
    assert failed.replies[0].error is not None


def test_verifiers_traces() -> None:
    trace = {
        "version": 1,
        "id": "f00",
        "task": {"type": "T", "data": {"prompt": "2+2?", "answer": "4"}, "key": "k"},
        "agent": {"config": {"model": "m"}},
        "nodes": [
            {"parent": None, "message": USER},
            {"parent": 0, "message": SAID | {"reasoning_content": "two, two"}},
        ],
        "calls": [
            {"node": 1, "model": "m2", "finish_reason": "length", "usage": {"output_tokens": 9}}
        ],
        "rewards": {},
    }
    row = given(**trace)
    assert said(row) == [("It is 4.", "two, two", "length")]
    assert (row.key, row.model, row.replies[0].tokens_out) == ("k", "m2", 9)
    assert (row.fields["answer"], row.fields["prompt"]) == ("4", "2+2?")
    broken = given(
        **{**trace, "nodes": [{"message": USER}], "calls": [{"error": {"message": "503"}}]}
    )
    assert broken.replies[0].error == "503"


def test_lighteval() -> None:
    doc = {"query": "2+2?", "choices": ["3", "4"], "gold_index": [1], "id": "12", "specific": None}
    row = given(doc=doc, model_response={"text": ["a", "b"], "reasonings": ["r", None]}, metric={})
    assert (said(row), row.listed, row.key) == ([("a", "r", None), ("b", None, None)], True, "12")
    assert (row.fields["answer"], row.fields["question"]) == ("4", "2+2?")
    assert "no text" in reason(doc=doc, model_response={"text": [], "logprobs": [0.1]})
    old = given(example="2+2?", full_prompt="2+2?", predictions="['a', 'b']", gold="['4']")
    assert [r.raw for r in old.replies] == ["a", "b"]
    assert old.fields["answer"] == "4"


def test_a_constant_target_of_ifeval_is_no_reference() -> None:
    doc = {"key": 1, "prompt": "p", "instruction_id_list": ["punctuation:no_comma"], "kwargs": [{}]}
    for target in ("0", 0, "", None):
        row = given(doc_id=0, doc=doc, target=target, resps=[["a"]])
        assert row.fields.get("answer") is None
    assert given(doc_id=0, doc={"question": "q"}, target="0", resps=[["a"]]).fields["answer"] == "0"


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ({"id": "batch_req_1", "custom_id": "k1", "response": {"status_code": 200, "body": {"choices": [{"message": SAID, "finish_reason": "stop"}], "model": "m"}}, "error": None}, "k1"),
        ({"custom_id": "k1", "result": {"type": "succeeded", "message": {"model": "m", "content": [{"type": "text", "text": "It is 4."}], "stop_reason": "end_turn"}}}, "k1"),
        ({"key": "k1", "response": {"candidates": [{"content": {"parts": [{"text": "It is 4."}]}, "finishReason": "STOP"}], "modelVersion": "m"}}, "k1"),
        ({"id": "chatcmpl-1", "object": "chat.completion", "model": "m", "choices": [{"message": SAID}]}, None),
        ({"id": "resp_1", "object": "response", "model": "m", "status": "completed", "output": [{"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": "It is 4."}]}]}, None),
        ({"id": "msg_1", "type": "message", "role": "assistant", "model": "m", "content": [{"type": "text", "text": "It is 4."}]}, None),
        ({"model": "m", "message": SAID, "done": True, "done_reason": "stop"}, None),
        ({"model": "m", "response": "It is 4.", "thinking": "t", "done_reason": "stop"}, None),
    ],
)  # fmt: skip
def test_batches_and_bodies(line: dict[str, Any], key: str | None) -> None:
    row = given(**line)
    assert (row.replies[0].raw, row.model, row.key) == ("It is 4.", "m", key)


@pytest.mark.parametrize("kind", ["errored", "canceled", "expired"])
def test_a_request_of_anthropic_that_did_not_succeed_is_an_error(kind: str) -> None:
    error = {"type": "error", "error": {"type": "overloaded_error", "message": "busy"}}
    result = {"type": kind} | ({"error": error} if kind == "errored" else {})
    reply = given(custom_id="k", result=result).replies[0]
    assert reply.error == ("busy" if kind == "errored" else f"the request {kind}")
