"""Worker processes that do tasks one after the other, and are replaced when one dies.

    with Workers(4, setup) as workers:
        for number, result in workers.map(tasks): ...      # as they are done

Each has one BLAS and one polars thread: the cores are shared out by process.
"""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

from bridle.errors import BridleError

TRIES = 3  # of a task whose worker dies
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "POLARS_MAX_THREADS")
AHEAD = 2  # results a worker may be ahead of whoever takes them


def cores() -> int:
    """The cores that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # no Linux
        return os.cpu_count() or 1


class Workers:
    def __init__(self, count: int, setup: dict[str, Any]) -> None:
        self.count = count
        self._setup = json.dumps({"setup": setup}).encode() + b"\n"
        self._living: list[_Process] = []

    def __enter__(self) -> Workers:
        self._living = [_Process(self._setup) for _ in range(self.count)]
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for process in self._living:
            process.end()

    def map(self, tasks: Iterable[dict[str, Any]]) -> Iterator[tuple[int, Any]]:
        """The results with the numbers of their tasks, as they come.

        Raises:
            BridleError: a task failed, or ended its worker `TRIES` times.
        """
        source = enumerate(tasks)
        lock = threading.Lock()
        done: queue.Queue[tuple[int, Any] | BaseException | None] = queue.Queue(AHEAD * self.count)
        stop = threading.Event()

        def work(place: int) -> None:
            try:
                while not stop.is_set():
                    with lock:
                        task = next(source, None)
                    if task is None:
                        break
                    done.put((task[0], self._done(place, task[1])))
            except BaseException as error:
                done.put(error)
            done.put(None)

        threads = [threading.Thread(target=work, args=(i,), daemon=True) for i in range(self.count)]
        for thread in threads:
            thread.start()
        left = len(threads)
        try:
            while left:
                result = done.get()
                if result is None:
                    left -= 1
                elif isinstance(result, BaseException):
                    raise result
                else:
                    yield result
        finally:
            stop.set()

    def _done(self, place: int, task: dict[str, Any]) -> Any:
        for _ in range(TRIES):
            try:
                return self._living[place].do(task)
            except EOFError:
                self._living[place].end()
                self._living[place] = _Process(self._setup)
        raise died(task)


def died(task: dict[str, Any]) -> BridleError:
    """What to say of a task whose worker has died `TRIES` times."""
    shard = task.get("shard")
    what = task.get("url")
    if shard is not None:
        first, last = shard["row"] + 1, shard["row"] + shard["rows"]
        what = f"{shard['file']}, rows {first:,} to {last:,}"
    return BridleError(
        f"{what}: the worker process died {TRIES} times.",
        expected="a worker that lives: with too little memory the system ends it",
        hint="fewer --workers; what is scored is kept, the same command goes on",
    )


class _Process:
    """One worker; its setup is sent at once and answered before the first task."""

    def __init__(self, setup: bytes) -> None:
        here = str(Path(__file__).resolve().parents[3])
        path = os.pathsep.join(filter(None, (here, os.environ.get("PYTHONPATH"))))
        alone = dict.fromkeys(THREADS, "1")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bridle.scoring.bulk.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, **alone, "PYTHONPATH": path},
        )
        self._waiting = True
        self._send(setup)

    def do(self, task: dict[str, Any]) -> Any:
        """
        Raises:
            EOFError: the process is dead.
            BridleError: the task failed.
        """
        if self._waiting:
            self._answer()
            self._waiting = False
        self._send(json.dumps(task).encode() + b"\n")
        return self._answer()

    def _send(self, line: bytes) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(line)
            self._process.stdin.flush()
        except OSError as error:
            raise EOFError from error

    def _answer(self) -> Any:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line.endswith(b"\n"):
            raise EOFError
        told = json.loads(line)
        if "error" in told:
            what, expected, hint = told["error"]
            raise BridleError(what, expected=expected, hint=hint)
        return told["ok"]

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
