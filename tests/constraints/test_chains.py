"""Chains over sentences and lines."""

from __future__ import annotations

import pytest

from bridle.constraints import get


def test_broken_links_are_shown() -> None:
    text = "We add. Add two. Three is it."
    verdict = get("chained_sentences").check(text)
    assert verdict.obeyed is False and verdict.observed == 1
    assert [text[a:b] for a, b in verdict.evidence] == ["Three"]


def test_lines_of_a_formula_are_one_word() -> None:
    assert get("chained_paragraphs").obeyed_by("So it is\n$$\nx = 1\n$$\nso.") is False
    assert get("chained_paragraphs").obeyed_by("So it is so.\n\n$x = 1$")


@pytest.mark.parametrize(
    ("name", "text", "obeyed"),
    [
        # An apostrophe, a hyphen, what is not seen and the marks of a formula make no other word.
        ("chained_sentences", "We don't. Don’t stop.", True),
        ("chained_sentences", "Burada her şey iyi. İyi günler.", True),
        ("chained_sentences", "It is right‑hand. Right-hand it is.", True),
        ("chained_sentences", "We use num\u00adber. Number is it.", True),
        ("chained_sentences", "It is $4$. 4 is even.", True),
        ("chained_sentences", "It is $x = 4$. $x$ is it.", False),
        ("chained_sentences", "$x$ is $y$! $x$ is it.", False),  # formulas of one length
        ("chained_paragraphs", "$x$ is $x$\n\n$y$ is $y$", True),
        ("chained_sentences", "We add two.\n1. Two is even.\n2. Even it is.", True),
        ("chained_sentences", "We add two.\n1. One is odd.", False),
        ("chained_paragraphs", "1. Sums are sums.\n2. We add, we", True),
        ("chained_paragraphs", "2 + 2 = 4, not 2", True),  # no list number
        ("chained_paragraphs", "1. Sums are 1", False),
        ("chained_paragraphs", "It's plain that it’s", True),
    ],
)
def test_marks_and_list_numbers_are_no_part_of_the_words(
    name: str, text: str, obeyed: bool
) -> None:
    rule = get(name)
    assert rule.check(text).obeyed is obeyed
    built = rule.build(text)
    assert rule.check(built).obeyed is True
    assert not obeyed or built == text
