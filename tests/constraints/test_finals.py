"""The marked final answer."""

from __future__ import annotations

import time

import pytest

from bridle.constraints import get, witness
from bridle.text import Text


@pytest.mark.parametrize(
    ("name", "text", "obeyed"),
    [
        ("boxed_answer", "\\boxed{4} and \\boxed{}", False),  # the last one counts
        ("boxed_answer", "\\boxed{} and \\boxed{4}", True),
        ("boxed_answer", "\\boxed{\\text{yes}}", True),
        ("boxed_answer", "\\boxed{\\}", False),  # an escaped brace closes nothing
        ("boxed_answer", "\\boxed {{}}", False),
        ("boxed_answer", "\\boxed{4}. So \\boxed{4", False),  # cut off
        ("boxed_answer", "Let \\boxed{ be a box. \\boxed{4}", True),
        ("boxed_answer", "\\boxed{\\text{ }}", False),
        ("boxed_answer", "\\boxed{\\quad\\,\\ }", False),
        ("boxed_answer", "\\boxed{~}", False),
        ("boxed_answer", "\\boxed{\u200b}", False),
        ("boxed_answer", "\\boxed{\\phantom{4}}", False),
        ("boxed_answer", "\\boxed{\\ldots}", False),
        ("boxed_answer", "\\boxed{?}", False),
        ("boxed_answer", "\\boxed{-}", True),
        ("boxed_answer", "\\boxed{\\boxed{}}", False),
        ("boxed_answer", "\\boxed{∞}", True),
        ("boxed_answer", '{"answer": "\\\\boxed{4}"}', True),  # as JSON has to write it
        ("boxed_answer", "\\begin{aligned}x&=3\\\\\\boxed{4}\\end{aligned}", True),
        ("hash_answer", "#### $\\frac{1}{2}$", True),
        ("hash_answer", "#### $\\{\\}$", True),
        ("hash_answer", "####\u00a04", True),
        ("hash_answer", "#### ∞", True),
        ("hash_answer", "#### -", False),
        ("hash_answer", "#### ####", False),
        ("hash_answer", "#### 4\n\u200b\n", True),  # what is not seen is no line
        ("hash_answer", "#### 4\n\n", True),
        ("hash_answer", "#### ...", False),
        ("hash_answer", "", False),
    ],
)
def test_verdicts(name: str, text: str, obeyed: bool) -> None:
    assert get(name).check(text).obeyed is obeyed


def test_the_answer_that_is_there_goes_into_the_last_line() -> None:
    assert get("hash_answer").build("It is \\boxed{42}.") == "It is \\boxed{42}.\n#### 42"


@pytest.mark.parametrize("answer_format", ["boxed", "hash", "plain"])
def test_both_marks_in_one_witness(answer_format: str) -> None:
    rules = [get("boxed_answer"), get("hash_answer")]
    text = witness(rules, "42", answer_format=answer_format)  # pyright: ignore[reportArgumentType]
    assert isinstance(text, str)
    assert "\\boxed{42}" in text and text.endswith("#### 42")


def test_boxes_that_never_close_are_read_once() -> None:
    start = time.process_time()
    assert get("boxed_answer").check(Text("\\boxed{" * 100_000)).obeyed is False
    assert get("boxed_answer").check(Text("\\" * 500_000)).obeyed is False
    assert time.process_time() - start < 3


def test_a_box_that_is_cut_off_is_said_to_be_so() -> None:
    verdict = get("boxed_answer").check("It is \\boxed{4}, so \\boxed{4")
    assert verdict.reason == "The last box is not closed."


def test_a_box_in_json() -> None:
    text = witness([get("json"), get("boxed_answer")], "42")
    assert isinstance(text, str) and get("json").obeyed_by(text)
