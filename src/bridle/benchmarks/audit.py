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
    "no witness": "no such answer was found; no proof that there is none",
    "capitals": "all letters must be capital, and upstream counts those of \\boxed{} too",
    "capitals and answer": "the same, and the reference answer itself has small letters",
    "commas": "no comma is allowed, the reference answer has some, and upstream counts them",
    "fails upstream": "our witness fails by upstream's rules; no proof that every answer does",
    "undecided upstream": "upstream's rules give no verdict on our witness here",
    "two formats": 'the question asks for the answer after "####", the prompt for \\boxed{}',
    "named in capitals": "no capital is allowed, and the question names things in capitals",
}
UNSATISFIABLE: dict[Rules, tuple[str, ...]] = {
    "ours": ("conflict",),
    "upstream": ("conflict", "capitals", "capitals and answer", "commas"),
}

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


def audit(benchmark: Benchmark) -> Audit:
    """Every row's findings, in the order of the files, and every trivial answer's floor."""
    findings: list[Finding] = []
    for item in sorted(benchmark.items, key=_place):
        findings += satisfied(item)
        findings += remarks(item)
    return Audit(
        benchmark=benchmark.name,
        rows=len(benchmark.items),
        constraints=sum(len(i.constraints) for i in benchmark.items),
        findings=tuple(findings),
        floors=tuple(floors(benchmark)),
    )


def _place(item: Item) -> list[tuple[int, str]]:
    """Numbers in an id count as numbers: line 9 comes before line 10."""
    parts = re.findall(r"[0-9]+|[^0-9]+", item.id)
    return [(int(p), "") if p.isdecimal() else (0, p) for p in parts]


def satisfied(item: Item) -> list[Finding]:
    """Whether the row has a witness, and whether that passes upstream's rules as well."""
    found = witness(item.constraints, item.problem.answer, question=item.problem.question)
    if isinstance(found, Conflict):
        names = tuple(m if isinstance(m, str) else m.name for m in found.members)
        kind = "conflict" if found.proved else "no witness"
        return [Finding(item.id, kind, "ours", names, found.reason)]
    if not item.peer or item.benchmark not in WITH_UPSTREAM:
        return []
    given = [(p.id, p.kwargs) for p in item.peer]
    verdict = judge(item.benchmark, found, given, prompt=item.prompt)
    if verdict.hard:
        return []
    failed = {p.id for p, ok in zip(item.peer, verdict.obeyed, strict=True) if ok is False}
    if not failed:
        why = "; ".join(r for r in verdict.reasons if r)
        return [Finding(item.id, "undecided upstream", "upstream", (), why)]
    return [_upstream(item, peer_id) for peer_id in sorted(failed)]


def _upstream(item: Item, peer_id: str) -> Finding:
    """Why the witness fails a rule of upstream's: because every answer would, where that is clear."""
    answer = item.problem.answer or ""
    reason = f"reference answer {answer}"
    if peer_id == "change_case:english_capital":  # "boxed" itself has small letters
        kind = "capitals and answer" if re.search("[a-z]", answer) else "capitals"
    elif peer_id == "punctuation:no_comma" and "," in answer:
        kind = "commas"
    else:
        kind, reason = "fails upstream", ""
    return Finding(item.id, kind, "upstream", (peer_id,), reason)


def remarks(item: Item) -> list[Finding]:
    """What a reader of the numbers should know of a row that can be satisfied all the same."""
    peers = {p.id for p in item.peer}
    found: list[Finding] = []
    if "####" in item.problem.question:
        found.append(Finding(item.id, "two formats", "ours", (), ""))
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
