"""bridle compare and bridle why, from the files to the exit code."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bridle.cli import bridle
from bridle.scoring.formats.given import Bad
from bridle.scoring.formats.scores import number_of, read_scores


def run(*arguments: object) -> Result:
    return CliRunner().invoke(bridle, [str(a) for a in arguments])


def log(path: Path, wrong: range, n: int = 60, **given: Any) -> Path:
    """An Inspect log with a letter and a graded score for each sample."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("header.json", json.dumps({"eval": {"model": "m"}}))
        for i in range(n):
            sample = {
                "id": f"q{i}", "epoch": 1, "input": f"question {i}", "target": "4",
                "metadata": {"passage": i // 3},
                "scores": {"match": {"value": "I" if i in wrong else "C"}, "judge": {"value": 7}},
                "output": {"choices": [{"message": {"content": "x"}, "stop_reason": "stop"}]},
                **given,
            }  # fmt: skip
            archive.writestr(f"samples/q{i}_epoch_1.json", json.dumps(sample))
    return path


def harness(path: Path, wrong: range, n: int = 60) -> Path:
    """lm-evaluation-harness's samples, each response under two filters."""
    rows = [
        {
            "doc_id": i, "doc": {"subject": "ab"[i % 2]}, "target": "4", "filter": name,
            "metrics": ["exact_match"], "exact_match": float(i not in wrong), "doc_hash": f"h{i}",
            "resps": [["4"]], "arguments": {},
        }
        for i in range(n)
        for name in ("strict-match", "flexible-extract")
    ]  # fmt: skip
    path.write_text("\n".join(map(json.dumps, rows)))
    return path


def test_two_inspect_logs_of_any_task(tmp_path: Path) -> None:
    a, b = log(tmp_path / "a.eval", range(5)), log(tmp_path / "b.eval", range(30))
    got = run("compare", a, b, "--cluster", "passage", "--fail-if", "match drops > 10", "--json")
    assert got.exit_code == 1, got.output
    found = json.loads(got.stdout)
    match = next(c for c in found["contrasts"] if c["key"] == "match")
    assert (found["items"], found["problems"], match["says"]) == (60, 20, "worse")
    assert match["difference"]["value"] == pytest.approx(-25 / 60)
    assert found["gates"][0]["failed"] is True


def test_two_files_of_the_harness(tmp_path: Path) -> None:
    a, b = harness(tmp_path / "a.jsonl", range(5)), harness(tmp_path / "b.jsonl", range(7))
    got = run("compare", a, b, "--by", "subject", "--fail-if", "exact_match,strict-match drops > 2")
    assert got.exit_code == 0, got.output
    assert "cannot tell" in got.stdout and "by subject" in got.stdout
    assert "exact_match,flexible" in got.stdout
    assert max(map(len, got.stdout.splitlines()[:20])) <= 80


def test_what_cannot_be_compared_is_said(tmp_path: Path) -> None:
    a = log(tmp_path / "a.eval", range(5))
    other = log(tmp_path / "b.eval", range(5), input="another")
    assert run("compare", a, other).exit_code != 0
    assert run("compare", a).exit_code != 0
    assert "No such option" not in run("compare", a, a, "--fail-if", "match < 3").output
    assert run("compare", a, a, "--cluster", "pasage").exit_code != 0
    assert run("compare", a, tmp_path / "none").exit_code != 0


def test_a_bad_row_is_named_and_the_rest_compared(tmp_path: Path) -> None:
    a, b = harness(tmp_path / "a.jsonl", range(5)), harness(tmp_path / "b.jsonl", range(5))
    b.write_text(b.read_text() + "\n{broken\n[]\n{}")
    got = run("compare", a, b, "--brief")
    assert got.exit_code == 0, got.output
    assert "row 121: not JSON" in got.stdout.replace("\n", " ")


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("C", 1), ("I", 0), ("P", 0.5), (True, 1), (0.25, 0.25), ("0.5", 0.5), ([True, False], 0.5),
        ("an essay", None), (None, None), (float("nan"), None), ([1, "x"], None), ({"a": 1}, None),
        (10**400, None),
    ],
)  # fmt: skip
def test_scores_as_numbers(value: Any, number: float | None) -> None:
    assert number_of(value) == number


def test_rows_without_a_doc_id_are_bad(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text('{"response": "x"}\n{"doc_id": 1, "acc": true, "doc": []}\n')
    first, second = read_scores(file)
    assert isinstance(first, Bad) and "no doc_id" in first.reason
    assert not isinstance(second, Bad) and second.values == {"acc": 1.0}
