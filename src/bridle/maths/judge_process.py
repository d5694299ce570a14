"""What a worker process runs: Math-Verify, under limits of memory and processor time.

Reads one JSON pair a line from standard input, writes "yes", "no" or "?" a line. Everything that
the libraries print goes nowhere.
"""

from __future__ import annotations

import json
import os
import sys


def main(arguments: list[str]) -> None:
    """Serves until standard input ends. Arguments: bytes of memory, seconds of processor time."""
    memory, seconds = int(arguments[0]), int(arguments[1])
    out = os.fdopen(os.dup(1), "wb", buffering=0)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    except (ImportError, ValueError, OSError):
        pass  # a system without limits still has the clock
    sys.dont_write_bytecode = True
    from math_verify import LatexExtractionConfig, parse, verify  # type: ignore[import-untyped]

    latex = [LatexExtractionConfig()]

    def judged(gold: str, answer: str) -> str:
        pair = [
            parse(
                f"${text.strip().strip('$')}$",
                latex,
                fallback_mode="no_fallback",
                parsing_timeout=None,
            )
            for text in (gold, answer)
        ]
        if not pair[0] or not pair[1]:
            return "?"
        there = verify(pair[0], pair[1], timeout_seconds=None)
        back = verify(pair[1], pair[0], timeout_seconds=None)
        return "yes" if there and back else "no"

    judged("1", "x+1")  # the first question pays for sympy's caches
    out.write(b"ready\n")
    for line in sys.stdin.buffer:
        try:
            said = judged(*json.loads(line))
        except MemoryError:
            os._exit(3)
        except Exception:
            said = "?"
        out.write(said.encode() + b"\n")


if __name__ == "__main__":
    main(sys.argv[1:])
