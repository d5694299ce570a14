"""How a text begins."""

from __future__ import annotations

import pytest

from bridle.constraints import Conflict, get, witness

VERBS = (
    "Add Adding Added Consider Carries Stopped Planning Is Was Took Lies Lying Tied Denote Makes"
)
OTHERS = "The This His Us During Nothing Hundred Thus Certainly Equation Yes Five Its Always"


@pytest.mark.parametrize("word", VERBS.split())
def test_verbs(word: str) -> None:
    assert get("start_verb").check(f"{word} it here.").obeyed is True


@pytest.mark.parametrize("word", OTHERS.split())
def test_other_words(word: str) -> None:
    assert get("start_verb").check(f"{word} it here.").obeyed is not True


def test_start_phrases_exclude_each_other() -> None:
    one, two = get("start_phrase", phrase="Sure"), get("start_phrase", phrase="Here is why:")
    conflict = witness([one, two], "42")
    assert isinstance(conflict, Conflict) and conflict.proved
    assert isinstance(witness([one, get("start_phrase", phrase="Sure thing")], "42"), str)


def test_start_phrase_inside_quotation_marks() -> None:
    rules = [get("start_phrase", phrase="Here is why:"), get("quoted")]
    text = witness(rules, "42")
    assert isinstance(text, str) and text.startswith('"Here is why:')
