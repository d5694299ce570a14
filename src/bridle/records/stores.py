"""Folders that lie on a disk or in an object store, under one pair of verbs.

    Store("s3://bucket/scored").read("score.json")       -> bytes, or None where it is not
    Store(Path("scored")).write("score.json", b"{}")     whole or not at all

Object stores are reached through pyarrow's file systems (the extra 'arrow'): S3 and what speaks it, Google,
Azure, HDFS. Keys, regions and endpoints come from where the providers' own tools take them
(AWS_ACCESS_KEY_ID, AWS_ENDPOINT_URL, …).
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from bridle.errors import DataError, MissingExtra, first_line

URL = re.compile(r"(s3|gs|gcs|abfs|abfss|hdfs):/{1,2}(?=[^/])")
PIECE = 2**22  # bytes that are copied at a time


def url_of(place: Path | str) -> str | None:
    """The URL that a path stands for (Path("s3://b/k") is "s3:/b/k"), None for a path on the disk."""
    text = str(place)
    found = URL.match(text)
    return None if found is None else f"{found[1]}://{text[found.end() :]}".rstrip("/")


class Store:
    """One folder, on the disk or in an object store; names are relative to it."""

    def __init__(self, home: Path | str) -> None:
        self.url = url_of(home)
        self.home = Path(home)

    def place(self, name: str) -> str:
        """The path or the URL of that name."""
        return str(self.home / name) if self.url is None else f"{self.url}/{name}"

    def exists(self, name: str) -> bool:
        """
        Raises:
            DataError: the store does not say.
        """
        if self.url is None:
            return (self.home / name).is_file()
        return size_of(self.place(name)) is not None

    def read(self, name: str) -> bytes | None:
        """
        Raises:
            DataError: it is there and cannot be read.
        """
        if not self.exists(name):
            return None
        if self.url is None:
            return (self.home / name).read_bytes()
        fs, path = filesystem(self.place(name))
        with _told(self.place(name), "read"), fs.open_input_file(path) as file:
            return file.read()

    def write(self, name: str, data: bytes) -> None:
        """
        Raises:
            DataError: it cannot be written; what was there before stays.
        """
        if self.url is not None:
            fs, path = filesystem(self.place(name))
            with _told(self.place(name), "written"), fs.open_output_stream(path) as file:
                file.write(data)
            return
        path = self.home / name
        draft = path.with_name(f"{path.name}.tmp")
        with _told(str(path), "written"):
            path.parent.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(data)
            draft.replace(path)


def filesystem(url: str) -> tuple[Any, str]:
    """The file system of a URL, and the path in it.

    Raises:
        DataError: there is none for it.
    """
    fs = _kinds(url)
    try:
        found, path = fs.FileSystem.from_uri(url)
    except (OSError, ValueError) as error:
        raise DataError(f"{url} cannot be reached: {first_line(error)}.") from error
    return found, str(path)


def _kinds(url: str) -> Any:
    try:
        import pyarrow.fs  # pyright: ignore[reportMissingTypeStubs]
    except ImportError as error:
        raise MissingExtra.of("arrow", f"Reading {url}") from error
    return pyarrow.fs


def size_of(url: str) -> tuple[int, int] | None:
    """The size of an object and the time of its last change in ns; None where there is none.

    Raises:
        DataError: the store denies or does not answer.
    """
    fs, path = filesystem(url)
    with _told(url, "read"):
        info = fs.get_file_info(path)
    return (int(info.size), int(info.mtime_ns or 0)) if info.is_file else None


def objects_under(url: str) -> list[str]:
    """The object of that URL, or all those below it, by name.

    Raises:
        DataError: the store denies or does not answer, or there is nothing.
    """
    if size_of(url) is not None:
        return [url]
    fs, path = filesystem(url)
    with _told(url, "read"):
        selector = _kinds(url).FileSelector(path, recursive=True, allow_not_found=True)
        infos = fs.get_file_info(selector)
    scheme = url.partition("://")[0]
    found = sorted(f"{scheme}://{info.path}" for info in infos if info.is_file)
    if not found:
        raise DataError(f"There is nothing at {url}.", expected="a file, or a folder with files")
    return found


def fetch(url: str, into: Path, start: int = 0, size: int | None = None) -> Path:
    """Copy an object, or `size` bytes of it, to the file `into`.

    Raises:
        DataError: it cannot be read.
    """
    fs, path = filesystem(url)
    with _told(url, "read"), fs.open_input_file(path) as source, into.open("wb") as target:
        source.seek(start)
        left = source.size() - start if size is None else size
        while left > 0 and (piece := source.read(min(PIECE, left))):
            target.write(piece)
            left -= len(piece)
    return into


def put(file: Path, url: str) -> None:
    """Copy a file to the URL; it appears there when all of it has been sent.

    Raises:
        DataError: it cannot be written.
    """
    fs, path = filesystem(url)
    with _told(url, "written"), file.open("rb") as source, fs.open_output_stream(path) as target:
        while piece := source.read(PIECE):
            target.write(piece)


class _told:
    """What goes wrong with a store, in words."""

    def __init__(self, url: str, verb: str) -> None:
        self.url, self.verb = url, verb

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, OSError):
            raise DataError(
                f"{self.url} could not be {self.verb}: {first_line(error)[:400]}.",
                expected="a place that this account may use; nothing was overwritten",
                hint="AWS_ACCESS_KEY_ID, AWS_ENDPOINT_URL, … as for the store's own tools",
            ) from error
