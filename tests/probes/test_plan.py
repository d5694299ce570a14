"""plan: procedures and the score of a text, by hand and against brute force."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridle.probes import plan
from bridle.probes.plan import Step, score

STEPS = (Step("add", 5), Step("check"), Step("double"), Step("subtract", 4))  # from 3: 8 8 16 12


@pytest.mark.parametrize("way", ["natural", "unnatural", "detour"])
def test_values_stay_small_and_above_nothing(way):
    for index in range(40):
        for size in plan.SIZES:
            start, steps = plan.procedure(f"x{index}", size, way)
            assert len(steps) == size
            assert min(plan.values(start, steps)) >= 1
            assert sum(not s.natural for s in steps) == (2 if way == "unnatural" else 0)


def test_every_language_has_every_word():
    from bridle.probes.plan_words import AROUND, STEPS

    assert set(STEPS) == set(AROUND) == set(plan.LANGUAGES)
    assert {frozenset(words) for words in STEPS.values()} == {frozenset(STEPS["en"])}
    assert {frozenset(words) for words in AROUND.values()} == {frozenset(AROUND["en"])}
    for item in plan.make(24, 1):
        for way in plan.WAYS:
            ask = plan.ask_of(item.id, int(item.group), way, item.problem.language)
            assert "{" not in ask.prompt and ("STEP k:" in ask.prompt) is (way != "none")
    assert len({item.problem.language for item in plan.make(24, 1)}) == 4


def test_a_text_that_does_all():
    text = "STEP 1: 8\nSTEP 2: 8\nSTEP 3: 8 x 2 = 16\nSTEP 4: 12\nANSWER: 12"
    found = score(text, 3, STEPS)
    assert (found.coverage, found.order, found.local, found.unnatural) == (1, 1, 1, 1)
    assert not found.dive and found.extra == 0 and found.read


def test_what_is_left_out_turned_round_or_wrong():
    left = score("Step 1: 8\nStep 3: 16\nStep 4: 12\nANSWER: 12", 3, STEPS)
    assert left.coverage == 0.75 and left.unnatural == 0 and not left.dive
    assert left.local == 1  # step 3 has no value before it and is not judged
    turned = score("STEP 4: 12\nSTEP 3: 16\nSTEP 2: 8\nSTEP 1: 8", 3, STEPS)
    assert turned.coverage == 1 and turned.order == 0.25
    wrong = score("STEP 1: 9\nSTEP 2: 9\nSTEP 3: 17\nSTEP 4: 13", 3, STEPS)
    assert wrong.local == 0.5  # 9 is wrong and 17 too; what follows from them is not


@pytest.mark.parametrize(
    ("text", "dives"),
    [
        ("ANSWER: 12\nSTEP 1: 8\nSTEP 2: 8\nSTEP 3: 16\nSTEP 4: 12", True),
        ("The answer is 12.", True),
        ("STEP 1: 8\nSo the final answer is 12.\nSTEP 4: 12", True),
        ("STEP 1: 8\nSTEP 2: 8\nSTEP 3: 16\nSTEP 4: 12\n**ANSWER: 12**", False),
        ("I would rather not.", False),
    ],
)
def test_diving_in(text, dives):
    assert score(text, 3, STEPS).dive is dives


@given(st.lists(st.integers(1, 6), max_size=7))
def test_the_longest_increasing_subsequence(numbers):
    best = max(
        len(c)
        for r in range(len(numbers) + 1)
        for c in itertools.combinations(numbers, r)
        if all(a < b for a, b in itertools.pairwise(c))
    )
    assert plan._increasing(numbers) == best


@given(st.text(max_size=300))
def test_any_text_is_scored(text):
    found = score(f"STEP 1: {text}\n{text}", 3, STEPS)
    assert 0 <= found.order <= found.coverage <= 1
