"""IFEval and IFBench: the published rows, and files that are not right."""

from __future__ import annotations

import collections
import json
from pathlib import Path
from typing import Any

import pytest

from bridle import benchmarks
from bridle.benchmarks.files.hub import sha256
from bridle.benchmarks.ifbench import items as ifbench
from bridle.benchmarks.ifeval import items as ifeval
from bridle.errors import BridleError, DataError

ROW = {
    "key": 7,
    "prompt": "Name two towns. Use no commas. At least 3 words.",
    "instruction_id_list": ["punctuation:no_comma", "length_constraints:number_words"],
    "kwargs": [{}, {"relation": "at least", "num_words": 3}],
}
BENCH = {
    "key": "0",
    "prompt": "Say it with 5 to 9 words.",
    "instruction_id_list": ["count:word_count_range"],
    "kwargs": [{"min_words": 5.0, "max_words": 9.0, "N": None}],
}


def folder_of(folder: Path, *rows: Any, name: str = "input_data.jsonl") -> Path:
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


# -- the published rows -----------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "rows", "types"), [("ifeval", 541, 25), ("ifbench", 300, 58)])
def test_the_published_rows(shared_data: Path, name: str, rows: int, types: int) -> None:
    loaded = benchmarks.load(name, data=shared_data / name)
    assert len({item.id for item in loaded.items}) == len(loaded.items) == rows
    assert len({p.id for item in loaded.items for p in item.peer}) == types
    assert all(len(i.constraints) == len(i.peer) > 0 for i in loaded.items)
    assert loaded.bad_rows == ()
    assert loaded.conditions == ("with",)
    assert loaded.provenance["modified"] is False
    assert "note" not in loaded.provenance
    assert loaded.provenance["sha256"] == sha256(shared_data / name / "prompts.jsonl")
    # a limit is fair to the types, which stand together in the file
    whole = collections.Counter(i.peer[0].id for i in loaded.items)
    part = collections.Counter(i.peer[0].id for i in loaded.items[:100])
    assert all(abs(part[peer] - 100 * n / rows) < 2 for peer, n in whole.items())


# -- rows of our own --------------------------------------------------------------------------------


def test_a_row_becomes_an_item(tmp_path: Path) -> None:
    loaded = benchmarks.load("ifeval", data=folder_of(tmp_path, ROW))
    (item,) = loaded.items
    assert (item.id, item.group, item.benchmark) == ("7", "double", "ifeval")
    assert item.prompt == item.problem.question == ROW["prompt"]
    assert item.problem.answer is None
    assert item.bare_prompt is None
    assert [c.spec() for c in item.constraints] == [
        {"type": "no_comma"},
        {"type": "words", "at_least": 3},
    ]
    with pytest.raises(BridleError, match="no prompt without its constraints"):
        item.prompt_for("without")
    assert "not the 541 published rows" in loaded.provenance["note"]


def test_a_file_is_known_by_what_its_rows_ask(tmp_path: Path) -> None:
    def content(*rows: Any, of: Any = ifeval, name: str = "input_data.jsonl") -> str:
        return of.load(data=folder_of(tmp_path, *rows, name=name)).provenance["content_sha256"]

    spelt = {
        **ROW,
        "key": "7",
        "kwargs": [{"N": None}, {"num_words": 3.0, "relation": "at least", "sep": None}],
    }
    assert content(ROW) == content(spelt)
    assert content(ROW) != content({**ROW, "prompt": "Name two towns."})
    assert content(ROW) != content({**ROW, "kwargs": [{}, {**ROW["kwargs"][1], "num_words": 4}]})
    assert content(ROW) != content({**ROW, "key": 8})
    plain = {**BENCH, "kwargs": [{"min_words": 5, "max_words": 9}]}
    name = "IFBench_test.jsonl"
    assert content(BENCH, of=ifbench, name=name) == content(plain, of=ifbench, name=name)


