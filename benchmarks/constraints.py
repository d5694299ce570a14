r"""How fast is a check, how does it grow, and how often is a witness found?

    python benchmarks/constraints.py --data DIR --peer PYTHON     everything but the robustness run
    python benchmarks/constraints.py --only robust                1e6 repeats, 77,000 paragraphs, …
    python benchmarks/constraints.py --only types --size 10000 --size 10000000 --type words

DIR holds the folders `ifeval`, `ifbench` and `mathif`. PYTHON is an interpreter that has
lm-evaluation-harness (`pip install lm-eval[ifeval]`); it judges the same answers in the same run. Its
sentence splitter downloads nltk's `punkt_tab`; without that site, take it from the registry: the wheel
of llama-index-core holds a copy under `_static/nltk_cache`; put its `tokenizers` into a folder that
nltk searches, as `nltk_data` beside PYTHON's `bin` (`make bench` does so).
All times are CPU seconds of one process, the best of three rounds; beside the peer, of twenty for
each of the two, in turn.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import PIPE
from typing import Any

from bundles import ANSWER, bundles, pool_of_rules

from bridle.constraints import Conflict, Constraint, check, from_peer, loose, witness
from bridle.constraints.drafts.phrases import SENTENCES
from bridle.errors import ConstraintError
from bridle.responses import Ballot, read_response
from bridle.text import Text

ROUNDS = 20
PARTS = ("peer", "reading", "long", "types", "witness", "robust")
MATHS = ("$x^2 + 1 = {}$", "\\( \\frac{{{}}}{{2}} \\)", "{}", "`f({})`")


def timed(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def at(seconds: list[float], share: float) -> float:
    return sorted(seconds)[min(len(seconds) - 1, int(share * len(seconds)))]


def answer(size: int, seed: int) -> str:
    """An answer of that many characters as models write them: prose, maths, lists, headings."""
    rng = random.Random(seed)
    bank = SENTENCES["en"]
    parts: list[str] = []
    length = 0
    while length < size:
        sentence = rng.choice(bank)
        if rng.random() < 0.4:
            sentence += f" So we get {rng.choice(MATHS).format(rng.randint(2, 999))}."
        start = rng.random()
        lead = (
            "\n\n" if start < 0.12 else "\n- " if start < 0.2 else "\n## " if start < 0.22 else " "
        )
        piece = lead + (f"**{sentence}**" if rng.random() < 0.05 else sentence)
        parts.append(piece)
        length += len(piece)
    return "".join(parts)[:size]


# -- beside lm-evaluation-harness ---------------------------------------------------------------------


def rows_of(folder: Path) -> list[dict[str, Any]]:
    """IFEval's prompts with the recorded answers of GPT-4."""
    prompts = {
        row["prompt"]: row for row in map(json.loads, _lines(folder / "ifeval" / "prompts.jsonl"))
    }
    recorded = folder / "ifeval" / "gpt4_responses_with_verdicts.jsonl"
    return [
        {**prompts[row["prompt"]], "response": row["response"]}
        for row in map(json.loads, _lines(recorded))
        if row["prompt"] in prompts
    ]


def _lines(path: Path) -> Iterator[str]:
    return (line for line in path.read_text(encoding="utf-8").splitlines() if line.strip())


def ours(row: dict[str, Any]) -> tuple[list[bool | None], list[bool | None]]:
    """Strict and loose verdicts, the constraints made anew as lm-evaluation-harness does."""
    pairs = zip(row["instruction_id_list"], row["kwargs"], strict=True)
    rules = [from_peer(peer, kwargs) for peer, kwargs in pairs]
    strict = check(row["response"], *rules)
    loosely = loose(row["response"], *rules, strict=strict)
    return [v.obeyed for v in strict], [v.obeyed for v in loosely]


def forget() -> None:
    """Empty what bridle remembers of texts and sentences, so that each is met for the first time.
    Its larger tables are of single words, characters and patterns, as `re` has one."""
    for name, module in list(sys.modules.items()):
        for kept in vars(module).values() if name.startswith("bridle.") else ():
            if 1 < (getattr(kept, "cache_parameters", dict)().get("maxsize") or 0) <= 256:
                kept.cache_clear()


