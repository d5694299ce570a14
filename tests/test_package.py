"""The package as a whole: light to import, every command helps, nothing heavy before it is needed."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from bridle.cli import COMMANDS

HEAVY = ("inspect_ai", "torch", "polars", "onnxruntime", "transformers", "sympy", "altair", "numpy")


def modules_after(code: str) -> set[str]:
    """The top-level modules a fresh interpreter holds after running `code`."""
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            f"{code}\nimport sys, json; print(json.dumps(sorted({{m.split('.')[0] for m in sys.modules}})))",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize(
    "code",
    [
        "import bridle",
        "import bridle.cli",
        "from bridle import check, witness, read_response, grade",
        "import bridle.constraints, bridle.maths, bridle.responses, bridle.grading, bridle.text",
        "import bridle; bridle.constraints.get('words', at_most=300)",
    ],
)
def test_what_people_import_pulls_in_nothing_heavy(code: str) -> None:
    assert not modules_after(code) & set(HEAVY)


def test_help_answers_without_importing_any_command() -> None:
    loaded = modules_after(
        "from click.testing import CliRunner\nfrom bridle.cli import bridle\n"
        "assert CliRunner().invoke(bridle, ['--help']).exit_code == 0"
    )
    assert not loaded & {*HEAVY, "rich"}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_helps_itself(command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bridle", command, "--help"], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"Usage: bridle {command}")
    assert max(map(len, done.stdout.splitlines())) <= 100


def test_an_unknown_command_names_the_nearest_and_exits_2() -> None:
    done = subprocess.run([sys.executable, "-m", "bridle", "rnu"], capture_output=True, text=True)
    assert done.returncode == 2
    assert "Did you mean 'run'?" in done.stderr
