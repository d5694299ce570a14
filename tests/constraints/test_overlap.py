"""The share of trigrams, against a count by hand and by another method."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridle.constraints import get, witness
from bridle.errors import ConstraintError

REFERENCE = (
    "Consider a simple undirected graph with m edges, n vertices, and p connected components. "
    "Prove by induction that n - p is at most m."
)


def test_share_by_hand() -> None:
    # "abcdxy" has abc, bcd, cdx, dxy; "abcdef" has two of them
    verdict = get("trigram_overlap", reference="abcdef", percentage=50).check("abcdxy")
    assert verdict.observed == 50
    assert verdict.obeyed is True


@settings(derandomize=True, deadline=None, max_examples=60)
@given(
    text=st.text("abc ", min_size=3, max_size=40), reference=st.text("abc", min_size=3, max_size=9)
)
def test_share_by_membership(text: str, reference: str) -> None:
    verdict = get("trigram_overlap", reference=reference, percentage=50).check(text)
    plain = " ".join(text.split())
    runs = {plain[i : i + 3] for i in range(len(plain) - 2)}
    if not runs:
        assert verdict.obeyed is None
    else:
        share = 100 * sum(run in reference for run in runs) / len(runs)
        assert verdict.observed == pytest.approx(share, abs=0.005)


@pytest.mark.parametrize("percentage", [8, 25, 50, 75])
def test_drafts_of_any_share_state_the_answer(percentage: int) -> None:
    rule = get("trigram_overlap", reference=REFERENCE, percentage=percentage)
    text = witness([rule], "42")
    assert isinstance(text, str) and "\\boxed{42}" in text


def test_what_is_shown_is_what_the_reference_has_not() -> None:
    rule = get("trigram_overlap", reference="We add café au lait.", percentage=100)
    text = unicodedata.normalize("NFD", " We  add\n\ncafé xyz lait.")
    assert [text[a:b] for a, b in rule.check(text).evidence] == [
        unicodedata.normalize("NFD", "é xyz l")
    ]


def test_what_every_text_obeys_cannot_be_broken() -> None:
    rule = get("trigram_overlap", reference=REFERENCE, percentage=50, tolerance=50)
    with pytest.raises(ConstraintError, match="every share"):
        rule.violate("It is 4.")


def test_what_is_no_share() -> None:
    for params in ({"percentage": 101}, {"percentage": float("nan")}, {"percentage": True}):
        with pytest.raises(ConstraintError, match="from 0 to 100"):
            get("trigram_overlap", reference=REFERENCE, **params)
    with pytest.raises(ConstraintError, match="three characters"):
        get("trigram_overlap", reference="ab", percentage=5)
