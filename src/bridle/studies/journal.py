"""The journal of a study: one line a call, written as its reply comes back.

    {"schema": 2, "model": "organism", "item": "crossed-0-0-1", "condition": "with", "arm": "plain",
     "sample": 0, "factors": {}, "turn": 0, "step": 0, "fork": "", "status": "ok",
     "raw": "<think>...", "finish_reason": "stop", "tokens_out": 214, "sent": {...}, ...}

A line is whole or it is the last one: after a kill the torn end is cut off and its call is missing
again. An error is a line too; the latest line of a call wins.
"""

from __future__ import annotations

import contextlib
import dataclasses
import gc
import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from bridle.calls import Reply
from bridle.errors import BridleError, DataError
from bridle.records import migrate
from bridle.studies.plan import Call

WRITTEN = tuple(f.name for f in dataclasses.fields(Reply) if f.name != "request")
ALWAYS = (
    "raw",
    "reasoning",
    "finish_reason",
    "tokens_in",
    "tokens_out",
    "error",
)  # written even where null


class Journal:
    """The open journal of a folder; a second process that opens it is refused.

    Use it as a context manager. `replies` holds the latest reply of every call so far.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.replies: dict[Call, Reply] = {}
        self._file = -1

    def __enter__(self) -> Journal:
        self._file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
        try:
            self._lock()
            self.replies, end = _read(self.path)
            if end < os.fstat(self._file).st_size:
                os.ftruncate(self._file, end)
        except BaseException:
            os.close(self._file)
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with contextlib.suppress(
            OSError
        ):  # a disk that is gone was told of when a line was written
            os.fsync(self._file)
        os.close(self._file)

    def append(self, call: Call, reply: Reply) -> None:
        """Write the line through to the operating system, so that it outlives this process.

        Raises:
            OSError: the disk is full or gone; the journal stays readable.
        """
        line = _line(call, reply)
        whole = os.fstat(self._file).st_size
        try:
            while line:  # a nearly full disk takes a part of a line
                line = line[os.write(self._file, line) :]
        except OSError:
            os.ftruncate(self._file, whole)
            raise
        self.replies[call] = reply

    def _lock(self) -> None:
        with contextlib.suppress(ImportError):  # no fcntl on Windows: one run at a time is on trust
            import fcntl

            try:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise BridleError(
                    f"Another run is writing to {self.path.parent}.",
                    hint="wait until it has ended, or use another --out",
                ) from error


def read_journal(path: Path) -> dict[Call, Reply]:
    """The latest reply of every call; a torn last line is left out.

    Raises:
        DataError: a line that is not the last is not a journal's; the text names it.
    """
    return _read(path)[0]


def _line(call: Call, reply: Reply) -> bytes:
    row: dict[str, Any] = {
        "schema": migrate.SCHEMA,
        **call._asdict(),
        "factors": dict(call.factors),
        "status": "ok" if reply.error is None else "error",
        **{k: v for k in WRITTEN if (v := getattr(reply, k)) is not None or k in ALWAYS},
        "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
    }
    try:
        return (json.dumps(row, ensure_ascii=False) + "\n").encode()
    except UnicodeEncodeError:  # a lone surrogate in a model's text has no UTF-8
        return (json.dumps(row) + "\n").encode()


@contextlib.contextmanager
def not_collecting() -> Iterator[None]:
    """No search for garbage while millions of objects are made that all stay: it would take half the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _read(path: Path) -> tuple[dict[Call, Reply], int]:
    """The replies, and the offset at which the last whole line ends."""
    with not_collecting():
        return _read_lines(path)


def _read_lines(path: Path) -> tuple[dict[Call, Reply], int]:
    replies: dict[Call, Reply] = {}
    end = 0
    for number, line in enumerate(_lines(path), start=1):
        if not line.endswith(b"\n"):
            break
        end += len(line)
        if not line.strip():
            continue
        try:
            row = migrate.journal_row(json.loads(line))
            call = Call(**{name: row[name] for name in Call._fields})
            replies[call] = _reply(row)
        except (ValueError, TypeError, KeyError) as error:
            raise DataError(
                f"{path}, line {number} cannot be read ({type(error).__name__}: {error}).",
                expected="one JSON object a line, as bridle run writes it",
                hint=f"delete line {number} and run again: its call will be made again",
            ) from error
    return replies, end


def _reply(row: dict[str, Any]) -> Reply:
    found = {name: row[name] for name in WRITTEN if name in row}
    if found.get("ids") is not None:
        found["ids"] = tuple(found["ids"])
    return Reply(**{**found, "raw": found.get("raw") or ""})


def _lines(path: Path) -> Iterator[bytes]:
    if not path.exists():
        return
    with path.open("rb") as file:
        yield from file
