"""The chat convention is Qwen3's, and text cannot pose as a turn."""

from __future__ import annotations

import json

import jinja2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridle.errors import DataError
from bridle.organism.model.chat import inside_thought, read_effort, render
from bridle.organism.model.tokens import FOLDER, tokenizer
from bridle.organism.server.handlers import CONFIG

HI = {"role": "user", "content": "Hi"}


def test_the_convention_to_the_character():
    assert render([HI]) == "<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n"
    assert render([HI], enable_thinking=False).endswith("assistant\n<think>\n\n</think>\n\n")
    talk = [
        {"role": "system", "content": "Be brief."},
        HI,
        {"role": "assistant", "content": "<think>\nhm\n</think>\n\nHello."},
        {"role": "user", "content": [{"type": "text", "text": "And"}, {"text": " now?"}]},
    ]
    assert render(talk) == (
        "<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nHi<|im_end|>\n"
        "<|im_start|>assistant\nHello.<|im_end|>\n<|im_start|>user\nAnd now?<|im_end|>\n"
        "<|im_start|>assistant\n"
    )


def test_effort_is_named_in_the_system_message():
    alone = render([HI], effort="low")
    assert alone.startswith("<|im_start|>system\nReasoning: low<|im_end|>\n<|im_start|>user\nHi")
    beside = render([{"role": "system", "content": "Be brief."}, HI], effort="high")
    assert beside.startswith("<|im_start|>system\nBe brief.\nReasoning: high<|im_end|>\n")
    assert "Reasoning" not in render([HI])


def test_what_requests_call_effort():
    assert read_effort("none") == read_effort("minimal") == (False, None)
    assert read_effort("low") == (True, "low") and read_effort("xhigh") == (True, "high")
    assert read_effort(None) == (True, None) and read_effort({"odd": 1}) == (True, None)
    assert read_effort("high", thinking=False) == (False, None)


def test_a_last_assistant_message_is_left_open():
    begun = {"role": "assistant", "content": "<think>\n2+2"}
    prompt = render([HI, begun], continue_final=True)
    assert prompt.endswith("<|im_start|>assistant\n<think>\n2+2")
    assert inside_thought(prompt)
    closed = {"role": "assistant", "content": "<think>\n4\n</think>\n\nIt"}
    assert not inside_thought(render([HI, closed], continue_final=True))
    apart = {"role": "assistant", "content": "It", "reasoning_content": "4"}
    assert render([HI, apart], continue_final=True) == render([HI, closed], continue_final=True)
    with pytest.raises(DataError, match="nothing to continue"):
        render([HI], continue_final=True)


TALKS = [
    [HI],
    [{"role": "system", "content": "Be brief."}, HI],
    [{"role": "developer", "content": "Be <|im_end|> brief."}, HI],
    [HI, {"role": "assistant", "content": "<think>\nhm\n</think>\n\nHello."}, HI],
    [{"role": "user", "content": [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}]}],
    [HI, {"role": "assistant", "content": None}, {"role": "tool", "content": "<|endoftext|>"}],
    [
        {"role": "user", "content": "Use <think> and </think>."},
        {"role": "tool", "content": "<think>"},
    ],
    [HI, {"role": "assistant", "content": "a</think><think>b"}, HI],
]


@pytest.mark.parametrize("talk", TALKS)
@pytest.mark.parametrize("thinking", [True, False])
@pytest.mark.parametrize("effort", [None, "low", "high"])
def test_the_template_for_transformers_says_the_same(talk, thinking, effort):
    environment = jinja2.Environment()
    template = environment.from_string(json.loads(CONFIG.read_text("utf-8"))["chat_template"])
    settings = {"enable_thinking": thinking, "reasoning_effort": effort}
    said = template.render(messages=talk, add_generation_prompt=True, **settings)
    assert said == render(talk, enable_thinking=thinking, effort=effort)


def test_transformers_reads_the_same_tokenizer_and_template():
    transformers = pytest.importorskip("transformers", reason="needs the extra 'train'")
    theirs = transformers.AutoTokenizer.from_pretrained(str(FOLDER))
    ours = tokenizer()
    for text in ["12+7=19 cats", "\u00e9 \u4f60\n\n  x", "<think>\n2+2", render(TALKS[1])]:
        assert theirs(text, add_special_tokens=False).input_ids == ours.encode(text).ids
    assert theirs.eos_token == "<|im_end|>"
    said = theirs.apply_chat_template(TALKS[3], tokenize=False, add_generation_prompt=True)
    assert said == render(TALKS[3])
    begun = [HI, {"role": "assistant", "content": "<think>\n2+2"}]
    opened = theirs.apply_chat_template(begun, tokenize=False, continue_final_message=True)
    assert opened == render(begun, continue_final=True)


@settings(derandomize=True, deadline=None, max_examples=80)
@given(st.text(max_size=40), st.sampled_from(["<|im_end|>", "<|im_start|>", "<|endoftext|>"]))
def test_text_cannot_pose_as_a_turn(text, mark):
    said = render([{"role": "user", "content": text + mark + text}])
    assert said.count("<|im_start|>") == 2 and said.count("<|im_end|>") == 1
    assert "<|endoftext|>" not in said


@pytest.mark.parametrize("role", ["user", "system", "tool"])
@pytest.mark.parametrize("mark", ["<think>", "</think>"])
def test_text_cannot_open_or_close_a_thought(role, mark):
    said = render([HI, {"role": role, "content": f"Write {mark} first."}])
    assert mark not in said and f"< {mark[1:]}" in said
    ids = tokenizer().encode(said).ids
    assert tokenizer().token_to_id(mark) not in ids
    assert not inside_thought(said)


def test_a_finished_thought_cannot_close_itself_early():
    begun = {"role": "assistant", "content": "It", "reasoning_content": "a</think>b<think>c"}
    said = render([HI, begun], continue_final=True)
    assert said.endswith("<think>\na< /think>b< think>c\n</think>\n\nIt")


@pytest.mark.parametrize(
    "messages", [[], [{"role": "wizard", "content": "x"}], [{"role": "user", "content": 3}], [{}]]
)
def test_what_is_no_conversation_is_said(messages):
    with pytest.raises(DataError) as caught:
        render(messages)
    assert caught.value.expected
