"""Files of a public data set, fetched once from its public home and held by their checksums.

    fetch(Pinned("TingchenFu/MathIF", "main", {"aime_single.jsonl": "58411bdf…"}), "aime_single.jsonl")
    -> ~/.cache/bridle/hub/TingchenFu/MathIF/main/aime_single.jsonl

A broken download is continued where it broke; a file gets its name only when it is whole and its
checksum is right. `HF_ENDPOINT` names another hub (a mirror), `BRIDLE_GITHUB` another place for the
files of repositories, `BRIDLE_CACHE` another cache folder.
"""

from __future__ import annotations

import hashlib
import http.client
import os
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from bridle.errors import DataError

# Kind of home -> where it is, the environment variable that names another one, the path of a file.
HOMES = {
    "hub": ("https://huggingface.co", "HF_ENDPOINT", "datasets/{repo}/resolve/{revision}/{name}"),
    "github": ("https://raw.githubusercontent.com", "BRIDLE_GITHUB", "{repo}/{revision}/{name}"),
}
ATTEMPTS = 4  # a hub that answers 429 or 5xx, or hangs up, is asked this often
PAUSE_S = 0.5  # before the second attempt; doubled before each further one
TIMEOUT_S = 30.0  # without a byte
CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Pinned:
    """A data set as it was when it was pinned: repository, revision, checksum by file name.

    A checksum is a sha256 in hexadecimal digits, or `git:` and the id that git gives the file's
    content. Without one ("") the revision alone pins the file, and what was fetched first is held to.
    """

    repo: str
    revision: str
    files: Mapping[str, str]
    home: str = "hub"

    def url(self, name: str, endpoint: str | None = None) -> str:
        usual, variable, path = HOMES[self.home]
        place = (endpoint or os.environ.get(variable) or usual).rstrip("/")
        return f"{place}/{path.format(repo=self.repo, revision=self.revision, name=name)}"


class _Unreachable(Exception):
    """The hub did not answer, or not with the file; worth another attempt."""


def sha256(path: Path) -> str:
    """The checksum of a file, in hexadecimal digits."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()


def git_id(path: Path) -> str:
    """The id that git gives the content of a file: sha1 over its size and its bytes."""
    digest = hashlib.sha1(b"blob %d\0" % path.stat().st_size, usedforsecurity=False)
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()


def cache_folder() -> Path:
    """BRIDLE_CACHE, else the user's cache folder (XDG_CACHE_HOME, ~/.cache) and `bridle` in it."""
    if own := os.environ.get("BRIDLE_CACHE"):
        return Path(own)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "bridle"


def fetch(
    pinned: Pinned, name: str, *, endpoint: str | None = None, cache: Path | None = None
) -> Path:
    """The path of the file in the cache, downloaded if it is not there yet.

    Raises:
        DataError: the hub cannot be reached or has no such file, the checksum differs from the
            pinned one, or the cache cannot be written.
    """
    url = pinned.url(name, endpoint)
    path = (cache or cache_folder()) / pinned.home / pinned.repo / pinned.revision / name
    try:
        wanted = pinned.files[name] or _first_seen(path)
        if path.is_file() and _is(path, wanted):
            return path
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(path.name + ".part")
        with _alone(part):
            if path.is_file() and _is(path, wanted):  # by another process
                return path
            resumed = part.is_file() and part.stat().st_size > 0
            if resumed and not wanted:  # nothing tells whether it is of the same file
                part.unlink()
            _download(url, part)
            if resumed and not _is(part, wanted):
                part.unlink()  # what was left there was of another file
                _download(url, part)
            if not _is(part, wanted):
                found = git_id(part) if wanted.startswith("git:") else sha256(part)
                part.unlink()
                raise DataError(
                    f"{url} is not the file that this version of bridle knows.",
                    expected=f"sha256 {wanted}, but it is {found}".replace(
                        "sha256 git:", "git id "
                    ),
                    hint="download the files yourself and name their folder: --data DIR",
                )
            if not wanted:
                _seen(path).write_text(sha256(part) + "\n", encoding="ascii")
            part.replace(path)
    except OSError as error:
        raise DataError(
            f"The cache cannot be written: {error}",
            expected=f"a writable folder with room at {path.parent}",
            hint="BRIDLE_CACHE=DIR names another cache folder",
        ) from error
    return path


