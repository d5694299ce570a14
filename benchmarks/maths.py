r"""How fast and how right is `bridle.maths.equal` beside Math-Verify, on MathIF's references?

    python benchmarks/maths.py --data DIR        DIR holds MathIF's 15 .jsonl files

Every reference is compared with one right spelling and one wrong answer, such as models write
them. Both libraries judge the same pairs in the same process, one after the other; Math-Verify gets
`parse` for both sides and `verify`, with its default settings. Prints ratios, percentiles and every
pair on which the two part, or on which one of them is wrong.
"""

from __future__ import annotations

import argparse
import gc
import json
import logging
import re
import statistics
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path

Pair = tuple[str, str, bool]


def references(folder: Path) -> list[str]:
    """The reference answers, in the order of the files."""
    found: list[str] = []
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                found.append(str(json.loads(line)["answer"]))
    return found


# ------------------------------------------------------------------ right answers, spelled otherwise


def _grouped(text: str) -> str:
    return f"{int(text):,}" if re.fullmatch(r"[1-9]\d{3,}", text) else text


def _scientific(text: str) -> str:
    match = re.fullmatch(r"([-+]?[\d.]+)[eE]([-+]?\d+)", text)
    return f"{match[1]} \\times 10^{{{int(match[2])}}}" if match else text


def _times(text: str) -> str:
    return re.sub(r"(?<=\d) (?=\\(?:pi|sqrt)|[A-Za-z])", r" \\cdot ", text)


RIGHT: list[Callable[[str], str]] = [
    lambda s: s,
    lambda s: f"${s.replace('$', '')}$",
    lambda s: _grouped(s.lstrip("0") or "0"),
    lambda s: s.replace("\\frac", "\\dfrac").replace(" ", ""),
    lambda s: f"\\( {s.replace('$', '')} \\)",
    lambda s: _scientific(s) if "e" in s else f"{s}." if s.isdigit() else s,
    lambda s: f"{s}\\text{{ units}}" if re.fullmatch(r"\d+", s) else _times(s.replace("$", "")),
    lambda s: (
        f"{s}.0" if re.fullmatch(r"[1-9]\d*", s) else s.replace("\\left", "").replace("\\right", "")
    ),
    lambda s: f"x = {s}" if re.fullmatch(r"\d+", s) else s.replace("{1}{2}", "12"),
    lambda s: f"\\boxed{{{s.replace('$', '')}}}",
]


def right(reference: str, k: int) -> str:
    """One realistic spelling of the reference; which one depends on its place."""
    if re.search(r"\$.*\$.*\$", reference) or re.search(r"[a-df-zA-DF-Z]{3}", reference):
        return RIGHT[(0, 9)[k % 2]](reference)  # lists of formulas and words: as they stand, boxed
    return RIGHT[k % len(RIGHT)](reference)


def wrong(reference: str, k: int) -> str:
    """A near miss: another digit, sign, order, letter or word."""
    bare = reference.replace("$", "").strip()
    words = {"even": "odd", "ellipse": "hyperbola", "Evelyn": "Briana", "(C)": "(B)"}
    for word, other in words.items():
        if word in bare:
            return bare.replace(word, other)
    if re.fullmatch(r"[-+]?\d+", bare):
        return str(int(bare) + (1, -1, 10, 2, 100)[k % 5])
    if re.fullmatch(r"[-+]?[\d.]+(e[-+]?\d+)?", bare):
        return re.sub(r"\d(?=\D*$|e)", lambda m: str((int(m[0]) + 3) % 10), bare, count=1)
    digits = list(re.finditer(r"(?<![\d.])\d", bare))
    if digits:
        last = digits[-1]
        return bare[: last.start()] + str(int(last[0]) % 9 + 1) + bare[last.end() :]
    return f"-{bare}" if k % 2 else f"2 {bare}"


def pairs(folder: Path) -> list[Pair]:
    """For each reference a right and a wrong answer."""
    made: list[Pair] = []
    for k, reference in enumerate(references(folder)):
        made.append((reference, right(reference, k), True))
        made.append((reference, wrong(reference, k), False))
    return made


