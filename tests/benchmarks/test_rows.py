"""Rows of JSON files: where each stands, and that a bad one costs no other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridle.benchmarks.item import Item
from bridle.benchmarks.rows import Row, gather, lines_of, list_of, refusal
from bridle.errors import DataError
from bridle.problems.base import Problem


def item_of(row: Row) -> Item:
    name = row.text("id")
    problem = Problem(id=name, question="?", answer=None)
    return Item(
        id=name, problem=problem, constraints=(), prompt="?", bare_prompt=None, benchmark="b"
    )


def places(path: Path, reader) -> list[tuple[int, int] | str]:
    return [str(r) if isinstance(r, DataError) else (r.line, r.number) for r in reader(path)]


def test_lines_count_blank_ones(tmp_path: Path) -> None:
    file = tmp_path / "f.jsonl"
    file.write_text('{"id": "a"}\n\n{"id": "b"}\n[]\n{"id"\n{"id": "c"}\n')
    found = places(file, lines_of)
    assert found[:2] + found[4:] == [(1, 1), (3, 2), (6, 5)]
    assert "f.jsonl, line 4: not a JSON object" in str(found[2])
    assert "f.jsonl, line 5: not JSON" in str(found[3])


def test_a_list_has_lines_too(tmp_path: Path) -> None:
    file = tmp_path / "f.json"
    file.write_text('\n[{"id":\n "a"}, 7,\n\n  {"id": "b"}\n]\n')
    found = places(file, list_of)
    assert found[0] == (2, 1)
    assert "f.json, line 3: not a JSON object" in str(found[1])
    assert found[2] == (5, 3)


@pytest.mark.parametrize("end", ['{"id" 3}]', '{"id": "c"}', '{"id": "c"} {"id": "d"}]', ""])
def test_a_list_that_breaks_keeps_what_came_before(tmp_path: Path, end: str) -> None:
    file = tmp_path / "f.json"
    file.write_text('[{"id": "a"},\n{"id": "b"},\n' + end)
    items, bad = gather(list_of(file), item_of, "f.json")
    assert [i.id for i in items] == ["a", "b"]
    assert [str(e).partition(": ")[0] for e in bad] == ["f.json, line 3"]
    assert "the rows from here on are not read" in str(bad[0])


@pytest.mark.parametrize("text", ["", "{}", '{"id": "a"}\n', "null"])
def test_no_list(tmp_path: Path, text: str) -> None:
    file = tmp_path / "f.json"
    file.write_text(text)
    with pytest.raises(DataError, match="no JSON list"):
        list(list_of(file))


@settings(derandomize=True, deadline=None, max_examples=60)
@given(
    rows=st.lists(st.dictionaries(st.text(max_size=5), st.text(max_size=9), max_size=3)),
    indent=st.sampled_from([None, 0, 2]),
)
def test_any_list_is_read_whole(
    tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, str]], indent: int | None
) -> None:
    file = tmp_path_factory.mktemp("list") / "f.json"
    file.write_text(json.dumps(rows, indent=indent), encoding="utf-8")
    found = [r for r in list_of(file) if isinstance(r, Row)]
    assert [dict(r.values) for r in found] == rows
    lines = file.read_text("utf-8").split("\n")
    assert all(lines[r.line - 1].lstrip("[, ").startswith("{") for r in found)


def test_a_bad_row_costs_no_other(tmp_path: Path) -> None:
    file = tmp_path / "f.jsonl"
    ids = ["a", 1, "b", "a", "c"]
    file.write_text("\n".join(json.dumps({"id": i}) for i in ids) + "\nnonsense\n")
    items, bad = gather(lines_of(file), item_of, "f.jsonl")
    assert [i.id for i in items] == ["a", "b", "c"]
    assert [e.what.partition(": ")[0].removeprefix("f.jsonl, line ") for e in bad] == [
        "2",
        "4",
        "6",
    ]
    assert "the id 'a' is that of f.jsonl, line 1 too" in bad[1].what
    said = str(refusal(bad))
    assert said.startswith("3 rows cannot be read:")
    assert all(f"line {n}" in said for n in (2, 4, 6))
    assert refusal(bad[:1]) is bad[0]


def test_many_bad_rows_are_counted(tmp_path: Path) -> None:
    file = tmp_path / "f.jsonl"
    file.write_text("x\n" * 12)
    with pytest.raises(DataError, match="12 rows cannot be read") as caught:
        gather(lines_of(file), item_of, "f.jsonl")
    assert "and 7 more" in str(caught.value)
    file.write_text("\n")
    with pytest.raises(DataError, match="holds no rows"):
        gather(lines_of(file), item_of, "f.jsonl")
    with pytest.raises(DataError, match="cannot be read: No such file"):
        gather(lines_of(tmp_path / "none"), item_of, "none")
