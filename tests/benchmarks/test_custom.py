"""The user's own file: what a row may hold, and what is said of one that is wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bridle import benchmarks
from bridle.errors import BridleError, DataError

ROW = {"question": "What is 2+2?", "answer": "4", "constraints": [{"type": "words", "at_most": 30}]}


def file_of(folder: Path, *rows: Any) -> Path:
    path = folder / "mine.jsonl"
    path.write_text("\n".join(r if isinstance(r, str) else json.dumps(r) for r in rows))
    return path


def test_rows_become_items(tmp_path: Path) -> None:
    whole = {**ROW, "id": "x", "answer": 4.5, "source": "s", "difficulty": 0, "constraints": []}
    loaded = benchmarks.load("custom", data=file_of(tmp_path, ROW, "", whole))
    one, two = loaded.items
    assert one.prompt == (
        "What is 2+2?\nPut your final answer within \\boxed{}.\n" + one.constraints[0].describe()
    )
    assert one.bare_prompt == two.prompt == two.bare_prompt
    assert (one.id, one.group, one.problem.answer) == ("1", "single", "4")
    assert (two.id, two.group, two.problem.answer) == ("x", "none", "4.5")
    assert (two.problem.source, two.problem.difficulty) == ("s", 0.0)
    assert len(loaded.provenance["sha256"]) == 64


def test_a_row_may_bring_its_own_prompts(tmp_path: Path) -> None:
    own = {**ROW, "prompt": "2+2? Be brief.", "bare_prompt": "2+2?"}
    (item,) = benchmarks.load("custom", data=file_of(tmp_path, own)).items
    assert (item.prompt, item.bare_prompt) == ("2+2? Be brief.", "2+2?")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("{", "not JSON"),
        ({**ROW, "question": 1}, "question must be a text, this is the number 1"),
        ({**ROW, "answer": [4, 5]}, "answer must be a text or a number, this is the list [4, 5]"),
        ({**ROW, "answer": True}, "answer must be a text or a number"),
        ({**ROW, "difficulty": "hard"}, "'difficulty' is 'hard'"),
        ({**ROW, "constraints": "words"}, "constraints must be a list, this is the text 'words'"),
        ({**ROW, "constraints": [{"at_most": 3}]}, 'an object with a "type"'),
        ({**ROW, "constraints": [{"type": "wrods", "at_most": 3}]}, "wrods"),
        ({**ROW, "constraints": [{"type": "words", "at_most": -3}]}, "at_most"),
        ({**ROW, "constrains": []}, "unknown field 'constrains'"),
        ({**ROW, "prompt": "2+2?"}, "both prompts"),
        ({**ROW, "id": 1}, "is that of mine.jsonl, line 1"),
    ],
)
def test_a_bad_row_is_named_by_line(tmp_path: Path, row: Any, said: str) -> None:
    with pytest.raises(DataError) as caught:
        benchmarks.load("custom", data=file_of(tmp_path, ROW, "", row))
    assert "mine.jsonl, line 3" in str(caught.value)
    assert said in str(caught.value)


def test_no_file_and_no_rows(tmp_path: Path) -> None:
    with pytest.raises(BridleError, match="--data FILE"):
        benchmarks.load("custom")
    with pytest.raises(DataError, match="no rows"):
        benchmarks.load("custom", data=file_of(tmp_path, ""))
    with pytest.raises(DataError, match="cannot be read"):
        benchmarks.load("custom", data=tmp_path / "nothing.jsonl")


def test_items_may_share_a_problem(tmp_path: Path) -> None:
    rows = [{**ROW, "id": f"i{n}", "problem": "p"} for n in range(2)]
    loaded = benchmarks.load("custom", data=file_of(tmp_path, *rows, ROW))
    assert [(i.id, i.problem.id) for i in loaded.items] == [("i0", "p"), ("i1", "p"), ("3", "3")]


def test_a_prompt_says_where_its_rules_go(tmp_path: Path) -> None:
    row = {"prompt": "Add 2 and 2. {constraints} Be quick.", "answer": "4", "id": "q", "problem": "p",
           "constraints": [{"type": "no_comma"}, {"type": "words", "at_most": 9}]}  # fmt: skip
    (item,) = benchmarks.load("custom", data=file_of(tmp_path, row)).items
    said = " ".join(rule.describe() for rule in item.constraints)
    assert item.prompt == f"Add 2 and 2. {said} Be quick."
    assert item.bare_prompt == "Add 2 and 2.  Be quick." and item.problem.id == "p"
    assert item.problem.answer == "4" and item.group == "double"


def test_a_system_message_and_turns(tmp_path: Path) -> None:
    kind = {**ROW, "system": "Be kind."}
    turns = {
        "messages": [
            {"role": "system", "content": "Be terse."},
            {"role": "user", "content": "Hi."},
            {"role": "user", "content": "Now {constraints}"},
            {"role": "user", "content": "And 2+3?"},
        ],
        "answer": "5",
        "constraints": [{"type": "no_comma"}],
    }
    one, two = benchmarks.load("custom", data=file_of(tmp_path, kind, turns)).items
    assert one.system == "Be kind." and two.system == "Be terse."
    first, second, third = two.asks
    assert first.constraints == () and first.answer is None
    assert second.prompt == f"Now {two.at(1).constraints[0].describe()}"
    assert second.bare_prompt == "Now" and second.constraints
    assert third.constraints and third.answer == "5"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"system": 3}, "system"),
        ({"messages": []}, "messages"),
        ({"messages": [{"role": "assistant", "content": "x"}]}, "messages"),
        ({"messages": [{"role": "user"}]}, "messages"),
        ({"messages": [{"role": "user", "content": "a"}], "question": "b"}, "question"),
        ({"prompt": "a {constraints}", "bare_prompt": "a"}, "bare_prompt"),
        ({"prompt": "a {constraints}", "constraints": [{"type": "wrods"}]}, "wrods"),
    ],
)
def test_what_is_wrong_with_own_words_is_said(
    tmp_path: Path, change: dict[str, Any], said: str
) -> None:
    base = {"answer": "4", "constraints": [{"type": "no_comma"}]}
    bad = {**(ROW if "system" in change else base), **change}
    with pytest.raises(DataError, match="line 1") as caught:
        benchmarks.load("custom", data=file_of(tmp_path, bad))
    assert said in str(caught.value)
