"""Comparisons of tables whose differences are counted by hand."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bridle.analysis.compare import compare, side
from bridle.analysis.contrasts import verdict
from bridle.analysis.gate import change_limit
from bridle.errors import BridleError, DataError
from bridle.report.compared import sentences
from bridle.statistics import Estimate, difference


def study(record: Any, *, broken: range = range(0), arm: str = "plain", n: int = 40) -> list[Any]:
    """n items of one problem each, all obeyed and correct but those in `broken`."""
    return [
        record(i, arm=arm, obeyed=(i not in broken, True), source="ab"[i % 2]) for i in range(n)
    ]


def test_what_changed_is_paired_item_by_item(record: Any, table: Any) -> None:
    a = side(table(study(record, broken=range(4)), name="a"), "a")
    b = side(table(study(record, broken=range(2, 14)), name="b"), "b")
    found = compare(a, b)
    joint = found.contrasts[0]
    assert (joint.key, joint.primary, found.items, found.problems) == ("joint", True, 40, 40)
    assert not isinstance(joint.difference, str)
    expected = difference(
        [i not in range(2, 14) for i in range(40)], [i not in range(4) for i in range(40)], what="x"
    )
    assert joint.difference.estimate.value == pytest.approx(-8 / 40)
    assert (joint.difference.gained, joint.difference.lost) == (2, 10)
    assert joint.difference.p == expected.p and joint.p == expected.p
    assert joint.says == "worse"
    hard = next(c for c in found.contrasts if c.key == "hard")
    assert not isinstance(hard.difference, str) and hard.difference.p is not None
    assert hard.p is not None and hard.p > hard.difference.p  # Holm over all but the primary one
    by_type = {c.key: c for c in found.slices["constraint"]}
    assert by_type["words"].b == pytest.approx(28 / 40)
    assert by_type["no_comma"].a == by_type["no_comma"].b == 1
    assert [c.key for c in found.slices["source"]] == ["a", "b"]
    assert json.loads(json.dumps(found.to_dict()))["contrasts"][0]["says"] == "worse"


def test_two_arms_of_one_study(record: Any, table: Any) -> None:
    both = table([*study(record), *study(record, arm="wait", broken=range(30))])
    with pytest.raises(BridleError, match="2 arms"):
        side(both, "study")
    a, b = (side(both, name, where={"arm": name}) for name in ("plain", "wait"))
    assert compare(a, b).contrasts[0].says == "worse"
    with pytest.raises(BridleError, match="no arm 'wiat'"):
        side(both, "study", where={"arm": "wiat"})
    with pytest.raises(BridleError, match="cannot be chosen by 'amr'"):
        side(both, "study", where={"amr": "wait"})


def test_items_that_differ_are_left_out_and_said(record: Any, table: Any) -> None:
    a = side(table(study(record), name="a"), "a")
    other = [*study(record, n=30), *(record(i, reference="13") for i in range(30, 38))]
    found = compare(a, side(table(other, name="b"), "b"))
    assert found.items == 30
    assert any("2 items are in A alone" in note for note in found.notes)
    assert any("8 of 38 items have another question" in note for note in found.notes)
    with pytest.raises(DataError, match="None of the 40 items"):
        compare(a, side(table([record(i, reference="13") for i in range(40)], name="c"), "c"))
    with pytest.raises(DataError, match="No item is in both"):
        compare(a, side(table([record(i, item=f"x{i}") for i in range(9)], name="d"), "d"))


def test_cut_off_responses_stand_apart(record: Any, table: Any) -> None:
    a = side(table(study(record), name="a"), "a")
    cut = [record(i, status="truncated" if i < 20 else "complete") for i in range(40)]
    found = compare(a, side(table(cut, name="b"), "b"))
    truncated = next(c for c in found.contrasts if c.key == "truncated")
    assert (truncated.b, truncated.says) == (0.5, "worse")
    assert found.contrasts[0].says == "worse"
    assert found.complete[0].b == 1  # among complete answers nothing changed


@pytest.mark.parametrize(
    ("low", "high", "says"),
    [(0.01, 0.1, "better"), (-0.1, -0.01, "worse"), (-0.01, 0.015, "alike"), (-0.1, 0.1, "cannot tell")],
)  # fmt: skip
def test_nothing_is_said_beyond_the_interval(low: float, high: float, says: str) -> None:
    e = Estimate((low + high) / 2, low, high, 100, "", "", 100, "points")
    assert verdict(e) == says
    assert verdict(e, lower_is_better=True) == {"better": "worse", "worse": "better"}.get(
        says, says
    )


def test_cannot_tell_is_not_no_difference(record: Any, table: Any) -> None:
    a = side(table(study(record), name="a"), "a")
    found = compare(a, side(table(study(record, broken=range(2)), name="b"), "b"))
    assert "cannot tell. A difference of" in sentences(found)[0]


def test_gates_fail_only_where_the_data_show_it(record: Any, table: Any) -> None:
    a = side(table(study(record), name="a"), "a")
    worse = compare(a, side(table(study(record, broken=range(25)), name="b"), "b"))
    assert change_limit("joint drops > 2").judge(worse)[0] is True
    assert change_limit("joint rises > 2").judge(worse)[0] is False
    same = compare(a, side(table(study(record, broken=range(1)), name="c"), "c"))
    failed, said = change_limit("joint drops > 2").judge(same)
    assert failed is None and "cannot tell" in said
    with pytest.raises(BridleError, match="no outcome 'jiont'"):
        change_limit("jiont drops > 2").judge(same)
    for wrong in ("joint", "joint < 2", "joint drops > x", "drops > 2"):
        with pytest.raises(BridleError, match="not understood"):
            change_limit(wrong)
