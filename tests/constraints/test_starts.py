"""How a text begins."""

from __future__ import annotations

import pytest

from bridle.constraints import Conflict, get, witness

VERBS = (
    "Add Adding Added Consider Carries Stopped Planning Is Was Took Lies Lying Tied Denote Makes"
    " Reimagine Decipher Reinvented Roaming Enveloped"
)
OTHERS = "The This His Us During Nothing Hundred Thus Certainly Equation Yes Five Its Always"


@pytest.mark.parametrize("word", VERBS.split())
def test_verbs(word: str) -> None:
    assert get("start_verb").check(f"{word} it here.").obeyed is True


@pytest.mark.parametrize("word", OTHERS.split())
def test_other_words(word: str) -> None:
    assert get("start_verb").check(f"{word} it here.").obeyed is not True


@pytest.mark.parametrize(
    ("text", "obeyed"),
    [
        ("Let $x$ be the sum.", True),
        ("Suppose $n$ is even.", True),
        ("Let's add.", True),
        ("Don’t add.", True),
        ("Won't it do?", True),
        ("We're adding.", False),
        ("We'll add.", False),
        ("He’d add.", False),
        ("Here's the sum.", False),
        ("Today's sum is 4.", False),
        ("$x$ is 4.", False),
        ("42 is the sum.", False),
        ("`print` writes it.", False),
        ("1.5 is the sum.", False),
        ("42", False),
        ("1. Add both.", True),
        ("**2.** Add both.", True),
        ("(3) Add both.", True),
        ("1️⃣ Add both.", True),
        ("Step 1: Add both.", False),
        ("**Step two** is next.", False),
        ("Step by step, we add.", False),
        ("Step outside.", True),
        ("Point A is here.", False),
        ("NOTE A FEW THINGS.", True),
        ("Remember: it is 4.", True),
        ("Result: 4", False),
        ('{"post": 4}', False),
        ("Sum of the digits.", False),
        ("Results of the test.", False),
        ("Think of a number.", True),
        ("Composed of parts.", True),
        ("Double the sum.", True),
        ("Die Antwort ist vier, denn wir addieren zwei und zwei.", None),
        ("Pour résoudre cette équation, on additionne les deux nombres.", None),
        ("Come posso aiutarti con la matematica oggi?", None),
        ("Come and add them.", True),
        ("Double room.", None),
        ("Double x, then add.", True),
        ("Square both sides.", True),
        ("Organise them.", True),
        ("Analysing it.", True),
        ("Thanks for it.", False),
        ("x is 4", False),
        ("...", None),
    ],
)
def test_the_first_word_in_its_place(text: str, obeyed: bool | None) -> None:
    assert get("start_verb").check(text).obeyed is obeyed


@pytest.mark.parametrize(
    ("phrase", "text", "obeyed"),
    [
        ("Can", "Can't do it.", False),
        ("Won", "Won’t do.", False),
        ("Here's why:", "Here’s why: it adds up.", True),
        ("Le total", "«\xa0Le total est 4.\xa0»", True),
        ("Can", "Can do it.", True),
        ("I", "I'm here.", True),
        ("Step 1.", "Step 1.5 is it.", False),
        ("정답", "정답은 4", True),
    ],
)
def test_a_phrase_ends_where_its_word_does(phrase: str, text: str, obeyed: bool) -> None:
    assert get("start_phrase", phrase=phrase).check(text).obeyed is obeyed


def test_start_phrases_exclude_each_other() -> None:
    one, two = get("start_phrase", phrase="Sure"), get("start_phrase", phrase="Here is why:")
    conflict = witness([one, two], "42")
    assert isinstance(conflict, Conflict) and conflict.proved
    assert isinstance(witness([one, get("start_phrase", phrase="Sure thing")], "42"), str)


def test_start_phrase_inside_quotation_marks() -> None:
    rules = [get("start_phrase", phrase="Here is why:"), get("quoted")]
    text = witness(rules, "42")
    assert isinstance(text, str) and text.startswith('"Here is why:')


def test_a_start_phrase_may_begin_with_what_is_a_verb_by_what_follows() -> None:
    for phrase in ("Double the sum", "Square both sides"):
        assert isinstance(
            witness([get("start_phrase", phrase=phrase), get("start_verb")], "4"), str
        )
