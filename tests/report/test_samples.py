"""Which responses the page shows, and that marks stand on the text they are of."""

from __future__ import annotations

import re
from typing import Any

from bridle.report.samples import KINDS, choose


def shown(html: Any) -> list[str]:
    return re.findall(r"<mark[^>]*>([^<]*)</mark>", str(html))


def test_failures_come_first_and_all_kinds_are_counted(record: Any, table: Any) -> None:
    rows = [record(i) for i in range(30)]
    rows += [record(30, obeyed=(False, True))]
    rows += [record(31, status="truncated"), record(32, status="error")]
    rows += [record(33, correct=False), record(34, obeyed=(None, True))]
    rows += [
        record(i, "without", obeyed=(False, False)) for i in range(30)
    ]  # the floor: no failure
    found = choose([table(rows).frame])
    assert [(heading, total) for heading, total, _ in found] == [
        (KINDS["broken"][0], 1),
        (KINDS["unfinished"][0], 1),
        (KINDS["wrong"][0], 1),
        (KINDS["undetermined"][0], 1),
        (KINDS["error"][0], 1),
        (KINDS["good"][0], 30),
    ]
    assert [s.item for s in found[0][2]] == ["crossed:30"]
    assert len(found[-1][2]) == KINDS["good"][1]
    assert found[4][2][0].error == "429 too many"


def test_models_and_constraints_take_turns(record: Any, table: Any) -> None:
    rows = [record(i, obeyed=(False, True)) for i in range(40)]
    rows += [record(i, obeyed=(True, False)) for i in range(40, 42)]
    rows += [record(0, model="other", obeyed=(False, True))]
    (_, total, samples), *_ = choose([table(rows).frame])
    assert total == 43
    assert len(samples) == KINDS["broken"][1]
    first = [(s.who, [c.constraint for c in s.checks if c.broken]) for s in samples[:4]]
    assert first == [
        ("organism", ["words"]),
        ("organism", ["no_comma"]),
        ("other", ["words"]),
        ("organism", ["words"]),
    ]


def test_the_rules_in_force_decide_what_failed(record: Any, table: Any) -> None:
    study = table([record(0, upstream=[True, False])])
    assert choose([study.frame])[0][0] == KINDS["good"][0]
    (heading, _, (sample,)), *_ = choose([study.frame], rules="upstream")
    assert heading == KINDS["broken"][0]
    assert [c.constraint for c in sample.checks if c.broken] == ["no_comma"]


def test_broken_spans_are_marked_in_the_answer(record: Any, table: Any) -> None:
    row = record(0, obeyed=(False, True), evidence=[[3, 5]], answer="So <b>it</b> is 12.")
    row.verdicts[0]["evidence"] = [[3, 6], [16, 18]]
    row.verdicts[1]["evidence"] = [[0, 2]]  # obeyed: evidence of what is right is not marked
    sample = choose([table([row]).frame])[0][2][0]
    assert shown(sample.answer.html) == ["&lt;b&gt;", "12"]
    assert shown(sample.thinking.html) == []


def test_marks_of_a_response_that_was_really_graded(table: Any) -> None:
    from bridle import constraints
    from bridle.benchmarks.item import Item
    from bridle.grading import grade
    from bridle.problems.base import Problem
    from bridle.records import record_of
    from bridle.responses import read_response

    rules = (constraints.get("no_comma"), constraints.get("lowercase"))
    problem = Problem(id="p", question="2+2?", answer="4", source="own")
    item = Item("i", problem, rules, "2+2? Use no comma.", "2+2?", "own")
    response = read_response("<think>2, 2</think>so Two and two, $(a, B)$, is \\boxed{4}")
    row = record_of(item, response, grade(item, response), model="m", sample=0)
    sample = choose([table([row]).frame])[0][2][0]
    assert shown(sample.answer.html) == ["Two", ",", ","]  # not those of the formula
    assert shown(sample.thinking.html) == []
    assert sample.correct is True


def test_spans_of_the_thinking_are_marked_there(record: Any, table: Any) -> None:
    row = record(0, obeyed=(False, False), thinking="uno dos", answer="tres cuatro")
    row.verdicts[0] |= {"scope": "thinking", "evidence": [[4, 7]]}
    row.verdicts[1] |= {"scope": "both", "evidence": [[0, 3], [9, 13]]}
    sample = choose([table([row]).frame])[0][2][0]
    assert shown(sample.thinking.html) == ["uno", "dos"]
    assert shown(sample.answer.html) == ["tres"]


def test_what_was_observed_is_shown_as_it_is(record: Any, table: Any) -> None:
    row = record(0, obeyed=(False, True))
    row.verdicts[0]["observed"] = "Spanish"
    row.verdicts[1]["observed"] = {"commas": 0}
    sample = choose([table([row]).frame])[0][2][0]
    assert [c.observed for c in sample.checks] == ["Spanish", '{"commas": 0}']
