"""Which way a text reads, as far as it shows."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridle.constraints import get
from bridle.constraints.phrases import SENTENCES
from bridle.constraints.reversals import LettersReversed, WordsReversed

WORDS = WordsReversed()
LETTERS = LettersReversed()
STORY = " ".join(SENTENCES["en"])


def test_prose_reads_forwards_and_its_reversal_backwards() -> None:
    for rule in (WORDS, LETTERS):
        assert rule.check(STORY).obeyed is False
        assert rule.check(rule.turned(STORY)).obeyed is True
    assert WORDS.check(LETTERS.turned(STORY)).obeyed is None  # letters are no English words


@pytest.mark.parametrize("sentence", SENTENCES["en"])
def test_no_sentence_that_reads_forwards_is_taken_for_reversed(sentence: str) -> None:
    assert WORDS.check(sentence).obeyed is not True
    assert LETTERS.check(sentence).obeyed is not True


@settings(derandomize=True, deadline=None, max_examples=80)
@given(st.lists(st.sampled_from(["the", "sum", "$x + 1$", "is", "so."]), min_size=1, max_size=9))
def test_turning_twice_changes_nothing(words: list[str]) -> None:
    text = " ".join(words)
    assert WORDS.turned(WORDS.turned(text)) == text
    assert LETTERS.turned(LETTERS.turned(text)) == text


@pytest.mark.parametrize(
    ("name", "text", "obeyed"),
    [
        # taken by IFBench's checkers, though nothing is reversed but the name
        ("letters_reversed", "The national animal of the US is the elgae dlab.", False),
        ("words_reversed", "The animal of the country is the eagle bald.", False),
        ("letters_reversed", ".SU eht fo lamina lanoitan eht si elgae dlab ehT", True),
        ("words_reversed", "US the of animal national the is eagle bald The.", True),
        ("words_reversed", "Eagle bald.", True),
        ("words_reversed", "Bald eagle.", False),
    ],
)
def test_with_a_phrase(name: str, text: str, obeyed: bool) -> None:
    assert get(name, contains="bald eagle").check(text).obeyed is obeyed
