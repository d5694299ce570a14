"""Scoring by several processes: the same table, whatever is killed in the middle."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import polars as pl
import pytest

from bridle import records
from bridle.cli import bridle as cli
from bridle.errors import BridleError, DataError
from bridle.records import Parts
from bridle.scoring.bulk import folder as bulk_folder
from bridle.scoring.bulk import score_into
from bridle.scoring.score import Scored, Scoring

QUESTIONS = ["What is 2+2?", "What is 2+3?", "What is 1+1?"]


def rows(count):
    """Samples of few items on many lines, with what a naming has to keep apart, and bad rows."""
    for i in range(count):
        row = {
            "question": QUESTIONS[i % 3],
            "answer": "4",
            "constraints": [{"type": "words", "at_most": 3 + i % 2}],
            "response": f"<think>well {i}</think>It is \\boxed{{{i % 5}}}.",
        }
        if i % 7 == 3:
            row |= {"condition": "without", "bare_prompt": row["question"]}
        if i % 4 == 1:
            row["id"] = f"k{i % 8}"
        if i % 11 == 5:
            row["responses"] = [row.pop("response"), "no thought <answer>4"]
        if i % 5 == 2:  # a lone closing tag: what is untagged is then put to the vote
            row["response"] = "so it is</think>4"
        if i % 13 == 12:
            row = {"nothing": i}
        yield row


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    home = tmp_path_factory.mktemp("bulk")
    made = list(rows(90))
    lines = [json.dumps(row) for row in made]
    lines.insert(30, "")
    lines.insert(40, "{broken")
    (home / "a.jsonl").write_text("\n".join(lines))
    plain = [r | {"response": r.get("response")} for r in rows(40) if "response" in r]
    pl.DataFrame(
        [{"prompt": r["question"], "answer": "4", "response": r["response"],
          "constraints": json.dumps(r["constraints"])} for r in plain]
    ).write_parquet(home / "b.parquet")  # fmt: skip
    return [home / "a.jsonl", home / "b.parquet"]


def alone(files, **options):
    from bridle.scoring.score import labels

    scoring = Scoring(**options)
    found = [r for f, label in labels(files).items() for r in scoring.file(f, model=label)]
    frame = records.frame_of(r.record for r in found if isinstance(r, Scored))
    return records.widen(frame), scoring


def test_the_table_is_that_of_one_process(files, tmp_path):
    seen = []
    done = score_into(
        files, tmp_path / "out", workers=2, rows=16, watch=lambda *told: seen.append(told)
    )
    table = records.read(tmp_path / "out")
    want, scoring = alone(files)
    assert table.frame.equals(want)
    assert (done.planned, done.records) == (scoring.planned, want.height)
    assert done.bad.count == scoring.planned - want.height == table.about["bad_rows"]
    assert done.voted == scoring.voted == table.about["voted"]
    assert table.gate() == f"{done.bad.count} of {done.planned} planned records are missing."
    assert seen[-1][0] == "scoring" and seen[-1][1] == seen[-1][2] == 91 + len(
        want.filter(pl.col("model") == "b")
    )
    # a second call finds everything there
    before = {p: p.stat().st_mtime_ns for p in Parts(tmp_path / "out").folder.iterdir()}
    assert score_into(files, tmp_path / "out", workers=2, rows=16).made == 0
    assert {p: p.stat().st_mtime_ns for p in Parts(tmp_path / "out").folder.iterdir()} == before


RUN = """
import sys
from bridle.scoring.bulk import score_into
score_into(sys.argv[2:], sys.argv[1], workers=2, rows=12)
"""


def test_killed_it_goes_on_where_it_was(files, tmp_path):
    out = tmp_path / "out"
    parts = Parts(out)
    run = subprocess.Popen([sys.executable, "-c", RUN, str(out), *map(str, files)])
    try:
        until = time.monotonic() + 60
        while not parts.exists(1) and run.poll() is None and time.monotonic() < until:
            time.sleep(0.01)
    finally:
        run.send_signal(signal.SIGKILL)
        run.wait()
    there = {p: p.stat().st_mtime_ns for p in parts.folder.glob("part-*.parquet")}
    plan = bulk_folder.load(out)
    assert plan is not None
    planned = len(plan.shards)
    assert 0 < len(there) < planned
    assert records.read(out).missing > 0
    done = score_into(files, out, workers=1, rows=12)
    # a worker that outlived the kill may have finished its shard in between
    assert done.made <= planned - len(there)
    assert records.read(out).frame.equals(alone(files)[0])
    kept = {p: p.stat().st_mtime_ns for p in there}
    assert kept == there


def workers_of(parent):
    """The worker processes of a process; others come and go while /proc is read."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            above = (process / "stat").read_text().rpartition(")")[2].split()[1]
            if above == str(parent) and b"bulk.worker" in (process / "cmdline").read_bytes():
                found.append(process.name)
    return found


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="no /proc to find the worker in")
def test_a_worker_that_dies_is_replaced(files, tmp_path):
    killed = []

    def kill_one(doing, *_):
        if not killed and doing == "scoring":
            mine = workers_of(os.getpid())
            killed.append(mine[0])
            os.kill(int(mine[0]), signal.SIGKILL)

    score_into(files, tmp_path / "out", workers=2, rows=16, watch=kill_one)
    assert killed
    assert records.read(tmp_path / "out").frame.equals(alone(files)[0])


