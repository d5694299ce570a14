"""bridle run as typed: the plan, the folder, the completeness line, the exit code."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from bridle import records
from bridle.cli import main

ME = "scripted/say:The answer is \\boxed{7}."


class Done(NamedTuple):
    code: int
    out: str
    err: str


Bridle = Callable[..., Done]


@pytest.fixture
def bridle(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Bridle:
    """`bridle ...` in this process: what it prints and how it exits."""

    def type_(*words: str | Path) -> Done:
        monkeypatch.setattr(sys, "argv", ["bridle", *map(str, words)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        return Done(int(ended.value.code or 0), str(out), str(err))

    return type_


def held(folder: Path) -> dict[str, bytes]:
    return {str(p): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_a_dry_run_says_what_would_be_done_and_does_nothing(bridle: Bridle, tmp_path: Path) -> None:
    done = bridle("run", "--out", tmp_path / "s", "--limit", 5, "--samples", 2, "--dry-run")
    assert done.code == 0 and not list(tmp_path.iterdir())
    assert "1 model × 5 items × 2 conditions × 2 samples = 20 calls" in done.out
    assert "tokens    about" in done.out and "price     none" in done.out
    remote = ("run", "--out", tmp_path / "s", "--limit", 5, "--model", "openai/gpt-x", "--dry-run")
    assert "not known for openai/gpt-x" in bridle(*remote).out
    plan = json.loads(bridle(*remote, "--json").out)
    assert (plan["planned"], plan["to_do"], plan["models"]) == (10, 10, ["openai/gpt-x"])


def test_a_study_from_the_first_run_to_the_last(bridle: Bridle, tmp_path: Path) -> None:
    out = tmp_path / "s"
    options = ("--limit", 3, "--seed", 4, "--temperature", 0)
    done = bridle("run", "--out", out, "--model", ME, *options)
    assert done.code == 0, done.err
    assert done.out.splitlines()[-2:] == ["6 of 6 records.", f"See it: bridle report {out}"]
    table = records.read(out)
    assert table.frame.height == table.planned == 6
    assert set(table.frame["condition"]) == {"with", "without"}

    # the folder alone is enough to go on; what a run made is not made again
    journal = (out / "responses.jsonl").read_bytes()
    done = bridle("run", "--out", out, "--json")
    assert done.code == 0 and json.loads(done.out)["made"] == 0
    assert (out / "responses.jsonl").read_bytes() == journal

    # a part of the journal lost: that part is made again
    lines = journal.splitlines(keepends=True)
    (out / "responses.jsonl").write_bytes(b"".join(lines[:4]))
    done = bridle("run", "--out", out)
    assert done.code == 0 and "4 made before, 2 to make" in done.out
    assert records.read(out).frame.height == 6


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        (["--without-constraints"], {"without"}),
        (["--conditions", "with"], {"with"}),
        (["--conditions", "both"], {"with", "without"}),
    ],
)
def test_conditions(bridle: Bridle, tmp_path: Path, words: list[str], asked: set[str]) -> None:
    out = tmp_path / "s"
    done = bridle("run", "--out", out, "--model", ME, "--limit", 1, *words)
    assert done.code == 0 and set(records.read(out).frame["condition"]) == asked


def test_errors_are_records_and_the_exit_code_says_so(bridle: Bridle, tmp_path: Path) -> None:
    script, out = tmp_path / "script.jsonl", tmp_path / "s"
    script.write_text('{"prompt": "nobody asks this", "response": "4"}\n')
    done = bridle("run", "--out", out, "--model", f"scripted/{script}", "--limit", 2)
    assert done.code == 1
    said = done.out.splitlines()
    assert said[-2] == "0 of 4 records; 4 errors: run again to retry"
    assert "the script has no answer to" in said[-1]
    assert records.read(out).frame["status"].to_list() == ["error"] * 4

    script.write_text('{"response": "\\\\boxed{1}"}\n')
    done = bridle("run", "--out", out)
    assert done.code == 0 and "4 of 4 records." in done.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--model", "organsim"], "Did you mean 'organism'?"),
        (["--model", "opnai/gpt-5"], "Did you mean 'openai'?"),
        (["--model", "organism/other"], "organism/default"),
        (["--model", "openai-api/qwen"], "openai-api/local/qwen"),
        (["--model", "openai-api/nowhere/qwen"], "--base-url"),
        (["--model", "scripted/no-such-file"], "no-such-file"),
        (["--model", ME, "--model", ME], "given twice"),
        (["--model", ME, "--benchmark", "mathfi"], "did you mean 'mathif'?"),
        (["--model", ME, "--benchmark", "mathif", "--data", "no-such-folder"], "no-such-folder"),
        (["--model", ME, "--without-constraints", "--conditions", "both"], "exclude each other"),
        (["--model", ME, "--samples", "0"], "--samples"),
        (["--model", ME, "--temperature", "-1"], "--temperature"),
        (["--model", ME, "--limit", "many"], "--limit"),
    ],
)
def test_bad_input_is_said_and_nothing_is_written(
    bridle: Bridle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], said: str
) -> None:
    monkeypatch.delenv("NOWHERE_API_KEY", raising=False)
    done = bridle("run", "--out", tmp_path / "s", "--limit", 1, *words)
    assert done.code == 2
    assert said in done.err and "Traceback" not in done.err
    assert not (tmp_path / "s").exists()


@pytest.mark.parametrize(
    "words",
    [
        ["--benchmark", "mathif"],
        ["--limit", "1"],
        ["--seed", "1"],
        ["--conditions", "with"],
        ["--temperature", "0.5"],
    ],
)
def test_another_study_in_the_folder_is_refused(
    bridle: Bridle, tmp_path: Path, words: list[str]
) -> None:
    out = tmp_path / "s"
    assert bridle("run", "--out", out, "--model", ME, "--limit", 2).code == 0
    before = held(out)
    done = bridle("run", "--out", out, *words)
    assert done.code == 2 and "holds another study" in done.err and "another --out" in done.err
    assert held(out) == before


def test_ctrl_c_at_the_command_line_leaves_a_study_that_goes_on(tmp_path: Path) -> None:
    """The real program in a real process, stopped as soon as the first response is there."""
    out = tmp_path / "s"
    words = ["run", "--out", str(out), "--model", ME, "--limit", "150"]
    process = subprocess.Popen(
        [sys.executable, "-c", "from bridle.cli import main; main()", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    journal = out / "responses.jsonl"
    while process.poll() is None:
        if journal.exists() and journal.stat().st_size:
            break
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    said, err = process.communicate(timeout=120)
    assert process.returncode == 1, (said, err)
    assert "not asked yet: run again to go on" in said
    assert f"Broken off. Go on with: bridle run --out {out}" in said
    assert "Traceback" not in err
    assert records.read(out).missing > 0


def test_a_line_a_minute_where_stderr_is_piped(
    bridle: Bridle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:

    from bridle.cli import progress

    monkeypatch.setattr(progress.Progress, "MINUTE", 0.0)
    code, _, err = bridle("run", "--model", "scripted/say:4", "--limit", 2, "--out", tmp_path / "s")
    assert code == 0
    (*_, last) = [line for line in err.splitlines() if " of 4" in line]
    assert re.fullmatch(r"4 of 4, [\d.,]+ a (second|minute); obeyed: 0 % of 2", last)


def test_arms_and_factors_on_the_command_line(bridle: Bridle, tmp_path: Path) -> None:
    words = ("run", "--model", "scripted/say:4", "--limit", 2, "--conditions", "with")
    factor = ("--factor", "reasoning_effort=low,high")
    code, out, _ = bridle(*words, *factor, "--out", tmp_path / "s")
    assert code == 0 and "2 arms" in out and "plain,reasoning_effort=high" in out
    frame = records.read(tmp_path / "s").frame
    assert sorted(frame["factor.reasoning_effort"].to_list()) == ["high", "high", "low", "low"]
    code, _, err = bridle(*words, "--factor", "reasoning_efort=low", "--out", tmp_path / "t")
    assert code == 2 and "did you mean 'reasoning_effort'" in err
    code, _, err = bridle(*words, "--arm", "plaim", "--out", tmp_path / "t")
    assert code == 2 and "did you mean 'plain'" in err