def _round(rows: list[dict[str, Any]]) -> list[float]:
    """The seconds that each row takes, all met for the first time."""
    forget()
    return [timed(lambda row=row: ours(row)) for row in rows]


def _alone(rows: list[dict[str, Any]]) -> None:
    least = map(min, *(_round(rows) for _ in range(ROUNDS)))
    print(f"  bridle                  {len(rows) / sum(least):8.0f} responses/s")


def beside_peer(folder: Path, python: str | None) -> None:
    rows = rows_of(folder)
    for row in rows:
        ours(row)  # what is loaded once is loaded
    print(f"{len(rows)} real answers, strict + loose, one core")
    if python is None:
        print("  lm-evaluation-harness: not asked for (--peer PYTHON)")
        _alone(rows)
        return
    seconds = [float("inf")] * len(rows)
    script = Path(__file__).with_name("lm_eval_ifeval.py")
    with tempfile.TemporaryDirectory() as scratch, tempfile.TemporaryFile("w+") as log:
        file = Path(scratch) / "rows.jsonl"
        file.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
        command = [python, str(script), str(file)]
        peer = subprocess.Popen(command, stdin=PIPE, stdout=PIPE, stderr=log, text=True, bufsize=1)
        assert peer.stdin and peer.stdout
        version = peer.stdout.readline().strip()
        if not version:
            log.seek(0)
            print("  lm-evaluation-harness cannot run there:", log.read().splitlines()[-1:])
            _alone(rows)
            return
        # Round by round in turn: a machine has slow minutes.
        times: list[list[float | None]] = []
        for _ in range(ROUNDS):
            peer.stdin.write("\n")
            told = json.loads(peer.stdout.readline())
            times.append(told["seconds"])
            seconds = list(map(min, seconds, _round(rows)))
        peer.stdin.close()
        peer.wait()
    print(f"  bridle                  {len(rows) / sum(seconds):8.0f} responses/s")
    columns = list(zip(*times, strict=True))
    ran = [i for i, row in enumerate(columns) if None not in row]
    theirs = sum(min(took for took in columns[i] if took is not None) for i in ran)
    left = f"{len(rows) - len(ran)} answers it could not judge here: {told['raised']}"
    print(f"  lm-eval {version:<15} {len(ran) / theirs:8.0f} responses/s")
    print(f"  on the {len(ran)} answers that both judge ({left})")
    print(f"  ratio                   {theirs / sum(seconds[i] for i in ran):8.1f} x")


def reading() -> None:
    """`read_response` and the count of votes on a million characters, the best of three."""
    prose = "We add 2 and 3, so x < 5 and [a] is \\frac{1}{2} of it. Then the assistant says so.\n"
    text = (prose * 20_000)[:1_000_000]
    print("\nreading a response of a million characters")
    for what, work in (
        ("without tags", lambda: read_response(text)),
        ("as a thought", lambda: read_response(f"<think>{text}</think>5")),
        ("votes", lambda: Ballot().add(text)),
    ):
        print(f"  {what:16}{1e3 * min(timed(work) for _ in range(3)):6.0f} ms")


# -- long answers, types, growth --------------------------------------------------------------------------


MATHIF = (
    "bullets capital_words end_phrase forbidden_words highlights keyword_count keywords language "
    "lowercase no_comma quoted repeat_prompt sections uppercase words"
)  # fmt: skip


def long_answers(number: int = 300) -> None:
    """Ten constraints of random types on answers of 20,000 characters, each text met for the first
    time; the best of three rounds."""
    pool = pool_of_rules()
    print(f"\n{number} answers of 20,000 characters, 10 constraints each")
    for whose, names in (("MathIF's 15", MATHIF.split()), ("all our", sorted(pool))):
        rng = random.Random(5)
        seconds: list[float] = []
        for i in range(number):
            rules = [rng.choice(pool[name]) for name in rng.sample(names, 10)]
            raw = answer(20_000, i)
            rounds: list[float] = []
            for _ in range(3):
                forget()
                rounds.append(timed(lambda raw=raw, rules=rules: check(Text(raw), *rules)))
            seconds.append(min(rounds))
        median, high = at(seconds, 0.5), at(seconds, 0.99)
        print(f"  of {whose} types: median {1e3 * median:.2f} ms, p99 {1e3 * high:.2f} ms")


