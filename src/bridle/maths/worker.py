"""Math-Verify in worker processes that can be killed.

Some spellings are read by nobody but sympy, and sympy may hang, grow, or evaluate what it reads.
So it runs in a process of its own: started when first needed, limited in memory and in processor
time, fed one question at a time over a pipe, and killed when an answer is late. No signals are
used, so threads, asyncio and forked trainers may all ask; a forked child starts workers of its own.

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
from collections.abc import Callable
from contextlib import suppress

from bridle.maths.verdicts import Equality, unknown, yes

SECONDS = 0.9  # for one question; later answers are not waited for
START_SECONDS = 30.0  # for a worker to import sympy, which no question is charged for
MOST_WORKERS = 2
MEMORY_BYTES = 2 << 30
PROCESSOR_SECONDS = 600  # in a worker's whole life; a question is limited by the clock
QUESTIONS = 2000  # after which a worker is replaced, so that its caches do not grow


class Worker:
    """One process that answers questions until it is late, dies, or has answered enough."""

    def __init__(self) -> None:
        environment = {
            "PATH": os.environ.get("PATH", ""),
            "PYTHONPATH": os.pathsep.join(p for p in sys.path if p),
        }
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "bridle.maths.judge_process",
                str(MEMORY_BYTES),
                str(PROCESSOR_SECONDS),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,  # a Ctrl-C at the terminal is the parent's business
        )
        self.asked = 0
        self.ready = False
        self.rest = b""

    def ask(self, gold: str, answer: str, seconds: float) -> bool | None:
        """Math-Verify's verdict. Raises TimeoutError or EOFError; the worker is useless then."""
        if not self.ready:
            if self._line(START_SECONDS) != b"ready":
                raise EOFError("the worker did not start")
            self.ready = True
        self.asked += 1
        stdin = self.process.stdin
        assert stdin is not None
        try:
            stdin.write(json.dumps([gold, answer]).encode() + b"\n")
            stdin.flush()
        except OSError as error:
            raise EOFError("the worker is gone") from error
        said = self._line(seconds)
        return {b"yes": True, b"no": False}.get(said)

    def _line(self, seconds: float) -> bytes:
        stdout = self.process.stdout
        assert stdout is not None
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

    def ask(self, gold: str, answer: str, seconds: float = SECONDS) -> bool | None:
        """Math-Verify's verdict, or None where it was late, died, or gave none."""
        if not self.places.acquire(timeout=START_SECONDS):
            return None
        try:
            worker = self._take()
            if worker is None:
                return None
            try:
                verdict = worker.ask(gold, answer, seconds)
            except BaseException as error:
                worker.kill()
                if isinstance(error, (TimeoutError, EOFError)):
                    return None
                raise
            if worker.asked >= QUESTIONS:
                worker.kill()
            else:
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
        for worker in abandoned.idle:  # the parent's: only the descriptors are let go
            worker.process.returncode = 0
            for stream in (worker.process.stdin, worker.process.stdout):
                if stream is not None:
                    with suppress(OSError):
                        os.close(stream.fileno())


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)


def ask(gold: str, answer: str) -> Equality:
    """Math-Verify's yes as a verdict; everything else leaves the question open."""
    verdict = pool().ask(gold, answer)
    if verdict:
        return yes("worker", "Math-Verify says that they are equal, both ways round.")
    if verdict is None:
        return unknown("Math-Verify gave no verdict in time.")
    return unknown("It was not understood, and Math-Verify does not confirm it.")
