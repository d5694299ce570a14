"""Requirements hold on the bound of the interval, and what cannot be said does not pass."""

from __future__ import annotations

import pytest

from bridle.analysis.gate import change_limit, requirement
from bridle.analysis.rates import Rate, Row
from bridle.errors import BridleError
from bridle.statistics import Estimate

JOINT = Estimate(0.9, 0.78, 0.96, 60, "Wilson", "joint", problems=20)


def row(joint: Estimate | str = JOINT, **statuses: int) -> Row:
    return Row("m", "m", statuses or {"complete": 60}, {"joint": Rate(joint, "none")}, 20)


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("joint >= .78", True),
        ("joint > .78", False),
        ("joint >= .8", False),  # the estimate is above it, the bound is not
        ("joint>=75%", True),
        ("joint ≥ 0.75", True),
        ("joint <= .96", True),
        ("joint < 95 %", False),
    ],
)
def test_a_requirement_is_judged_by_the_bound(text: str, holds: bool) -> None:
    assert requirement(text).judge(row()).holds is holds


def test_errors_count_as_failures() -> None:
    found = requirement("joint >= .75").judge(row(complete=60, error=20))
    assert found.holds is False and "20 errors counted as failures" in found.says
    assert requirement("joint <= .97").judge(row(complete=60, error=20)).holds is True
    assert requirement("joint <= .96").judge(row(complete=60, error=60)).holds is False


def test_what_cannot_be_said_does_not_pass() -> None:
    none = requirement("joint >= .1").judge(row("no record with constraints", error=60))
    few = requirement("joint >= .1").judge(
        row(Estimate(1.0, 0.4, 1.0, 3, "Wilson", "joint", problems=3))
    )
    assert (none.holds, none.passed, few.holds, few.passed) == (None, False, None, False)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("joint >= 80", "no share"),
        ("joint", "not understood"),
        ("joint drops > 2", "compare A B --fail-if"),
        ("joint >= .8 or 1", "not understood"),
        (">= .8", "not understood"),
        ("", "not understood"),
        ("x" * 100_000 + " >= .8", "not understood"),
    ],
)
def test_a_wrong_requirement_is_refused(text: str, said: str) -> None:
    with pytest.raises(BridleError, match=said):
        requirement(text)


def test_an_outcome_that_is_not_there_names_the_nearest() -> None:
    with pytest.raises(BridleError, match="did you mean 'joint'"):
        requirement("jiont >= .8").judge(row())


def test_a_bound_is_no_change() -> None:
    with pytest.raises(BridleError, match="bridle report DIR --require"):
        change_limit("joint >= .8")
