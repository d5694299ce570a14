"""The page of constraint types, as the command prints it and the site shows it, is sound Markdown."""

from __future__ import annotations

import re

from click.testing import CliRunner

from bridle.benchmarks.published.faults import faults
from bridle.cli.list import command
from bridle.constraints import REGISTRY


def printed() -> str:
    return CliRunner().invoke(command, ["constraints", "--markdown"]).output


def test_every_type_has_an_entry_with_examples_that_obey_and_break() -> None:
    entries = re.split(r"^### ", printed(), flags=re.MULTILINE)[1:]
    assert {entry.split("\n")[0] for entry in entries} == set(REGISTRY)
    for entry in entries:
        rows = [row for row in entry.splitlines() if row.startswith("| ")][2:]
        assert sum(row.startswith("| obeys |") for row in rows) >= 2
        assert sum(row.startswith("| breaks |") for row in rows) >= 2
        for row in rows:
            assert len(re.findall(r"(?<!\\)\|", row)) == 5, row  # four cells


def test_every_peer_is_told_what_its_check_gets_wrong() -> None:
    entries = {e.split("\n")[0]: e for e in re.split(r"^### ", printed(), flags=re.MULTILINE)[1:]}
    for peer, known in faults().items():
        (entry,) = (e for e in entries.values() if f"`{peer}` (" in e)
        for fault in known:
            (item,) = (line for line in entry.splitlines() if _says(line, peer, fault.says))
            assert item.endswith(".")
            assert "theirs stops" in item or "theirs obeys" in item or "theirs breaks" in item


def _says(line: str, peer: str, says: str) -> bool:
    plain = line.replace("\\\\", "\\").replace("&lt;", "<")
    return line.startswith(f"- `{peer}`") and f": {says} " in plain


def test_only_constraints_have_a_page() -> None:
    found = CliRunner().invoke(command, ["benchmarks", "--markdown"])
    assert found.exit_code != 0
