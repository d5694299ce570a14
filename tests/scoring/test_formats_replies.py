"""The spellings of a row: ours, lm-evaluation-harness, OpenAI's."""

from __future__ import annotations

import pytest

from bridle.responses import read_response
from bridle.scoring.formats import Bad, Given, Row, read_given


def given(**fields) -> Given:
    row = read_given(Row("f", 1, fields))
    assert isinstance(row, Given), row
    return row


def reason(**fields) -> str:
    row = read_given(Row("f", 1, fields))
    assert isinstance(row, Bad), row
    return row.reason


@pytest.mark.parametrize("name", ["response", "output", "responses", "completion"])
def test_every_name_of_the_response(name):
    one = given(**{name: "a"})
    assert ([r.raw for r in one.replies], one.listed) == (["a"], False)
    several = given(**{name: ["a", None, ""]})
    assert ([r.raw for r in several.replies], several.listed) == (["a", "", ""], True)
    assert [r.raw for r in given(**{name: None}).replies] == [""]
    for wrong in (42, 4.5, True, [1], [["a"]], [[["a"]]]):
        assert "must be a text" in reason(**{name: wrong})
    assert "empty list" in reason(**{name: []})


def test_a_response_that_holds_something_goes_before_one_that_is_null():
    assert given(response=None, output="a").replies[0].raw == "a"


@pytest.mark.parametrize("name", ["thinking", "reasoning", "reasoning_content"])
def test_thinking_beside_the_response(name):
    assert given(response="a", **{name: "t"}).replies[0].reasoning == "t"
    both = given(response=["a", "b"], **{name: ["s", None]})
    assert [r.reasoning for r in both.replies] == ["s", None]
    assert "one text for 2 responses" in reason(response=["a", "b"], **{name: "t"})
    assert "has 1 entries for 2" in reason(response=["a", "b"], **{name: ["t"]})
    assert "must be a text" in reason(response="a", **{name: {"effort": "high"}})


def test_finish_reason_model_and_key():
    row = given(response=["a", "b"], finish_reason="length", model="m", id=7)
    assert [r.finish_reason for r in row.replies] == ["length", "length"]
    assert (row.model, row.key) == ("m", "7")
    assert [
        r.finish_reason
        for r in given(response=["a", "b"], finish_reason=["stop", "length"]).replies
    ] == [
        "stop",
        "length",
    ]
    assert given(response="a", key="k", id="i").key == "k"
    assert given(response="a", key=1000.0).key == "1000"
    assert given(response="a", id="  ").key is None
    assert given(response="a", id=float("nan")).key is None


def test_harness_sample():
    row = given(
        doc_id=0,
        doc={"key": 1000, "prompt": "p"},
        target="18",
        arguments=[["p", {"until": []}]],
        resps=[["a", "b"]],
        filtered_resps=["a"],
        filter="none",
        prompt_level_strict_acc=True,
    )
    assert ([r.raw for r in row.replies], row.key, row.filter) == (["a", "b"], "1000", "none")
    assert row.fields["prompt"] == "p"
    assert row.fields["answer"] == "18"
    assert given(doc_id=3, doc={"question": "q"}, resps=["a"]).key == "3"
    # without documents, and in the spelling of later versions
    late = given(
        doc_id=3,
        arguments={"gen_args_0": {"arg_0": "What is 2+2?", "arg_1": {}}},
        target="4",
        filtered_resps=["4"],
    )
    assert (late.fields, late.replies[0].raw) == ({"answer": "4", "question": "What is 2+2?"}, "4")
    assert "log-likelihoods" in reason(doc={}, resps=[[[-1.5, False]]])
    assert "list of texts" in reason(doc={}, resps="a")


def batch(body, **more):
    return {"custom_id": "7", "response": {"status_code": 200, "body": body}, "error": None, **more}


