"""Where a keyword stands: whole, in every spelling of it, and not as a part of a longer word."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest

from bridle.constraints import Conflict, get, witness

FOUND = [
    ("sum", "**sum**"),
    ("sum", "__sum__"),
    ("sum", "[Sum](https://a.b)"),
    ("sum", "“SUM”-like"),
    ("sum", "(sum)…"),
    ("final answer", "the final\r\nanswer"),
    ("final answer", "FINAL\u00a0Answer"),
    ("don't", "We don’t."),
    ("don’t", "We don't."),
    ("well-known", "a well‑known sum"),
    ("well‐known", "a well-known sum"),
    ("'tis", "so 'tis 4"),
    ("café", unicodedata.normalize("NFD", "un CAFÉ.")),
    (unicodedata.normalize("NFD", "café"), "un café."),
    ("ΟΔΟΣ", "η οδός και οδος"),
    ("答案", "这是答案吗"),
    ("2", "It is 2."),
    ("2", "1, 2, 3"),
    ("2.5", "So 2.5, then."),
    ("C++", "In C++ we add."),
    ("$5", "pay $5 now"),
    ("&", "a&b"),
    ("final answer", "The **final** answer"),
    ("final answer", "the *final* _answer_"),
    ("final answer", "the\u200b final\u200b answer"),
    ("national", "the **N**ational plan"),  # bold letters that make an acronym
    ("answer", "The ans\u200fwer \u2063is 4."),
    ("❤", "We ❤\ufe0f it."),
    ("❤\ufe0f", "We ❤ it."),
    ("정답", "**정답**은 42입니다."),
    ("a", "It is a**b."),
    ("it", "it's 4"),
    ("homme", "l’homme"),
    ("n", "rock 'n' roll"),
    ("U.S.", "in the U.S. today"),
    ("a", "It is point A."),
    (".5", "is .5 now"),
    ("-1", "10-1"),
    ("window", "win\u00addow"),
    ("straße", "DIE STRASSE"),
    ("iki", "İki elma"),
    ("tabii ki", "TABİİ Kİ"),
    ("İstanbul", "istanbul'da"),
    ("ışık", "Işık"),
    ("sıcak", "ÇOK SICAK"),
    ("λόγος", "Ο ΛΟΓΟΣ"),
    ("п'ять", "пʼять"),
    ('צה"ל', "צה״ל"),
    ("정답", "정답은 42입니다."),
    ("정답", unicodedata.normalize("NFD", "정답이 42")),
    ("서울", "서울로 간다"),
    ("\\boxed", "So \\boxed{4}."),
    ("$x$", "So $x$ is."),
    ("`print`", "call `print` now"),
    ("a\n\nb", "a\n\nb"),
]
ABSENT = [
    ("sum", "sum_total"),
    ("sum", "the sums"),
    ("a", "the **A**eronautics plan"),
    ("sum", "the **sum**s"),
    ("sum", "All of it is called `sum`"),
    ("cafe", "café"),
    ("sınır", "sinir"),
    ("λόγος", "λογος"),
    ("ή", "Η απάντηση"),
    ("я", "сім'я"),
    ("Сім", "сім’я"),
    ("cafe", unicodedata.normalize("NFD", "café")),
    ("dont", "don't"),
    ("wellknown", "well-known"),
    ("win", "win\u00addow"),  # a soft hyphen is seen at a line's end only
    ("dow", "win\u2060dow"),
    ("می", "می‌خواهم"),  # a non-joiner inside of a word
    ("2", "It is 2.5."),
    ("5", "It is 2.5."),
    ("000", "1,000 of them"),
    ("2", "the 2nd"),
    ("final answer", "final, answer"),
    ("final answer", "## Final\n\nAnswer: 4"),
    ("final answer", "final\r\n\r\nanswer"),
    ("final answer", "final * answer"),
    ("can", "We can't."),
    ("can", "We can’t."),
    ("won", "It WON'T do."),
    ("don", "I don't know."),
    ("t", "don't"),
    ("s", "It’s 4."),
    ("re", "we're done"),
    ("a", "at 5 a.m. now"),
    ("U", "in the U.S. today"),
    ("I", "A.I. is"),
    (".5", "is 0.5 now"),
    ("5.", "is 5.5 now"),
    ("window", "win\u00addows"),
    ("dow", "win\u200bdow"),
    ("정답", "정답률이 높다"),
    ("정답", "오정답은"),
    ("사과", "사과나무"),
    ("사과", "사과을"),  # the particle for a word that ends in a consonant
    ("수", "수도"),
    ("x", "So $x$ is."),
    ("$x$", "So $X$ is."),
    ("\\frac", "$\\fracture$"),
]


@pytest.mark.parametrize(("keyword", "text"), FOUND)
def test_found(keyword: str, text: str) -> None:
    verdict = get("keywords", keywords=[keyword]).check(text)
    assert verdict.obeyed is True
    assert get("forbidden_words", words=[keyword]).check(text).obeyed is False
    assert get("keyword_count", keyword=keyword, at_least=1).check(text).obeyed is True


@pytest.mark.parametrize(("keyword", "text"), ABSENT)
def test_absent(keyword: str, text: str) -> None:
    assert get("keywords", keywords=[keyword]).check(text).obeyed is False
    assert get("forbidden_words", words=[keyword]).check(text).obeyed is True
    assert get("keyword_count", keyword=keyword, exactly=0).check(text).obeyed is True


def test_evidence_is_the_keyword_as_it_stands_in_the_text() -> None:
    text = unicodedata.normalize("NFD", "Ein Café, DON’T stop; café.")
    for keyword, seen in (("don't", ["DON’T"]), ("café", ["Café", "café"])):
        spans = get("forbidden_words", words=[keyword]).check(text).evidence
        assert [unicodedata.normalize("NFC", text[a:b]) for a, b in spans] == seen


def test_another_form_of_a_mark_is_a_way_around() -> None:
    """A keyword with an apostrophe and no straight apostrophe: the curly one is left."""
    rules = [get("keywords", keywords=["don't"]), get("characters_forbidden", characters=["'"])]
    found = witness(rules, "42")
    assert not (isinstance(found, Conflict) and found.proved)
    assert all(rule.check("We don’t. \\boxed{42}").obeyed for rule in rules)


@pytest.mark.parametrize(
    ("name", "params", "text"),
    [
        ("end_phrase", {"phrase": "That's all."}, "It is \\boxed{42}. That’s all."),
        ("start_phrase", {"phrase": "Here's why"}, "Here’s why: \\boxed{42}."),
        ("repeat_prompt", {"prompt": "What's it?"}, "What’s it? \\boxed{42}"),
    ],
)
def test_another_form_of_a_mark_in_a_phrase_is_a_way_around(
    name: str, params: dict[str, Any], text: str
) -> None:
    rules = [get(name, **params), get("characters_forbidden", characters=["'"])]
    found = witness(rules, "42")
    assert not (isinstance(found, Conflict) and found.proved)
    assert all(rule.check(text).obeyed for rule in rules)
