"""Loose verdicts: what IFEval forgives, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridle.constraints import Constraint, get, loose
from bridle.constraints.loose import variants


def test_variants_are_the_eight_of_ifeval() -> None:
    assert list(variants("a*\nb\nc*")) == ["a*\nb\nc*", "b\nc*", "a*\nb", "b", "a\nb\nc", "b\nc", "a\nb"]  # fmt: skip
    assert list(variants("one line")) == ["one line"]
    assert list(variants("")) == [] == list(variants(" \n "))
    assert list(variants("a\n\u200b\nb")) == ["a\n\u200b\nb", "\u200b\nb", "a\n\u200b"]


@pytest.mark.parametrize(
    ("text", "obeyed"),
    [
        ("Two words", True),
        ("Sure, here it is!\nTwo words", True),
        ("Two words\nHope this helps!", True),
        ("Sure!\nTwo words\nBye.", True),
        ("Sure!\nThere are four words\nBye.", False),
        ("Sure so!\nHere it is!\nTwo words", False),  # one line only is forgiven
    ],
)
def test_a_first_and_a_last_line_are_forgiven(text: str, obeyed: bool) -> None:
    assert loose(text, get("words", exactly=2))[0].obeyed is obeyed


def test_asterisks_are_forgiven_and_each_rule_has_its_own_variant() -> None:
    text = "Sure, so:\n**It is 4.** Done."
    verdicts = loose(text, get("no_comma"), get("highlights", at_least=1), get("quoted"))
    assert [v.obeyed for v in verdicts] == [True, True, False]
    assert loose("*Done*.", get("end_phrase", phrase="Done."))[0].obeyed is True
    assert get("end_phrase", phrase="Done.").check("*Done*.").obeyed is False


def test_undetermined_stays_so() -> None:
    assert loose("42", get("language", language="es"))[0].obeyed is None
    assert loose("", get("lowercase"))[0].obeyed is None


@pytest.mark.parametrize(
    ("text", "name", "number"),
    [
        ("`a. b. c.\nd` e", "sentences", 3),  # no code without its second mark
        ("$a b c\nd$ e", "words", 3),
        ("~~~py\na b\n~~~", "words", 2),
        ("\\[a A\nb\\] c", "letter_count", 2),
        ("x\n*- a", "sentences", 2),  # a list item without its asterisk
    ],
)
def test_what_is_left_out_may_leave_more(text: str, name: str, number: int) -> None:
    rule = get(name, at_least=number, **({"letter": "a"} if name == "letter_count" else {}))
    assert rule.check(text).obeyed is False
    assert loose(text, rule)[0].obeyed is True


_QUICK = (
    *(get(name, at_least=n) for name in ("words", "sentences", "capital_words") for n in (2, 3)),
    get("letter_count", letter="a", at_least=2),
    get("no_comma"),
    get("forbidden_words", words=["ab", "a b"]),
    get("uppercase"),
    get("lowercase"),
)
_MARKS = "aA.!?)“。中é\t*$`\\~_#-, \n"
_PIECES = [
    *_MARKS,
    "\n",
    "\n\n",
    "\r\n",
    " ",
    "ab",
    "AB",
    "Mr.",
    "W.",
    "2.",
    "10",
    "===",
    "...",
    "ไทย",
]


@given(
    st.lists(st.sampled_from(_PIECES), max_size=12).map("".join),
    st.sampled_from(_QUICK),
)
@settings(derandomize=True, deadline=None, max_examples=250)
def test_no_variant_is_left_out_that_obeys(text: str, rule: Constraint) -> None:
    verdicts = [rule.check(variant) for variant in variants(text)] or [rule.check(text)]
    assert loose(text, rule) == [next((v for v in verdicts if v.obeyed), verdicts[0])]