def test_openai_batch_of_chat_completions():
    row = given(
        **batch(
            {
                "model": "o",
                "choices": [
                    {
                        "message": {"content": "a", "reasoning_content": "t"},
                        "finish_reason": "length",
                    }
                ],
                "usage": {
                    "prompt_tokens": 3,
                    "completion_tokens": 9,
                    "completion_tokens_details": {"reasoning_tokens": 5},
                },
            }
        )
    )
    (reply,) = row.replies
    assert (reply.raw, reply.reasoning, reply.finish_reason) == ("a", "t", "length")
    assert (reply.tokens_in, reply.tokens_out, reply.tokens_thinking) == (3, 9, 5)
    assert (row.key, row.model, row.listed) == ("7", "o", False)
    parts = batch({"choices": [{"message": {"content": [{"type": "text", "text": "a"}]}}]})
    assert given(**parts).replies[0].raw == "a"
    two = given(
        **batch(
            {
                "choices": [{"message": {"content": "a"}}, {"text": "b"}],
                "usage": {"prompt_tokens": 3},
            }
        )
    )
    assert ([r.raw for r in two.replies], two.listed) == (["a", "b"], True)
    assert two.replies[0].tokens_in is None  # the usage counts both
    refused = batch({"choices": [{"message": {"content": None, "refusal": "No."}}]})
    assert given(**refused).replies[0].finish_reason == "content_filter"


def test_openai_batch_of_responses():
    body = {
        "model": "o",
        "status": "incomplete",
        "incomplete_details": {"reason": "max_output_tokens"},
        "output": [
            {"type": "reasoning", "summary": [{"type": "summary_text", "text": "t"}]},
            {"type": "message", "content": [{"type": "output_text", "text": "a"}]},
        ],
        "usage": {"input_tokens": 2, "output_tokens": 5},
    }
    (reply,) = given(**batch(body)).replies
    assert (reply.raw, reply.reasoning, reply.finish_reason) == ("a", "t", "max_output_tokens")
    assert (reply.tokens_in, reply.tokens_out) == (2, 5)


@pytest.mark.parametrize(
    "fields",
    [
        {"custom_id": "7", "response": None, "error": {"message": "expired"}},
        {
            "custom_id": "7",
            "response": {"status_code": 500, "body": {}},
            "error": {"message": "expired"},
        },
        {
            "custom_id": "7",
            "response": {"status_code": 429, "body": {"error": {"message": "expired"}}},
        },
    ],
)
def test_a_call_that_failed_is_an_error_and_not_a_bad_row(fields):
    assert given(**fields).replies[0].error == "expired"


def test_a_body_of_nothing_is_a_bad_row():
    assert "no message" in reason(**batch({"object": "x"}))
    assert "no choices" in reason(**batch({"choices": []}))
    assert "must be an object" in reason(**batch("text"))
    assert "no message" in reason(**batch({"choices": [1]}))


def test_hostile_token_counts_are_not_believed():
    usage = {"prompt_tokens": 10**30, "completion_tokens": -1, "completion_tokens_details": 3}
    (reply,) = given(**batch({"choices": [{"message": {"content": "a"}}], "usage": usage})).replies
    assert (reply.tokens_in, reply.tokens_out, reply.tokens_thinking) == (None, None, None)


@pytest.mark.parametrize(
    "name", ["output_response", "model_response", "model_answer", "generated", "text", "content"]
)
def test_rarer_names_of_the_response_go_last(name: str) -> None:
    assert given(**{name: "a"}).replies[0].raw == "a"
    assert given(**{name: "a"}, response="b").replies[0].raw == "b"


def test_what_a_filter_stopped_before_the_first_word_is_refused() -> None:
    gemini = given(key="k", response={"promptFeedback": {"blockReason": "SAFETY"}})
    body = {
        "object": "response",
        "status": "incomplete",
        "incomplete_details": {"reason": "content_filter"},
        "output": [],
    }
    responses = given(custom_id="k", response={"status_code": 200, "body": body}, error=None)
    for row in (gemini, responses):
        reply = row.replies[0]
        assert read_response(reply.raw, finish_reason=reply.finish_reason).status == "refused"
