"""ReasonIF: rules about the thinking, and the prompt without its rule."""

from __future__ import annotations

import collections
import json
from pathlib import Path
from typing import Any

import pytest

from bridle import benchmarks
from bridle.errors import DataError
from bridle.grading import grade
from bridle.responses import read_response

TAGS = "Think step-by-step, and place only your final answer inside the tags `<answer>` and `</answer>`."
RULE = " Format your reasoning according to the following rule: **When reasoning, use no comma.**"
ROW = {
    "source": "own",
    "question": "What is 2+2?",
    "answer": " 4",
    "constraint_name": ["punctuation:no_comma"],
    "constraint_args": [None],
    "prompt": f"{TAGS}{RULE}\n\nHere is the question:\n\nWhat is 2+2?",
}
LIMIT = {
    **ROW,
    "constraint_name": ["length_constraint_checkers:number_words"],
    "constraint_args": [{"num_words": 5}],
}


def folder_of(folder: Path, *rows: Any) -> Path:
    shown = ",\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows)
    (folder / "reasonIF_dataset.json").write_text(f"[\n{shown}\n]")
    return folder


def test_the_published_rows(shared_data: Path) -> None:
    loaded = benchmarks.load("reasonif", data=shared_data / "reasonif")
    assert len({item.id for item in loaded.items}) == len(loaded.items) == 300
    assert collections.Counter(i.problem.source for i in loaded.items) == {
        "gpqa": 73,
        "aime": 61,
        "arc": 59,
        "amc": 54,
        "gsm8k": 53,
    }
    assert len({i.peer[0].id for i in loaded.items}) == 6
    assert loaded.conditions == ("with", "without")
    assert loaded.provenance["modified"] is False
    assert (loaded.decoding.temperature, loaded.decoding.max_tokens) == (1.0, 16384)
    for item in loaded.items:
        assert [c.scope for c in item.constraints] == ["thinking"]
        assert item.bare_prompt == f"{TAGS}\n\nHere is the question:\n\n{item.problem.question}"
        assert item.peer[0].text in item.prompt
    # the limit that is checked is the one that is asked
    limits = [i for i in loaded.items if "num_words" in i.peer[0].kwargs]
    assert len(limits) == 53
    assert all(f"less than {i.peer[0].kwargs['num_words']} words" in i.prompt for i in limits)


def test_a_row_becomes_an_item(tmp_path: Path) -> None:
    one, two = benchmarks.load("reasonif", data=folder_of(tmp_path, ROW, LIMIT)).items
    assert (one.id, one.problem.answer, one.problem.source) == ("own:1", "4", "own")
    assert one.peer[0].text == "When reasoning, use no comma."
    assert one.bare_prompt == f"{TAGS}\n\nHere is the question:\n\nWhat is 2+2?"
    assert two.constraints[0].spec() == {"type": "words", "less_than": 5, "scope": "thinking"}


def test_the_thinking_is_judged_and_the_answer_is_graded(tmp_path: Path) -> None:
    (item,) = benchmarks.load("reasonif", data=folder_of(tmp_path, ROW)).items
    said = "<think>2 and 2 is 4</think><answer>4</answer>"
    assert grade(item, read_response(said)).joint is True
    worse = grade(item, read_response("<think>2, 2</think><answer>4</answer>"))
    assert (worse.hard, worse.correct) == (False, True)
    unseen = grade(item, read_response("<answer>4, I think</answer>"))
    assert (unseen.verdicts[0].obeyed, unseen.hard) == (None, False)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("3", "not a JSON object"),
        ({**ROW, "answer": 4}, "'answer' is 4"),
        ({**ROW, "constraint_name": ["a", "b"]}, "one instruction with its arguments"),
        ({**ROW, "constraint_name": ["startend:quotation"]}, "one of: language:reasoning_language"),
        ({**LIMIT, "constraint_args": [None]}, "lacks the argument"),
        ({**ROW, "prompt": "What is 2+2?"}, "Format your reasoning"),
    ],
)
def test_a_bad_row_is_named_by_line_and_costs_no_other(tmp_path: Path, row: Any, said: str) -> None:
    folder = folder_of(tmp_path, ROW, row, LIMIT)
    with pytest.raises(DataError) as caught:
        benchmarks.load("reasonif", data=folder)
    assert "reasonIF_dataset.json, line 3" in str(caught.value)
    assert said in str(caught.value)
    loaded = benchmarks.load("reasonif", data=folder, whole=False)
    assert [item.id for item in loaded.items] == ["own:1", "own:3"]
