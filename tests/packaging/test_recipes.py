"""CONTRIBUTING's recipes as they are written, with the wheel: as a file, and as an installed package."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from .conftest import ROOT, Run

TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", TEXT, re.M | re.S))
RECIPES = [name for name in SECTIONS if name.startswith("Add ")]


def blocks(section: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", SECTIONS[section], re.M | re.S)


def typed(section: str) -> list[tuple[list[str], str]]:
    """The bridle commands of a section, each with what is piped into it."""
    found: list[tuple[list[str], str]] = []
    for block in blocks(section, "console"):
        for line in block.splitlines():
            piped, _, command = line.removeprefix("$ ").rpartition(" | ")
            said = shlex.split(piped)[1] + "\n" if piped else ""
            found.append((shlex.split(command)[1:], said))
    return found


def test_there_are_four_recipes():
    kinds = {"constraint", "arm", "outcome", "benchmark"}
    assert {kind for kind in kinds for name in RECIPES if kind in name} == kinds
    assert all(blocks(name, "python") for name in RECIPES)


@pytest.mark.parametrize("recipe", RECIPES)
def test_a_recipe_works_as_written(recipe: str, run: Run, tmp_path: Path):
    code, *sessions = blocks(recipe, "python")
    (tmp_path / "mine.py").write_text(code, encoding="utf-8")
    for args, said in typed(recipe):
        done = run("-m", "bridle", *args, stdin=said)
        assert done.returncode == 0, done.stdout + done.stderr
    for session in sessions:
        checked = f"import plugins_first, doctest\nrunner = doctest.DocTestRunner()\nprobe = {session!r}\n"
        checked += "test = doctest.DocTestParser().get_doctest(probe, {}, 'session', None, 0)\n"
        checked += "assert test.examples\nassert runner.run(test).failed == 0"
        (tmp_path / "plugins_first.py").write_text(
            "from bridle import plugins\nplugins.use('./mine.py')"
        )
        done = run("-c", checked, before=tmp_path)
        assert done.returncode == 0, done.stdout + done.stderr


def test_an_arm_is_sent_replies(run: Run, tmp_path: Path):
    code = blocks(next(name for name in RECIPES if "arm" in name), "python")[0]
    (tmp_path / "mine.py").write_text(code, encoding="utf-8")
    probe = """
from bridle import arms, plugins
from bridle.benchmarks import load
from bridle.calls import Reply
plugins.use("./mine.py")
drawing = arms.get("twice:times=2").steps(load("crossed", limit=1).items[0], "with")
request, said = next(drawing), []
try:
    while True:
        said.append(request.messages[-1]["content"])
        request = drawing.send(Reply(raw="It is 4.", finish_reason="stop", request=request))
except StopIteration:
    pass
assert len(said) == 3 and said[1] == said[2] and said[1].startswith("Now rewrite"), said
"""
    done = run("-c", probe)
    assert done.returncode == 0, done.stderr


def test_all_of_them_in_a_package_need_no_option(run: Run, tmp_path: Path):
    """What the entry points of an installed package name is found by every command."""
    package = tmp_path / "site"
    about = package / "mine-1.0.dist-info"
    about.mkdir(parents=True)
    parts = [blocks(name, "python")[0] for name in RECIPES]
    for number, part in enumerate(parts):
        (package / f"mine{number}.py").write_text(part, encoding="utf-8")
    imports = "\n".join(f"import mine{number}" for number in range(len(parts)))
    (package / "mine.py").write_text(imports, encoding="utf-8")
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: mine\nVersion: 1.0\n")
    (toml,) = blocks("Put it into a package of your own", "toml")
    ini = re.sub(r'\[project\.entry-points\."(.+?)"\]', r"[\1]", toml).replace('"', "")
    (about / "entry_points.txt").write_text(ini)
    for kind, name in (
        ("constraints", "no_exclamation"),
        ("arms", "twice"),
        ("benchmarks", "sums"),
    ):
        done = run("-m", "bridle", "list", kind, before=package)
        assert done.returncode == 0 and name in done.stdout, done.stderr
    probe = """
from bridle import constraints, grade, read_response
from bridle.benchmarks import load
constraints.get("no_exclamation")
graded = grade(load("crossed", limit=1).items[0], read_response("It is 4."))
assert "brief" in [outcome.name for outcome in graded.outcomes]
"""
    assert run("-c", probe, before=package).returncode == 0


def test_a_broken_package_is_warned_of_and_left_out(run: Run, tmp_path: Path):
    about = tmp_path / "site/broken-1.0.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: broken\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text("[bridle.arms]\nx = not_there\n")
    done = run("-m", "bridle", "list", "arms", before=tmp_path / "site")
    assert done.returncode == 0 and "plain" in done.stdout
    assert "plug-in not_there of broken was left out" in done.stderr


def test_the_wheel_is_typed_and_holds_what_it_needs(installed: Path):
    package = installed / "bridle"
    assert (package / "py.typed").is_file()
    assert (package / "organism/model/weights/organism.onnx").stat().st_size > 1_000_000
    ours = {p.relative_to(ROOT / "src") for p in (ROOT / "src/bridle").rglob("*") if p.is_file()}
    ours = {p for p in ours if p.suffix not in (".pyc", ".pyo")}
    assert ours == {p.relative_to(installed) for p in package.rglob("*") if p.is_file()}
    (about,) = installed.glob("bridle_eval-*.dist-info")
    assert "bridle = bridle.cli:main" in (about / "entry_points.txt").read_text()
