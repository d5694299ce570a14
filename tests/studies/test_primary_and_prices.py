"""What a study file says of its question and its prices stays with the study, and its reports use it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from bridle import records
from bridle.analysis.compare import compare, side
from bridle.analysis.primary import primary, question_of
from bridle.cli import bridle
from bridle.report.verdict import asked_for

FILE = """\
models: [organism]
benchmark: crossed
items: 8
arms: [plain, question_again]
conditions: with
temperature: 0
max_tokens: 120
primary: question_again vs plain on hard
prices: {organism: {in: 1, out: 10}}
"""


def call(*args: object) -> str:
    got = CliRunner().invoke(bridle, list(map(str, args)), catch_exceptions=False)
    assert got.exit_code == 0, got.output
    return got.output


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("asked")
    file = out / "study.yaml"
    file.write_text(FILE)
    call("run", file, "--out", out / "st")
    return out / "st"


def test_they_are_in_the_plan_and_the_table(folder: Path) -> None:
    plan = json.loads((folder / "study.json").read_text())
    assert plan["primary"] == "question_again vs plain on hard"
    assert plan["prices"] == {"organism": [1.0, 10.0]}
    table = records.read(folder)
    assert table.prices == {"organism": (1.0, 10.0)}
    assert str(question_of(table)) == plan["primary"]


def test_going_on_without_the_file_keeps_them(folder: Path) -> None:
    said = call("run", "--out", folder)
    assert "primary   question_again vs plain on hard" in said and "USD" in said
    assert json.loads((folder / "study.json").read_text())["prices"] == {"organism": [1.0, 10.0]}


def test_report_says_the_primary_contrast_first(folder: Path) -> None:
    table = records.read(folder)
    (found,) = primary(table)
    a, b = (side(table, arm, where={"arm": arm}) for arm in ("plain", "question_again"))
    assert found.found == compare(a, b, primary="hard", slices=False).contrasts[0]
    (sentence,) = asked_for(table)
    assert sentence.startswith("organism, question_again against plain (primary): HAcc ")
    assert "organism, question_again against plain" in call("report", folder, "--no-page")


def test_why_and_price_use_them(folder: Path) -> None:
    why = json.loads(call("why", folder, "--json"))
    assert why["arm"] == "plain" and why["arms"][0]["arm"] == "question_again"
    assert why["notes"] == ["Primary contrast, named before the study: question_again vs plain on hard."]  # fmt: skip
    assert "USD" in call("price", folder) and "study.json" in call("price", folder)


def test_a_study_without_them_says_nothing(tmp_path: Path) -> None:
    from bridle.studies.study import run

    run(tmp_path / "st", models=["organism"], limit=2, max_tokens=60)
    table = records.read(tmp_path / "st")
    assert (primary(table), table.prices, asked_for(table)) == ([], {}, [])
