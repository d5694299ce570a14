"""Folders and tables of earlier schemas are read; what was paid for is never refused for its age.

fixtures/schema1 was written by bridle 0.1.0 as it was before schema 2 (`bridle run` with the organism and
a script that answers nothing, `bridle score --rules upstream` on three rows).
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import polars as pl
import pytest

from bridle import benchmarks, records
from bridle.cli import bridle
from bridle.records import migrate
from bridle.studies.folder import plan_of
from bridle.studies.journal import read_journal
from bridle.studies.plan import Call, load_plan
from bridle.studies.study import run

OLD = Path(__file__).parent / "fixtures" / "schema1"


@pytest.fixture
def study(tmp_path: Path) -> Path:
    return Path(shutil.copytree(OLD / "study", tmp_path / "study"))


def test_an_old_table_has_the_columns_of_todays() -> None:
    table = records.read(OLD / "study")
    assert dict(table.frame.schema) == records.columns()
    assert (table.frame.height, table.planned) == (8, 8)
    old = pl.read_parquet(OLD / "study" / "records.parquet")
    for name in ("hard", "soft", "correct", "joint", "answer", "upstream_hard"):
        assert table.frame[name].to_list() == old[name].to_list(), name
    row = table.frame.filter(pl.col("status") == "complete").row(0, named=True)
    assert (row["turn"], row["fork"], row["factors"], row["steps"]) == (0, "", "{}", 1)
    assert {o["name"] for o in row["outcomes"]} >= {"hard", "soft", "correct", "joint"}


def test_an_old_table_of_published_verdicts_keeps_them() -> None:
    frame = records.read(OLD / "scored").frame
    old = pl.read_parquet(OLD / "scored" / "records.parquet")
    assert frame["upstream_hard"].to_list() == old["upstream_hard"].to_list()
    assert frame["upstream_hard"].is_not_null().any()
    judges = frame["outcomes"].explode().struct.field("judge").unique().sort().to_list()
    assert judges == ["ours", "published"]


def test_an_old_plan_is_the_same_study(study: Path) -> None:
    plan = load_plan(study / "study.json")
    assert (plan.arms, plan.factors, plan.planned, plan.schema) == (("plain",), {}, 8, 2)
    assert plan.calls()[0] == Call("organism", "crossed-3-0-1", "with", "plain", 0)


def test_an_old_study_is_gone_on_with_and_nothing_is_paid_twice(study: Path) -> None:
    """Its four errors are asked again: their script answers now, the organism is not asked."""
    script = study.parent / "one.jsonl"
    plan = load_plan(study / "study.json")
    script.write_text(json.dumps({"response": "It is 4."}) + "\n")
    text = (study / "study.json").read_text().replace("scripted/one.jsonl", f"scripted/{script}")
    (study / "study.json").write_text(text)
    lines = (
        (study / "responses.jsonl").read_text().replace("scripted/one.jsonl", f"scripted/{script}")
    )
    (study / "responses.jsonl").write_text(lines)
    bench = benchmarks.load("crossed", limit=2, seed=3)
    state = run(
        study,
        benchmark=bench,
        models=["organism", f"scripted/{script}"],
        seed=3,
        temperature=0.0,
        max_tokens=300,
    )
    assert (state.made, state.complete) == (4, True) and plan.planned == 8
    frame = records.read(study).frame
    old = pl.read_parquet(OLD / "study" / "records.parquet").filter(pl.col("model") == "organism")
    mine = frame.filter(pl.col("model") == "organism")
    assert mine["answer"].to_list() == old["answer"].to_list()


def test_the_commands_read_an_old_folder(study: Path) -> None:
    from click.testing import CliRunner

    for args in (["report", str(study), "--no-page"], ["show", str(study), "crossed-3-0-1"]):
        got = CliRunner().invoke(bridle, args, catch_exceptions=False)
        assert got.exit_code == 0, got.output


@pytest.mark.parametrize(
    "field", ["latency_s", "reasoning", "tokens_in", "status", "sample", "arm"]
)
def test_a_journal_line_without_a_field_is_read(field: str, study: Path) -> None:
    path = study / "responses.jsonl"
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    for row in rows:
        del row[field]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert len(read_journal(path)) == len(rows)


def test_what_a_later_version_wrote_is_kept(study: Path) -> None:
    path = study / "responses.jsonl"
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    path.write_text("".join(json.dumps({**row, "mood": "new", "schema": 9}) + "\n" for row in rows))
    assert len(read_journal(path)) == len(rows)
    plan = study / "study.json"
    plan.write_text(json.dumps({**json.loads(plan.read_text()), "weather": "fine", "schema": 9}))
    held = plan_of(study)
    assert held is not None and held.other == {"weather": "fine"}
    held.save(plan)
    assert json.loads(plan.read_text())["weather"] == "fine"


def test_columns_of_another_version_stay_behind_ours(tmp_path: Path) -> None:
    frame = pl.read_parquet(OLD / "study" / "records.parquet").with_columns(mood=pl.lit("new"))
    frame = frame.drop("latency_s", "dialect").with_columns(sample=pl.col("sample").cast(pl.Int32))
    meta = {"bridle.schema": "1", "bridle.planned": "8", "bridle.about": "{}"}
    frame.write_parquet(tmp_path / "records.parquet", metadata=meta)
    read = records.read(tmp_path).frame
    assert read["mood"].to_list() == ["new"] * 8 and read["latency_s"].is_null().all()
    assert read.schema["sample"] == pl.Int64()


@pytest.mark.parametrize("line", ["[]", "7", '"x"', '{"model": 3, "item": "a"}', '{"item": "a"}'])
def test_a_line_that_is_no_call_is_named(line: str, study: Path) -> None:
    from bridle.errors import DataError

    path = study / "responses.jsonl"
    path.write_text(line + "\n" + path.read_text())
    with pytest.raises(DataError, match="line 1 cannot be read"):
        read_journal(path)


def test_schemas_only_grow() -> None:
    assert records.SCHEMA == migrate.SCHEMA == 2
