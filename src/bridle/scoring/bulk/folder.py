"""The folder of a bulk scoring: its plan, the settled names, and one Parquet file a shard.

    DIR/score.json                what is scored, how it is cut, what the first pass has shown
    DIR/records/part-00012.parquet    the records of shard 12, written whole or not at all
    DIR/.names/00012.parquet      the names of its rows, until all shards are there

A folder goes on only with the files that it was begun with, under the same version.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bridle.errors import BridleError, DataError
from bridle.records import FILE_NAME, SCORE, Parts
from bridle.records.stores import Store, size_of, url_of
from bridle.scoring.bulk.shards import Shard
from bridle.version import __version__

NAMES = ".names"
SCHEMA = 1


@dataclass
class ScorePlan:
    """Everything that decides what the parts hold; what the first pass has shown is added to it."""

    about: dict[str, Any]  # what `bridle score` says of a table: files, items, model, rules
    stamps: dict[str, list[int]]  # file -> size, time of its last change in ns
    labels: dict[str, str]
    plugins: list[str]
    shards: list[Shard]
    bridle_version: str = __version__
    schema: int = SCHEMA
    planned: int | None = None  # responses; known after the first pass
    hints: dict[str, dict[str, Any]] = field(default_factory=dict[str, Any])  # file -> model -> …
    by_line: bool = False
    repeated: dict[str, int] = field(default_factory=dict[str, int])
    voted: list[str] = field(default_factory=list[str])

    def save(self, folder: Path) -> None:
        Store(folder).write(SCORE, json.dumps(dataclasses.asdict(self)).encode())


def load(folder: Path) -> ScorePlan | None:
    """The plan that the folder holds, None where there is none.

    Raises:
        DataError: it cannot be read.
    """
    store = Store(folder)
    text = store.read(SCORE)
    if text is None:
        return None
    try:
        row = json.loads(text)
        row["shards"] = [Shard(**shard) for shard in row["shards"]]
        return ScorePlan(**row)
    except (ValueError, TypeError, KeyError) as error:
        raise DataError(
            f"{store.place(SCORE)} cannot be read ({type(error).__name__}: {error}).",
            expected="the plan that bridle score --workers wrote",
            hint="name another folder with --out",
        ) from error


def refuse_another(folder: Path, held: ScorePlan, now: ScorePlan) -> None:
    """
    Raises:
        DataError: the folder was begun with other files or options, with files that have changed
            since, or by another version.
    """
    hint = "name another folder with --out"
    if held.bridle_version != now.bridle_version:
        raise DataError(
            f"{folder} was begun by bridle {held.bridle_version}, this is {now.bridle_version}.",
            expected="one version for all shards of a table: checkers may differ",
            hint=f"pip install bridle-eval=={held.bridle_version}, or {hint}",
        )
    for name in ("files", "items", "model", "rules"):
        if held.about.get(name) != now.about.get(name):
            raise DataError(
                f"{folder} holds the records of other files or options: {name} was "
                f"{_words(held.about.get(name))}, is {_words(now.about.get(name))}.",
                expected="the same files and options, or a new folder",
                hint=hint,
            )
    changed = [name for name, stamp in now.stamps.items() if held.stamps.get(name) != stamp]
    if changed:
        raise DataError(
            f"{changed[0]} has changed since its scoring into {folder} began.",
            expected="the file as it was",
            hint=hint,
        )


def refuse_others(folder: Path) -> None:
    """
    Raises:
        DataError: the folder is a file, or holds a study or a table in one file.
    """
    hint = "name another folder with --out"
    store = Store(folder)
    if store.url is None and folder.exists() and not folder.is_dir():
        raise DataError(f"{folder} is a file.", expected="a folder", hint=hint)
    for name, what in (("study.json", "a study of bridle run"), (FILE_NAME, "scored responses")):
        if store.exists(name):
            raise DataError(f"{folder} holds {what}: {name}.", expected="a new folder", hint=hint)


def stamps(files: Sequence[Path]) -> dict[str, list[int]]:
    """Size and time of the last change of each file.

    Raises:
        DataError: an object is not there, or its store denies.
    """
    found: dict[str, list[int]] = {}
    for path in files:
        url = url_of(path)
        if url is not None:
            size = size_of(url)
            if size is None:
                raise DataError(f"There is nothing at {url}.", expected="a file of responses")
            found[url] = list(size)
        else:
            stat = path.stat()
            found[str(path)] = [stat.st_size, stat.st_mtime_ns]
    return found


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """One scoring a folder.

    Raises:
        BridleError: another one is writing here.
    """
    if url_of(folder) is not None:  # object stores have no locks: one at a time is on trust
        yield
        return
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{SCORE}.lock").open("w") as file:
        with contextlib.suppress(ImportError):  # no fcntl on Windows: on trust
            import fcntl

            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise BridleError(
                    f"Another bridle score is writing to {folder}.",
                    hint="wait until it has ended, or use another --out",
                ) from error
        yield


@contextlib.contextmanager
def names_of(folder: Path) -> Iterator[Path]:
    """Where the settled names lie until all shards are scored: beside the parts, if that is a disk.

    After a kill they are still there; where they are not, the first pass is made again.
    """
    if url_of(folder) is not None:
        with TemporaryDirectory(prefix="bridle-") as home:
            yield Path(home)
        return
    home = folder / NAMES
    home.mkdir(parents=True, exist_ok=True)
    (folder / "records").mkdir(exist_ok=True)
    yield home
    shutil.rmtree(home, ignore_errors=True)  # needed by nobody any more


def names_file(number: int) -> str:
    return f"{number:05d}.parquet"


def has_names(home: Path, shards: Sequence[int]) -> bool:
    return all((home / names_file(number)).exists() for number in shards)


def missing(folder: Path, plan: ScorePlan) -> list[int]:
    """The numbers of the shards without a part."""
    parts = Parts(folder)
    return [n for n in range(len(plan.shards)) if not parts.exists(n)]


def sweep(folder: Path) -> None:
    """Parts that a killed worker left half written."""
    for left in Parts(folder).folder.glob(".records-*"):
        shutil.rmtree(left, ignore_errors=True)


def _words(value: Any) -> str:
    listed = isinstance(value, list) and len(value) > 3
    return f"{value[0]!r} and {len(value) - 1:,} more" if listed else repr(value)


def hints_of(told: Mapping[str, Any]) -> dict[str, Any]:
    return {model: dataclasses.asdict(hints) for model, hints in told.items()}
