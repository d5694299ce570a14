"""The documentation's links lead somewhere and its commands exist. (`make docs` builds the site, strictly.)"""

from __future__ import annotations

import importlib.util
import re
import shlex
import tomllib
from pathlib import Path

import click
import pytest

from bridle.cli import COMMANDS, bridle

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
WRITTEN = sorted(DOCS.rglob("*.md"))
NAMES = [str(p.relative_to(ROOT)) for p in (*WRITTEN, ROOT / "README.md", ROOT / "CONTRIBUTING.md")]


def made_at_build():
    spec = importlib.util.spec_from_file_location("pages", DOCS / "pages.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


PAGES = made_at_build()


def text_of(path: Path) -> str:
    """A page's text, without its code."""
    text = path.read_text(encoding="utf-8")
    return re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.S)


def anchors(path: Path) -> set[str]:
    """A page's headings as the site makes anchors of them."""
    heads = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.M)
    kept = (re.sub(r"[^\w\s-]", "", head.lower()).strip() for head in heads)
    return {re.sub(r"[\s-]+", "-", head) for head in kept}


@pytest.mark.parametrize("name", NAMES)
def test_every_relative_link_leads_somewhere(name: str):
    page = ROOT / name
    for target in re.findall(r"\]\(([^)\s]+)\)", text_of(page)):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        there = (page.parent / file).resolve() if file else page
        if there.is_relative_to(DOCS) and str(there.relative_to(DOCS)) in PAGES.PAGES:
            continue
        assert there.exists(), target
        assert not anchor or anchor in anchors(there), target


@pytest.mark.parametrize("name", NAMES)
def test_every_command_line_can_be_typed(name: str):
    text = (ROOT / name).read_text(encoding="utf-8")
    for line in re.findall(r"^(?:\s*\$ |    )(?:[^\n`]+ \| )?(bridle .+)$", text, re.M):
        words = shlex.split(line, comments=True)[1:]
        words = [w for at, w in enumerate(words) if w != "--plugin" and words[at - 1] != "--plugin"]
        words = words[: words.index("&&")] if "&&" in words else words
        command = bridle.get_command(click.Context(bridle), words[0])
        assert command is not None, line
        try:
            command.make_context(words[0], [w for w in words[1:] if w not in ("…",)])
        except click.ClickException as error:
            pytest.fail(f"{line}\n{error.format_message()}")


def test_every_page_is_in_the_navigation():
    listed = re.findall(r": (\S+\.md)$", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"), re.M)
    there = [str(p.relative_to(DOCS)) for p in WRITTEN]
    assert sorted(listed) == sorted([*there, *PAGES.PAGES]), "name the page under nav in mkdocs.yml"


def test_pages_that_are_made_at_build_are_not_kept():
    assert not [name for name in PAGES.PAGES if (DOCS / name).exists()]


def test_the_reference_names_every_command_and_modules_that_are():
    said = PAGES.commands()
    assert all(
        f"## bridle {name}\n" in said and f"Usage: bridle {name}" in said for name in COMMANDS
    )
    assert all(importlib.util.find_spec(module) for module in PAGES.MODULES)
    assert "](docs/" not in PAGES.front() and "](arms.md)" in PAGES._turned("`docs/arms.md`")


# files of other projects, of the reader, and of a run
ELSEWHERE = {
    "mine.py", "my_rules.yaml", "base_resources_server.py", "code/eval_if.py",
    "code/constraint_checker.py",
}  # fmt: skip
FILE = re.compile(r"`([\w./-]+\.(?:py|md|toml|tsv|txt|yaml))`")
PLACE = re.compile(r"(?<![\w./])((?:src|tests|docs|benchmarks|studies)/[\w./-]*\w)")


@pytest.mark.parametrize("name", NAMES)
def test_every_file_that_is_named_is_there(name: str):
    """By its path from the root, from src/bridle, or from a folder below: `read/parser.py`."""
    ours = [p.relative_to(ROOT).as_posix() for p in ROOT.glob("*.*")]
    for folder in ("src", "tests", "docs", "benchmarks", "studies"):
        ours += [p.relative_to(ROOT).as_posix() for p in (ROOT / folder).rglob("*.*")]
    text = (ROOT / name).read_text(encoding="utf-8")
    for file in FILE.findall(text):
        if not file.startswith("../") and file not in ELSEWHERE:
            assert any(f"/{path}".endswith(f"/{file}") for path in ours), file
    for place in PLACE.findall(text):
        assert (
            (ROOT / place).exists()
            or (ROOT / "src" / "bridle" / place).exists()
            or place.removeprefix("docs/") in PAGES.PAGES
        ), place


def test_the_floors_of_the_page_are_those_that_are_checked():
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (layers,) = [
        contract["layers"]
        for contract in config["tool"]["importlinter"]["contracts"]
        if contract.get("containers") == ["bridle"]
    ]
    said = (DOCS / "architecture.md").read_text(encoding="utf-8")
    table, drawing = said.split("```text")[:2]
    rows = re.findall(r"^\| (\w+) \| `", table, re.M)
    at = iter(rows)
    for layer in reversed(layers):
        names = {name.strip() for name in layer.split(":")}
        assert {next(at) for _ in names} == names, layer
    assert next(at, None) is None
    drawn = [set(re.findall(r"\w+", line)) for line in drawing.split("```")[0].splitlines()]
    assert [names for names in drawn if names] == [
        {name.strip() for name in layer.split(":")} for layer in layers
    ]