def test_a_worker_that_always_dies_is_told_of(files, tmp_path):
    (tmp_path / "die.py").write_text("import os\nos._exit(9)\n")
    with pytest.raises(BridleError, match=r"rows 1 to \d+: the worker process died 3 times"):
        score_into(files[:1], tmp_path / "out", workers=1, plugins=[str(tmp_path / "die.py")])


@pytest.fixture(scope="module")
def begun(files, tmp_path_factory):
    out = tmp_path_factory.mktemp("begun") / "out"
    score_into(files, out, workers=1, rows=1000)
    return out


def refused(folder, files, match, **options):
    before = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file() and p.suffix != ".lock"}
    with pytest.raises(BridleError, match=match):
        score_into(files, folder, workers=1, **options)
    after = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file() and p.suffix != ".lock"}
    assert before == after


def test_what_does_not_fit_the_folder_is_refused(files, begun, tmp_path, monkeypatch):
    refused(begun, files[:1], "files was")
    refused(begun, files, "model was None, is 'm'", model="m")
    refused(begun, files, "rules was 'ours'", rules="upstream")
    moved = tmp_path / "moved"
    shutil.copytree(begun, moved)
    plan = json.loads((moved / records.SCORE).read_text())
    plan["stamps"][str(files[0])][0] += 1
    (moved / records.SCORE).write_text(json.dumps(plan))
    refused(moved, files, "has changed since")
    (moved / records.SCORE).write_text(json.dumps(plan | {"bridle_version": "9.9"}))
    refused(moved, files, "was begun by bridle 9.9")
    (moved / records.SCORE).write_text("{")
    refused(moved, files, "cannot be read")
    study = tmp_path / "study"
    study.mkdir()
    (study / "study.json").write_text("{}")
    refused(study, files, "a study of bridle run")
    with bulk_folder.locked(begun):
        refused(begun, files, "Another bridle score is writing")


def test_a_lost_part_is_missing_and_made_again(files, begun, tmp_path):
    out = tmp_path / "out"
    shutil.copytree(begun, out)
    whole = records.read(out).frame
    Path(Parts(out).place(1)).unlink()
    table = records.read(out)
    assert table.frame.height < whole.height and "are missing" in (table.gate() or "")
    assert records.read(out, texts=False).frame["answer"].unique().to_list() == [""]


def test_the_command(files, tmp_path):
    from click.testing import CliRunner

    out = tmp_path / "out"
    told = CliRunner().invoke(cli, ["score", *map(str, files), "--workers", "1", "--out", str(out)])
    assert told.exit_code == 1, told.output  # bad rows
    assert f"next: bridle report {out}" in told.output.replace("\n", "")
    again = CliRunner().invoke(cli, ["score", str(files[0]), "--out", str(out)])
    assert isinstance(again.exception, DataError) and "in parts" in str(again.exception)
    both = CliRunner().invoke(cli, ["score", str(files[0]), "--workers", "1", "--json"])
    assert "one of both" in str(both.exception)
    report = CliRunner().invoke(cli, ["report", str(out), "--no-page", "--json"])
    assert json.loads(report.output)["records"] > 100