def test_null_arguments_are_not_given(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, BENCH, name="IFBench_test.jsonl")
    (item,) = benchmarks.load("ifbench", data=folder).items
    assert dict(item.peer[0].kwargs) == {"min_words": 5.0, "max_words": 9.0}
    assert item.constraints[0].obeyed_by("These are just six plain words.")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("{not json", "not JSON"),
        ("[1]", "not a JSON object"),
        ({**ROW, "prompt": 3}, "'prompt' is 3"),
        ({**ROW, "key": True}, "'key' is True"),
        ({**ROW, "key": 7}, "the id '7' is that of input_data.jsonl, line 1 too"),
        ({**ROW, "key": 8, "instruction_id_list": []}, "at least one instruction"),
        ({**ROW, "key": 8, "kwargs": [{}]}, "as many as instructions, which are 2"),
        ({**ROW, "key": 8, "kwargs": [{}, 4]}, "a list of objects"),
        ({**ROW, "key": 8, "kwargs": [{}, {"num_words": 3, "relation": "about"}]}, "'about'"),
        ({**ROW, "key": 8, "kwargs": [{}, {"relation": "at least"}]}, "lacks the argument"),
        (
            {**ROW, "key": 8, "instruction_id_list": ["punctuation:no_coma", "x:y"]},
            "IFEval has no instruction 'punctuation:no_coma'",
        ),
        ({**BENCH, "key": 8}, "IFEval has no instruction 'count:word_count_range'"),
    ],
)
def test_a_bad_row_is_named_by_line_and_costs_no_other(tmp_path: Path, row: Any, said: str) -> None:
    folder = folder_of(tmp_path, ROW, "", row, {**ROW, "key": 9})
    with pytest.raises(DataError) as caught:
        benchmarks.load("ifeval", data=folder)
    assert "input_data.jsonl, line 3" in str(caught.value)
    assert said in str(caught.value)
    loaded = benchmarks.load("ifeval", data=folder, whole=False)
    assert [item.id for item in loaded.items] == ["7", "9"]
    assert len(loaded.bad_rows) == 1


def test_a_row_without_a_key_is_called_by_its_number(tmp_path: Path) -> None:
    bare = {name: value for name, value in ROW.items() if name != "key"}
    loaded = benchmarks.load("ifeval", data=folder_of(tmp_path, bare, "", bare))
    assert [item.id for item in loaded.items] == ["1", "2"]


def test_where_the_file_is_looked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIDLE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    for name, home in (
        ("ifbench", "githubusercontent.com/allenai/IFBench/1c40f0c1"),
        ("ifeval", "huggingface.co/datasets/google/IFEval/resolve/966cd895"),
        ("reasonif", "githubusercontent.com/ykwon0407/reasonIF/7363ea54"),
    ):
        with pytest.raises(DataError, match="cannot be downloaded") as caught:
            benchmarks.load(name)
        assert home in str(caught.value)
        assert "--data DIR" in str(caught.value)
    with pytest.raises(DataError, match="no folder"):
        benchmarks.load("ifeval", data=tmp_path / "nowhere")
    with pytest.raises(DataError, match="holds none of the files") as missing:
        benchmarks.load("ifeval", data=tmp_path)
    assert "input_data.jsonl" in str(missing.value)
    (tmp_path / "ifeval").mkdir()
    folder_of(tmp_path / "ifeval", ROW, name="ifeval_input_data.jsonl")
    with pytest.raises(DataError) as above:
        benchmarks.load("ifeval", data=tmp_path)
    assert above.value.hint == f"--data {tmp_path / 'ifeval'}"
    for data in (tmp_path / "ifeval", tmp_path / "ifeval" / "ifeval_input_data.jsonl"):
        assert len(benchmarks.load("ifeval", data=data).items) == 1


def test_another_benchmarks_file_is_refused_even_where_bad_rows_are_allowed(
    tmp_path: Path,
) -> None:
    folder = folder_of(tmp_path, BENCH, {**BENCH, "key": "1"})
    with pytest.raises(DataError, match="2 rows cannot be read"):
        benchmarks.load("ifeval", data=folder, whole=False)
