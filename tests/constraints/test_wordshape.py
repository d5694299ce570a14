"""Words and their letters, in scripts that have letters of their own."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest

from bridle.constraints import get


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(
    ("name", "params", "text", "obeyed"),
    [
        ("word_repeats", {"at_most": 1}, "El sol y él, schon schön, papa papá.", True),
        ("word_repeats", {"at_most": 1}, "Él y él", False),
        ("word_repeats", {"at_most": 1}, "İyi ve iyi", False),
        ("word_repeats", {"at_most": 1}, "का की के कि", True),
        ("word_repeats", {"at_most": 1}, "का का", False),
        ("word_repeats", {"at_most": 1}, "เขา เข้า мой мои 가 각", True),
        ("word_repeats", {"at_most": 1}, "co\u00adop coop", False),
        ("word_repeats", {"at_most": 1}, "Σοφός σοφός", False),
        ("word_repeats", {"at_most": 1}, "Don't do; don’t stop.", False),
        ("palindromes", {"exactly": 2, "letters": 3}, "토마토 기러기 가나다", True),
        ("palindromes", {"exactly": 1, "letters": 5}, "しんぶんし", True),
        ("palindromes", {"exactly": 0, "letters": 3}, "がくか", True),
        ("prime_lengths", {}, "토마토", True),
        ("prime_lengths", {}, "el año", True),
        ("no_repeated_initial", {}, "и йод 가 고", True),
        ("no_repeated_initial", {}, "école et", False),
        ("consonant_clusters", {}, "This сумма stands läßt", True),
        ("consonant_clusters", {}, "This сумма is", False),
        ("consonant_clusters", {}, "сумма 答案", None),
        ("no_repeated_initial", {}, "We saw forty-four big été-tests.", True),
        ("no_repeated_initial", {}, "Forty-four foxes", False),
        ("no_repeated_initial", {}, "so - so", False),
        ("alphabet_loop", {}, "All brave cat-like dogs", True),
        ("alphabet_loop", {}, "All big-cats", True),
        ("alphabet_loop", {}, "**A**ll **b**ig cats **d**rink", True),
        ("title_case", {}, "**N**ational É**tu**de", True),
        ("word_repeats", {"at_most": 1}, "**c**ats cats", False),
        ("palindromes", {"exactly": 1}, "a ra**dar**", True),
        ("word_repeats", {"at_most": 1}, "The cat and t\u200bhe dog", False),
        ("word_repeats", {"at_most": 1}, "The cat\u200b/\u200bdog", True),
        ("word_repeats", {"at_most": 1}, "Step-by-step, hand in hand-luggage, co-op coop", True),
        ("word_repeats", {"at_most": 1}, "Up-to-date or up‑to‑date", False),
        ("word_repeats", {"at_most": 1}, "step-by-step step-by-step", False),
        ("prime_lengths", {}, "My mother-in-law", True),
        ("growing_alliteration", {}, "Twenty-two. Six sad.", True),
        ("growing_alliteration", {}, "Hi! Big bears.\n\n$$x$$\n\nSix sad seals.", True),
        ("growing_alliteration", {}, "Hi! Big bears.\n\n42.\n\nSix sad seals.", False),
    ],
)
def test_letters_of_their_own(
    name: str, params: dict[str, Any], text: str, obeyed: bool | None, form: str
) -> None:
    assert get(name, **params).check(unicodedata.normalize(form, text)).obeyed is obeyed


def test_what_one_part_forbids_is_what_the_text_breaks() -> None:
    rule = get("word_repeats", at_most=1)
    assert rule.forbids("So it's its end.") is None
    assert rule.forbids("one-by-one or by a-by") is None
    found = rule.forbids("So it is it is so.")
    assert found is not None and found.obeyed is False


def test_an_empty_draft_gets_two_sentences() -> None:
    rule = get("growing_alliteration")
    for draft in ("", "\\boxed{42}", "$$x$$\n\nWe add."):
        assert rule.check(rule.build(draft)).obeyed is True
        assert rule.check(rule.violate(draft)).obeyed is False


@pytest.mark.parametrize(
    ("text", "observed", "reason", "shown"),
    [
        ("Ten men ran in; is it Ännchen?", 3, "3 of the vowels: a, e, i.", []),
        ("Ten men go in; so it is.", 3, "3 of the vowels: e, i, o.", ["in"]),
        ("Try $a$ rhythm.", 0, "No vowel.", []),
    ],
)
def test_vowels_are_counted(text: str, observed: int, reason: str, shown: list[str]) -> None:
    verdict = get("vowel_kinds", at_most=2 if shown else 3).check(text)
    assert (verdict.obeyed, verdict.observed, verdict.reason) == (not shown, observed, reason)
    assert [text[a:b] for a, b in verdict.evidence] == shown
