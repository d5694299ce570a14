"""Which way a text reads, as far as it shows."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridle.constraints import get
from bridle.constraints.drafts.phrases import SENTENCES
from bridle.constraints.families.copying.reversals import LettersReversed, WordsReversed
from bridle.errors import ConstraintError

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
    "text",
    [
        "Roll a 6.",  # a number is a word: the article does not end the sentence
        "Compute the $n$.",
        "We use the so-called sieve.",
        "Choose option A.",
        "Option A is correct.",
        "Points A and B lie there.",
        "See part (a).",
        "Wir fangen an.",
        "Il y a. Elle a dans sa main.",
    ],
)
def test_what_looks_like_an_article_is_no_sign_of_words_reversed(text: str) -> None:
    assert WORDS.check(text).obeyed is not True


def test_a_label_is_no_sign_of_words_as_they_stand() -> None:
    assert WORDS.check("A option choose.").obeyed is not False
    assert WORDS.check("6 a roll.").obeyed is None
    assert WORDS.check("Sum is 4 number A.").obeyed is True


@pytest.mark.parametrize(
    "text", ["Si x = 2, la suma es 4.", "Si on ajoute sa part, on obtient 4.", "Sí."]
)
def test_short_words_of_other_languages_are_no_english_backwards(text: str) -> None:
    assert LETTERS.check(text).obeyed is None


@pytest.mark.parametrize("text", [".6 a llor eW ,era ew erehT", ".ruof si tI", ".$n$ eht etupmoC"])
def test_letters_reversed_before_numbers_and_formulas(text: str) -> None:
    assert LETTERS.check(text).obeyed is True


@pytest.mark.parametrize(
    ("name", "contains", "text", "obeyed"),
    [
        ("words_reversed", "42", "Four is answer the.", False),
        ("words_reversed", "42", "42 is answer the.", True),
        ("words_reversed", "sea-eagle", "Sea-eagle the is it.", True),
        ("words_reversed", "don't stop", "Stop don’t.", True),
        ("letters_reversed", "42", ".ruof si rewsna ehT", False),
        ("letters_reversed", "42", ".24 si rewsna ehT", True),
        ("letters_reversed", "sea-eagle", ".elgae-aes ehT", True),
    ],
)
def test_any_phrase(name: str, contains: str, text: str, obeyed: bool) -> None:
    assert get(name, contains=contains).check(text).obeyed is obeyed


def test_a_phrase_without_letters() -> None:
    with pytest.raises(ConstraintError, match="contains='!!!'"):
        get("words_reversed", contains="!!!")


@pytest.mark.parametrize(
    ("name", "text", "obeyed"),
    [
        # taken by IFBench's checkers, though nothing is reversed but the name
        ("letters_reversed", "The national animal of the US is the elgae dlab.", False),
        ("words_reversed", "The animal of the country is the eagle bald.", False),
        ("letters_reversed", ".SU eht fo lamina lanoitan eht si elgae dlab ehT", True),
        ("words_reversed", "US the of animal national the is eagle bald The.", True),
        ("words_reversed", "Eagle bald.", True),
        ("letters_reversed", "elgaE dlaB", True),
        ("words_reversed", "Bald eagle.", False),
        # the same twice: once backwards, once as it is read
        ("letters_reversed", ".elgae dlab eht si tI\n\n(It is the bald eagle.)", False),
        ("words_reversed", "Eagle bald the is It.\n\n(It is the bald eagle.)", False),
    ],
)
def test_with_a_phrase(name: str, text: str, obeyed: bool) -> None:
    assert get(name, contains="bald eagle").check(text).obeyed is obeyed


@pytest.mark.parametrize("name", ["words_reversed", "letters_reversed"])
def test_the_beginning_of_a_very_long_text_shows_its_order(name: str) -> None:
    rule = get(name)
    forwards = "The answer is the sum of the two. " * 60_000
    assert rule.check(forwards).obeyed is False
    assert rule.check(rule.violate("") + " " + forwards).obeyed is False
    phrase = get(name, contains="bald eagle")
    said = {"words_reversed": "Eagle bald the is It.", "letters_reversed": ".elgae dlab eht si tI"}
    assert "does not say" not in phrase.check(f"{forwards} {said[name]}").reason
