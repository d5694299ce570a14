"""All samples are packed, in packets that can be read alone, and marks stand on the text they are of."""

from __future__ import annotations

import gzip
import json
from typing import Any

from bridle.report.samples import packets
from bridle.report.samples.packets import packed


def unpacked(frames: list[Any], **given: Any) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    found = {name: json.loads(gzip.decompress(data)) for name, data in packed(frames, **given)}
    columns = found.pop("columns")
    texts = [texts for name in map(str, range(len(found))) for texts in found[name]]
    assert columns["packets"] == [len(found[str(i)]) for i in range(len(found))]
    assert columns["size"] == len(texts)
    return columns, texts


def pieces(shown: dict[str, Any]) -> list[str]:
    return [shown["text"][start:end] for start, end, *_ in shown.get("marks", [])]


def level(columns: dict[str, Any], name: str) -> list[str | None]:
    of, at = columns["levels"][name]["of"], columns["levels"][name]["at"]
    return [None if place < 0 else of[place] for place in at]


def test_every_record_is_there_once(record: Any, table: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(packets, "PACKET", 3_000)
    rows = [record(i, obeyed=(i % 3 > 0, True)) for i in range(12)]
    rows += [record(i, "without", obeyed=(False, True)) for i in range(12)]
    rows += [record(12, status="truncated"), record(13, status="error"), record(14, correct=None)]
    columns, texts = unpacked([table(rows).frame])
    assert len(columns["packets"]) > 3
    items = zip(level(columns, "item"), level(columns, "condition"), strict=True)
    assert sorted(items) == sorted((row.item, row.condition) for row in rows)
    assert len(set(columns["key"])) == len(rows)
    by_item = dict(zip(level(columns, "item"), texts, strict=True))
    assert by_item["crossed:13"]["error"] == "429 too many"
    truths = dict(zip(level(columns, "item"), columns["truths"]["correct"], strict=True))
    assert (truths["crossed:12"], truths["crossed:13"], truths["crossed:14"]) == (0, -1, -1)


def test_samples_of_one_item_stand_together(record: Any, table: Any) -> None:
    rows = [record(i, model=model) for model in ("a", "b") for i in range(5)]
    rows += [record(i, "without", model="a") for i in range(5)]
    columns, _ = unpacked([table(rows).frame])
    items = level(columns, "item")
    assert items == sorted(items, key=items.index)
    assert level(columns, "condition")[:3] == ["with", "with", "without"]


def test_a_link_names_the_same_sample_in_every_page(record: Any, table: Any) -> None:
    few, _ = unpacked([table([record(1)], name="few").frame])
    many, _ = unpacked([table([record(i) for i in range(3)], name="many").frame])
    assert few["key"][0] in many["key"]


def test_the_rules_in_force_decide_what_is_obeyed(record: Any, table: Any) -> None:
    study = table([record(0, upstream=[True, False])])
    ours, _ = unpacked([study.frame])
    theirs, texts = unpacked([study.frame], rules="upstream")
    assert (ours["checks"], theirs["checks"]) == ([[0, 1, 1, 1]], [[0, 1, 1, 0]])
    assert (ours["truths"]["hard"], theirs["truths"]["hard"]) == ([1], [0])
    assert ours["parted"] == [1]
    assert [check["theirs"] for check in texts[0]["checks"]] == [True, False]
    assert texts[0]["judged_twice"]


def test_broken_spans_are_marked_in_the_answer(record: Any, table: Any) -> None:
    row = record(0, obeyed=(False, True), answer="So <b>it</b> is 12.")
    row.verdicts[0]["evidence"] = [[3, 6], [16, 18]]
    row.verdicts[1]["evidence"] = [[0, 2]]  # obeyed: evidence of what is right is not marked
    _, (sample,) = unpacked([table([row]).frame])
    assert pieces(sample["answer"]) == ["<b>", "12"]
    assert pieces(sample["thinking"]) == []


def test_spans_of_the_thinking_are_marked_there(record: Any, table: Any) -> None:
    row = record(0, obeyed=(False, False), thinking="uno dos", answer="tres cuatro")
    row.verdicts[0] |= {"scope": "thinking", "evidence": [[4, 7]]}
    row.verdicts[1] |= {"scope": "both", "evidence": [[0, 3], [9, 13]]}
    _, (sample,) = unpacked([table([row]).frame])
    assert pieces(sample["thinking"]) == ["uno", "dos"]
    assert pieces(sample["answer"]) == ["tres"]


def test_marks_of_a_response_that_was_really_graded(table: Any) -> None:
    from bridle import constraints
    from bridle.benchmarks.item import Item
    from bridle.grading import grade
    from bridle.problems.base import Problem
    from bridle.records import record_of
    from bridle.responses import read_response

    rules = (constraints.get("no_comma"), constraints.get("lowercase"))
    problem = Problem(id="p", question="2+2?", answer="4", source="own")
    item = Item("i", problem, rules, f"2+2? {rules[0].describe()}", "2+2?", "own")
    response = read_response("<think>2, 2</think>so Two and two, $(a, B)$, is \\boxed{4}")
    row = record_of(item, response, grade(item, response), model="m", sample=0)
    columns, (sample,) = unpacked([table([row]).frame])
    assert pieces(sample["answer"]) == ["Two", ",", ","]  # not those of the formula
    assert pieces(sample["thinking"]) == []
    assert pieces(sample["prompt"]) == [rules[0].describe()]
    assert columns["truths"]["correct"] == [1]


def test_what_was_observed_is_shown_as_it_is(record: Any, table: Any) -> None:
    row = record(0, obeyed=(False, True))
    row.verdicts[0]["observed"] = "Spanish"
    row.verdicts[1]["observed"] = {"commas": 0}
    _, (sample,) = unpacked([table([row]).frame])
    assert [check["observed"] for check in sample["checks"]] == ["Spanish", '{"commas": 0}']


def test_a_text_of_five_million_characters_is_cut_and_says_so(record: Any, table: Any) -> None:
    _, (sample,) = unpacked([table([record(0, answer="x" * 5_000_000)]).frame])
    assert len(sample["answer"]["text"]) == 100_000
    assert sample["answer"]["left_out"] == 4_900_000


def test_what_an_arm_wrote_is_marked(record: Any, table: Any) -> None:
    row = record(0, raw="6. Wait, 12.", authors=[[0, 3, "model"], [3, 8, "arm"], [8, 12, "model"]])
    _, (sample,) = unpacked([table([row]).frame])
    assert pieces(sample["raw"]) == ["Wait,"]


def test_an_item_without_constraints_was_asked_without_any(record: Any, table: Any) -> None:
    rows = [
        record(0, names=(), prompt="What?"),
        record(1, problem="problem:0", prompt="What? Now."),
    ]
    columns, texts = unpacked([table(rows).frame])
    assert dict(zip(level(columns, "item"), level(columns, "condition"), strict=True)) == {
        "crossed:0": "without",
        "crossed:1": "with",
    }
    # and its prompt is the bare one of its problem
    asked = dict(zip(level(columns, "item"), texts, strict=True))["crossed:1"]["prompt"]
    assert pieces(asked) == [" Now."]
