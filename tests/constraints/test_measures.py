"""Sentences and paragraphs of given length."""

from __future__ import annotations

from itertools import pairwise

import pytest

from bridle.constraints import get
from bridle.constraints.drafts.openings import begun, opening, sentence_of
from bridle.constraints.drafts.prose import words_of
from bridle.errors import ConstraintError
from bridle.text import read_text

DRAFT = "We add $2$ and $40$ first. Then we stop.\n\nSo the final answer is \\boxed{42}."


@pytest.mark.parametrize("words", range(1, 60))
def test_phrases_have_just_so_many_words(words: int) -> None:
    for turn in range(3):
        assert words_of(opening(words, turn)) == words
        assert words_of(sentence_of(words, turn)) == words
        assert len(read_text(sentence_of(words, turn)).masked.sentences) == 1
        assert words_of(begun("- The sum is $x + 1$.", words, turn)) == words + 4


@pytest.mark.parametrize("name", ["words_per_sentence", "words_per_paragraph"])
@pytest.mark.parametrize("bounds", [(4, 4), (1, 5), (9, 12), (30, 31)])
def test_any_bounds_can_be_built(name: str, bounds: tuple[int, int]) -> None:
    rule = get(name, at_least=bounds[0], at_most=bounds[1])
    built = rule.build(DRAFT)
    assert rule.check(built).obeyed is True, built
    assert built.count("\\boxed{42}") == 1


@pytest.mark.parametrize("by", [1, 4, 11])
def test_sentences_grow(by: int) -> None:
    rule = get("growing_sentences", by=by)
    built = rule.build(DRAFT)
    sizes = rule.check(built).observed
    assert isinstance(sizes, list)
    assert [b - a for a, b in pairwise(sizes)] == [by, by]


def test_no_sentence_without_a_word() -> None:
    for bound in ({"at_most": 0}, {"less_than": 1}, {"exactly": 0}):
        with pytest.raises(ConstraintError):
            get("words_per_sentence", **bound)
