"""Letters: spelled in either Unicode form, refused where they are none."""

from __future__ import annotations

import unicodedata

import pytest

from bridle.constraints import get
from bridle.errors import ConstraintError


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_letter_is_one_with_its_accent(form: str) -> None:
    text = unicodedata.normalize(form, "Über école, été, Erz 각 가")
    assert get("letter_count", letter="é", at_least=1).check(text).observed == 3
    assert get("letter_count", letter="e", at_least=1).check(text).observed == 3
    assert get("letter_count", letter="ü", at_least=1).check(text).observed == 1
    assert get("letter_count", letter="가", at_least=1).check(text).observed == 1
    turkish = unicodedata.normalize(form, "İki kişi")  # the first is the capital of the others
    assert get("letter_count", letter="i", at_least=1).check(turkish).observed == 4


def test_evidence_points_at_the_letters() -> None:
    text = "Ein Maß für É"
    verdict = get("letters_absent", letters=["e"]).check(text)
    assert [text[a:b] for a, b in verdict.evidence] == ["E", "É"]


@pytest.mark.parametrize("letter", ["", " ", "ab", "\n", 3])
def test_no_letter(letter: object) -> None:
    with pytest.raises(ConstraintError):
        get("letter_count", letter=letter, at_least=1)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(
    ("letter", "text", "number"),
    [
        ("か", "かがか", 2),  # が is another letter
        ("が", "かがか", 1),
        ("ड", "बड़ा डर", 1),
        ("ב", "בְּרֵאשִׁית בָּרָא", 2),  # vowel points leave the letter what it is
        ("ب", "بَيْت باب", 3),
        ("ا", "أب باب أَ", 1),  # with hamza, vowelled or not, it is another
        ("и", "мой мир", 1),
    ],
)
def test_what_makes_another_letter(letter: str, text: str, number: int, form: str) -> None:
    rule = get("letter_count", letter=letter, at_least=1)
    assert rule.check(unicodedata.normalize(form, text)).observed == number


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(
    ("letter", "text", "obeyed"),
    [
        ("и", "мой дом", True),
        ("и", "и\u0301ва", False),
        ("і", "їжак", True),
        ("か", "ありがとう", True),
        ("가", "각하", True),
        ("가", "가방", False),
        ("ο", "όχι", False),
        ("n", "mañana", False),
    ],
)
def test_an_accented_form_is_not_a_letter_of_its_own(
    letter: str, text: str, obeyed: bool, form: str
) -> None:
    rule = get("letters_absent", letters=[letter])
    assert rule.check(unicodedata.normalize(form, text)).obeyed is obeyed
