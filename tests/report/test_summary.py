"""The figures of the report, against tables whose rates are counted by hand."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bridle.analysis.summary import summarise
from bridle.errors import BridleError, DataError
from bridle.report.figures import percent
from bridle.statistics import Estimate, difference, wilson


def value(cell: Any) -> float:
    assert isinstance(cell, Estimate), cell
    return cell.value


def ten(record: Any) -> list[Any]:
    """With: 5 obey both (3 of them correct), 2 obey one, 1 is undetermined, 1 truncated, 1 error.
    Without: 2 obey both, 8 one; 9 correct."""
    given = [record(i, correct=i < 3) for i in range(5)]
    given += [record(i, obeyed=(True, False)) for i in (5, 6)]
    given += [
        record(7, obeyed=(True, None)),
        record(8, status="truncated"),
        record(9, status="error"),
    ]
    bare = [record(i, "without", obeyed=(True, i < 2), correct=i < 9) for i in range(10)]
    return given + bare


def test_rates_with_both_denominators(record: Any, table: Any) -> None:
    rates = summarise([table(ten(record))]).overall[0].rates
    # nine responses came back with constraints, eight of them complete
    expected = {
        "hacc": (5 / 9, 5 / 8),
        "sacc": (6.5 / 9, 6.5 / 8),
        "joint": (3 / 9, 3 / 8),
        "correct_with": (6 / 9, 6 / 8),
        "correct_without": (9 / 10, 9 / 10),
        "floor": (2 / 10, 2 / 10),
        "soft_floor": (6 / 10, 6 / 10),
    }
    for key, (run, complete) in expected.items():
        assert value(rates[key].run) == pytest.approx(run), key
        assert value(rates[key].complete) == pytest.approx(complete), key
    # nine problems have both: too few for a lift, so the paired difference stands in points
    assert value(rates["lift"].run) == pytest.approx(5 / 9 - 2 / 9)
    assert (rates["lift"].run.unit, rates["lift"].run.problems) == ("points", 9)
    assert rates["hacc"].run.n == 9
    assert rates["hacc"].complete.n == 8
    assert (rates["hacc"].run.low, rates["hacc"].run.high) == wilson(5 / 9, 9)
    assert value(rates["truncated_with"].run) == pytest.approx(1 / 9)
    assert value(rates["truncated_without"].run) == 0
    assert value(rates["undetermined"].complete) == pytest.approx(1 / 16)


def test_nothing_is_dropped_silently(record: Any, table: Any) -> None:
    summary = summarise([table(ten(record), missing=4)])
    row = summary.overall[0]
    assert row.statuses == {"complete": 18, "truncated": 1, "error": 1}
    assert row.records == summary.records == 20
    assert (summary.planned, summary.missing, summary.errors) == (24, 4, 1)
    assert summary.gates == ("4 of 24 planned records are missing.",)


def test_change_is_paired_by_item(record: Any, table: Any) -> None:
    change = summarise([table(ten(record))]).overall[0].change
    # item 9 has no response with constraints: nine pairs; items 3, 4 and 8 got worse
    expected = difference(
        [1, 1, 1, 0, 0, 1, 1, 1, 0], [1] * 9, what="correct, with − without constraints"
    )
    assert change == expected
    assert (expected.gained, expected.lost, expected.test) == (0, 3, "mid-p McNemar")


def test_where_items_differ_pairs_are_made_by_problem(record: Any, table: Any) -> None:
    rows = [record(i, correct=i % 2 == 0) for i in range(6)]
    rows += [record(i, names=(), item=f"bare:{i}") for i in range(6)]  # the 0-constraint items
    summary = summarise([table(rows)])
    change = summary.overall[0].change
    assert not isinstance(change, str)
    assert change.estimate.n == 6
    assert change.estimate.value == pytest.approx(-0.5)
    assert summary.overall[0].rates["floor"].run == "no record without constraints"
    assert [row.label for row in summary.by_count] == ["0", "2"]
    assert summary.by_count[0].rates["hacc"].run == "no record with constraints"


def test_samples_of_one_problem_are_clustered(record: Any, table: Any) -> None:
    rows = [record(i, sample=k, obeyed=(True, i < 5)) for i in range(10) for k in range(4)]
    hacc = summarise([table(rows)]).overall[0].rates["hacc"].run
    assert hacc.n == 40
    assert "10 problems" in hacc.method
    low, high = wilson(0.5, 40)
    assert hacc.high - hacc.low > 1.7 * (high - low)


def test_slices_and_types(record: Any, table: Any) -> None:
    rows = [record(i, source="aime", names=("words",), obeyed=(i < 1,)) for i in range(4)]
    rows += [record(i, source="math", obeyed=(True, None)) for i in range(4, 8)]
    rows += [record(8, source="", names=("words",), status="truncated")]
    rows += [
        record(i, "without", source="aime", names=("words",), obeyed=(i < 2,)) for i in range(4)
    ]
    summary = summarise([table(rows)])
    assert [row.label for row in summary.by_source] == ["(no name)", "aime", "math"]
    assert [value(row.rates["hacc"].run) for row in summary.by_source] == [0, 0.25, 0]
    assert [row.label for row in summary.by_count] == ["1", "2"]
    by_type = {row.label: row.rates for row in summary.by_type}
    assert list(by_type) == ["no_comma", "words"]
    assert value(by_type["words"]["obeyed"].run) == pytest.approx(5 / 9)
    assert value(by_type["words"]["obeyed"].complete) == pytest.approx(5 / 8)
    assert value(by_type["words"]["floor"].run) == pytest.approx(2 / 4)
    assert value(by_type["no_comma"]["obeyed"].run) == 0  # undetermined does not pass
    assert value(by_type["no_comma"]["undetermined"].complete) == 1
    assert by_type["no_comma"]["floor"].run == "no answer written without it"


def test_instructions_that_nothing_judges_are_in_no_rate(record: Any, table: Any) -> None:
    row = record(0, names=("words", "count:emoji"), obeyed=(True, None), hard=None, soft=1.0)
    row.verdicts[1]["family"] = "not judged"
    summary = summarise([table([row])])
    assert summary.not_judged == {"count:emoji": 1}
    assert summary.not_wholly_judged == 1
    assert [r.label for r in summary.by_type] == ["words"]
    assert summary.overall[0].rates["hacc"].run == "nothing to judge in 1 record"
    assert value(summary.overall[0].rates["sacc"].run) == 1


def test_undecided_answers_are_counted_and_in_no_rate(record: Any, table: Any) -> None:
    undecided = record(0, correct=None, joint=None, equality="undecided")
    summary = summarise([table([undecided, record(1), record(2, correct=False)])])
    assert summary.undecided == 1
    correct = summary.overall[0].rates["correct_with"].run
    assert (value(correct), correct.n) == (0.5, 2)


def test_models_are_never_pooled(record: Any, table: Any) -> None:
    rows = [
        record(i, model=m, obeyed=(m == "good", True)) for m in ("good", "bad") for i in range(5)
    ]
    summary = summarise([table(rows)])
    assert summary.whos == ("good", "bad")
    assert [row.label for row in summary.overall] == ["good", "bad"]
    assert [value(row.rates["hacc"].run) for row in summary.overall] == [1, 0]
    assert (summary.records, summary.problems) == (10, 5)  # the same problems, asked twice


def test_arms_are_never_pooled(record: Any, table: Any) -> None:
    rows = [record(i, arm=arm) for arm in ("plain", "reminder") for i in range(3)]
    assert summarise([table(rows)]).whos == ("organism · plain", "organism · reminder")


def test_studies_are_put_together_by_model(record: Any, table: Any) -> None:
    first = table([record(i) for i in range(3)], name="a", missing=1)
    second = table([record(i, model="other") for i in range(3)], name="b")
    summary = summarise([first, second])
    assert summary.whos == ("organism", "other")
    assert (summary.planned, summary.missing) == (7, 1)
    assert summary.gates == ("a: 1 of 4 planned records is missing.",)


def test_the_same_response_twice_is_refused(record: Any, table: Any) -> None:
    study = table([record(0)])
    with pytest.raises(DataError, match="there twice, the first 'crossed:0' of 'organism'"):
        summarise([study, study])


def test_an_empty_table_is_refused(table: Any) -> None:
    with pytest.raises(DataError, match="no records to report"):
        summarise([table([])])


def test_only_errors_are_said_in_words(record: Any, table: Any) -> None:
    summary = summarise([table([record(0, status="error")])])
    assert summary.errors == 1
    assert summary.overall[0].rates["hacc"].run == "no record with constraints"
    assert summary.overall[0].change == "no problem was asked both with and without constraints"


def test_every_figure_can_be_written_as_json(record: Any, table: Any) -> None:
    found = json.loads(json.dumps(summarise([table(ten(record))]).to_dict(), allow_nan=False))
    assert found["overall"][0]["hacc"]["run"]["value"] == pytest.approx(5 / 9)
    assert found["overall"][0]["truncated_with"]["complete"]["value"] is None
    assert found["overall"][0]["change"]["lost"] == 3
    assert found["by_constraint"][0]["label"] == "no_comma"


# -- the other rules -------------------------------------------------------------------------------


def two_rules(record: Any) -> list[Any]:
    return [
        record(0, upstream=[True, True]),
        record(1, upstream=[True, False], reason="a comma of a number"),
        record(2, obeyed=(False, True), upstream=[True, True], correct=False),
        record(3, obeyed=(None, True), upstream=[False, True]),  # neither passes: they agree
        record(4, status="truncated", upstream=[True, True]),
        record(5, upstream=None),  # upstream's rules could not run
        record(6, status="error"),
        record(0, "without", obeyed=(False, False), upstream=[True, True]),
    ]


def test_both_rules_side_by_side(record: Any, table: Any) -> None:
    summary = summarise([table(two_rules(record))])
    (row,) = summary.both
    assert (row.records, row.not_judged, row.parted) == (5, 1, 3)
    assert row.ours["hacc"].value == pytest.approx(2 / 5)
    assert row.upstream["hacc"].value == pytest.approx(3 / 5)
    assert row.ours["sacc"].value == pytest.approx((1 + 1 + 0.5 + 0.5) / 5)
    assert row.upstream["sacc"].value == pytest.approx((1 + 0.5 + 1 + 0.5 + 1) / 5)
    found = [(p.item, p.constraint, p.ours, p.upstream) for p in summary.partings]
    assert found == [
        ("crossed:1", "no_comma", True, False),
        ("crossed:2", "words", False, True),
        ("crossed:4", "words", None, True),
        ("crossed:4", "no_comma", None, True),
    ]
    assert summary.partings[0].reason == "a comma of a number"


def test_upstreams_rules_in_force(record: Any, table: Any) -> None:
    summary = summarise([table(two_rules(record))], rules="upstream")
    rates = summary.overall[0].rates
    assert value(rates["hacc"].run) == pytest.approx(3 / 5)
    assert value(rates["joint"].run) == pytest.approx(1 / 5)  # 0; 2 is wrong, 4 was cut off
    assert value(rates["floor"].run) == 1
    assert (rates["lift"].run.unit, value(rates["lift"].run)) == ("points", 0.0)
    assert value(rates["correct_with"].run) == pytest.approx(4 / 6)  # correctness is always ours
    by_type = {row.label: row.rates for row in summary.by_type}
    assert value(by_type["no_comma"]["obeyed"].run) == pytest.approx(4 / 5)


def test_upstreams_rules_where_there_are_none(record: Any, table: Any) -> None:
    study = table([record(0)])
    assert summarise([study]).both == []
    with pytest.raises(BridleError, match="No record has an upstream judgement"):
        summarise([study], rules="upstream")
    with pytest.raises(BridleError, match="no rules 'mine'"):
        summarise([study], rules="mine")


# -- small lines of a table ------------------------------------------------------------------------


def test_few_problems_of_a_type_share_the_tables_icc(record: Any, table: Any) -> None:
    """Six samples of each problem that all come out alike: the whole table says so, not one line."""
    rows = [
        record(i, names=(name,), obeyed=((i + place) % 3 > 0,), sample=s, problem=f"p{i}")
        for place, name in enumerate(("title", "no_comma", "uppercase"))
        for i in range(6 * place, 6 * place + 6)
        for s in range(6)
    ]
    by_type = {row.label: row.rates["obeyed"].run for row in summarise([table(rows)]).by_type}
    cell = by_type["title"]
    assert not isinstance(cell, str)
    assert "ICC 1.00 of the table" in cell.method
    assert (cell.low, cell.high) == pytest.approx(wilson(4 / 6, 6))
    assert not cell.few


def test_counts_of_few_problems_stand_without_an_interval() -> None:
    few = Estimate(1.0, 0.44, 1.0, 3, "Wilson", "HAcc", 1)
    assert percent(few) == "3 of 3, 1 problem"
    assert percent(few, short=True) == "3 of 3"
    soft = Estimate(0.5, 0.1, 0.9, 3, "Wilson", "SAcc", 2)
    assert percent(soft) == "50.0, 2 problems"
    points = Estimate(-0.107, -0.2, 0.0, 28, "Bonett–Price", "lift", 28, "points")
    assert percent(points, short=True) == "−10.7 pt [−20 to 0]"
    assert percent(Estimate(0.5, 0.4, 0.6, 90, "Wilson", "HAcc", 90)) == "50.0 [40.0, 60.0]"


def test_an_item_without_constraints_is_counted_once(record: Any, table: Any) -> None:
    rows = [record(i, condition, names=()) for i in range(10) for condition in ("with", "without")]
    rows += [record(i, condition, item=f"crossed:{i}-1", correct=i > 4) for i in range(10) for condition in ("with", "without")]  # fmt: skip
    summary = summarise([table(rows)])
    rate = summary.overall[0].rates["correct_without"].run
    assert summary.records == 30 and rate.n == 20 and value(rate) == pytest.approx(0.75)
    once = [r for r in rows if r.condition == "without"]
    assert summarise([table(once, name="once")]).records == 20  # asked without alone: kept
