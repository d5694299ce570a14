"""Chains over sentences and lines."""

from __future__ import annotations

from bridle.constraints import get


def test_broken_links_are_shown() -> None:
    text = "We add. Add two. Three is it."
    verdict = get("chained_sentences").check(text)
    assert verdict.obeyed is False and verdict.observed == 1
    assert [text[a:b] for a, b in verdict.evidence] == ["Three"]


def test_lines_of_a_formula_are_one_word() -> None:
    assert get("chained_paragraphs").obeyed_by("So it is\n$$\nx = 1\n$$\nso.") is False
    assert get("chained_paragraphs").obeyed_by("So it is so.\n\n$x = 1$")
