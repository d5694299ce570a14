"""Every command that a message, a hint or a help text names exists, with the options that stand beside it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from bridle.cli import COMMANDS, bridle

SOURCE = Path(__file__).parents[2] / "src" / "bridle"
# A word after "bridle" that is no command is a part of a sentence, unless arguments follow it.
ARGUMENTS = re.compile(r" (?:--[a-z]|[A-Z]{2,}\b|X\b)")
NAMED = re.compile(
    r"(?<![\w/.-])bridle ((?!import\b)[a-z]+)((?:[ ](?:\[?--?[A-Za-z][\w-]*\]?|[^\s,;:()]+))*)"
)


def texts(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every string of a module with its line; what is filled in stands as X."""
    inner: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            inner |= {id(value) for value in node.values}
            parts = [str(v.value) if isinstance(v, ast.Constant) else "X" for v in node.values]
            yield node.lineno, "".join(parts)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inner:
            yield node.lineno, node.value


def options(command: click.Command) -> set[str]:
    return {o for p in command.params for o in (*p.opts, *p.secondary_opts)} | {"--help", "-h"}


MODULES = sorted(SOURCE.rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_every_command_named_here_exists(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    if "bridle " not in source:
        return
    wrong: list[str] = []
    for line, text in texts(ast.parse(source)):
        for match in NAMED.finditer(text):
            name, rest = match.groups()
            if name not in COMMANDS:
                if ARGUMENTS.match(rest):
                    wrong.append(f"{line}: bridle {name}")
                continue
            command = bridle.get_command(click.Context(bridle), name)
            assert command is not None
            rest = re.split(r" (?:&&|\||;) ", rest)[0].replace("--X", "")
            for option in re.findall(r"(?<=[ \[])--?[A-Za-z][\w-]*", rest):
                if option not in options(command):
                    wrong.append(f"{line}: bridle {name} {option}")
    assert not wrong
