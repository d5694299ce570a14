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
