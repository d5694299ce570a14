"""bridle score as it is typed: what it prints, writes and exits with."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from bridle import records
from bridle.cli import bridle
from bridle.errors import BridleError

TOOL = Path(sys.executable).parent / "bridle"
OURS = {"question": "What is 2+2?", "answer": "4", "constraints": [{"type": "words", "at_most": 3}]}


def run(*args):
    return CliRunner().invoke(bridle, ["score", *map(str, args)])


def write(path, *rows):
    path.write_text("\n".join(r if isinstance(r, str) else json.dumps(r) for r in rows) + "\n")
    return path


def test_json_has_one_object_for_each_response(tmp_path):
    path = write(
        tmp_path / "r.jsonl",
        {**OURS, "response": "a b c \\boxed{4}"},
        "",
        {**OURS, "response": ["\\boxed{4}", None]},
    )
    got = run(path, "--json")
    assert got.exit_code == 0, got.output
    first, second, third = map(json.loads, got.stdout.splitlines())
    assert list(first) == ["row", "status", "verdicts", "hard", "soft", "correct"]
    assert (first["row"], first["hard"], first["soft"], first["correct"]) == (1, False, 0.0, True)
    (verdict,) = first["verdicts"]
    assert list(verdict) == ["constraint", "obeyed", "observed", "wanted", "evidence", "reason"]
    assert (verdict["constraint"], verdict["obeyed"], verdict["observed"]) == ("words", False, 4)
    assert (second["row"], second["sample"], second["hard"]) == (3, 0, True)
    assert (third["row"], third["sample"], third["status"]) == (3, 1, "no_answer")
    assert "3 responses scored" in got.stderr  # the summary stays out of the objects


def test_several_files_name_themselves(tmp_path):
    one = write(tmp_path / "a.jsonl", {**OURS, "response": "4"})
    two = tmp_path / "b.jsonl.gz"
    two.write_bytes(gzip.compress(one.read_bytes()))
    lines = run(one, two, "--json").stdout.splitlines()
    assert [json.loads(line)["file"] for line in lines] == [str(one), str(two)]


def test_bad_rows_are_named_counted_and_make_it_exit_with_1(tmp_path):
    path = write(
        tmp_path / "r.jsonl",
        {**OURS, "response": "\\boxed{4}"},
        "broken\x1b[2J",
        {**OURS, "response": 4},
    )
    got = run(path, "--out", tmp_path / "out")
    assert got.exit_code == 1
    assert f"bridle: {path}, row 2: not JSON" in got.stderr
    assert f"bridle: {path}, row 3: response must be a text" in got.stderr
    assert "2 of 3 responses could not be scored (2 bad rows)." in got.stdout
    table = records.read(tmp_path / "out")
    assert table.gate() == "2 of 3 planned records are missing."
    assert table.about["bad_rows"] == 2
    assert "\x1b" not in got.output


def test_many_bad_rows_are_not_all_printed(tmp_path):
    path = write(tmp_path / "r.jsonl", {**OURS, "response": "4"}, *["broken"] * 50)
    got = run(path)
    assert got.stderr.count("not JSON") == 1  # one message a kind
    assert f"{path}, rows 2, 3, 4, 5, 6 and 45 more: not JSON: " in got.stderr


def test_the_summary_has_rates_with_intervals_and_names_what_nothing_judged(tmp_path):
    row = {
        "prompt": "p",
        "instruction_id_list": ["punctuation:no_comma", "my:own"],
        "kwargs": [{}, {}],
    }
    plain = {"prompt": "q", "instruction_id_list": ["punctuation:no_comma"], "kwargs": [{}]}
    rows = [
        {**row, "response": "a"},
        {**plain, "response": "a"},
        {**plain, "prompt": "r", "response": "a, b"},
    ]
    got = run(write(tmp_path / "r.jsonl", *rows))
    assert got.exit_code == 0
    assert "3 responses scored: 3 complete." in got.stdout
    said = " ".join(got.stdout.split())
    assert "no constraint type here is their like: my:own (1 record); 1 record with" in said
    assert "n = 3 responses, 3 problems" in said
    hacc = next(line for line in got.stdout.splitlines() if line.startswith("HAcc"))
    assert hacc.split()[:6] == ["HAcc", "1", "of", "2,", "2", "problems"]
    assert "Fewer than 5 problems: the count alone (3 of 3), without an interval." in got.stdout
    comma = next(line for line in got.stdout.splitlines() if "no_comma" in line)
    assert comma.split()[1:5] == ["3", "2", "of", "3"]
    assert not [line for line in got.stdout.splitlines() if line.startswith("correct")]


def test_published_rules(tmp_path):
    row = {
        "question": "What is 2+2?",
        "answer": "4",
        "constraint_name": ["punctuation:no_comma"],
        "constraint_args": [None],
        "constraint_desc": ["No comma."],
    }
    path = write(tmp_path / "r.jsonl", {**row, "output": "So $4{,}0$ or \\boxed{4}"})
    ours, theirs = run(path, "--json"), run(path, "--json", "--rules", "upstream")
    assert json.loads(ours.stdout)["hard"] is True
    shaped = json.loads(theirs.stdout)
    assert (shaped["hard"], shaped["soft"], shaped["correct"]) == (False, 0.0, True)
    assert shaped["verdicts"][0]["obeyed"] is False
    assert "by the published rules: broken; by ours:" in shaped["verdicts"][0]["reason"]
    summary = run(path, "--rules", "upstream").stdout
    assert "Judged by the benchmark's published rules." in summary
    assert "The rules part on 1 of 1 responses (1 verdicts)." in summary
    own = write(tmp_path / "own.jsonl", {**OURS, "response": "4"})
    with pytest.raises(BridleError, match="No record has an upstream judgement"):
        CliRunner().invoke(
            bridle, ["score", str(own), "--rules", "upstream"], catch_exceptions=False
        )


def test_a_folder_is_not_overwritten_with_something_else(tmp_path):
    path = write(tmp_path / "r.jsonl", {**OURS, "response": "4"})
    other = write(tmp_path / "s.jsonl", {**OURS, "response": "5"})
    out = tmp_path / "out"
    assert run(path, "--out", out).exit_code == 0
    before = (out / "records.parquet").read_bytes()
    assert run(path, "--out", out).exit_code == 0  # the same files again
    got = run(other, "--out", out)
    assert isinstance(got.exception, BridleError)
    assert "holds the records of other files" in got.exception.what
    assert (out / "records.parquet").read_bytes() == before
    (out / "study.json").write_text("{}")
    assert "study" in str(run(path, "--out", out).exception)
    assert "is a file" in str(run(path, "--out", path).exception)


def test_nothing_scored_writes_nothing(tmp_path):
    path = write(tmp_path / "r.jsonl", {"response": "4"})
    got = run(path, "--out", tmp_path / "out")
    assert "No row could be scored" in str(got.exception)
    assert not (tmp_path / "out" / "records.parquet").exists()
    assert list((tmp_path / "out").iterdir()) == []


def test_exit_code_2_and_words_for_what_cannot_be_read(tmp_path):
    got = subprocess.run(
        [TOOL, "score", tmp_path / "nothing.jsonl"], capture_output=True, text=True
    )
    assert got.returncode == 2
    assert "cannot be read" in got.stderr
    assert "Traceback" not in got.stderr


def test_a_pipe_that_closes_early_is_no_crash(tmp_path):
    path = write(tmp_path / "r.jsonl", *[{**OURS, "response": "4 " * 2_000}] * 60)
    got = subprocess.run(
        f"'{TOOL}' score '{path}' --json | head -c 10", shell=True, capture_output=True, text=True
    )
    assert "Traceback" not in got.stderr
    assert got.stdout.startswith('{"row": 1,')


def test_the_real_gpt4_answers(shared_data, tmp_path):
    got = run(
        shared_data / "ifeval" / "gpt4_responses_with_verdicts.jsonl", "--out", tmp_path / "out"
    )
    assert got.exit_code == 0, got.output
    assert "270 responses scored: 270 complete." in got.stdout
    table = records.read(tmp_path / "out")
    assert (table.frame.height, table.missing) == (270, 0)
    left_out = table.frame.filter(table.frame["hard"].is_null()).height
    assert left_out == 0 or f"{left_out} records with such an instruction" in got.stdout
