"""Different words and the share of stop words."""

from __future__ import annotations

import pytest

from bridle.constraints import get
from bridle.errors import ConstraintError


def test_marks_and_case_make_no_other_word() -> None:
    verdict = get("unique_words", at_least=1).check('Add, add! "ADD" (add) *add*; adds $add$')
    assert verdict.observed == 2


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("It's fine, it’s FINE.", 2),
        ("right-hand right‑hand right‐hand", 1),
        ("num\u00adber number \ufeffNumber", 1),
        ("sum s\u2063um \u202asum\ufe0f **s**um", 1),
        ("rock’n’roll rock'n'roll", 1),
    ],
)
def test_other_forms_of_a_mark_make_no_other_word(text: str, number: int) -> None:
    assert get("unique_words", exactly=number).obeyed_by(text)


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("It's four.", 50),
        ("We don’t stop.", 66.7),
        ("Ann's dog's bone", 0),  # `s` alone is no stop word
        ("Don won gold", 0),
        ("Let s equal t", 0),
    ],
)
def test_a_contraction_is_one_word(text: str, share: float) -> None:
    assert get("stop_word_share", percent=100).check(text).observed == share


def test_builds_many_different_words() -> None:
    rule = get("unique_words", at_least=700)
    assert rule.obeyed_by(rule.build("The answer is \\boxed{42}."))
    assert rule.check(rule.violate("The answer is \\boxed{42}.")).observed == 699


def test_share_is_exact_at_the_bound() -> None:
    text = "the sum equals four " * 1000
    assert get("stop_word_share", percent=25).check(text).observed == 25
    assert not get("stop_word_share", percent=25).obeyed_by(text + "the sum")


def test_no_share_above_all() -> None:
    with pytest.raises(ConstraintError, match="at most 100"):
        get("stop_word_share", percent=101)
