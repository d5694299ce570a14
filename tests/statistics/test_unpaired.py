"""The difference of two independent rates, against the worked example of its source."""

from __future__ import annotations

import pytest

from bridle.statistics import rate
from bridle.statistics.unpaired import apart


def test_the_worked_example_of_the_source():
    # Newcombe 1998, table II, (a): 56/70 − 48/80, method 10: 0.0524 to 0.3339
    one = rate([1] * 56 + [0] * 14, what="a")
    other = rate([1] * 48 + [0] * 32, what="b")
    found = apart(one, other, what="a − b")
    assert found.value == pytest.approx(0.2)
    assert (found.low, found.high) == pytest.approx((0.0524, 0.3339), abs=5e-5)


def test_it_turns_round():
    one, other = rate([1, 1, 1, 0], what="a"), rate([0, 0, 1, 0], what="b")
    there, back = apart(one, other, what=""), apart(other, one, what="")
    assert (there.low, there.high) == pytest.approx((-back.high, -back.low))
    assert there.high <= 1 and there.unit == "points"
