"""What a worker process runs: Math-Verify, once imported, and a fork of itself for each question.

The fork is limited in memory and processor time, so that no question harms the next one, none pays
for importing sympy again, and a verdict does not depend on how busy the machine is. Reads one JSON
triple (gold, answer, seconds) a line from standard input; writes a line: "yes", "no", "late" (its
processor time ran out) or "?" (Math-Verify could not parse one of them, or failed). It ends with its
standard input, that is, with the process that started it.
"""

from __future__ import annotations

import json
import os
import select
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any

MEMORY_BYTES = 2 << 30
PROCESSOR_SECONDS = 3  # where the system has no finer timer
WAITED = 10  # times the processor seconds that are waited for, on a machine that does other work

_WARMING = (
    ("1", "x+1"),
    ("\\sum_{k=1}^{3} \\frac{k^2}{\\sqrt{k}}", "2"),
    ("\\int_0^1 x \\, dx", "\\frac{1}{2}"),
)

Judge = Callable[[str, str], str]


def main() -> None:
    """Serves until standard input ends."""
    out = os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    sys.dont_write_bytecode = True
    judge = _judge()
    for gold, answer in _WARMING:
        with suppress(Exception):
            judge(gold, answer)  # fills the caches that every fork inherits
    os.write(out, b"ready\n")
    for line in sys.stdin.buffer:
        gold, answer, seconds = json.loads(line)
        os.write(out, _asked(judge, gold, answer, seconds).encode() + b"\n")


def _judge() -> Judge:
    import math_verify  # type: ignore[import-untyped]

    library: Any = math_verify
    latex = [library.LatexExtractionConfig()]

    def judged(gold: str, answer: str) -> str:
        pair: list[Any] = [
            library.parse(
                f"${text.strip().strip('$')}$",
                latex,
                fallback_mode="no_fallback",
                parsing_timeout=None,
            )
            for text in (gold, answer)
        ]
        if not pair[0] or not pair[1]:
            return "?"
        there = library.verify(pair[0], pair[1], timeout_seconds=None)
        back = library.verify(pair[1], pair[0], timeout_seconds=None)
        return "yes" if there and back else "no"

    return judged


def _asked(judge: Judge, gold: str, answer: str, seconds: float) -> str:
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        said = "?"
        try:
            os.close(0)
            _limit(seconds)
            said = judge(gold, answer)
        except BaseException:
            said = "?"
        finally:
            os.write(writer, said.encode())
            os._exit(0)
    os.close(writer)
    try:
        ready, _, _ = select.select([reader], [], [], seconds * WAITED)
        said = os.read(reader, 16).decode() if ready else "late"
    finally:
        with suppress(OSError):
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        os.close(reader)
    stopped = os.WIFSIGNALED(status) and os.WTERMSIG(status) in (signal.SIGPROF, signal.SIGXCPU)
    return said or ("late" if stopped else "?")


def _limit(seconds: float) -> None:
    with suppress(AttributeError, ValueError, OSError):
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_PROF, seconds)
    with suppress(ImportError, ValueError, OSError):  # a system without limits still has the clock
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))


if __name__ == "__main__":
    main()
