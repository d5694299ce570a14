"""Constraints are marked where the prompt states them."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridle import benchmarks, constraints
from bridle.report.samples.prompts import stated


def spec(rule: constraints.Constraint) -> tuple[str, str]:
    return rule.name, json.dumps(rule.params())


def marked(prompt: str, rules: list[tuple[str, str]], bare: str | None = None) -> dict[int, str]:
    found: dict[int, str] = {}
    for start, end, number in stated(prompt, rules, bare):
        found[number] = found.get(number, "") + prompt[start:end]
    return found


def test_every_instruction_of_our_own_items_is_found_by_its_wording() -> None:
    for item in benchmarks.load("crossed", limit=40).items:
        found = marked(item.prompt, [spec(rule) for rule in item.constraints])
        assert sorted(found) == list(range(len(item.constraints))), item.prompt
        for number, rule in enumerate(item.constraints):
            wordings = [rule.describe(i) for i in range(len(rule.phrasings()))]
            assert found[number] in wordings


def test_other_wordings_are_what_the_bare_prompt_lacks() -> None:
    rules = [spec(constraints.get("no_comma"))]
    assert marked("2+2?\nBitte ohne Komma.", rules, "2+2?") == {0: "\nBitte ohne Komma."}
    assert marked("Bitte ohne Komma.\n2+2?", rules, "2+2?") == {0: "Bitte ohne Komma.\n"}
    assert marked("2+2?\nBitte ohne Komma.", rules) == {}
    assert marked("2+2?", rules, "2+2?") == {}


def test_one_known_and_one_unknown_wording_share_the_rest() -> None:
    known = constraints.get("no_comma")
    prompt = f"2+2? {known.describe()} Nur Kleinbuchstaben."
    rules = [spec(known), spec(constraints.get("lowercase"))]
    assert marked(prompt, rules, "2+2?") == {0: known.describe(), 1: " Nur Kleinbuchstaben."}


@pytest.mark.parametrize(
    ("name", "params", "prompt", "found"),
    [
        ("no_comma", {}, "Why? Do not use commas in your reply. Thanks.", "Do not use commas in your reply."),
        ("highlights", {"at_least": 3}, "Highlight at least 3 parts, i.e. *so*. Go.",
         "Highlight at least 3 parts, i.e. *so*."),
        ("sentences", {"less_than": 6}, "Write of ten cats.\nIt should contain fewer than six sentences",
         "It should contain fewer than six sentences"),
        ("language", {"language": "it"}, "A haiku in Italian, no other language. Go on.",
         "A haiku in Italian, no other language."),
        ("no_comma", {"scope": "thinking"}, "Think, then answer finally. When reasoning, refrain from any commas.",
         "When reasoning, refrain from any commas."),
        ("no_comma", {}, "Write what you think of 1,000 cats and of your final answer.", None),
        ("words", {"at_most": 30}, "Tell me of 30 years of war.", None),
    ],
)  # fmt: skip
def test_wordings_of_others_are_found_by_the_words_they_share(
    name: str, params: dict[str, Any], prompt: str, found: str | None
) -> None:
    said = marked(prompt, [(name, json.dumps(params))])
    assert said == ({} if found is None else {0: found})


def test_a_prompt_of_any_length_and_make_is_gone_through_once() -> None:
    rules = [spec(constraints.get("no_comma")), spec(constraints.get("words", at_most=30))]
    for text in ("i.e. " * 200_000, "." * 1_000_000, "x" * 1_000_000, "?! " * 300_000):
        began = time.process_time()
        stated(text, rules)
        assert time.process_time() - began < 1


@given(st.text(st.sampled_from("ab ,.!?\nie.g"), max_size=60))
def test_sentences_stay_within_the_text(text: str) -> None:
    for start, end, _ in stated(text, [spec(constraints.get("no_comma"))], text[::2]):
        assert 0 <= start < end <= len(text)


def test_what_is_no_constraint_here_marks_nothing() -> None:
    rules = [("no such type", "{}"), ("words", '{"at_most": "many"}'), ("words", "[1]")]
    assert marked("2+2?", rules) == {}
    assert marked("", [spec(constraints.get("no_comma"))], "") == {}
