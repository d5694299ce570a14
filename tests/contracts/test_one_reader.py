"""A row of items means the same to `bridle run` and to `bridle score`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bridle import benchmarks
from bridle.benchmarks.item_rows import item_of
from bridle.scoring.formats import Bad, read_items
from bridle.scoring.score import Scored, Scoring

WORDS = [{"type": "words", "at_most": 30}]


@pytest.mark.parametrize(
    "row",
    [
        {"question": "What is 2+2?", "answer": "It is 2+2.\\n#### 4", "constraints": WORDS},
        {"question": "q", "answer": 4.5, "constraints": [], "difficulty": 2, "source": "s"},
        {"question": "q", "answer": ["7"], "constraints": WORDS, "group": "g"},
        {"question": "q", "answer": None, "constraints": WORDS * 4},
        {"question": "q", "answer": " 4 ", "constraints": WORDS, "id": 7.0},
        {"question": "q", "constraints": WORDS, "prompt": "p", "bare_prompt": "b", "id": "x"},
    ],
)
def test_the_items_are_equal(tmp_path: Path, row: dict[str, Any]) -> None:
    path = tmp_path / "items.jsonl"
    path.write_text(json.dumps(row) + "\n")
    (asked,) = benchmarks.load("custom", data=path).items
    scored = read_items(path).find(None, 0)
    assert scored == asked


def test_the_reference_of_a_worked_solution_is_its_last_line() -> None:
    assert item_of({"question": "q", "answer": "2+2.\n#### 4"}, name="1").problem.answer == "4"


@pytest.mark.parametrize("ids", [["punctuation:no_comma"], ["count:conjunctions"]])
def test_ifeval_and_ifbench_have_no_condition_without(tmp_path: Path, ids: list[str]) -> None:
    kwargs = [{}] if "no_comma" in ids[0] else [{"small_n": 2}]
    row = {"prompt": "p", "instruction_id_list": ids, "kwargs": kwargs, "response": "a, b"}
    path = tmp_path / "r.jsonl"
    rows = [row, row | {"condition": "without"}, row | {"condition": "without", "bare_prompt": "b"}]
    path.write_text("".join(json.dumps(r) + "\n" for r in rows))
    one, two, three = Scoring().file(path)
    assert isinstance(one, Scored) and isinstance(two, Bad) and isinstance(three, Scored)
    assert 'has no condition "without"' in two.reason
    assert three.record.prompt == "b"
