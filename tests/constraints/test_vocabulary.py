"""Different words and the share of stop words."""

from __future__ import annotations

import pytest

from bridle.constraints import get
from bridle.errors import ConstraintError


def test_marks_and_case_make_no_other_word() -> None:
    verdict = get("unique_words", at_least=1).check('Add, add! "ADD" (add) *add*; adds $add$')
    assert verdict.observed == 2


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
