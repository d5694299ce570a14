"""know: twins are what they say, confidence and abstention are read as they stand."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridle.probes import know
from bridle.probes.know.abstain import abstains, detects
from bridle.probes.know.twins import KINDS, UNANSWERABLE, Fact, answer_of, sentences, twin


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", sorted(sentences()))
def test_a_twin_has_an_answer_or_none(kind, language):
    for place in range(30):
        told = twin(place, seed=3, kind=kind, language=language)
        assert (told.answer is None) == (kind in UNANSWERABLE)
        assert "{" not in told.text
        # everybody asked for is named
        assert all(name in told.text for name in told.about)


def test_twins_share_their_chain():
    plain, without = (twin(5, seed=1, kind=kind) for kind in ("plain", "premise"))
    assert len(set(plain.facts) - set(without.facts)) == 1 and set(without.facts) < set(plain.facts)
    assert plain.about == without.about


def test_the_proof():
    facts = [Fact("times", "B", 3, "A"), Fact("start", "A", 4)]
    assert answer_of(facts, ("B",)) == "12" and answer_of(facts, ("A", "B")) == "16"
    assert answer_of(facts[:1], ("B",)) is None
    assert answer_of([*facts, Fact("start", "B", 13)], ("A",)) is None  # they contradict


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("CONFIDENCE: 80\nANSWER: 12", 0.8),
        ("**Confidence:** 95%\n**Answer:** 7", 0.95),
        ("confidence: 0.9", 0.9),
        ("CONFIDENCE: 1", 0.01),
        ("CONFIDENCE: 20 … no. CONFIDENCE: 60", 0.6),
        ("CONFIDENCE: 140", None),
        ("I am confident.", None),
    ],
)
def test_confidence(text, value):
    assert know.confidence_of(text) == value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CONFIDENCE: 90\nANSWER: UNDETERMINED", True),
        ("We cannot determine who began.\nANSWER: 12", False),
        ("We need to know the price of one pear. Could you tell me?", True),
        ("The price is not given. Assuming that it is $1, the total is 60.", False),
        ("The price isn't given. For example, if it is $2: the total is 120. Let me know the price!", True),
        ("There is not enough information to say. So the total is 6x.", True),
        ("She has 12. Let me know if you have any other questions!", False),
        ("We need to know how many are left: 20 - 8 = 12. So she has 12 left.", False),
        ("It is impossible to say without the rate. Final answer: \\boxed{40}", False),
        ("Der Preis ist nicht angegeben, die Summe lässt sich nicht bestimmen.", True),
        ("Il manque une donnée : on ne peut pas calculer le total.", True),
        ("No se puede determinar cuántas canicas tiene.", True),
        ("Sie hat 12 Murmeln.", False),
        ("The facts contradict each other, so there is no answer.", True),
        ("", False),
    ],
)  # fmt: skip
def test_abstention(text, expected):
    assert (abstains(text) is not None) is expected


def test_detection_without_abstention():
    assert detects("Hm, how many Mia has is not stated. I will take 10.")
    assert detects("Mia has 10, so Tom has 20.") is None


@given(st.text(max_size=300))
def test_any_text_is_read(text):
    abstains(text * 3), detects(text), know.confidence_of(text)


@pytest.mark.parametrize(
    "piece", ["if you have ", "cannot ", "need to know ", "not\n", "answer: ", "\n \n", ". ", "7 times "]
)  # fmt: skip
def test_it_is_quick_on_long_texts(piece):
    begun = time.monotonic()
    abstains(piece * 20_000)
    assert time.monotonic() - begun < 2
