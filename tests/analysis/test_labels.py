"""Labels: two settings of one model side by side, and what they differ in."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bridle import records
from bridle.analysis.labels import differing, label, labelled, named
from bridle.analysis.summary import summarise
from bridle.benchmarks.item import Item
from bridle.cli import bridle
from bridle.constraints import get
from bridle.errors import BridleError
from bridle.grading import grade
from bridle.problems.base import Problem
from bridle.responses import read_response

Write = Callable[..., Path]


def rows(raw: str, count: int, model: str, start: int) -> list[records.Record]:
    found: list[records.Record] = []
    for number in range(start, start + count):
        problem = Problem(f"p:{number}", "What is 2+2?", "4")
        item = Item(f"a:{number}", problem, (get("no_comma"),), "asked", "bare", "custom")
        response = read_response(raw)
        got = grade(item, response, condition="with")
        found.append(records.record_of(item, response, got, model=model, sample=0))
    return found


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def made(
        name: str,
        raw: str = "\\boxed{4}",
        *,
        count: int = 6,
        model: str = "m",
        start: int = 0,
        **about: Any,
    ) -> Path:
        (tmp_path / name).mkdir()
        path = tmp_path / name / "records.parquet"
        records.write(rows(raw, count, model, start), path, planned=count, about=about)
        return tmp_path / name

    return made


def run(*args: object) -> Result:
    return CliRunner().invoke(bridle, [*map(str, args)], env={"COLUMNS": "200"})


def whos(*folders: Path, names: tuple[str | None, ...] = ()) -> list[str]:
    tables = labelled([records.read(folder) for folder in folders], names)
    return list(summarise(tables).whos)


def test_two_settings_of_one_model_stand_side_by_side(write: Write) -> None:
    a = write("a", decoding={"temperature": 0.0, "top_p": None}, samples=1)
    b = write("b", "so, \\boxed{4}", decoding={"temperature": 1.0, "top_p": None}, samples=1)
    assert whos(a, b) == ["a", "b"]  # by their folders, since they hold the same responses
    out = run("report", f"cold={a}", f"hot={b}", "--no-page").output
    assert "hot obeys all instructions in 0.0 % of its answers, cold in 100.0 %" in out
    assert "Run otherwise: temperature 0.0 (cold), 1.0 (hot)." in out
    assert f"All 12 planned records are there: cold ({a}), hot ({b})." in out
    shown = json.loads(run("report", f"cold={a}", f"hot={b}", "--no-page", "--json").output)
    assert [row["who"] for row in shown["overall"]] == ["cold", "hot"]
    page = a / "page.html"
    assert run("report", f"cold={a}", f"hot={b}", "--out", page).exit_code == 0
    assert "cold" in page.read_text(encoding="utf-8")


def test_parts_of_one_study_are_still_one_row(write: Write) -> None:
    a, b = write("a"), write("b", start=6)
    assert whos(a, b) == ["m"]
    assert whos(a, b, names=("x", "x")) == ["x"]
    assert whos(a, b, names=("x", None)) == ["x", "b"]


def test_the_label_of_a_study_is_its_own_until_another_is_given(write: Write) -> None:
    a = write("a", label="warm start")
    b = write("b", model="n", start=3)
    assert whos(a) == ["warm start"]
    assert whos(a, b) == ["warm start", "b"]
    assert whos(a, b, names=("x", "y")) == ["x", "y"]


def test_a_label_over_several_models_keeps_their_names(write: Write, tmp_path: Path) -> None:
    a = write("a", label="one")
    path = tmp_path / "b" / "records.parquet"
    path.parent.mkdir()
    both = [*rows("\\boxed{4}", 3, "m", 0), *rows("\\boxed{4}", 3, "n", 0)]
    records.write(both, path, planned=6, about={"label": "two"})
    assert whos(a, path.parent) == ["one · m", "two · m", "two · n"]


def test_what_is_typed_is_a_label_only_where_it_can_be_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("lr=3").mkdir()
    assert named(["lr=3", "x=lr=3", "runs/a=b", "=c", "d="]) == [
        (None, Path("lr=3")),
        ("x", Path("lr=3")),
        (None, Path("runs/a=b")),
        (None, Path("=c")),
        (None, Path("d=")),
    ]
    for bad in ("\x1b[2J", " ", "x" * 81, "a\nb"):
        with pytest.raises(BridleError, match="is no label"):
            label(bad)


def test_a_folder_named_twice_is_refused_and_a_strangers_label_does_not_act(write: Write) -> None:
    a = write("a", label="\x1b]0;x\x07evil\u202e")
    error = run("report", a, a, "--no-page").exception
    assert isinstance(error, BridleError) and "is named twice" in error.what
    assert whos(a) == ["]0;x evil"]
    for odd in (5, [], "", None, {"a": 1}):
        table = replace(records.read(a), about={"label": odd, "decoding": odd})
        assert labelled([table]) == [table] and differing([table, table]) == ""


def test_compare_takes_names_too(write: Write) -> None:
    a, b = write("a"), write("b", "so, \\boxed{4}")
    out = run("compare", f"cold={a}", f"hot={b}").output
    assert "A cold\nB hot\n" in out