# ------------------------------------------------------------------ the two judges


def timed(
    judge: Callable[[str, str], bool | None], todo: list[Pair]
) -> tuple[list[bool | None], list[float]]:
    """Verdicts, and seconds a pair."""
    verdicts: list[bool | None] = []
    seconds: list[float] = []
    for gold, answer, _ in todo:
        start = time.perf_counter()
        verdicts.append(judge(gold, answer))
        seconds.append(time.perf_counter() - start)
    return verdicts, seconds


def ours(gold: str, answer: str) -> bool | None:
    from bridle.maths import equal

    return equal(gold, answer).equal


def math_verify(gold: str, answer: str) -> bool | None:
    from math_verify import parse, verify  # type: ignore[import-untyped]

    wrapped = gold if "$" in gold or "\\boxed" in gold else f"${gold}$"
    given = answer if "$" in answer or "\\boxed" in answer or "\\(" in answer else f"${answer}$"
    a, b = parse(wrapped), parse(given)
    return bool(verify(a, b)) if a and b else None


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def main() -> int:
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument(
        "--data", type=Path, required=True, help="the folder with MathIF's .jsonl files"
    )
    arguments.add_argument(
        "--rounds", type=int, default=3, help="our timing is the median of so many rounds"
    )
    options = arguments.parse_args()
    folder = options.data / "mathif" if (options.data / "mathif").is_dir() else options.data
    todo = pairs(folder)
    if not todo:
        print(
            f"There are no .jsonl files in {folder}. Expected: MathIF's 15 files.", file=sys.stderr
        )
        return 2
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")

    ours("x+1", "1+x")
    math_verify("x+1", "1+x")  # imports are not timed
    cold_verdicts, cold = timed(ours, todo)
    rounds: list[list[float]] = []
    for _ in range(options.rounds):
        from bridle.maths.equal import forget

        forget()
        gc.collect()
        rounds.append(timed(ours, todo)[1])
    seconds = [statistics.median(times) for times in zip(*rounds, strict=True)]
    their_verdicts, theirs = timed(math_verify, todo)

    print(f"{len(todo)} pairs, {len(todo) // 2} references, half right and half wrong\n")
    print(
        f"{'':14}{'pairs/s':>10}{'median µs':>12}{'p95 µs':>10}{'p99 µs':>10}{'worst ms':>10}{'right':>8}{'open':>6}"
    )
    for name, times, verdicts in (
        ("bridle", seconds, cold_verdicts),
        ("bridle, first", cold, cold_verdicts),
        ("Math-Verify", theirs, their_verdicts),
    ):
        good = sum(v is want for v, (_, _, want) in zip(verdicts, todo, strict=True))
        open_ = sum(v is None for v in verdicts)
        print(
            f"{name:14}{len(times) / sum(times):10.0f}{1e6 * statistics.median(times):12.1f}"
            f"{1e6 * percentile(times, 0.95):10.0f}{1e6 * percentile(times, 0.99):10.0f}"
            f"{1e3 * max(times):10.1f}{good:8}{open_:6}"
        )
    print(
        f"\nthroughput: {sum(theirs) / sum(seconds):.0f} x Math-Verify (caches emptied before each of our rounds)"
    )
    print(f"first round, everything cold: {sum(theirs) / sum(cold):.0f} x")
    lost = [
        pair
        for pair, mine, other in zip(todo, cold_verdicts, their_verdicts, strict=True)
        if other is pair[2] and mine is not pair[2]
    ]
    won = sum(
        mine is pair[2] and other is not pair[2]
        for pair, mine, other in zip(todo, cold_verdicts, their_verdicts, strict=True)
    )
    print(f"verdicts lost against Math-Verify: {len(lost)}; won: {won}")
    for gold, answer, want in lost:
        print(f"  lost: {gold!r} and {answer!r} are {'equal' if want else 'not equal'}")
    for (gold, answer, want), mine in zip(todo, cold_verdicts, strict=True):
        if mine is not want and (gold, answer, want) not in lost:
            print(f"  ours {mine}, expected {want}: {gold!r} and {answer!r}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
