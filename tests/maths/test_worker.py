"""Math-Verify in its processes: killed when late, alive afterwards, wherever the question comes from."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bridle.maths import equal
from bridle.maths.math_verify.worker import Pool, Worker, pool

# Nothing of ours reads sums; sympy does.
SUM, VALUE = "\\sum_{k=1}^{10} k", "55"
SLOW = "\\sum_{k=1}^{10^{9}} \\sin(k^{k})"


@pytest.fixture(scope="module")
def fresh() -> Iterator[Pool]:
    made = Pool()
    yield made
    made.close()


def test_its_yes_is_taken_and_its_no_is_no_verdict() -> None:
    assert pool().ask(SUM, VALUE, 20) == "yes"
    verdict = equal(SUM, VALUE)
    assert (verdict.equal, verdict.how) in (
        (True, "worker"),
        (None, "undecided"),
    )  # None: a busy machine
    assert equal(SUM, "56").equal is None


def test_a_late_answer_is_not_waited_for_and_the_next_question_is_answered(fresh: Pool) -> None:
    assert fresh.ask("1", "1", 20) == "yes"
    start = time.monotonic()
    assert fresh.ask(SLOW, "1", 0.3) == "late"
    assert time.monotonic() - start < 2
    start = time.monotonic()
    assert fresh.ask(SUM, VALUE, 20) == "yes"
    assert len(fresh.idle) == 1


def test_a_dead_worker_is_replaced_and_one_that_dies_gives_no_verdict(fresh: Pool) -> None:
    assert fresh.ask("2", "2", 20) == "yes"
    worker = fresh.idle[-1]
    threading.Timer(0.2, worker.process.kill).start()  # during the question
    assert fresh.ask(SLOW, "1", 3) == "gone"
    assert fresh.ask("2", "2", 20) == "yes"
    fresh.idle[-1].process.kill()  # between two questions
    fresh.idle[-1].process.wait()
    assert fresh.ask("2", "2", 20) == "yes"


def test_workers_are_reused_and_never_more_than_two(fresh: Pool) -> None:
    started: list[Worker] = []
    before = len(fresh.idle)  # whichever tests ran first

    def start() -> Worker:
        started.append(Worker())
        return started[-1]

    fresh.start = start
    answers: list[bool | None] = []
    threads = [
        threading.Thread(target=lambda: answers.append(fresh.ask(SUM, VALUE, 20))) for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == ["yes"] * 6
    assert before + len(started) <= 2
    assert 1 <= len(fresh.idle) <= 2


def test_from_asyncio() -> None:
    async def ask_many() -> list[bool | None]:
        return list(
            await asyncio.gather(*(asyncio.to_thread(pool().ask, SUM, VALUE, 20) for _ in range(4)))
        )

    assert asyncio.run(ask_many()) == ["yes"] * 4

    async def ask_here() -> bool | None:
        return equal("\\frac{1}{2}", "0.5").equal

    assert asyncio.run(ask_here()) is True


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_from_a_forked_child_and_the_parent_after_it_and_no_worker_is_left_behind() -> None:
    # in a process of its own: this one may have threads of other tests, which a fork must not copy
    code = f"""
import os
import signal
from bridle.maths.math_verify.worker import pool
assert pool().ask({SUM!r}, {VALUE!r}, 30) == "yes"
mine = pool().idle[0].process.pid
child = os.fork()
if child == 0:
    good = pool().ask({SUM!r}, {VALUE!r}, 30) == "yes" and pool().idle[0].process.pid != mine
    pool().close()
    os._exit(0 if good else 1)
_, status = os.waitpid(child, 0)
assert os.waitstatus_to_exitcode(status) == 0
assert pool().ask({SUM!r}, {VALUE!r}, 30) == "yes"
assert pool().idle[0].process.pid == mine
print(mine, flush=True)
os._exit(0)  # no clean-up at all
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    worker = int(done.stdout)
    for _ in range(200):  # it ends with the process that started it
        try:
            os.kill(worker, 0)
        except ProcessLookupError:
            return
        stat = Path(f"/proc/{worker}/stat")
        if stat.exists() and stat.read_text().rpartition(")")[2].split()[0] == "Z":
            return
        time.sleep(0.05)
    pytest.fail("the worker is still there")


def test_nothing_is_imported_or_started_before_it_is_needed() -> None:
    code = """
import sys, subprocess
def refuse(*a, **k): raise SystemExit("a process was started")
subprocess.Popen.__init__ = refuse
import bridle.maths as m
assert m.find_answer("It is \\\\boxed{4}.").text == "4"
assert m.equal("4", "4.0").equal and m.equal("x+1", "1+x").equal and m.equal("9^{9^9}", "1").equal is None
heavy = [n for n in ("sympy", "numpy", "math_verify", "multiprocessing", "mpmath") if n in sys.modules]
assert not heavy, heavy
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


def test_who_is_not_patient_is_not_kept_waiting_for_the_start() -> None:
    code = f"""
from bridle.maths import equal
from bridle.maths.math_verify import worker
worker.HASTE_SECONDS = 0.01
first = equal({SUM!r}, {VALUE!r})
assert first.equal is None and "starting" in first.reason, first
assert len(worker.pool().idle) == 1  # it goes on starting
assert equal({SUM!r}, {VALUE!r}, patient=True).equal is True
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_files_of_the_current_folder_are_not_run(tmp_path: Path) -> None:
    for name in ("json", "numbers", "math_verify", "sympy"):
        (tmp_path / f"{name}.py").write_text(
            f"open({str(tmp_path / 'ran')!r}, 'w'); raise SystemExit(1)"
        )
    code = f"""
import sys; sys.path[:0] = []
from bridle.maths.math_verify.worker import pool
assert pool().ask({SUM!r}, {VALUE!r}, 30) == "yes"
"""
    done = subprocess.run(
        [sys.executable, "-P", "-c", code], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "ran").exists()


def test_a_busy_machine_changes_no_verdict(fresh: Pool) -> None:
    """The limit is processor time: a worker that is stopped for a while is waited for."""
    assert fresh.ask("1", "1", 20) == "yes"
    worker = fresh.idle[-1]
    stop = threading.Timer(0.05, os.kill, (worker.process.pid, signal.SIGSTOP))
    go_on = threading.Timer(1.5, os.kill, (worker.process.pid, signal.SIGCONT))
    stop.start(), go_on.start()
    assert fresh.ask(SUM, VALUE, 1.0) == "yes"


def test_what_cannot_be_parsed_is_told_from_what_is_late(fresh: Pool) -> None:
    assert fresh.ask("\\frac{", "1", 20) == "?"
    assert fresh.ask(SLOW, "1", 0.3) == "late"
