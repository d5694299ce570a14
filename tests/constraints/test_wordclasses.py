"""Pronouns, conjunctions and names."""

from __future__ import annotations

import pytest

from bridle.constraints import get
from bridle.errors import ConstraintError


def test_contractions_have_a_pronoun() -> None:
    verdict = get("pronouns", at_least=0).check("They're here; it’s ours, isn't she? That is who.")
    assert verdict.observed == 5


def test_all_seven_conjunctions() -> None:
    rule = get("conjunctions", exactly=7)
    assert rule.obeyed_by(rule.build("The answer is \\boxed{42}."))
    with pytest.raises(ConstraintError, match="at most 7"):
        get("conjunctions", at_least=8)


def test_more_names_than_the_list_has() -> None:
    with pytest.raises(ConstraintError, match="at most 50"):
        get("given_names", more_than=50)
    rule = get("given_names", at_least=50)
    assert rule.obeyed_by(rule.build("The answer is \\boxed{42}."))


def test_names_and_small_letters_exclude_each_other() -> None:
    assert get("given_names", at_least=1).clashes(get("lowercase"))
    assert not get("given_names", at_most=1).clashes(get("lowercase"))
