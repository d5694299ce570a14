"""trivial: its inputs in four languages, and what counts as maths or structure that nobody asked for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridle import arms
from bridle.probes import trivial
from bridle.probes.trivial.form import maths_marks, structure


@pytest.mark.parametrize(
    ("text", "maths"),
    [
        ("Hello! How can I help you today?", False),
        ("That is 5 $ or 6 $, as you like.", False),
        ("\\boxed{Hello}", True),
        ("**Final Answer**\n\nHello!", True),
        ("Step 1: greet the user.", True),
        ("The first step 1 takes is greeting.", False),
        ("Schritt 2: Grüßen", True),
        ("Let $x = 1$ be the greeting.", True),
        ("Endergebnis: Hallo", True),
        ("We did it step by step, in 3 days.", False),
    ],
)
def test_marks_of_a_worked_exercise(text, maths):
    assert bool(maths_marks(text)) is maths


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hi there.", []),
        ("- hello", []),
        ("- hello\n- and goodbye", ["list"]),
        ("## Welcome\n\n1. One\n2. Two", ["heading", "list"]),
        ("| a | b |\n|---|---|", ["table"]),
        ("```\nhi\n```", ["fence"]),
    ],
)
def test_structure(text, found):
    assert structure(text) == found


@given(st.text(max_size=400))
def test_any_text_is_read(text):
    assert isinstance(maths_marks(text), list) and isinstance(structure(text * 50), list)


def test_every_language_has_every_kind():
    said = trivial.phrases()
    assert set(said) == set(trivial.LANGUAGES)
    for texts in said.values():
        assert {*trivial.TALK, *trivial.EASY, "things"} == set(texts)
        assert len(texts["things"]) == 12
    items = trivial.make(42, 0)
    assert {i.group.split(":")[1] for i in items} == set(said)
    assert all("{" not in i.prompt for i in items)


def test_maths_before_is_written_by_the_arm():
    item = trivial.make(1, 0)[0]
    request = next(arms.get("trivial:context=maths").steps(item, "with"))
    assert len(request.messages) == 2 * trivial.EXERCISES + 1
    assert [m.get("author") for m in request.messages[:-1]] == ["arm"] * 10
    assert request.messages[-1]["content"] == item.prompt
    assert maths_marks(request.messages[1]["content"])
