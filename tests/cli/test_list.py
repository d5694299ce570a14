"""bridle list: readable at 80 columns, machine-readable with --json; --check judges every example."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from bridle.cli import bridle, main
from bridle.constraints import REGISTRY, Example


def run(*args: str) -> Result:
    return CliRunner().invoke(bridle, ["list", *args])


@pytest.mark.parametrize("kind", ["constraints", "benchmarks", "arms", "models"])
def test_every_list_fits_a_terminal_and_has_its_json(kind: str) -> None:
    shown = run(kind)
    assert shown.exit_code == 0
    assert max(map(len, shown.output.splitlines())) <= 80
    rows = json.loads(run(kind, "--json").output)
    assert rows and all(row["name"] in shown.output and row["about"] for row in rows)


def test_constraints_are_all_listed_by_default() -> None:
    assert {row["name"] for row in json.loads(run("--json").output)} == set(REGISTRY)


@pytest.mark.parametrize("name", sorted(REGISTRY))
def test_a_page_says_all_about_a_type(name: str) -> None:
    shown = run("constraints", name)
    assert shown.exit_code == 0, shown.output
    for word in ("Parameters", "Said to a model", "Examples"):
        assert word in shown.output
    cls = REGISTRY[name]
    assert " ".join(cls.meaning.split()) in " ".join(shown.output.split())
    (entry,) = json.loads(run("constraints", name, "--json").output)
    assert [e["obeyed"] for e in entry["examples"]] == [e.obeyed for e in cls.examples]


def test_check_judges_every_example() -> None:
    shown = run("--check")
    examples = sum(len(cls.examples) for cls in REGISTRY.values())
    assert shown.output == f"{len(REGISTRY)} types, {examples} examples, 0 wrong\n"
    assert shown.exit_code == 0


def test_check_fails_where_an_example_disagrees(monkeypatch: pytest.MonkeyPatch) -> None:
    cls = REGISTRY["words"]
    wrong = Example({"at_most": 1}, "One two.", True)
    monkeypatch.setattr(cls, "examples", (*cls.examples, wrong))
    shown = run("--check")
    assert shown.exit_code == 1
    assert "'One two.' should be obeys, is judged breaks: 2 words, 1 too many." in shown.output
    found = run("constraints", "words", "--check", "--json")
    assert found.exit_code == 1
    (case,) = json.loads(found.output)["wrong"]
    assert case["text"] == "One two." and case["judged"] is False


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["constraint"], "bridle list constraints"),
        (["constraints", "wordz"], "did you mean 'words'?"),
        (["models", "organism"], "Only constraints have a NAME"),
        (["benchmarks", "--check"], "Only constraints have a NAME"),
    ],
)
def test_bad_input_is_told_apart(
    args: list[str], said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["bridle", "list", *args])
    with pytest.raises(SystemExit) as stop:
        main()
    assert stop.value.code == 2
    assert said in capsys.readouterr().err


def test_a_list_fits_a_narrow_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    for kind in ("constraints", "benchmarks", "arms", "probes"):
        out = CliRunner().invoke(bridle, ["list", kind]).output
        long = [text for text in out.splitlines() if len(text) > 60 and len(text.split()) > 2]
        assert not long and len(out.splitlines()) > 10
