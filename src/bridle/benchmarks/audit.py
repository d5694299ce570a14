r"""What is wrong with a benchmark's rows: which nobody can satisfy, and what a trivial answer earns.

    found = audit(load("mathif"))
    found.findings[0]  -> Finding("gsm8k_double:22", "conflict", "ours", ("no_comma", "repeat"), "…")
    found.floors[0]    -> Floor("a", "ours", "gsm8k", n=90, hard=0.12, soft=0.30)

A row can be satisfied when there is a witness: a text that obeys all its constraints and states the
reference answer in \boxed{}. Each witness is judged by upstream's rules too, where the row is a
peer's: what obeys both is beyond dispute, and what fails upstream is listed with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from bridle.benchmarks.base import Benchmark
from bridle.benchmarks.item import Item
from bridle.constraints import Conflict, witness
from bridle.text import read_text
from bridle.upstream import BENCHMARKS as WITH_UPSTREAM
from bridle.upstream import judge

Rules = Literal["ours", "upstream"]

# What is looked for: the sort of finding and what it means.
KINDS: dict[str, str] = {
    "conflict": "no answer obeys all constraints and states the reference answer in \\boxed{}",
    "capitals": "all letters must be capital, and upstream counts the small ones of \\boxed{} too",
    "capitals and answer": "the same, and the reference answer itself has small letters",
    "fails upstream": "our witness does not pass upstream's rules; no proof that none does",
    "undecided upstream": "upstream's rules give no verdict on our witness here",
    "two formats": 'the question asks for the answer after "####", the prompt for \\boxed{}',
    "commas": "no comma is allowed, and the reference answer has commas",
    "named in capitals": "no capital is allowed, and the question names things in capitals",
}
UNSATISFIABLE: dict[Rules, tuple[str, ...]] = {
    "ours": ("conflict",),
    "upstream": ("conflict", "capitals", "capitals and answer"),
}
REMARKS = ("two formats", "commas", "named in capitals")

# Answers that take no reading of the question, or no solving of it.
TRIVIAL: dict[str, Callable[[Item], str]] = {
    "a": lambda item: "a",
    '"a"': lambda item: '"a"',
    "(nothing)": lambda item: "",
    "I do not know.": lambda item: "I do not know.",
    "the question": lambda item: item.problem.question,
    "\\boxed{reference}": lambda item: _boxed(item),
    "one sentence": lambda item: f"The answer is {_boxed(item)}.",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about one row; `constraints` are those concerned, by our names or the peer's ids."""

    item: str
    kind: str
    rules: Rules
    constraints: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Floor:
    """What one trivial answer earns by one set of rules: shares of the n rows of a source.

    `hard`: all constraints obeyed; `soft`: mean share of constraints obeyed; None where the rules
    give no verdict for some row.
    """

    answer: str
    rules: Rules
    source: str  # "all" for all rows
    n: int
    hard: float | None
    soft: float | None


@dataclass(frozen=True, slots=True)
class Audit:
    benchmark: str
    rows: int
    constraints: int
    findings: tuple[Finding, ...]
    floors: tuple[Floor, ...]

    def unsatisfiable(self, rules: Rules) -> list[str]:
        """The rows that are proved to have no obedient and right answer by those rules."""
        kinds = UNSATISFIABLE[rules]
        return list(
            dict.fromkeys(
                f.item for f in self.findings if f.kind in kinds and f.rules in ("ours", rules)
            )
        )


def audit(benchmark: Benchmark, *, watch: Callable[[int], None] | None = None) -> Audit:
    """Every row's findings and every trivial answer's floor; `watch` is told each row done."""
    findings: list[Finding] = []
    for done, item in enumerate(benchmark.items, start=1):
        findings += satisfied(item)
        findings += remarks(item)
        if watch is not None:
            watch(done)
    return Audit(
        benchmark=benchmark.name,
        rows=len(benchmark.items),
        constraints=sum(len(i.constraints) for i in benchmark.items),
        findings=tuple(findings),
        floors=tuple(floors(benchmark)),
    )


