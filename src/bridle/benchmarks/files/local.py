"""Benchmarks in one file, from their public home or the user's folder, and whether its rows are known.

A file is known by the content of its rows, not by its bytes: the same rows stand in the authors'
repository, on the Hugging Face hub and in other tools under several names and spellings (escapes,
null arguments, numbers as decimals). Other rows are loaded all the same, and `note` says so.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from bridle.benchmarks.files.hub import Pinned, fetch, sha256
from bridle.benchmarks.item import Item
from bridle.errors import DataError


@dataclass(frozen=True, slots=True)
class Published:
    """A benchmark's file as its authors published it."""

    name: str  # as `benchmarks.load` knows it
    title: str
    files: tuple[str, ...]  # the names it has been seen under, the authors' own first
    home: Pinned  # of its one file
    rows: int
    content: str  # `content_of` those rows

    def find(self, data: Path | str | None) -> Path:
        """The file that the user names, the one in the folder that is named, or the downloaded one.

        Raises:
            DataError: there is no such folder or file, or the download cannot be had.
        """
        (name,) = self.home.files
        if data is None:
            return fetch(self.home, name)
        hint = f"leave --data out, or download {self.home.url(name)}, then: --data FOLDER"
        path = Path(data)
        if path.is_file():
            return path
        if not path.is_dir():
            raise DataError(
                f"There is no folder {path}.", expected=f"a folder with {self.files[0]}", hint=hint
            )
        found = next((path / name for name in self.files if (path / name).is_file()), None)
        if found is not None:
            return found
        inner = next((d for d in (path / self.name, path / "data") if self._within(d)), None)
        raise DataError(
            f"{path} holds none of the files that {self.title} comes in.",
            expected=" or ".join(self.files),
            hint=f"--data {inner}" if inner else hint,
        )

    def _within(self, folder: Path) -> bool:
        return any((folder / name).is_file() for name in self.files)

    def provenance(self, path: Path, items: Sequence[Item]) -> dict[str, Any]:
        """What a study writes down of the file; with a `note` where its rows are not the known ones."""
        content = content_of(items)
        found: dict[str, Any] = {
            "file": path.name,
            "sha256": sha256(path),
            "content_sha256": content,
            "modified": content != self.content,
        }
        if found["modified"]:
            found["note"] = (
                f"these are not the {self.rows} published rows of {self.title}: {len(items)} rows, "
                f"content {content[:12]}… instead of {self.content[:12]}…"
            )
        return found


def content_of(items: Sequence[Item]) -> str:
    """A sha256 over what the items ask, in hexadecimal digits: the same for every spelling of a file."""
    digest = hashlib.sha256()
    for item in items:
        asked = [item.id, item.prompt, item.problem.answer]
        named = [[peer.id, peer.kwargs] for peer in item.peer]
        digest.update(json.dumps(_plain([asked, named]), sort_keys=True).encode() + b"\n")
    return digest.hexdigest()


def _plain(value: Any) -> Any:
    """The value without absent arguments, whole numbers as such."""
    if isinstance(value, Mapping):
        given = cast("Mapping[str, Any]", value)
        return {name: _plain(v) for name, v in given.items() if v is not None}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in cast("Sequence[Any]", value)]
    return int(value) if isinstance(value, float) and value.is_integer() else value
