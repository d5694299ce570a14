"""The figures in other formats: complete, equal to the JSON's, and safe with any name."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from bridle.cli import bridle
from bridle.report.exports import latex, markdown
from bridle.report.exports.junit import Case, to_junit
from bridle.report.exports.spreadsheet import to_csv

NASTY = "=cmd|'/C calc'!A0 <script>|_[x](javascript:y)\x1b[31m"
DOCS = Path(__file__).parents[3] / "docs"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(bridle, [str(a) for a in arguments])


@pytest.fixture
def folder(record: Any, table: Any, tmp_path: Path) -> Path:
    rows = [
        record(n, condition, model=NASTY) for n in range(30) for condition in ("with", "without")
    ]
    return table(rows, name="a").path.parent


def report(folder: Path, *more: object) -> Result:
    return run("report", folder, "--no-page", *more)


def test_csv_and_json_hold_the_same_figures(folder: Path) -> None:
    found = json.loads(report(folder, "--json").stdout)
    rows = list(csv.DictReader(io.StringIO(report(folder, "--csv").stdout)))
    assert (found["schema"], found["kind"]) == (1, "report")
    for of in ("run", "complete"):
        one = next(
            r for r in rows if (r["table"], r["outcome"], r["of"]) == ("overall", "joint", of)
        )
        assert float(one["low"]) == found["overall"][0]["joint"][of]["low"]
    assert all(r["value"] or r["why"] for r in rows)
    assert all(r["who"].startswith("'=") and "\x1b" not in r["who"] for r in rows)


def test_markdown_and_latex_show_a_name_as_it_is(folder: Path) -> None:
    for shape in ("markdown", "latex"):
        got = report(folder, f"--{shape}")
        assert got.exit_code == 0 and "\x1b" not in got.stdout
    head, *_ = [r for r in report(folder, "--markdown").stdout.splitlines() if r.startswith("| =")]
    assert r"\<script\>\|\_\[x\]" in head
    assert len(re.findall(r"(?<!\\)\|", head)) == 9


def test_requirements_decide_the_exit_code(folder: Path) -> None:
    good = report(folder, "--require", "joint >= .8")
    bad = report(folder, "--require", "joint >= .8", "--require", "floor <= .1", "--junit")
    assert (good.exit_code, bad.exit_code) == (0, 1)
    assert "joint >= .8" in good.stdout and "holds" in good.stdout
    suite = ET.fromstring(bad.stdout.encode())
    assert (suite.get("tests"), suite.get("failures")) == ("3", "1")
    assert report(folder, "--require", "joint").exception is not None


def test_a_study_of_errors_alone_passes_no_gate(record: Any, table: Any) -> None:
    folder = table([record(n, status="error") for n in range(30)], name="e").path.parent
    assert report(folder, "--require", "truncated <= 1").exit_code == 1


def test_missing_records_fail_a_comparison_with_a_gate(record: Any, table: Any) -> None:
    rows = [record(n) for n in range(30)]
    a = table(rows, name="a").path.parent
    b = table(rows, missing=1, name="b").path.parent
    assert run("compare", a, b).exit_code == 0
    got = run("compare", a, b, "--fail-if", "joint drops > 5")
    assert got.exit_code == 1 and "lacks planned records" in got.output
    for shape in ("csv", "markdown", "latex", "junit", "json"):
        assert run("compare", a, b, f"--{shape}").exit_code == 0, shape


def test_the_action_in_the_docs_runs(folder: Path) -> None:
    text = (DOCS / "gate.md").read_text(encoding="utf-8")
    action = yaml.safe_load(re.findall(r"```yaml\n(.*?)```", text, re.S)[0])
    lines = [step["run"] for step in action["jobs"]["gate"]["steps"] if "run" in step]
    reports = [shlex.split(line.split(">>")[0].split("> gate")[0])[1:] for line in lines
               if line.startswith("bridle report")]  # fmt: skip
    assert len(reports) == 2
    for words in reports:
        assert run(*(folder if w == "new" else w for w in words)).exit_code == 0


@given(st.text())
def test_any_text_is_one_cell(text: str) -> None:
    grid = markdown.Grid("t", ["a", "b"], [[text, "1"]])
    assert len(markdown.to_markdown([], [grid]).splitlines()) == 5
    assert len(latex.to_latex([text], [grid]).splitlines()) == 14
    rows = list(csv.reader(io.StringIO(to_csv([{"a": text}], ["a"]))))
    assert len(rows) <= 2 and all(not r[0].startswith(("=", "+", "-", "@")) for r in rows[1:] if r)
    ET.fromstring(to_junit(text, [Case(text, text, False, text)]).encode())
