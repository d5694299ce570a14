"""Characters as a reader sees them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridle.constraints import get
from bridle.text.graphemes import character_spans, characters


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("", 0),
        ("abc", 3),
        ("a \r\n b", 3),
        ("cafe\u0301", 4),
        (unicodedata.normalize("NFD", "각하"), 2),
        ("नमस्ते", 4),
        ("हाँ", 1),
        ("ที่นี่", 2),
        ("שָׁלוֹם", 4),
        ("👍🏽", 1),
        ("👨‍👩‍👧", 1),
        ("👩🏽‍🚀🙂", 2),
        ("🏳️‍🌈", 1),
        ("🇩🇪🇫🇷", 2),
        ("🇩🇪🇫", 2),
        ("❤️", 1),
        ("1️⃣", 1),
        ("می‌خواهم", 7),
        ("\u0301a", 2),
        ("a \u0301 b", 4),
    ],
)
def test_number(text: str, number: int) -> None:
    assert characters(text) == number
    spans = list(character_spans(text))
    assert len(spans) == number
    assert "".join(text[a:b] for a, b in spans) == text


@settings(derandomize=True, deadline=None, max_examples=300)
@given(st.text("a é\u0301\u0308\n\u200d👩🏽🚀🇩🇪한\u1161ก่\ud800") | st.text(max_size=60))
def test_the_short_way_counts_what_the_spans_are(text: str) -> None:
    spans = list(character_spans(text))
    assert characters(text) == len(spans)
    assert "".join(text[a:b] for a, b in spans) == text
    assert characters(text) == characters(unicodedata.normalize("NFD", text))


def test_what_is_too_much_is_shown_from_a_whole_character_on() -> None:
    text = " नमस्ते 👩🏽‍🚀 "
    verdict = get("characters", at_most=3).check(text)
    assert verdict.observed == 6
    assert [text[a:b] for a, b in verdict.evidence] == ["ते 👩🏽‍🚀"]
