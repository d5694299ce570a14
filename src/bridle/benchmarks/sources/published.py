"""Published sets of problems: the table of them, and their problems from home or from a folder.

load("math500", None)  -> (Problem(id="1", question=…, answer=…, difficulty=2.0), …), provenance
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from bridle.benchmarks.files.hub import Pinned, fetch, git_id, sha256
from bridle.benchmarks.sources import rows
from bridle.errors import DataError
from bridle.problems.base import Problem


@dataclass(frozen=True, slots=True)
class Known:
    """One set of the table: where it is and what its fields are called."""

    about: str
    home: Pinned
    rows: int
    fields: rows.Fields


@functools.cache
def known() -> Mapping[str, Known]:
    """The sets by name, in the order of the table."""
    table = tomllib.loads(
        files("bridle.benchmarks.sources").joinpath("published.toml").read_text(encoding="utf-8")
    )
    return {
        name: Known(
            about=row["about"],
            home=Pinned(row["repo"], row["revision"], row["files"], home=row["home"]),
            rows=row["rows"],
            fields=rows.Fields(
                question=row["question"],
                answer=row["answer"],
                answer_form=row.get("answer_form", "plain"),
                difficulty=row.get("difficulty", "difficulty"),
            ),
        )
        for name, row in table.items()
    }


def load(name: str, data: Path | str | None) -> tuple[tuple[Problem, ...], dict[str, Any]]:
    """The problems of a set and their provenance; `data` is a file, or a folder that holds it.

    Raises:
        DataError: the file cannot be had or read.
    """
    one = known()[name]
    path = _downloaded(one.home) if data is None else _given(name, Path(data), one.home.files)
    problems, provenance = rows.load(path, one.fields, source=name)
    pinned = list(one.home.files.values())
    same = sha256(path) in pinned or f"git:{git_id(path)}" in pinned or (data is None)
    if not same and len(problems) != one.rows:
        provenance["note"] = (
            f"{path.name} is not the published {name}: {len(problems)} problems instead of {one.rows}"
        )
    if data is None:
        provenance["revision"] = one.home.revision
    return problems, provenance


def _downloaded(home: Pinned) -> Path:
    (name,) = home.files
    return fetch(home, name)


def _given(name: str, path: Path, names: Sequence[str] | Mapping[str, str]) -> Path:
    """The file that is meant: the one named, or in the folder one called as at home, or by the set's name."""
    if path.is_file():
        return path
    if not path.is_dir():
        raise DataError(f"There is no file or folder {path}.", expected=f"the problems of {name}")
    wanted = [f"{name}{ending}" for ending in rows.ENDINGS]
    wanted += [Path(known_as).name for known_as in names]
    found = next((path / file for file in wanted if (path / file).is_file()), None)
    if found is None:
        raise DataError(
            f"{path} does not hold the problems of {name}.",
            expected=f"one of the files {', '.join(wanted)}",
            hint="--data FILE names the file itself; without --data it is downloaded",
        )
    return found
