"""Multiples and dates."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridle.constraints import get
from bridle.errors import ConstraintError


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.integers(1, 50), st.integers(0, 300), st.integers(0, 300))
def test_multiples_are_those_that_divide(of: int, low: int, more: int) -> None:
    high = low + more
    wanted = [str(n) for n in range(low, high + 1) if n % of == 0]
    if not wanted:
        with pytest.raises(ConstraintError, match="multiples between the bounds"):
            get("multiples", of=of, low=low, high=high)
        return
    rule = get("multiples", of=of, low=low, high=high)
    assert rule.check("\n".join(wanted)).obeyed is True
    assert rule.check(",".join(wanted[:-1])).obeyed is False


@pytest.mark.parametrize("text", ["14 -21", "14, 21 and", "14, 021", "14, ٢١", "14, 21, 21", ""])
def test_what_is_no_count(text: str) -> None:
    assert get("multiples", of=7, low=10, high=27).check(text).obeyed is False


@pytest.mark.parametrize(
    ("low", "high", "text", "obeyed"),
    [
        (10, 30, "\\boxed{14, 21, 28}", True),
        (10, 30, "$\\left\\{14, \\quad 21, \\ 28\\right\\}$", True),
        (10, 30, "\\sqrt{14}, 21, 28", False),
        (10, 30, "١٤، ٢١، ٢٨", True),
        (10, 30, "१४, २१, २९", False),
        (10, 30, "boxed 14, 21, 28", False),
        (994, 1010, "994, 1,001, 1,008", True),
        (994, 1010, "994\n1001\n1,008", True),
        (994, 1010, "994, 1,0010, 1008", False),
        (994, 1010, "994, 1, 001, 1008", False),
    ],
)
def test_multiples_as_they_are_set(low: int, high: int, text: str, obeyed: bool) -> None:
    assert get("multiples", of=7, low=low, high=high).check(text).obeyed is obeyed


def test_a_part_that_may_be_a_multiple_condemns_nothing() -> None:
    rule = get("multiples", of=7, low=994, high=1010)
    assert rule.forbids("994, 1,001, ") is None
    assert rule.forbids(" \\boxed{994} ") is None
    assert rule.forbids(" 995 ") is not None


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("YYYY-MM-DD", "1815‑06‑18, 1815‐06‐19"),  # hyphens that break no line
        ("YYYY-MM-DD", "1815-06-18，1815-06-19"),
        ("YYYY-MM-DD", "\ufeff1815-06-18\u200b, 1815-06-19"),
        ("YYYY年MM月DD日", "1815年06月18日、1815年06月19日"),
        ("DD.MM.YYYY.", "18.06.1815., 19.06.1815."),
    ],
)
def test_dates_as_they_are_typed(form: str, text: str) -> None:
    rule = get("date_list", format=form)
    assert rule.check(text).obeyed is True
    assert rule.check(text.replace("19", "31")).obeyed is False
    assert rule.obeyed_by(rule.build("It is 4."))


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.dates(), st.integers(0, 400))
def test_every_date_is_one_in_every_format(first: date, days: int) -> None:
    last = first + timedelta(days=min(days, (date.max - first).days))
    for form in ("YYYY-MM-DD", "DD.MM.YYYY", "MM/DD/YYYY"):
        rule = get("date_list", format=form, in_order=True)
        fields = [
            form.replace("YYYY", f"{d.year:04}")
            .replace("MM", f"{d.month:02}")
            .replace("DD", f"{d.day:02}")
            for d in (first, last)
        ]
        assert rule.check(", ".join(fields)).obeyed is True, form
        assert rule.check(", ".join(reversed(fields))).obeyed is (first == last)


@pytest.mark.parametrize(
    "text",
    ["1815-00-18", "1815-06-00", "1815-13-01", "1900-02-29", "1815-06-18;1815-06-19", "", ","],
)
def test_what_is_no_date(text: str) -> None:
    assert get("date_list").check(text).obeyed is False


@pytest.mark.parametrize(
    "params",
    [
        {"format": "YYYY-MM"},
        {"format": "YYYY, MM DD"},
        {"earliest": "1800"},
        {"earliest": "1800-01-02", "latest": "1800-01-01"},
        {"in_order": 1},
    ],
)
def test_wrong_parameters(params: dict[str, Any]) -> None:
    with pytest.raises(ConstraintError):
        get("date_list", **params)


@pytest.mark.parametrize("params", [{"latest": "0001-01-01"}, {"earliest": "9999-12-31"}])
def test_drafts_at_the_ends_of_the_calendar(params: dict[str, str]) -> None:
    rule = get("date_list", **params)
    assert rule.check(rule.build("It is 4.")).obeyed is True


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("The roots are 1,2,3 and 10,20,30.", 6),
        ("A(2,3) and (10,20), on [0,1]", 6),  # points and an interval
        ("It weighs 2,5 kg (2,50 on Monday) or more (1,000).", 3),
        ("It costs 1,234,567.89 or 1,00,000.", 2),
        ("In plain text a_1 = 5, file_2 and _7_", 2),
        ("1\u202f000\u00a0000 euros", 1),
        ("10\u00a05", 2),
        ("Harganya Rp12.500,00 atau RM5; Rs500. GRp5", 3),
        ("é5", 0),
        ("e\u03015", 0),  # the same, the accent apart
        ("第1章、2つ", 2),  # no blanks between words
        ("1️⃣ 2️⃣", 2),
        ("½ cup, 1½ cups, 1 ¾ cups", 4),
    ],
)
def test_numbers(text: str, number: int) -> None:
    verdict = get("numbers", exactly=number).check(text)
    assert verdict.observed == number
    assert all(text[a:b][0].isnumeric() for a, b in verdict.evidence)
