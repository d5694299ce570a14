"""Files that a command writes: whole or not at all, and never over one that bridle did not write.

ours = Ours(b'{"group": ', "items of bridle manifest")
refuse(path, ours)                -> a DataError before minutes of work
write(path, text, ours)           -> the path
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bridle.errors import DataError


@dataclass(frozen=True, slots=True)
class Ours:
    """How a file of one kind begins when bridle wrote it."""

    start: bytes
    what: str  # "a page of bridle"


def refuse(path: Path, ours: Ours, *, option: str = "--out") -> None:
    """Nothing where a new file can stand, an empty one or an older one of the same kind.

    Raises:
        DataError: a folder, a device or a pipe, or a file that is not of this kind is there.
    """
    hint = f"another name with {option} FILE"
    try:
        if path.is_dir():
            raise DataError(f"{path} is a folder.", expected="a file", hint=hint)
        if not path.exists():
            return
        if not path.is_file():  # /dev/null would be replaced by the file, a pipe be waited for
            raise DataError(f"{path} is no regular file.", expected="a new file", hint=hint)
        with path.open("rb") as file:
            start = file.read(len(ours.start))
    except OSError as error:
        raise _cannot_write(path, error, option) from error
    if start and start != ours.start:
        raise DataError(
            f"{path} is there already, and is not {ours.what}; nothing was overwritten.",
            expected="a new file, or an older one of the same kind",
            hint=hint,
        )


def write(path: Path, text: str | bytes, ours: Ours, *, option: str = "--out") -> Path:
    """Write the text (UTF-8, lone surrogates escaped) or the bytes by a draft that is renamed; folders
    are made.

    Raises:
        DataError: something else is there (`refuse`), or it cannot be written; nothing is left behind.
    """
    refuse(path, ours, option=option)
    to = path.resolve()  # what a link leads to, rather than the link
    draft: str | None = None
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(prefix=".bridle-", suffix=to.suffix, dir=to.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(
                text if isinstance(text, bytes) else text.encode("utf-8", "backslashreplace")
            )
        Path(draft).chmod(0o644)
        Path(draft).replace(to)
    except OSError as error:
        if draft is not None:
            with contextlib.suppress(OSError):
                Path(draft).unlink()
        raise _cannot_write(path, error, option) from error
    return path


def _cannot_write(path: Path, error: OSError, option: str) -> DataError:
    return DataError(
        f"{path} could not be written: {error.strerror or error}.",
        expected="a folder that can be written to, on a disk with room",
        hint=f"another place with {option} FILE",
    )