SIZES = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)


def types(names: list[str], sizes: list[int]) -> None:
    """Cost of a type alone, parsing included, and how it grows, by default from 1 kB to 10 MB."""
    raws: list[str] = []
    for size in sizes:
        raw = answer(min(size, 1_000_000), 7)
        raws.append((raw + "\n") * max(1, size // 1_000_000))
    least = min(range(len(sizes)), key=lambda i: abs(sizes[i] - 10_000))
    shown = f"{sizes[-1] // 1000:,} kB : {sizes[least] // 1000:,} kB"
    print(f"\ncost by type, parsing included; the last column: seconds a character, {shown}")
    print(
        "  " + "type".ljust(24) + "".join(f"{f'{s // 1000:,} kB':>12}" for s in sizes) + "  growth"
    )
    slow: list[str] = []
    for name, rules in sorted(pool_of_rules().items()):
        if names and name not in names:
            continue
        cost: list[float] = []
        for raw in raws:
            rounds = 3 if len(raw) <= 100_000 else 2
            cost.append(
                min(
                    timed(lambda raw=raw, rule=rules[0]: rule.check(Text(raw)))
                    for _ in range(rounds)
                )
            )
        growth = (cost[-1] / len(raws[-1])) / max(1e-12, cost[least] / len(raws[least]))
        line = "".join(f"{1e3 * c:>9.2f} ms" for c in cost)
        print(f"  {name:24}{line}{growth:>8.1f}", flush=True)
        if growth > 8 or cost[-1] > 2:
            slow.append(name)
    print("  over 2 s at the largest, or growing faster than the text:", ", ".join(slow) or "none")


_MILLION = (
    "*",
    "a",
    "[",
    "(",
    '"',
    "{",
    "`",
    "$",
    "_",
    "#",
    "-",
    "<",
    ",",
    "\n",
    "é",
    "中",
    ".",
    "a ",
    "a, ",
)
HOSTILE: dict[str, Callable[[int], str]] = {  # texts of about so many characters
    "prose": lambda n: (answer(min(n, 1_000_000), 3) + "\n") * max(1, n // 1_000_000),
    "lines": lambda n: "".join(f"{i % 10}. So {i % 7}.\n" for i in range(n // 9)),
    "bullets": lambda n: "".join(f"- point {i}\n" for i in range(n // 14)),
    "paragraphs": lambda n: "".join(f"Part {i}.\n\n" for i in range(n // 13)),
    "nested brackets": lambda n: "[({" * (n // 6) + "})]" * (n // 6),
    "nested quotes": lambda n: "“‘" * (n // 4) + "’”" * (n // 4),
    "nested emphasis": lambda n: "(*" * (n // 4) + "*)" * (n // 4),
    "emoji": lambda n: "😀👍🏽" * (n // 3),
    "sentences": lambda n: "x. " * (n // 3),
    "cells": lambda n: "1,2\n" * (n // 4),
    "bold": lambda n: "**a** " * (n // 6),
    "bars": lambda n: "| a " * (n // 8) + "\n" + "|---" * (n // 8),
    **{repr(unit): (lambda n, unit=unit: unit * (n // len(unit))) for unit in _MILLION},
}  # fmt: skip


def robust(names: list[str], size: int) -> None:
    """Every type on every hostile text, parsing included: what takes over 2 s a million characters
    (10 million of prose), and what grows faster than the text from a tenth of it?"""
    pool = pool_of_rules()
    chosen = [name for name in sorted(pool) if not names or name in names]
    slow: list[tuple[float, float, str, str]] = []
    for what, make in HOSTILE.items():
        small, large = make(size // 10), make(size)
        took: dict[str, float] = {}
        for name in chosen:
            rule = pool[name][0]
            forget()
            before = timed(lambda rule=rule, small=small: rule.check(Text(small)))
            took[name] = timed(lambda rule=rule, large=large: rule.check(Text(large)))
            growth = took[name] / max(before, 0.001)
            if took[name] > 2 * size / 1_000_000 or growth > 40:
                slow.append((took[name], growth, name, what))
        worst = max(took, key=lambda n: took[n])
        print(f"  {what:18} {len(large):>11,} characters: worst {took[worst]:6.2f} s ({worst})")
    print(f"\n{len(chosen)} types; too slow or growing too fast:" + ("" if slow else " none"))
    for seconds, growth, name, what in sorted(slow, reverse=True):
        print(f"  {name:24} {what:18} {seconds:6.2f} s, {growth:5.1f} x for 10 x the text")


# -- witnesses ------------------------------------------------------------------------------------------


def witnesses(folder: Path | None, number: int = 1000) -> None:
    witness([], ANSWER)
    outcome: Counter[str] = Counter()
    seconds: list[float] = []
    for rules, _ in bundles(number, seed=11):
        kind, took = _sought(rules, ANSWER)
        outcome[kind] += 1
        seconds.append(took)
    print(f"\nwitnesses: {number} random bundles of 1-5 types that can hold together")
    _print_outcome(outcome, seconds)
    for name in ("mathif", "ifeval", "ifbench") if folder else ():
        outcome, seconds = Counter(), []
        for pairs, reference in _prompts(folder or Path(), name):
            try:
                rules = [from_peer(peer, kwargs) for peer, kwargs in pairs]
            except ConstraintError:
                outcome["no counterpart here"] += 1
                continue
            kind, took = _sought(rules, reference)
            outcome[kind] += 1
            seconds.append(took)
        print(f"  {name}")
        _print_outcome(outcome, seconds)


def _sought(rules: list[Constraint], reference: str | None) -> tuple[str, float]:
    start = time.process_time()
    found = witness(rules, reference)
    took = time.process_time() - start
    if isinstance(found, Conflict):
        return "proved conflict" if found.proved else "neither", took
    return "witness", took


def _prompts(folder: Path, name: str) -> Iterator[tuple[list[tuple[str, Any]], str | None]]:
    for file in sorted((folder / name).glob("*.jsonl")):
        for row in map(json.loads, _lines(file)) if "verdicts" not in file.name else ():
            if name == "mathif":
                pairs = zip(row["constraint_name"], row["constraint_args"], strict=True)
                yield list(pairs), row["answer"]
            else:
                yield list(zip(row["instruction_id_list"], row["kwargs"], strict=True)), None


def _print_outcome(outcome: Counter[str], seconds: list[float]) -> None:
    said = ", ".join(f"{n} {kind}" for kind, n in outcome.most_common())
    print(
        f"  {said}; median {1e3 * at(seconds, 0.5):.1f} ms, p99 {1e3 * at(seconds, 0.99):.0f} ms, "
        f"longest {1e3 * max(seconds):.0f} ms"
    )


def main() -> int:
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--data", type=Path, help="the folder of real inputs")
    arguments.add_argument("--peer", help="an interpreter that has lm-evaluation-harness")
    arguments.add_argument("--only", choices=PARTS, help="one part alone")
    arguments.add_argument(
        "--size",
        type=int,
        action="append",
        default=[],
        help="robust: characters of a hostile text (a million); types: of prose (1 kB to 10 MB)",
    )
    arguments.add_argument(
        "--type", action="append", default=[], help="types, robust: these types alone"
    )
    options = arguments.parse_args()
    parts = [options.only] if options.only else list(PARTS[:-1])
    folder: Path = options.data
    if "peer" in parts and options.data is None:
        print("Without --data DIR there are no real answers to time.", file=sys.stderr)
        parts.remove("peer")
    for part in parts:
        if part == "peer":
            beside_peer(folder, options.peer)
        elif part == "reading":
            reading()
        elif part == "long":
            long_answers()
        elif part == "types":
            types(options.type, options.size or list(SIZES))
        elif part == "witness":
            witnesses(options.data)
        else:
            for size in options.size or [1_000_000]:
                robust(options.type, size)
    return 0


if __name__ == "__main__":
    sys.exit(main())
