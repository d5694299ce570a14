"""bridle view: says where, gives the page, writes nothing into the study, ends on Ctrl-C."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

from click.testing import CliRunner

from bridle.cli import bridle
from bridle.records import write


def test_it_serves_until_it_is_told_to_end(tmp_path: Path) -> None:
    row = '{"question": "2+2?", "answer": "4", "response": "4", "constraints": [{"type": "no_comma"}]}'
    (tmp_path / "rows.jsonl").write_text(row + "\n")
    scored = tmp_path / "scored"
    runner = CliRunner()
    done = runner.invoke(bridle, ["score", str(tmp_path / "rows.jsonl"), "--out", str(scored)])
    assert done.exit_code == 0, done.output
    before = sorted(scored.iterdir())
    process = subprocess.Popen(
        [sys.executable, "-m", "bridle", "view", str(scored), "--no-browser"],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        found = re.match(r"http://127\.0\.0\.1:\d+/", process.stdout.readline())
        assert found is not None
        with urllib.request.urlopen(found[0], timeout=20) as answer:
            assert b"<!-- bridle report -->" in answer.read()
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 0
    finally:
        process.kill()
    assert sorted(scored.iterdir()) == before


def test_what_is_no_study_is_said_in_words(tmp_path: Path) -> None:
    write([], tmp_path / "empty" / "records.parquet", planned=0, about={})
    for folder in (tmp_path, tmp_path / "empty", tmp_path / "none"):
        done = CliRunner().invoke(bridle, ["view", str(folder), "--no-browser"])
        assert done.exit_code != 0
        assert done.exception is not None
        assert "bridle" in str(done.exception)
