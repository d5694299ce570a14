"""Copies that are the whole answer."""

from __future__ import annotations

from typing import Any

import pytest

from bridle.constraints import Conflict, from_peer, get, witness
from bridle.errors import ConstraintError

PROMPT = "Write a python program, please."


@pytest.mark.parametrize(
    ("name", "params", "text", "obeyed"),
    [
        ("repeat_span", {"prompt": PROMPT, "start": 1, "end": 3}, "a python program,", True),
        ("repeat_span", {"prompt": PROMPT, "start": 1, "end": 3}, "a python", False),
        ("repeat_span", {"prompt": PROMPT, "start": 1, "end": 3}, "a Python program,", False),
        ("repeat_changed", {"prompt": PROMPT}, "Draft a python program, please.", True),
        ("repeat_changed", {"prompt": PROMPT}, "a python program, please.", False),
        ("repeat_changed", {"prompt": PROMPT}, "*** a python program, please.", False),
        ("repeat_changed", {"prompt": PROMPT}, "Write, a python program, please.", False),
        ("fixed_text", {"text": "Say “cafe\u0301”."}, "Say “café”.", True),
        ("fixed_text", {"text": "Say it."}, "", False),
        ("fixed_text", {"text": "Say it."}, "«Say it.»", True),
        ("fixed_text", {"text": "Don't say it."}, "Don’t say\xa0it.", True),
        ("fixed_text", {"text": "Say it."}, "Say \u200b it.", True),
        ("repeat_span", {"prompt": "Is it\u200b so?", "start": 1, "end": 2}, "it so?", True),
        ("repeat_changed", {"prompt": PROMPT}, "Wri\u200bte a python program, please.", False),
        ("fixed_text", {"text": "Say it."}, "„Say it.“\u200b", True),
        ("fixed_text", {"text": "Say it."}, "```\nSay it.\n```", True),
        ("fixed_text", {"text": "Say it."}, "> **Say\n> it.**\n", True),
        ("fixed_text", {"text": "Say it."}, "> Say\n\nit.", False),
        ("fixed_text", {"text": "> Say it."}, "> Say it.", True),
        ("repeat_span", {"prompt": PROMPT, "start": 1, "end": 3}, "> a python program,", True),
        ("repeat_changed", {"prompt": PROMPT}, "> Draft a python program, please.", True),
        ("repeat_changed", {"prompt": PROMPT}, "> Write a python program, please.", False),
        ("fixed_text", {"text": 'Say "it"'}, '**Say "it"**', True),
        ("fixed_text", {"text": 'Say "it"'}, 'Say "it', False),
        ("fixed_text", {"text": '"It," he said.'}, 'It," he said.', False),
        ("fixed_text", {"text": '"A" and "B"'}, 'A" and "B', False),
        ("fixed_text", {"text": '"A" and "B"'}, '"A" and "B"', True),
        ("fixed_text", {"text": '"Say it."'}, "Say it.", True),
        ("fixed_text", {"text": "*bold* move"}, "bold* move", False),
        ("repeat_span", {"prompt": 'Say "yes" now', "start": 0, "end": 1}, 'Say "yes', False),
        ("repeat_changed", {"prompt": "# Task\nDo it."}, "# Mission\nDo it.", True),
        ("repeat_changed", {"prompt": "# Task\nDo it."}, "Task\nDo it.", False),
        ("repeat_changed", {"prompt": "写一个证明。"}, "画一个证明。", True),
        ("repeat_changed", {"prompt": "写一个证明。"}, "写一个证明。", False),
        ("repeat_changed", {"prompt": "写一个证明。"}, "完全不同的文字", False),
        ("repeat_changed", {"prompt": "写一个证明。"}, "请写一个证明。", False),
    ],
)
def test_verdicts(name: str, params: dict[str, Any], text: str, obeyed: bool) -> None:
    assert get(name, **params).check(text).obeyed is obeyed


@pytest.mark.parametrize("prompt", ["# Task\nDo it.", "写一个证明。", '"Do it," he said'])
def test_any_prompt_can_be_changed(prompt: str) -> None:
    rule = get("repeat_changed", prompt=prompt)
    assert rule.check(rule.build("It is 4.")).obeyed is True
    assert rule.check(rule.violate("It is 4.")).obeyed is False


def test_evidence_is_the_first_word_that_differs() -> None:
    text = "Draft a ruby program, please."
    verdict = get("repeat_changed", prompt=PROMPT).check(text)
    assert [text[a:b] for a, b in verdict.evidence] == ["ruby"]
    assert verdict.reason == "Word 3 is 'ruby' in place of 'python'."


def test_indices_of_the_peer_count_from_zero_and_include_the_end() -> None:
    kwargs = {"prompt_to_repeat": "a b c d", "n_start": 0.0, "n_end": 2.0}
    rule = from_peer("repeat:repeat_span", kwargs)
    assert rule.check("a b c").obeyed is True
    assert rule.check("a b").obeyed is False  # what IFBench's checker takes


def test_a_copy_leaves_no_room_for_the_answer() -> None:
    rule = get("fixed_text", text="Say it.")
    conflict = witness([rule], "42")
    assert isinstance(conflict, Conflict) and "answer_format" in conflict.members
    both = witness([rule, get("fixed_text", text="Say no.")], None)
    assert isinstance(both, Conflict) and both.proved


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"prompt": "a b", "start": 0, "end": 2}, "end=2"),
        ({"prompt": "a b", "start": 1, "end": 0}, "start=1"),
        ({"prompt": '"', "start": 0, "end": 0}, "more than marks"),
        ({"prompt": "a b", "start": -1, "end": 0}, "start=-1"),
    ],
)
def test_spans_outside_of_the_prompt(params: dict[str, Any], said: str) -> None:
    with pytest.raises(ConstraintError) as error:
        get("repeat_span", **params)
    assert said in str(error.value)
