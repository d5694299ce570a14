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


def test_evidence_points_at_the_letters() -> None:
    text = "Ein Maß für É"
    verdict = get("letters_absent", letters=["e"]).check(text)
    assert [text[a:b] for a, b in verdict.evidence] == ["E", "É"]


@pytest.mark.parametrize("letter", ["", " ", "ab", "\n", 3])
def test_no_letter(letter: object) -> None:
    with pytest.raises(ConstraintError):
        get("letter_count", letter=letter, at_least=1)
