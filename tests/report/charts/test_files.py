"""Charts as files: in every format, again over their own, and never over one of somebody else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bridle.cli.figures import FORMATS as OFFERED
from bridle.cli.figures import command
from bridle.errors import BridleError, DataError
from bridle.report.charts.files import FORMATS, INDEX, write_charts

pytest.importorskip("vl_convert", reason="the extra 'report' is not installed")


@pytest.fixture
def study(record: Any, table: Any) -> Path:
    return table([record(i, obeyed=(i % 2 == 0, True)) for i in range(8)]).path.parent


def run(*args: Any) -> Any:
    return CliRunner().invoke(command, [str(arg) for arg in args])


def test_each_chart_in_each_format_and_an_index(study: Path) -> None:
    assert OFFERED == FORMATS
    got = run(study)
    assert got.exit_code == 0, got.output
    folder = study / "figures"
    index = json.loads((folder / INDEX).read_text())["charts"]
    names = {name for entry in index.values() for name in entry["files"]}
    assert {path.name for path in folder.iterdir()} == names | {INDEX}
    assert {f"outcomes.{form}" for form in FORMATS} <= names
    starts = {"svg": b"<svg", "png": b"\x89PNG", "pdf": b"%PDF", "vl.json": b"{"}
    for form, start in starts.items():
        assert (folder / f"outcomes.{form}").read_bytes().startswith(start)
    spec = json.loads((folder / "outcomes.vl.json").read_text())
    assert spec["$schema"].startswith("https://vega.github.io/schema/vega-lite/")
    assert index["outcomes"]["n"] == "n = 8 answers to 8 problems"


def test_again_over_its_own_files_and_what_was_not_asked_for_stays(
    study: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "f"
    assert run(study, "--out", folder, "--format", "svg", "--format", "vl.json").exit_code == 0
    before = (folder / "overlap.svg").read_bytes()
    (folder / "outcomes.svg").write_text("torn")
    assert run(study, "--out", folder, "--only", "outcomes", "--format", "svg").exit_code == 0
    assert (folder / "outcomes.svg").read_bytes().startswith(b"<svg")
    assert (folder / "overlap.svg").read_bytes() == before
    index = json.loads((folder / INDEX).read_text())["charts"]
    assert index["outcomes"]["files"] == ["outcomes.svg", "outcomes.vl.json"]


@pytest.mark.parametrize("name", ["outcomes.pdf", INDEX])
def test_nothing_of_others_is_overwritten(study: Path, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "f"
    folder.mkdir()
    (folder / name).write_text('{"mine": 1}')
    got = run(study, "--out", folder)
    assert isinstance(got.exception, DataError) and name in str(got.exception)
    assert [path.name for path in folder.iterdir()] == [name]
    assert (folder / name).read_text() == '{"mine": 1}'


def test_a_chart_that_is_not_there_is_said_with_what_is(study: Path) -> None:
    got = run(study, "--only", "outcome")
    assert isinstance(got.exception, BridleError)
    assert "did you mean 'outcomes'?" in str(got.exception)
    assert isinstance(run(study, study).exception, BridleError)  # no --out for two


def test_an_index_that_is_torn_is_said(study: Path, tmp_path: Path) -> None:
    (tmp_path / INDEX).write_text('{"bridle figures": 1, "char')
    with pytest.raises(DataError, match="index of figures"):
        write_charts([], tmp_path)
