"""Rust libraries print a panic and raise it as an exception, too; here its text is not shown twice.

with unprinted():
    frame = polars.read_parquet(path)     # a damaged file: PanicException, nothing on stderr

The text goes to the process's file descriptor 2, past `sys.stderr`, from whichever thread panics.
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.RLock()  # there is one descriptor 2
_PANIC = b" panicked at "


@contextmanager
def unprinted() -> Iterator[None]:
    """What is written to stderr meanwhile comes after the block, unless a panic is in it."""
    with _lock, tempfile.TemporaryFile() as file:
        try:
            if sys.stderr is not None:  # pyright: ignore[reportUnnecessaryComparison]
                sys.stderr.flush()
            kept = os.dup(2)
        except (OSError, ValueError):  # there is no stderr
            yield
            return
        os.dup2(file.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)
            file.seek(0)
            if _PANIC not in (said := file.read()) and said:
                os.write(2, said)
