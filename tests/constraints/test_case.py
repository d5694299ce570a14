"""Words in capitals, and titles."""

from __future__ import annotations

import unicodedata

import pytest

from bridle.constraints import get


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("It was HUGE—really HUGE—and BIG.", ["HUGE", "HUGE", "BIG."]),
        ("WAIT…what? STOP--now, OK...so", ["WAIT", "STOP", "OK"]),
        ("1990–NOW $x—Y$ YES", ["NOW", "YES"]),
        ("ÖL ÉÉ Äa", ["ÖL", "ÉÉ"]),
        ("OK-ish, COVID-19", ["COVID-19"]),
        ("CLICK [HERE](https://a.b/c) or [**NOW**](/AB).", ["CLICK", "[HERE]", "[**NOW**]"]),
    ],
)
def test_words_in_capitals(text: str, shown: list[str], form: str) -> None:
    text = unicodedata.normalize(form, text)
    verdict = get("capital_words", exactly=len(shown)).check(text)
    assert verdict.obeyed is True
    assert [unicodedata.normalize("NFC", text[a:b]) for a, b in verdict.evidence] == shown


@pytest.mark.parametrize(
    ("text", "obeyed"),
    [
        ("We Stop because It Is Done, although We Walk throughout the Day.", True),
        ("Ludwig van Beethoven and Leonardo da Vinci", True),
        ("If x Is 4, Then π Is Not.", True),
        ("x Is 4.", True),
        ("The Train Goes 60 km in 1 Hour.", True),
        ("We Rest at 5 p.m. Today, e.g. in Bed.", True),
        ("(a) The Sum\n\n(ii) The Rest of Part (i)", True),
        ("a) The Sum\nb) The Rest\niv. The End", True),
        ("The Area Is 25 cm² or 8 oz and/or 3 kg/m^3.", True),
        ("The nth Term, the i-th Row and the x-Axis, sin(x) and n mod 2", True),
        ("The Sum from i = 1 to n (i ≤ n)", True),
        ("So x₁ Is log₂ 8.", True),
        ("My e-mail", False),
        ("What i = Is", True),
        ("And then/now We Go", False),
        ("(a dog) Barks", False),
        ("a sum.", False),
        ("Three times Four", False),
        ("a Dog", False),
        ("She and i Go", False),
        ("It Ends. because We Stop.", False),
        ("Die Kunst des Rechnens und der Logik für Alle", True),
        ("Die Kunst des Rechnens und der Logik für alle", False),
        ("L'Art de la Guerre et l'Algèbre au Quotidien", True),
        ("L'Art de la Guerre et l'algèbre au Quotidien", False),
        ("Война и Мир в Наше Время: Как Считать на Пальцах", True),
        ("La Guía Definitiva para Aprender en Casa. con Amigos y Libros", False),
        ("We Met Die Man und Stopped", False),  # in English it is a word like others
    ],
)
def test_what_may_be_small_in_a_title(text: str, obeyed: bool) -> None:
    assert get("title_case").check(text).obeyed is obeyed


def test_a_title_is_broken_by_a_word_that_may_not_be_small() -> None:
    rule = get("title_case")
    for draft in ("We Stop Because X", "Go 5 KM", "I"):
        assert rule.check(rule.violate(draft)).obeyed is False


@pytest.mark.parametrize(
    ("name", "text", "obeyed"),
    [
        ("uppercase", "THE AREA IS 25π CM² AND θ IS 30°.", True),
        ("uppercase", "THE MASS OF π IS 5 µg.", False),
        ("uppercase", "Η ΤΙΜΗ ΤΟΥ π ΕΙΝΑΙ 3.", False),  # Greek has its own letters
        ("lowercase", "let Δ be it, at 5 Ω", True),
        ("lowercase", "το Δ είναι", False),
    ],
)
def test_lone_greek_letters_are_symbols(name: str, text: str, obeyed: bool) -> None:
    rule = get(name)
    for form in ("NFC", "NFD"):
        assert rule.check(unicodedata.normalize(form, text)).obeyed is obeyed
    assert rule.check(rule.build(text)).obeyed is True
    assert rule.check(rule.violate(text)).obeyed is False
