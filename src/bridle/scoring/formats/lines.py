"""A file of JSON lines, plain or compressed, read one line at a time in flat memory.

Nothing in a file can stop the reading of the next line: a line that is too long, is not UTF-8, is
not JSON, or nests too deeply is a `Bad` with its number. NaN and Infinity, which are not JSON but
which pandas writes for what is missing, are read as null.
"""

from __future__ import annotations

import gzip
import io
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

from bridle.benchmarks.fields import shown
from bridle.errors import DataError, MissingExtra
from bridle.scoring.formats.given import Bad, Row
from bridle.scoring.formats.whole import FILE_LIMIT, is_whole, read_whole

LINE_LIMIT = 32 * 2**20  # bytes; 64 samples of 16,384 tokens are about 4 MB
GZIP, ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
UTF16 = (b"\xff\xfe", b"\xfe\xff")


def read_lines(path: Path, head: bytes) -> Iterator[Row | Bad]:
    """The rows of the file, blank lines skipped; `head` is how the file begins.

    Raises:
        DataError: the file cannot be opened, is UTF-16, or is one JSON value without rows.
    """
    name = str(path)
    number = 0
    with _open(path, head) as stream:
        try:
            for number, line in numbered(stream):
                if number == 1:
                    _refuse_utf16(path, line)
                    if is_whole(line):
                        yield from read_whole(name, line + stream.read(FILE_LIMIT))
                        return
                    line = line.removeprefix(b"\xef\xbb\xbf")
                if line.strip():
                    yield read_line(name, number, line)
        except (EOFError, gzip.BadGzipFile, zlib.error, OSError) as error:
            reason = str(error).rstrip(".") or type(error).__name__
            yield Bad(name, number + 1, f"the file is damaged or ends here ({reason})", stops=True)


def read_line(name: str, number: int, line: bytes) -> Row | Bad:
    """One line of the file as a row, or why it is none."""
    if len(line) > LINE_LIMIT:
        return Bad(name, number, f"longer than {LINE_LIMIT // 2**20} MiB")
    try:
        value = json.loads(line.decode("utf-8"), parse_constant=lambda _: None)
    except UnicodeDecodeError as error:
        byte = line[error.start]
        return Bad(name, number, f"not UTF-8: byte 0x{byte:02x} at {error.start + 1}")
    except RecursionError:
        return Bad(name, number, "nested too deeply")
    except json.JSONDecodeError as error:
        return Bad(name, number, f"not JSON: {error.msg} at character {error.pos + 1}")
    except ValueError as error:  # an integer of thousands of digits
        return Bad(name, number, f"not readable: {str(error).split(';')[0]}")
    if not isinstance(value, dict):
        return Bad(name, number, f"a row must be a JSON object, this is {shown(value)}")
    return Row(name, number, cast("dict[str, Any]", value))


def count_lines(path: Path, head: bytes) -> int:
    """How many lines are not blank: what a file of items by line must match."""
    count = 0
    with _open(path, head) as stream:
        try:
            for number, line in numbered(stream):
                if number == 1 and is_whole(line):
                    return sum(1 for _ in read_whole(str(path), line + stream.read(FILE_LIMIT)))
                count += bool(line.strip().removeprefix(b"\xef\xbb\xbf"))
        except (EOFError, gzip.BadGzipFile, zlib.error, OSError):
            pass  # said when the rows are read
    return count


def numbered(stream: BinaryIO, end: int | None = None) -> Iterator[tuple[int, bytes]]:
    """Lines with their numbers, those that begin before `end`; of one beyond the limit just enough to
    see that it is."""
    number = 0
    while (end is None or stream.tell() < end) and (line := stream.readline(LINE_LIMIT + 1)):
        number += 1
        yield number, line
        while len(line) > LINE_LIMIT and not line.endswith(b"\n"):
            line = stream.readline(LINE_LIMIT + 1)


def _refuse_utf16(path: Path, line: bytes) -> None:
    if line.startswith(UTF16):
        raise DataError(
            f"{path} is UTF-16.",
            expected="UTF-8",
            hint=f"iconv -f UTF-16 -t UTF-8 {path} > rows.jsonl",
        )


def has_lines(path: Path, head: bytes) -> bool:
    """Whether the file can be read from the beginning of any line: plain, and not one JSON value.

    Raises:
        DataError: the file is UTF-16.
    """
    if head.startswith((GZIP, ZSTD)):
        return False
    with path.open("rb") as stream:
        for _, line in numbered(stream):
            _refuse_utf16(path, line)
            return not is_whole(line)
    return True


def opened(path: Path, head: bytes) -> BinaryIO:
    """The content of the file, unpacked."""
    return _open(path, head)


def _open(path: Path, head: bytes) -> BinaryIO:
    if head.startswith(GZIP):
        return cast(BinaryIO, gzip.open(path, "rb"))
    if head.startswith(ZSTD):
        return cast(BinaryIO, io.BufferedReader(_Zstd(path), 2**18))
    return path.open("rb")


class _Zstd(io.RawIOBase):
    """Frames of zstd as one stream that notices when the last one is cut off."""

    PIECE = 1024  # small, since a piece of a bomb can grow 32,000-fold

    def __init__(self, path: Path) -> None:
        try:
            import zstandard
        except ImportError as error:
            raise MissingExtra.of("tables", "Reading .zst") from error
        self._zstandard = zstandard
        self._file = path.open("rb")
        self._frame: Any = None
        self._rest = b""
        self._ready = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._ready:
            piece = self._rest or self._file.read(self.PIECE)
            self._rest = b""
            if not piece:
                if self._frame is not None:
                    raise EOFError("cut off within a compressed frame")
                return 0
            if self._frame is None:
                self._frame = self._zstandard.ZstdDecompressor().decompressobj()
            try:
                self._ready = memoryview(self._frame.decompress(piece))
            except self._zstandard.ZstdError as error:
                raise EOFError(str(error)) from error
            if self._frame.eof:
                self._rest, self._frame = self._frame.unused_data, None
        size = min(len(buffer), len(self._ready))
        buffer[:size] = self._ready[:size]
        self._ready = self._ready[size:]
        return size

    def close(self) -> None:
        self._file.close()
        super().close()
