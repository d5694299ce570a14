"""Which item a row answers, and what is a sample of what."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import bridle
from bridle.errors import DataError
from bridle.scoring.formats import Bad, read_items
from bridle.scoring.score import Scored, Scoring

COMMA = [{"type": "no_comma"}]
ITEMS = [
    {"question": f"What is {i} plus {i}, all told?", "answer": str(2 * i), "constraints": COMMA}
    for i in range(1, 6)
]


def write(path: Path, *rows: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def scored(folder: Path, rows: list[dict[str, Any]], items: list[dict[str, Any]]) -> list[Any]:
    book = read_items(write(folder / "items.jsonl", *items))
    return list(Scoring(items=book).file(write(folder / "r.jsonl", *rows)))


def test_prompts_in_another_order_are_found_by_what_was_asked(tmp_path: Path) -> None:
    rows = [{"prompt": i["question"], "response": f"\\boxed{{{i['answer']}}}"} for i in ITEMS]
    results = scored(tmp_path, rows[::-1], ITEMS)
    assert [r.record.correct for r in results] == [True] * 5
    assert [r.record.item for r in results] == ["5", "4", "3", "2", "1"]


def test_a_chat_template_around_the_prompt_and_several_samples(tmp_path: Path) -> None:
    rows = [
        {"input": f"user\n{i['question']}\nassistant\n", "output": f"\\boxed{{{i['answer']}}}"}
        for i in ITEMS[::-1]
        for _ in range(2)
    ]
    results = scored(tmp_path, rows, ITEMS)
    assert all(r.record.correct for r in results)
    assert [(r.record.item, r.record.sample) for r in results[:3]] == [("5", 0), ("5", 1), ("4", 0)]


def test_another_prompt_on_the_line_is_refused(tmp_path: Path) -> None:
    row = {"prompt": "What is the capital of France?", "response": "Paris"}
    (result,) = scored(tmp_path, [row], ITEMS[:1])
    assert isinstance(result, Bad)
    assert "its prompt is that of no item" in result.reason


def test_a_key_that_is_one_item_s_and_a_prompt_that_is_another_s(tmp_path: Path) -> None:
    items = [item | {"key": f"k{n}"} for n, item in enumerate(ITEMS)]
    row = {"key": "k0", "prompt": ITEMS[1]["question"], "response": "4"}
    (result,) = scored(tmp_path, [row], items)
    assert isinstance(result, Bad)
    assert "its prompt another's" in result.reason


def test_by_line_where_a_row_has_neither(tmp_path: Path) -> None:
    results = scored(tmp_path, [{"response": f"\\boxed{{{i['answer']}}}"} for i in ITEMS], ITEMS)
    assert all(isinstance(r, Scored) and r.record.correct for r in results)
    with pytest.raises(DataError, match="neither key nor prompt"):
        scored(tmp_path, [{"response": "4"}], ITEMS)


def test_samples_on_lines_of_their_own_are_samples() -> None:
    rows = [{**item, "response": "\\boxed{2}"} for _ in range(4) for item in ITEMS]
    frame = bridle.score(rows)
    assert frame["item"].n_unique() == frame["problem"].n_unique() == 5
    assert sorted(frame.filter(frame["item"] == "1")["sample"]) == [0, 1, 2, 3]


def test_a_problem_is_its_question_whatever_the_ids_and_constraints() -> None:
    two = {**ITEMS[0], "constraints": [*COMMA, {"type": "words", "at_most": 9}]}
    rows = [
        {**i, "id": f"chatcmpl-{n}", "response": "2"} for n, i in enumerate([ITEMS[0], two] * 3)
    ]
    frame = bridle.score(rows)
    assert frame["item"].n_unique() == 6
    assert frame["problem"].n_unique() == 1
    unkeyed = bridle.score([{**i, "response": "2"} for i in (ITEMS[0], two)])
    assert (unkeyed["item"].n_unique(), unkeyed["problem"].n_unique()) == (2, 1)


@pytest.mark.parametrize("order", [("with", "without"), ("without", "with")])
def test_both_conditions_of_an_item_without_a_key_are_one_item(order: tuple[str, str]) -> None:
    prompts = {"with": "What is 2+2? No comma.", "without": "What is 2+2?"}
    row = {"question": "What is 2+2?", "answer": "4", "constraints": COMMA, "response": "4"}
    frame = bridle.score([row | {"condition": c, "prompt": prompts[c]} for c in order])
    assert frame["item"].n_unique() == 1
    assert frame["sample"].to_list() == [0, 0]
