"""bridle explain: the verdicts on a text, with the places that made them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bridle.cli import bridle, main
from bridle.cli.explain import constraint_of
from bridle.constraints import get
from bridle.errors import ConstraintError

TEXT = "First, we add $1,2$. So the sum is 3."


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "answer.txt"
    path.write_text(TEXT, encoding="utf-8")
    return str(path)


def run(*args: str, stdin: bytes | None = None, color: bool = False) -> Result:
    env = {"FORCE_COLOR": "1", "TERM": "xterm-256color"} if color else {"NO_COLOR": "1"}
    return CliRunner().invoke(bridle, ["explain", *args], input=stdin, env=env)


def test_marks_what_breaks_and_exits_with_1(file: str) -> None:
    shown = run(file, "-c", "no_comma", "-c", "words:at_most=300")
    assert shown.exit_code == 1
    assert "First⟦,⟧ we add $1,2$." in shown.output
    assert "1 comma." in shown.output
    assert "obeyed       words (at_most=300)" in shown.output


def test_all_obeyed_exits_with_0(file: str) -> None:
    shown = run(file, "--constraint", "words:at_least=3,at_most=300", "--json")
    assert shown.exit_code == 0
    verdict = json.loads(shown.output)
    assert verdict["obeyed"] is True
    assert verdict["observed"] == 9
    assert verdict["spec"] == {"type": "words", "at_least": 3, "at_most": 300}


def test_colour_on_a_terminal(file: str) -> None:
    shown = run(file, "-c", "no_comma", color=True)
    assert "\x1b[" in shown.output


def test_reads_standard_input_and_survives_any_bytes() -> None:
    shown = run("-", "-c", "no_comma", "--json", stdin=b"\xff\x00, \x1b[31m")
    assert shown.exit_code == 1
    assert json.loads(shown.output)["observed"] == 1


def test_text_cannot_act_on_the_terminal() -> None:
    assert "\x1b]" not in run("-", "-c", "no_comma", stdin=b"a, \x1b]0;title\x07").output


def test_thinking_is_not_the_answer() -> None:
    raw = b"<think>First, a thought.</think>No pause here."
    assert run("-", "-c", "no_comma", stdin=raw).exit_code == 0
    assert run("-", "-c", "no_comma:scope=thinking", stdin=raw).exit_code == 1


@pytest.mark.parametrize(
    ("spec", "rule"),
    [
        ("no_comma", get("no_comma")),
        ("words:at_most=0", get("words", at_most=0)),
        ("keywords:keywords=sum|total", get("keywords", keywords=["sum", "total"])),
        ("keyword_count:keyword=42,at_least=2", get("keyword_count", keyword="42", at_least=2)),
        ("end_phrase:phrase=Done: 1=1.", get("end_phrase", phrase="Done: 1=1.")),
        ('{"type": "end_phrase", "phrase": "Yes, so."}', get("end_phrase", phrase="Yes, so.")),
        ("language:language=es,share=0.5", get("language", language="es", share=0.5)),
        ("heading_levels:levels=1|2", get("heading_levels", levels=[1, 2])),
        (" words : at_most = 3", get("words", at_most=3)),
    ],
)
def test_specs(spec: str, rule: object) -> None:
    assert constraint_of(spec) == rule


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        ("wordz:at_most=3", "did you mean 'words'?"),
        ("words", "words needs a number."),
        ("words:at_mots=3", "did you mean 'at_most'?"),
        ("words:at_most=three", "at_most='three' is not possible"),
        ("words:3", "'3' in 'words:3' is not PARAMETER=VALUE"),
        ("words:at_most=3,at_most=4", "'at_most' stands twice"),
        ("end_phrase:phrase=Yes, done.", '{"type": "end_phrase", "phrase": …}'),
        ("punctuation:no_comma", "its type here: no_comma"),
        ("{broken", "is not JSON"),
        ('{"kind": "words"}', "is not a constraint"),
    ],
)
def test_bad_specs(spec: str, said: str) -> None:
    with pytest.raises(ConstraintError) as error:
        constraint_of(spec)
    assert said in str(error.value)


def test_a_missing_file_is_the_users_to_mend(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["bridle", "explain", "nowhere.txt", "-c", "no_comma"])
    with pytest.raises(SystemExit) as stop:
        main()
    assert stop.value.code == 2
    assert "nowhere.txt cannot be read" in capsys.readouterr().err
