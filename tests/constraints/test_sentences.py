"""Sentences compared with each other."""

from __future__ import annotations

import pytest

from bridle.constraints import get, witness
from bridle.errors import ConstraintError


@pytest.mark.parametrize("answer", ["4", "42", "\\frac{1}{2}", "1234567890"])
@pytest.mark.parametrize("number", [2, 3, 4, 5])
def test_equal_sentences_that_state_an_answer(number: int, answer: str) -> None:
    text = witness([get("equal_sentences", sentences=number)], answer)
    assert isinstance(text, str) and f"\\boxed{{{answer}}}" in text


def test_a_shared_word_is_shown() -> None:
    text = "We sum. We add."
    verdict = get("equal_sentences", sentences=2).check(text)
    assert [text[a:b] for a, b in verdict.evidence] == ["We"]


def test_ratios() -> None:
    two_to_one = get("sentence_types", declarative=2, interrogative=1)
    assert two_to_one.obeyed_by("A is it. B is it. Is it? C is it. Is it? D is it. Wow!")
    assert two_to_one.check('He says "no." Is it ("so?") It is.').observed == [2, 1]
    none = get("sentence_types", declarative=1, interrogative=0)
    assert none.obeyed_by("It is.") and not none.obeyed_by("It is. Is it?")
    with pytest.raises(ConstraintError, match="not 0 everywhere"):
        get("sentence_types", declarative=0, interrogative=0)
