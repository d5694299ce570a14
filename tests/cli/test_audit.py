"""bridle audit: what it finds in MathIF, and in rows of our own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bridle.benchmarks.hub import sha256
from bridle.cli import bridle


def run(*args: str) -> Any:
    return CliRunner().invoke(bridle, ["audit", *args])


@pytest.fixture(scope="module")
def real(shared_data: Path) -> dict[str, Any]:
    done = run("mathif", "--data", str(shared_data / "mathif"), "--json")
    assert done.exit_code == 1, done.output
    return json.loads(done.output)


def of_kind(found: dict[str, Any], kind: str) -> set[str]:
    return {f["item"] for f in found["findings"] if f["kind"] == kind}


REPEATED_WITH_COMMAS = {
    "gsm8k_double:22",
    "math500_double:22",
    "minerva_double:22",
    "olympiad_double:22",
}


def test_the_rows_that_nobody_can_satisfy(real: dict[str, Any]) -> None:
    assert set(real["unsatisfiable"]["ours"]) >= REPEATED_WITH_COMMAS
    conflicts = {f["item"]: f for f in real["findings"] if f["kind"] == "conflict"}
    assert set(conflicts) == set(real["unsatisfiable"]["ours"])
    for row in REPEATED_WITH_COMMAS:
        assert len(conflicts[row]["constraints"]) == 2
        assert "comma" in conflicts[row]["reason"]


def test_all_capitals_around_a_box(real: dict[str, Any]) -> None:
    alone, answers = of_kind(real, "capitals"), of_kind(real, "capitals and answer")
    assert len(alone | answers) == 27
    assert len(answers) == 8
    assert alone | answers <= set(real["unsatisfiable"]["upstream"])
    assert not (alone | answers) & set(real["unsatisfiable"]["ours"])


def test_remarks(real: dict[str, Any]) -> None:
    assert len(of_kind(real, "two formats")) == 90
    commas = of_kind(real, "commas")
    assert commas == {"olympiad_triple:19", "olympiad_triple:30"}
    assert commas <= set(real["unsatisfiable"]["upstream"])
    assert "aime_single:14" in of_kind(real, "named in capitals")


def floor(
    found: dict[str, Any], answer: str, rules: str, source: str = "all"
) -> tuple[float, float]:
    (one,) = [
        f
        for f in found["floors"]
        if (f["answer"], f["rules"], f["source"]) == (answer, rules, source)
    ]
    return round(100 * one["hard"], 2), round(100 * one["soft"], 2)


def test_the_floor_of_one_letter_by_upstreams_rules(real: dict[str, Any]) -> None:
    pytest.importorskip("langdetect")
    assert floor(real, "a", "upstream") == (11.90, 30.71)
    assert floor(real, "a", "upstream", "aime")[0] == 16.67
    assert floor(real, "(nothing)", "upstream") == floor(real, "(nothing)", "ours") == (0.0, 0.0)


def test_the_floor_by_our_rules_has_every_source(real: dict[str, Any]) -> None:
    for source in ("all", "gsm8k", "math500", "minerva", "olympiad", "aime"):
        hard, soft = floor(real, "a", "ours", source)
        assert 0 < hard < soft < 100


def test_the_report_fits_a_narrow_terminal(shared_data: Path) -> None:
    done = run("mathif", "--data", str(shared_data / "mathif"), "--limit", "60")
    assert "mathif: 60 rows" in done.output
    assert "two formats" in done.output
    assert max(len(line) for line in done.output.splitlines()) <= 80


def test_items_of_our_own_can_be_satisfied() -> None:
    done = run("crossed", "--limit", "9", "--json")
    assert done.exit_code == 0
    found = json.loads(done.output)
    assert found["unsatisfiable"] == {"ours": []}
    assert {f["rules"] for f in found["floors"]} == {"ours"}


def test_a_folder_of_modified_rows(tmp_path: Path) -> None:
    contradiction = {
        "source": "own",
        "id": "1",
        "question": "What is two, and two?",
        "answer": "4",
        "constraint_desc": ["Repeat.", "No commas."],
        "constraint_name": ["combination:repeat_prompt", "punctuation:no_comma"],
        "constraint_args": [{"prompt_to_repeat": "What is two, and two?"}, None],
    }
    fine = {**contradiction, "constraint_args": [{"prompt_to_repeat": "What is it?"}, None]}
    file = tmp_path / "own_double.jsonl"
    file.write_text("\n".join(map(json.dumps, [contradiction, fine])))
    (tmp_path / "SHA256SUMS").write_text(f"{sha256(file)}  {file.name}\n")
    done = run("mathif", "--data", str(tmp_path))
    assert done.exit_code == 1
    assert "own_double:1" in done.output
    assert "own_double:2" not in done.output


def test_bad_input_is_explained(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bridle", "audit", "mathif", "--data", str(tmp_path)],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert "holds none of the files" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_users_own_items(tmp_path: Path) -> None:
    rules = [{"type": "words", "at_most": 3}, {"type": "words", "at_least": 9}]
    file = tmp_path / "mine.jsonl"
    file.write_text(json.dumps({"question": "2+2?", "answer": None, "constraints": rules}))
    done = run("custom", "--data", str(file))
    assert done.exit_code == 1
    assert "custom: 1 row, 2 constraints" in done.output
    assert "words + words" in done.output