def satisfied(item: Item) -> list[Finding]:
    """Whether the row has a witness, and whether that passes upstream's rules as well."""
    found = witness(item.constraints, item.problem.answer)
    if isinstance(found, Conflict):
        return [Finding(item.id, "conflict", "ours", found.names, found.reason)]
    if not item.peer or item.benchmark not in WITH_UPSTREAM:
        return []
    given = [(p.id, p.kwargs) for p in item.peer]
    verdict = judge(item.benchmark, found, given, prompt=item.prompt)
    if verdict.hard:
        return []
    failed = tuple(p.id for p, ok in zip(item.peer, verdict.obeyed, strict=True) if ok is False)
    if "change_case:english_capital" in failed:
        small = re.search("[a-z]", item.problem.answer or "") is not None
        kind = "capitals and answer" if small else "capitals"
        reason = f"reference answer {item.problem.answer}"
        return [Finding(item.id, kind, "upstream", ("change_case:english_capital",), reason)]
    if failed:
        return [Finding(item.id, "fails upstream", "upstream", failed, f"witness: {found}")]
    why = "; ".join(r for r in verdict.reasons if r)
    return [Finding(item.id, "undecided upstream", "upstream", (), why)]


def remarks(item: Item) -> list[Finding]:
    """What a reader of the numbers should know of a row that can be satisfied all the same."""
    peers = {p.id for p in item.peer}
    answer = item.problem.answer or ""
    found: list[Finding] = []
    if "####" in item.problem.question:
        found.append(Finding(item.id, "two formats", "ours", (), 'the question says "####"'))
    if "punctuation:no_comma" in peers and "," in answer:
        reason = f"reference answer {answer}"
        found.append(Finding(item.id, "commas", "ours", ("punctuation:no_comma",), reason))
    if "change_case:english_lowercase" in peers and (names := _names(item.problem.question)):
        reason = "names " + " ".join(names)
        ids = ("change_case:english_lowercase",)
        found.append(Finding(item.id, "named in capitals", "ours", ids, reason))
    return found


def floors(benchmark: Benchmark) -> list[Floor]:
    """Every trivial answer by every set of rules, over all rows and by source."""
    by_source: dict[str, list[Item]] = {"all": list(benchmark.items)}
    for item in benchmark.items:
        by_source.setdefault(item.problem.source, []).append(item)
    if len(by_source) == 2:
        by_source = {"all": list(benchmark.items)}
    all_rules: list[Rules] = ["ours"]
    if benchmark.name in WITH_UPSTREAM:
        all_rules.append("upstream")
    found: list[Floor] = []
    for rules in all_rules:
        for name, answer in TRIVIAL.items():
            marks = {i.id: _marks(i, answer(i), rules) for i in benchmark.items}
            for source, items in by_source.items():
                hard, soft = _means([marks[i.id] for i in items])
                found.append(Floor(name, rules, source, len(items), hard, soft))
    return found


Marks = list[bool | None]


def _marks(item: Item, text: str, rules: Rules) -> Marks:
    if rules == "upstream":
        given = [(p.id, p.kwargs) for p in item.peer]
        return judge(item.benchmark, text, given, prompt=item.prompt).obeyed
    if not text.strip():  # no answer obeys nothing
        return [False] * len(item.constraints)
    parsed = read_text(text)
    return [c.check(parsed).obeyed is True for c in item.constraints]


def _means(rows: list[Marks]) -> tuple[float | None, float | None]:
    judged = [[m for m in row if m is not None] for row in rows if row]
    if not judged or any(None in row for row in rows):
        return None, None
    hard = sum(all(row) for row in judged) / len(judged)
    return hard, sum(sum(row) / len(row) for row in judged) / len(judged)


def _boxed(item: Item) -> str:
    return f"\\boxed{{{item.problem.answer or ''}}}"


def _names(question: str) -> list[str]:
    """Single capitals (but A and I, which begin sentences) and words of capitals, without commands."""
    plain = re.sub(r"\\[A-Za-z]+", " ", question)
    return list(
        dict.fromkeys(re.findall(r"(?<![A-Za-z])(?:[B-HJ-Z]|[A-Z]{2,})(?![A-Za-z])", plain))
    )


def by_kind(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """Findings in the order of `KINDS`, empty kinds left out."""
    every = list(findings)
    grouped = {kind: [f for f in every if f.kind == kind] for kind in KINDS}
    return {kind: found for kind, found in grouped.items() if found}