def _is(path: Path, wanted: str) -> bool:
    """Whether the file has that checksum; every file has an empty one."""
    if wanted.startswith("git:"):
        return git_id(path) == wanted.removeprefix("git:")
    return not wanted or sha256(path) == wanted


def _seen(path: Path) -> Path:
    return path.with_name(path.name + ".sha256")


def _first_seen(path: Path) -> str:
    """The checksum of what was fetched first of a file without a pinned one; "" before that."""
    seen = _seen(path)
    return seen.read_text(encoding="ascii").strip() if seen.is_file() else ""


def _download(url: str, part: Path) -> None:
    """Bring `part` to the whole length of the file, from where it ends."""
    if os.environ.get("HF_HUB_OFFLINE", "").lower() in ("1", "true", "yes", "on"):
        raise _offline(url, "HF_HUB_OFFLINE is set")
    reason = ""
    for attempt in range(ATTEMPTS):
        if attempt:
            time.sleep(PAUSE_S * 2 ** (attempt - 1))
        try:
            return _append(url, part)
        except _Unreachable as why:
            reason = str(why)
    raise _offline(url, reason)


def _append(url: str, part: Path) -> None:
    held = part.stat().st_size if part.is_file() else 0
    request = urllib.request.Request(url, headers={"User-Agent": "bridle"})
    if held:
        request.add_header("Range", f"bytes={held}-")
    try:
        with _opened(request) as reply:
            continued = reply.status == 206
            with part.open("ab" if continued else "wb") as file:
                _copy(reply, file)
    except urllib.error.HTTPError as error:
        error.close()
        if error.code == 416:  # nothing beyond what is held: it is whole, or of another file
            return
        if error.code in (401, 403, 404):
            raise DataError(
                f"The hub does not give the file {url} (HTTP {error.code}).",
                expected="a public file",
                hint="download the files yourself and name their folder: --data DIR",
            ) from None
        raise _Unreachable(f"HTTP {error.code}") from None


def _opened(request: urllib.request.Request) -> http.client.HTTPResponse:
    try:
        return urllib.request.urlopen(request, timeout=TIMEOUT_S)
    except urllib.error.HTTPError:
        raise
    except (OSError, http.client.HTTPException) as error:  # no network, no such host, hung up
        raise _Unreachable(str(getattr(error, "reason", error))) from error


def _copy(reply: http.client.HTTPResponse, file: IO[bytes]) -> None:
    told = reply.headers.get("Content-Length", "")
    left = int(told) if told.isdecimal() else None
    while True:
        try:
            chunk = reply.read(CHUNK)
        except (OSError, http.client.HTTPException) as error:
            raise _Unreachable(f"the download broke off: {error}") from error
        if not chunk:
            break
        file.write(chunk)
        left = None if left is None else left - len(chunk)
    if left:
        raise _Unreachable(f"the download broke off with {left} bytes to go")


def _offline(url: str, reason: str) -> DataError:
    return DataError(
        f"The data cannot be downloaded from {url}: {reason}.",
        expected="a hub that can be reached, or the files in a folder of yours",
        hint="--data DIR (the folder with the files), or HF_ENDPOINT=URL (BRIDLE_GITHUB=URL) for a mirror",
    )


@contextmanager
def _alone(part: Path) -> Iterator[None]:
    """One process at a time works on a partial file, where the system has advisory locks."""
    try:
        import fcntl
    except ImportError:  # not on Windows; there two downloads at once end in a checksum error
        yield
        return
    with part.with_name(part.name + ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
