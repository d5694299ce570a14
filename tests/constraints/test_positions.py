"""Words at their places."""

from __future__ import annotations

import pytest

from bridle.constraints import Conflict, get, witness
from bridle.constraints.drafts.ordinals import from_last, nth
from bridle.errors import ConstraintError

DRAFT = "- First we add.\n- Then we stop.\n\nThe answer is \\boxed{42}."


@pytest.mark.parametrize("sentence", [1, 2, 3, 4, 9, 24])
@pytest.mark.parametrize("word", [1, 2, 5, 8, 9, 16, 35])
def test_any_place_can_be_built(sentence: int, word: int) -> None:
    rule = get("keyword_at", keyword="giggle", sentence=sentence, word=word)
    built = rule.build(DRAFT)
    assert rule.check(built).obeyed is True, built
    assert rule.check(rule.violate(DRAFT)).obeyed is False
    assert "\\boxed{42}" in built


def test_the_word_found_is_shown() -> None:
    text = "We add. Then $x + 1$ is found."
    verdict = get("keyword_at", keyword="sum", sentence=2, word=2).check(text)
    assert verdict.observed == "$x + 1$"
    assert [text[a:b] for a, b in verdict.evidence] == ["$x + 1$"]


@pytest.mark.parametrize(
    ("keyword", "text", "obeyed"),
    [
        ("don't", "I DON’T know.", True),
        ("don’t", "I don't know.", True),
        ("dont", "I don't know.", False),
        ("well-known", "A well‑known sum.", True),
        ("C++", "Use **C++**, then.", True),
        ("C++", "Use C.", False),
        ("C++", "Use C#!", False),
        ("iki", "Biz İki değil üç.", True),
        ("#1", "The 1 is it.", False),
        ("U.S.", "The U.S. is.", True),
        ("$x$", "So $x$, then.", True),
        ("$x$", "So x is.", False),
        ("x", "So $x$ is.", False),
        ("sum", "The `sum` is.", False),
    ],
)
def test_which_word_it_is(keyword: str, text: str, obeyed: bool) -> None:
    assert get("keyword_at", keyword=keyword, sentence=1, word=2).check(text).obeyed is obeyed


def test_a_word_of_several_ideographs_begins_or_ends_there() -> None:
    rule = get("keyword_at", keyword="答案", sentence=1, word=1)
    assert rule.check("答案是42。").obeyed is True
    assert rule.check("这答案是42。").obeyed is False
    assert get("keyword_positions", keyword="答案").check("这答案是答案吧").obeyed is True
    assert rule.obeyed_by(rule.build(DRAFT))


def test_one_word_only() -> None:
    with pytest.raises(ConstraintError, match="one word"):
        get("keyword_at", keyword="two words", sentence=1, word=1)


def test_an_end_phrase_may_leave_no_place() -> None:
    rule = get("keyword_positions", keyword="whisper")
    conflict = witness([rule, get("end_phrase", phrase="That is all.")], "42")
    assert isinstance(conflict, Conflict) and conflict.proved
    assert isinstance(witness([rule, get("end_phrase", phrase="Now whisper it.")], "42"), str)


def test_ordinals() -> None:
    assert [nth(n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 102, 111)] == [
        "1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "102nd", "111th",
    ]  # fmt: skip
    assert [from_last(n) for n in (1, 2, 3)] == ["last", "second-to-last", "3rd-to-last"]
