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


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("The US has 50 states, the WHO says; IT departments exist.", 0),
        ("WE GAVE IT TO US", 3),
        ("It is us.", 2),
        ("No one knows; no-one does.", 2),
        ("The answer is no. One is odd.", 0),
        ("There is no one-size solution.", 0),
        ("The two u's and hi's are equal.", 0),
        ("them\u00adselves", 1),
        ("Two parts, i.e. a half; that is, i. e. less.", 0),
        ("<i>Sums are sums.</i> So <I class='a'>two</I>", 0),
        ("(i) The sum\n(ii) The rest\n\ni) Sum\n\nI. Sums\n\n## **I.** Parts", 0),
        ("World War I began. Type I errors, Part I: WW I", 0),
        ("Fast I/O", 0),
        ("i know that I may, as I said: I.", 3 + 1),
        ("The war I saw, the part I like (Ann and I).", 3),
        ("I'm so. Part I'm here", 2),
    ],
)
def test_pronouns(text: str, number: int) -> None:
    assert get("pronouns", exactly=number).check(text).observed == number


def test_accents_make_other_words_than_conjunctions() -> None:
    rule = get("conjunctions", exactly=0)
    assert rule.obeyed_by("Só isso.")
    assert rule.build("an\u00add") == ""


@pytest.mark.parametrize(
    ("names", "text", "number"),
    [
        (["Mary Ann", "Bo"], "Here Mary\nAnn adds.", 1),
        (["Mary Ann", "Ann"], "Mary Ann adds.", 1),
        (["Mary Ann", "Ann"], "Ann met Mary Ann.", 2),
        (["Mary Ann"], "mary ann and Mary Anne", 0),
        (["Mary Ann", "Bo"], "MARY ANN’S SUM AND BO’S", 2),
        (["Jean-Luc", "O'Brien", "J. R. Ewing"], "Jean‑Luc, O’Brien’s, J. R. Ewing", 3),
        (["Jean-Luc"], "Jean Luc", 0),
        (["van Gogh", "bo"], "Van Gogh asks Bo.", 2),
        (["李雷", "韩梅梅"], "李雷说四。", 1),
        (["Bo"], "BO’S SUM", 1),
    ],
)
def test_names_of_any_kind(names: list[str], text: str, number: int) -> None:
    rule = get("given_names", exactly=number, names=names)
    assert rule.check(text).observed == number
    assert rule.obeyed_by(rule.build("The answer is \\boxed{42}."))


def test_near_misses_of_all_of_them() -> None:
    text = "The answer is \\boxed{42}."
    assert (
        get("conjunctions", exactly=7).check(get("conjunctions", exactly=7).violate(text)).observed
        == 6
    )
    with pytest.raises(ConstraintError, match="every text obeys"):
        get("given_names", at_most=2, names=["Ann", "Bo"]).violate(text)
