"""Math-Verify in worker processes that can be killed.

Some spellings are read by nobody but sympy, and sympy may hang, grow, or evaluate what it reads.
So it runs in a process of its own (`judge_process`), started when first needed and fed one question
at a time over a pipe; each question is answered by a fork of it, limited in memory, in processor
time and by the clock. No signals are used here, so threads, asyncio and forked trainers may all
ask; a forked child starts workers of its own.

Math-Verify's yes is taken where it says so both ways round; its no may mean that it did not
understand, and is no verdict.
"""

from __future__ import annotations

import atexit
import json
import os
import selectors
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Callable
from contextlib import suppress

from bridle.maths.math_verify.judge_process import WAITED
from bridle.maths.verdicts import Equality, unknown, yes

SECONDS = 0.8  # for one question; later answers are not waited for
START_SECONDS = 60.0  # for a worker to import sympy, once, where the asker is patient
HASTE_SECONDS = (
    0.9  # for all of it where not: then a worker that is still starting goes on starting
)
MOST_WORKERS = 2


# The process sees our search path behind its own: a file of the current folder that bears the name
# of a module of Python's or of a package is not run in its place.
_START = (
    "import json, sys; sys.path += json.loads(sys.argv[1]); "
    "from bridle.maths.math_verify.judge_process import main; main()"
)
# What Python needs to start, on a cluster too; no keys of the user's.
_PASSED_ON = (
    "PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PYTHONHOME", "LANG", "LC_ALL", "TMPDIR", "SYSTEMROOT",
)  # fmt: skip


class StillStarting(Exception):
    """The worker is not ready; it will be for a later question."""


class Worker:
    """One process that answers questions until it dies."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-c", _START, json.dumps([p for p in sys.path if p])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={name: os.environ[name] for name in _PASSED_ON if name in os.environ},
            start_new_session=True,  # a Ctrl-C at the terminal is the parent's business
        )
        self.ready = False
        self.rest = b""

    def ask(self, gold: str, answer: str, seconds: float, start: float) -> str:
        """ "yes", "no", "late" or "?"; `start` are the seconds to wait for a worker that is not ready.

        Raises StillStarting, and TimeoutError or EOFError; after these the worker is useless.
        """
        if not self.ready:
            try:
                line = self._line(start)
            except TimeoutError:
                if start >= START_SECONDS:
                    raise
                raise StillStarting from None
            if line != b"ready":
                raise EOFError("the worker did not start")
            self.ready = True
        stdin = self.process.stdin
        if stdin is None:
            raise EOFError("the worker has no input")
        try:
            stdin.write(json.dumps([gold, answer, seconds]).encode() + b"\n")
            stdin.flush()
        except OSError as error:
            raise EOFError("the worker is gone") from error
        return self._line(seconds * WAITED + 5).decode()

    def _line(self, seconds: float) -> bytes:
        stdout = self.process.stdout
        if stdout is None:
            raise EOFError("the worker has no output")
        until = time.monotonic() + seconds
        with selectors.DefaultSelector() as selector:
            selector.register(stdout, selectors.EVENT_READ)
            while b"\n" not in self.rest:
                left = until - time.monotonic()
                if left <= 0 or not selector.select(left):
                    raise TimeoutError
                piece = os.read(stdout.fileno(), 4096)
                if not piece:
                    raise EOFError("the worker died")
                self.rest += piece
        line, _, self.rest = self.rest.partition(b"\n")
        return line

    def kill(self) -> None:
        with suppress(OSError):
            self.process.kill()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        with suppress(OSError, subprocess.TimeoutExpired):
            self.process.wait(timeout=5)


class Pool:
    """At most two workers, shared by all threads of one process."""

    def __init__(self, start: Callable[[], Worker] = Worker) -> None:
        self.owner = os.getpid()
        self.start = start
        self.idle: list[Worker] = []
        self.lock = threading.Lock()
        self.places = threading.BoundedSemaphore(MOST_WORKERS)

    def ask(self, gold: str, answer: str, seconds: float = SECONDS, *, patient: bool = True) -> str:
        """Math-Verify's verdict: "yes" or "no"; else "late", "?" (not parsed) or "gone" (no worker).

        Raises StillStarting where the asker is not patient and the worker not ready.
        """
        start = START_SECONDS if patient else HASTE_SECONDS
        if not self.places.acquire(timeout=start):
            return "late"
        try:
            worker = self._take()
            if worker is None:
                return "gone"
            try:
                verdict = worker.ask(gold, answer, seconds, start)
            except StillStarting:
                with self.lock:
                    self.idle.append(worker)
                raise
            except BaseException as error:
                worker.kill()
                if isinstance(error, TimeoutError):
                    return "late"
                if isinstance(error, EOFError):
                    if not worker.ready:
                        _say_once()
                    return "gone"
                raise
            with self.lock:
                self.idle.append(worker)
            return verdict
        finally:
            self.places.release()

    def _take(self) -> Worker | None:
        while True:
            with self.lock:
                worker = self.idle.pop() if self.idle else None
            if worker is None:
                try:
                    return self.start()
                except OSError:
                    return None
            if worker.process.poll() is None:
                return worker
            worker.kill()

    def close(self) -> None:
        """Ends all idle workers; the pool may be used again."""
        with self.lock:
            workers, self.idle = self.idle, []
        for worker in workers:
            worker.kill()


_pool: Pool | None = None
_pool_lock = threading.Lock()


def pool() -> Pool:
    """The pool of this process; made on first use, and anew in a forked child."""
    global _pool
    with _pool_lock:
        if _pool is None or _pool.owner != os.getpid():
            if _pool is None:
                atexit.register(_close_at_exit)
            _pool = Pool()
        return _pool


def _close_at_exit() -> None:
    if _pool is not None and _pool.owner == os.getpid():
        _pool.close()


def _after_fork() -> None:
    """A lock may have been held by a thread that the child does not have."""
    global _pool, _pool_lock
    _pool_lock = threading.Lock()
    if _pool is not None:
        abandoned = _pool
        _pool = Pool()
        for worker in abandoned.idle:  # the parent's: only our copies of the pipes are closed
            worker.process.returncode = 0  # not our child
            for stream in (worker.process.stdin, worker.process.stdout):
                if stream is not None:
                    with suppress(OSError, RuntimeError):
                        stream.close()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)


def ask(gold: str, answer: str, *, patient: bool) -> Equality:
    """Math-Verify's yes as a verdict; everything else leaves the question open."""
    try:
        verdict = pool().ask(gold, answer, patient=patient)
    except StillStarting:
        return unknown("Math-Verify is still starting: ask again, or with patient=True.")
    if verdict == "yes":
        return yes("worker", "Math-Verify says that they are equal, both ways round.")
    return unknown(_OPEN[verdict])


_OPEN = {
    "no": "It was not understood, and Math-Verify does not confirm it.",
    "?": "It was not understood, and Math-Verify cannot parse it either.",
    "late": "Math-Verify gave no verdict in time.",
    "gone": "Math-Verify's process did not start or ended.",
}
_said = False


def _say_once() -> None:
    """A warning, the first time that no worker starts: some answers stay undecided without it."""
    global _said
    if not _said:
        _said = True
        warnings.warn(
            "Math-Verify's process does not start: answers that only it can compare stay undecided. "
            "Try: python -c 'import math_verify'",
            RuntimeWarning,
            stacklevel=2,
        )
