"""pattern: RE2's expressions, in linear time on every text; examples made up where none is given."""

from __future__ import annotations

import contextlib
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridle.constraints import get, witness
from bridle.constraints.families.lexical.sample_match import sample
from bridle.errors import BridleError, ConstraintError


@pytest.mark.parametrize(
    ("regex", "said"),
    [
        ("(", "missing )"),
        (r"(a)\1", "invalid escape sequence"),
        ("(?=a)", "invalid perl operator"),
        ("(?<!a)b", "invalid perl operator"),
        ("a{2000}", "invalid repetition size"),
        ("x*", "not every text"),
        ("", "not empty"),
        ("a" * 501, "at most 500"),
        ("\ud800", "characters that can be written"),
    ],
)
def test_what_is_no_expression_is_said(regex: str, said: str) -> None:
    with pytest.raises(ConstraintError) as caught:
        get("pattern", regex=regex)
    assert said in f"{caught.value.what} {caught.value.expected}"


def test_an_example_is_one() -> None:
    with pytest.raises(ConstraintError, match="example="):
        get("pattern", regex="[0-9]+", example="none")
    assert "such as 7" in get("pattern", regex="[0-9]+", example="7").describe()
    unread = get("pattern", regex=r"\pL{3}")  # a class that the maker does not read
    assert "such as" not in unread.describe()
    assert unread.check("abc").obeyed is True
    with pytest.raises(ConstraintError, match="no text was found") as caught:
        unread.build("1")
    assert "example" in str(caught.value.expected)
    assert get("pattern", regex=r"\pL{3}", example="abc").build("1") != "1"


@pytest.mark.parametrize(
    "regex", ["(a+)+$", "(a|a)*b", "(x+x+)+y", "(?i)(.*a){20}$", "([a-z]+)*[0-9]", "(a?){40}a{40}b"]
)
def test_what_stops_other_engines_is_fast_here(regex: str) -> None:
    rule = get("pattern", regex=regex)
    for char in "ax":
        started = time.process_time()
        rule.check(char * 100_000 + "!")
        assert time.process_time() - started < 2


def test_offsets_are_those_of_the_text() -> None:
    text = "Ünï 𝔸𝔹 \ud800 at 12 and 345."
    verdict = get("pattern", regex="[0-9]+").check(text)
    assert [text[a:b] for a, b in verdict.evidence] == ["12", "345"]
    assert verdict.observed == 2


def test_the_whole_text_and_its_lines() -> None:
    whole = get("pattern", regex="^yes$")
    assert whole.check("yes").obeyed and not whole.check("yes\nno").obeyed
    assert get("pattern", regex="(?m)^yes$").check("no\nyes\nno").obeyed
    assert whole.check(whole.build("It is 4.")).obeyed


ATOM = st.sampled_from(
    ["a", "B", "7", r"\d", r"\w", r"\.", "[a-f]", "[^a-z0-9]", "[[:upper:]]", "(?:ab|cd)", "(x)", "."]
)  # fmt: skip
PIECE = st.tuples(ATOM, st.sampled_from(["", "+", "{2}", "{1,3}", "*", "?", "+?"])).map("".join)
REGEX = st.lists(PIECE, min_size=1, max_size=6).map("".join) | st.tuples(PIECE, PIECE).map("|".join)


@settings(derandomize=True, deadline=None, max_examples=150)
@given(REGEX)
def test_what_is_made_up_matches_and_is_taken_out_again(regex: str) -> None:
    made = sample(regex)
    assert made is not None and re.search(regex.replace("[[:upper:]]", "[A-Z]"), made) is not None
    try:
        rule = get("pattern", regex=regex)
    except ConstraintError:  # every text matches
        return
    try:
        built = rule.build("The answer is \\boxed{42}.")
    except ConstraintError:  # what was made is white space alone
        assert not made.strip() or made != made.strip()
        return
    assert rule.check(built).obeyed is True
    assert rule.check(rule.violate(built)).obeyed is False


@given(st.text(max_size=30))
@settings(derandomize=True, deadline=None, max_examples=150)
def test_no_expression_is_too_much(regex: str) -> None:
    sample(regex)
    try:
        rule = get("pattern", regex=regex)
    except BridleError:
        return
    rule.check("The answer is 42.")
    assert rule.phrasings()


@pytest.mark.parametrize("deep", ["(" * 500, "[" * 500, "(a" * 200 + ")" * 200, "a{9}{9}{9}{9}"])
def test_deep_ones_end(deep: str) -> None:
    sample(deep)
    with contextlib.suppress(ConstraintError):
        get("pattern", regex=deep)


def test_a_witness_with_other_rules() -> None:
    rules = [get("pattern", regex="REF-[0-9]{4}"), get("no_comma"), get("words", at_least=20)]
    text = witness(rules, "42")
    assert isinstance(text, str) and all(rule.check(text).obeyed for rule in rules)
    assert re.search(r"REF-\d{4}", text)
