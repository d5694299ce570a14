"""Constraints are marked where the prompt states them."""

from __future__ import annotations

import json

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


def test_what_is_no_constraint_here_marks_nothing() -> None:
    rules = [("no such type", "{}"), ("words", '{"at_most": "many"}'), ("words", "[1]")]
    assert marked("2+2?", rules) == {}
    assert marked("", [spec(constraints.get("no_comma"))], "") == {}
