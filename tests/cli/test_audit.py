"""bridle audit: what it finds in MathIF, and in rows of our own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bridle.benchmarks.files.hub import sha256
from bridle.cli import bridle
from bridle.errors import BridleError


def run(*args: str) -> Any:
    return CliRunner().invoke(bridle, ["audit", *args])


@pytest.fixture(scope="module")
def real(shared_data: Path) -> dict[str, Any]:
    done = run("mathif", "--data", str(shared_data / "mathif"), "--json")
    assert done.exit_code == 1, done.output
    return json.loads(done.output)


def widest(output: str) -> int:
    return max(len(line) for line in output.splitlines())


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
    assert widest(done.output) <= 80


def test_the_proofs_by_upstreams_rules(real: dict[str, Any]) -> None:
    assert of_kind(real, "repeated") == REPEATED_WITH_COMMAS
    assert len(real["unsatisfiable"]["upstream"]) == 32
    assert real["open"] == {"ours": [], "upstream": []}
    assert real["note"] is None


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


# -- the benchmarks whose file the user has -----------------------------------------------------------

ASKED = {
    "key": 10,
    "prompt": "Say pi, please.",
    "instruction_id_list": ["combination:repeat_prompt", "punctuation:no_comma"],
    "kwargs": [{"prompt_to_repeat": "Say pi, please."}, {}],
}
FINE = {
    "key": 20,
    "prompt": "Say tau.",
    "instruction_id_list": ["keywords:existence"],
    "kwargs": [{"keywords": ["win"]}],
}


@pytest.fixture
def ifeval(tmp_path: Path) -> Path:
    (tmp_path / "input_data.jsonl").write_text("\n".join(map(json.dumps, [ASKED, FINE])))
    return tmp_path


def test_rows_by_both_rules(ifeval: Path) -> None:
    done = run("ifeval", "--data", str(ifeval))
    assert done.exit_code == 1
    assert "ifeval: 2 rows, 3 constraints" in done.output
    assert "not the 541 published rows" in " ".join(done.output.split())
    lines = done.output.splitlines()
    rows = lines.index(next(line for line in lines if line.startswith("Rows ")))
    assert [line.split()[-2:] for line in lines[rows : rows + 4]] == [
        ["ours", "upstream"],
        ["1", "1"],  # satisfied
        ["1", "1"],  # proved
        ["0", "0"],  # open
    ]
    assert "10  repeat_prompt + no_comma" in done.output
    assert "10  combination:repeat_prompt + punctuation:no_comma" in done.output


def test_given_responses(ifeval: Path, tmp_path: Path) -> None:
    given = tmp_path / "given.jsonl"
    rows = [
        {"prompt": "Say tau.", "response": "A window."},
        {"prompt": "Say tau.", "response": "To win."},
        {"key": "\x1b[31m", "prompt": "Say e.", "response": "To win."},
    ]
    given.write_text("\n".join(map(json.dumps, rows)))
    args = ("ifeval", "--data", str(ifeval), "--responses", str(given))
    done = run(*args)
    assert done.exit_code == 1
    said = " ".join(done.output.split())
    assert "2 responses of given.jsonl: our rules and upstream's part on 1 of 2 verdicts" in said
    assert "20 ours broken, upstream's obeyed: " in said
    assert "rows that could not be scored: 1" in said
    assert "row 3: no item of ifeval has the key" in said
    assert "\x1b" not in done.output
    assert widest(done.output) <= 80
    out = tmp_path / "all.json"
    again = run(*args, "--json", "--out", str(out))
    shown = json.loads(again.output)
    assert shown == json.loads(out.read_text())
    (parted,) = shown["responses"]["parted"]
    assert (parted["item"], parted["ours"], parted["upstream"]) == ("20", False, True)
    assert shown["responses"]["types"]["keywords:existence"]["verdicts"] == 2
    assert shown["unsatisfiable"] == {"ours": ["10"], "upstream": ["10"]}


def test_a_limit_leaves_the_responses_alone(ifeval: Path, tmp_path: Path) -> None:
    given = tmp_path / "given.jsonl"
    rows = [{"key": key, "response": "A window."} for key in (10, 20)]
    given.write_text("\n".join(map(json.dumps, rows)))
    done = run("ifeval", "--data", str(ifeval), "--limit", "1", "--responses", str(given), "--json")
    found = json.loads(done.output)
    assert found["rows"] == 1
    assert found["responses"]["responses"] == 2


def test_rows_that_cannot_be_read_are_listed(ifeval: Path) -> None:
    file = ifeval / "input_data.jsonl"
    file.write_text(json.dumps(FINE) + "\n{broken\n")
    done = run("ifeval", "--data", str(ifeval))
    assert done.exit_code == 1
    assert "malformed (1)" in done.output
    assert "input_data.jsonl, line 2  not JSON" in done.output
    assert "that cannot be read, beside these" in done.output


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["ifeval"], ["cannot be downloaded", "google/IFEval", "--data DIR"]),
        (["ifeval", "--data", "{}/none"], ["There is no folder", "--data FOLDER"]),
        (["ifevl", "--data", "{}"], ["'ifevl'", "did you mean 'ifeval'"]),
        (["ifbench", "--data", "{}"], ["holds none of the files", "IFBench_test.jsonl"]),
        (
            ["crossed", "--limit", "1", "--responses", "{}/x"],
            ["no published rules", "bridle score"],
        ),
        (["ifeval", "--data", "{}", "--responses", "{}/none"], ["none cannot be read"]),
        (["ifeval", "--data", "{}", "--out", "{}"], ["is a folder", "--out FILE"]),
        (["ifeval", "--data", "{}", "--out", "{}/no/x"], ["There is no folder", "--out FILE"]),
    ],
)
def test_wrong_arguments_say_what_to_type(
    ifeval: Path, args: list[str], said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIDLE_CACHE", str(ifeval / "cache"))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    typed = [arg.format(ifeval) for arg in args]
    with pytest.raises(BridleError) as caught:  # printed, with exit code 2, by bridle itself
        CliRunner().invoke(bridle, ["audit", *typed], catch_exceptions=False)
    assert all(words in str(caught.value) for words in said)


def test_the_published_rows_and_responses_at_80_columns(shared_data: Path) -> None:
    for name, file in (
        ("ifeval", "gpt4_responses_with_verdicts.jsonl"),
        ("ifbench", "responses_with_verdicts.jsonl"),
    ):
        folder = shared_data / name
        done = run(
            name, "--data", str(folder), "--limit", "20", "--responses", str(folder / file), "--all"
        )
        assert f"{name}: 20 rows" in done.output
        assert "obeyed by one rule alone" in done.output
        assert "Note:" not in done.output
        assert widest(done.output) <= 80
