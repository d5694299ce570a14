"""Kinds of files: a JSON list, an object of rows, CSV, a folder; and Parquet that is not what it seems."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from click.testing import CliRunner

import bridle
from bridle.cli import bridle as cli
from bridle.errors import DataError
from bridle.scoring.formats import Bad, Given, read_file

ROW = {"question": "What is 2+2?", "answer": "4", "constraints": [{"type": "no_comma"}]}


def rows(path: Path) -> list[Given | Bad]:
    return list(read_file(path))


def test_a_json_list_pretty_or_not_and_packed(tmp_path: Path) -> None:
    two = [{**ROW, "response": "4"}, {**ROW, "response": "5"}]
    for indent in (None, 2):
        text = json.dumps(two, indent=indent)
        (tmp_path / "a.json").write_text(text, encoding="utf-8")
        (tmp_path / "a.json.gz").write_bytes(gzip.compress(text.encode()))
        for name in ("a.json", "a.json.gz"):
            assert bridle.score(tmp_path / name)["correct"].to_list() == [True, False]
    (tmp_path / "b.json").write_text(json.dumps([1, two[0]]))
    bad, good = rows(tmp_path / "b.json")
    assert isinstance(bad, Bad) and isinstance(good, Given)
    assert bad.number == 1


@pytest.mark.parametrize("shape", ["samples", "rows", "keys"])
def test_an_object_that_holds_rows(tmp_path: Path, shape: str) -> None:
    row = {**ROW, "response": "4"}
    value: Any = {"k1": row} if shape == "keys" else {"eval": {}, shape: [row]}
    (tmp_path / "a.json").write_text(json.dumps(value, indent=1))
    assert bridle.score(tmp_path / "a.json")["correct"].to_list() == [True]


def test_csv(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    cell = json.dumps(ROW["constraints"]).replace('"', '""')
    path.write_text(
        f'question,answer,constraints,response,thinking\n"2+2,\nplease?",4,"{cell}","It is\n4.",\n'
        f"q,5,,4\nq,5,,4,t\n",
        encoding="utf-8-sig",
    )
    one, bad, two = rows(path)
    assert isinstance(one, Given) and isinstance(bad, Bad) and isinstance(two, Given)
    assert (one.replies[0].raw, one.replies[0].reasoning) == ("It is\n4.", None)
    assert one.fields["constraints"] == ROW["constraints"]
    assert bad.reason == "4 cells for 5 columns"
    frame = bridle.score({**ROW, "response": "4"})
    assert frame.height == 1
    (tmp_path / "b.csv").write_text("")
    with pytest.raises(DataError, match="no header"):
        rows(tmp_path / "b.csv")


def test_a_folder_is_its_files_and_each_is_a_model(tmp_path: Path) -> None:
    for name in ("m1", "m2"):
        (tmp_path / f"{name}.jsonl").write_text(json.dumps({**ROW, "response": "4"}) + "\n")
    (tmp_path / "settings.json").write_text("{}")
    assert sorted(bridle.score(tmp_path)["model"]) == ["m1", "m2"]
    got = CliRunner().invoke(cli, ["score", str(tmp_path)])
    assert got.exit_code == 0, got.output
    assert "all 2" not in got.output
    (tmp_path / "empty").mkdir()
    with pytest.raises(DataError, match="without files of responses"):
        bridle.score(tmp_path / "empty")


def test_a_missing_file_is_said_before_the_first_is_scored(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({**ROW, "response": "4"}) + "\n")
    got = CliRunner().invoke(cli, ["score", str(path), str(tmp_path / "no.jsonl"), "--json"])
    assert isinstance(got.exception, DataError)
    assert got.stdout == ""


def test_only_errors_exit_with_1_and_say_so_first(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({**ROW, "response": None, "error": "429"}) + "\n")
    got = CliRunner().invoke(cli, ["score", str(path)])
    assert got.exit_code == 1
    assert got.stdout.startswith("The only record is an error")


def test_one_odd_row_costs_no_other(tmp_path: Path) -> None:
    nested: dict[str, Any] = {"type": "no_comma"}
    for _ in range(300):
        nested = {"type": "any_of", "rules": [nested]}
    good = {**ROW, "response": "4"}
    odd = [
        good | {"difficulty": 10**400},
        good | {"constraints": [nested]},
        good | {"sample": 10**30, "epoch": 10**20},
        good | {"constraints": [{"type": "words", "at_most": 10**30}]},
    ]
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in [*odd, good]))
    got = CliRunner().invoke(cli, ["score", str(path), "--out", str(tmp_path / "out")])
    assert got.exit_code in (0, 1), got.exception
    assert "Traceback" not in got.output
    assert "row 1: difficulty" in got.stderr
    assert "row 2: a constraint nests more than" in got.stderr


def test_a_parquet_that_unpacks_to_a_gigabyte_is_bounded(tmp_path: Path) -> None:
    path = tmp_path / "bomb.parquet"
    frame = pl.DataFrame({"response": ["x" * 2**20] * 1200, "answer": ["4"] * 1200})
    frame.write_parquet(path, compression="zstd")
    assert path.stat().st_size < 2**20
    code = (
        "import sys; from pathlib import Path; from bridle.scoring.formats import read_file;"
        "n = sum(1 for _ in read_file(Path(sys.argv[1])));"
        "print(n, Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0])"
    )
    out = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True
    )
    n, kilobytes = map(int, out.stdout.split())
    assert n == 1200
    assert kilobytes < 500_000  # the peak of this process alone


def test_a_row_of_parquet_with_too_long_a_list_is_not_made_into_objects(tmp_path: Path) -> None:
    path = tmp_path / "zeros.parquet"
    schema = {"response": pl.String(), "k": pl.List(pl.Struct({"i": pl.List(pl.Int8())}))}
    rows: list[dict[str, Any]] = [
        {"response": "4", "k": [{"i": [0] * 5_000_000}]},
        {"response": "4", "k": None},
    ]
    pl.DataFrame(rows, schema=schema).write_parquet(path)
    first, second = read_file(path)
    assert isinstance(first, Bad)
    assert "longer than 32 MiB" in first.reason
    assert not isinstance(second, Bad) or "longer" not in second.reason


def test_rows_under_one_name_on_one_line(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"results": [{**ROW, "response": "4"}, {**ROW, "response": "5"}]}))
    assert [isinstance(row, Given) for row in read_file(path)] == [True, True]
    path.write_text(json.dumps({**ROW, "outputs": [{"text": "4"}]}))
    (only,) = read_file(path)
    assert isinstance(only, Given)
