"""Quick scans of a whole text say what a look at each character says."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridle.text import Text, read_text
from bridle.text.confusable import plain_letters
from bridle.text.invisible import has_unseen, unseen_in
from bridle.text.masks import masked_share
from bridle.text.seen import Seen
from bridle.text.spans import ASCII, without
from bridle.text.words import parted

# controls, white space of all kinds, what is not seen, letters of several scripts, lone surrogates
CHARACTERS = "ab Z9_.,-%<\n\r\t\x00\x0b\x1c\x7f\x85\xa0é½²中іⓐ\u0305\u200b\u200d\u2800\ufeff\ufffc\ud83d\ude00😀🄰·‐—"
HOSTILE = st.text(CHARACTERS, max_size=30)
JOINED = st.lists(
    st.sampled_from(["ab", "c", "-", "--", ".", "/", "|", " ", "\n", "- ", "é", "·", "\xa0", "*", '"', "@"]),
    max_size=40,
).map("".join)  # fmt: skip


@settings(derandomize=True, deadline=None)
@given(HOSTILE)
def test_without_is_what_is_left_character_by_character(text: str) -> None:
    assert without(text, ASCII) == "".join(c for c in text if not c.isascii())
    assert without(text, b"ab") == text.replace("a", "").replace("b", "")


@settings(derandomize=True, deadline=None)
@given(HOSTILE)
def test_unseen_characters_are_found_wherever_they_stand(text: str) -> None:
    assert has_unseen(text) == any(map(has_unseen, text))
    assert has_unseen(text) or not unseen_in(text)


@settings(derandomize=True, deadline=None)
@given(HOSTILE)
def test_letters_that_look_like_latin_ones_are_read_one_by_one(text: str) -> None:
    assert plain_letters(text) == "".join(map(plain_letters, text))


@settings(derandomize=True, deadline=None)
@given(HOSTILE, HOSTILE)
def test_the_masked_share_counts_each_letter(code: str, prose: str) -> None:
    def letters(text: str) -> int:
        return sum(c.isalnum() and not c.isdecimal() for c in text)

    hidden, seen = letters(code), letters(prose)
    masks = [("code", (0, len(code)))]
    want = hidden / (hidden + seen) if hidden else 0.0
    assert masked_share(code + prose, masks) == want  # pyright: ignore[reportArgumentType]


@settings(derandomize=True, deadline=None)
@given(JOINED)
def test_a_chain_is_no_word_whatever_else_stands_in_the_text(text: str) -> None:
    alone = "".join(parted(token) for token in text.split())
    assert "".join(parted(text).split()) == "".join(alone.split())


@pytest.mark.parametrize("marks", ["- a\n- b\n- c\n- d\n", "- - - -\n", "| | | |\n", "-- = +\n"])
def test_list_marks_hide_no_chain(marks: str) -> None:
    """Signs that stand alone were taken off the number of words that a chain has more."""
    alone = read_text(marks).kept.word_count
    assert Text(marks + "we.add.two.and.two").kept.word_count == alone + 5


@pytest.mark.parametrize(
    ("raw", "want"),
    [
        ("% so\nIt is 4.", "\nIt is 4."),
        ("It is 4.\n\t % so", "It is 4.\n"),
        ("It is 50 % so", "It is 50 % so"),
        ("% 5\n%5\n5%", "\n%5\n5%"),
        ("a << b> c <b>d</b>", "a << b> c <b>d</b>"),
        ("a <<span>b", "a <<span>b"),
        ("a <span>b", "a b"),
    ],
)
def test_comments_and_tags(raw: str, want: str) -> None:
    assert Seen(raw).text == want
