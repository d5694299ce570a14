"""What the responses of a model decide together holds in a study and in `bridle score`, and is said.

A thought that was cut before its first tag is told only by its siblings, which end their thinking with
a closing tag alone: without them it would be read as an answer that was cut.
"""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from bridle import benchmarks, records
from bridle.benchmarks.item_rows import fields_of
from bridle.cli import bridle

LONE = "I count the apples.</think>It is \\boxed{4}."
CUT = "I count the apples, and then I count them once more, and then"
NOTE = "lack the closing tag with which the others end their thinking (think)"


def typed(*args: object) -> str:
    got = CliRunner().invoke(bridle, list(map(str, args)), catch_exceptions=False)
    assert got.exit_code == 0, got.output
    return " ".join(got.output.split())


def answers() -> list[tuple[str, str]]:
    return [(LONE, "stop")] * 3 + [(CUT, "length")]


def thoughts(folder: Path) -> list[tuple[str, str, str]]:
    frame = records.read(folder).frame.sort("item")
    return list(frame.select("status", "thinking", "answer").iter_rows())


def test_in_a_study_and_in_score_and_in_the_report_of_each(tmp_path: Path) -> None:
    items = benchmarks.load("crossed", limit=4, seed=0).items
    script, rows = tmp_path / "script.jsonl", tmp_path / "rows.jsonl"
    given = list(zip(items, answers(), strict=True))
    script.write_text("".join(
        json.dumps({"prompt": item.prompt, "response": text, "finish_reason": why}) + "\n"
        for item, (text, why) in given
    ))  # fmt: skip
    rows.write_text("".join(
        json.dumps({**fields_of(item, "with"), "model": "m", "response": text, "finish_reason": why}) + "\n"
        for item, (text, why) in given
    ))  # fmt: skip
    ran, scored = tmp_path / "ran", tmp_path / "scored"
    asked = ("--benchmark", "crossed", "--limit", 4, "--conditions", "with")
    said = typed("run", "--model", f"scripted/{script}", *asked, "--out", ran)
    assert f"1 of 4 responses {NOTE}" in said
    assert f"m: 1 of 4 responses {NOTE}" in typed("score", rows, "--out", scored)
    for folder in (ran, scored):
        assert ("truncated", CUT, "") in thoughts(folder)
        assert f"1 of 4 responses {NOTE}" in typed("report", folder, "--no-page")
