"""bridle report as it is typed: what it prints, where it writes, how it ends."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bridle.cli import main
from bridle.records import Record, outcome_rows, write

Run = Callable[..., tuple[int, str, str]]


def record(number: int, condition: str = "with", **given: Any) -> Record:
    obeyed = number % 3 > 0 and condition == "with"
    verdict = {
        "constraint": "words",
        "obeyed": obeyed,
        "observed": 312,
        "wanted": "at most 300 words",
        "evidence": [[0, 2]],
        "reason": "312 words, 12 too many",
        "version": 1,
        "scope": "answer",
        "family": "length",
        "params": {"at_most": 300},
    }
    made = Record(
        benchmark="mathif",
        item=f"gsm8k_single:{number}",
        problem=f"gsm8k_single:{number}",
        source="gsm8k",
        group="single",
        difficulty=None,
        condition=condition,
        arm="plain",
        n_constraints=1,
        prompt="What is 3 times 4?",
        reference="12",
        model="organism",
        sample=0,
        status="complete",
        finish_reason="stop",
        dialect="think",
        thinking="3 and 3 and 3 and 3",
        answer="It is \\boxed{12}.",
        error=None,
        tokens_in=10,
        tokens_out=20,
        tokens_thinking=12,
        tokens_answer=8,
        latency_s=0.5,
        verdicts=[verdict],
        found="12",
        equality="exact",
        outcomes=outcome_rows(
            hard=obeyed,
            soft=float(obeyed),
            undetermined=0,
            correct=True,
            joint=obeyed,
            upstream_hard=True,
            upstream_soft=1.0,
        ),
        upstream_verdicts=[True],
        bridle_version="0.1.0",
    )
    return replace(made, **given)


def study(folder: Path, *, missing: int = 0, **given: Any) -> Path:
    rows = [record(i, condition, **given) for i in range(30) for condition in ("with", "without")]
    write(rows, folder / "records.parquet", planned=60 + missing, about={"benchmark": "mathif"})
    return folder


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.setenv("COLUMNS", "80")

    def typed(*words: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["bridle", "report", *map(str, words)])
        code: Any = 0
        try:
            main()
        except SystemExit as end:
            code = end.code or 0
        out, err = capsys.readouterr()
        return code, out, err

    return typed


def test_the_summary_fits_eighty_columns(run: Run, tmp_path: Path) -> None:
    code, out, err = run(study(tmp_path / "demo"), "--no-page")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert max(map(len, lines)) <= 80
    assert "\nAll 60 planned records are there: " in out
    hacc = next(x for x in lines if x.startswith("HAcc "))
    # 20 of 30: Wilson's interval, computed apart
    assert hacc.split() == [
        "HAcc",
        "66.7",
        "[48.8,",
        "80.8]",
        "30",
        "66.7",
        "[48.8,",
        "80.8]",
        "30",
    ]
    assert "The rules part on 10 of 30 responses (10 verdicts)." in out
    assert "\x1b" not in out  # plain in a pipe
    assert not (tmp_path / "demo" / "page.html").exists()


def test_the_page_is_written_beside_the_table(run: Run, tmp_path: Path) -> None:
    code, out, _ = run(study(tmp_path / "demo"))
    page = tmp_path / "demo" / "page.html"
    assert code == 0
    assert out.replace("\n", "").endswith(f"Page: {page}")
    assert "66.7 [48.8, 80.8]" in page.read_text("utf-8")


def test_missing_records_are_said_first_and_decide_the_exit_code(run: Run, tmp_path: Path) -> None:
    folder = study(tmp_path / "demo", missing=3)
    (folder / "study.json").write_text('{"planned": 63}')
    code, out, err = run(folder, "--no-page")
    assert code == 1
    assert out.startswith("3 of 63 planned records are missing.\n")
    assert f"bridle run --out {folder}" in err


def test_json_is_one_object_and_nothing_else(run: Run, tmp_path: Path) -> None:
    code, out, err = run(
        study(tmp_path / "demo", missing=1), "--json", "--out", tmp_path / "p.html"
    )
    found = json.loads(out)
    assert code == 1
    assert found["missing"] == 1
    assert found["overall"][0]["hacc"]["run"]["n"] == 30
    assert found["overall"][0]["hacc"]["run"]["value"] == pytest.approx(2 / 3)
    assert err.startswith("Page: ")


def test_the_rows_where_rules_part(run: Run, tmp_path: Path) -> None:
    code, out, _ = run(study(tmp_path / "demo"), "--rules", "upstream", "--no-page")
    assert code == 0
    assert "gsm8k_single:0  words: ours broken, upstream obeyed.\n    312 words, 12 too many" in out
    hacc = next(x for x in out.splitlines() if x.startswith("HAcc "))
    assert hacc.split()[1] == "100.0"


def test_several_studies_stand_side_by_side(run: Run, tmp_path: Path) -> None:
    first = study(tmp_path / "a")
    second = study(tmp_path / "b", model="Qwen3-14B")
    code, out, err = run(first, second)
    assert code == 2
    assert "--out page.html, or --no-page" in err
    code, out, _ = run(first, second, "--out", tmp_path / "both.html")
    assert code == 0
    assert "all 2" not in out
    assert "Qwen3-14B" in (tmp_path / "both.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nowhere"], "no file or folder"),
        (["empty"], "holds no records.parquet"),
        (["demo", "--rules", "mine"], "There are no rules 'mine'"),
        (["demo", "--no-page", "--out", "x.html"], "--out names a page"),
        (["demo", "demo", "--no-page"], "is named twice"),
        (["demo", "--out", "demo/records.parquet"], "nothing was overwritten"),
        ([], "Missing argument"),
    ],
)
def test_bad_input_ends_with_two_and_a_hint(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    study(Path("demo"))
    Path("empty").mkdir()
    before = Path("demo/records.parquet").read_bytes()
    code, _, err = run(*words)
    assert code == 2
    assert said in " ".join(err.split())
    assert Path("demo/records.parquet").read_bytes() == before


def test_hostile_names_cannot_steer_the_terminal(run: Run, tmp_path: Path) -> None:
    name = "evil\x1b]0;title\x07\x1b[2J[bold red]x[/]\u202e"
    _, out, _ = run(study(tmp_path / "demo", model=name, source=name), "--no-page")
    assert "\x1b" not in out
    assert "\x07" not in out
    assert "\u202e" not in out
    assert "evil␛]0;title␇␛[2J[bold red]x[/]⟦U+202E⟧" in out.replace("\n", "")


def test_in_a_real_pipe(tmp_path: Path) -> None:
    """The command as installed, its reader gone after the first line: no traceback."""
    study(tmp_path / "demo")
    command = f"'{sys.executable}' -c 'from bridle.cli import main; main()' report '{tmp_path}/demo' --no-page | head -n 1"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, timeout=60)
    assert done.stdout.startswith("organism obeys all instructions in ")
    assert "Traceback" not in done.stderr
