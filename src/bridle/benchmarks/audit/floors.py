"""What an answer earns that takes no reading of the question: the floor under every figure.

floors(load("mathif"))[0]  -> Floor("a", "ours", "all", n=420, hard=0.12, soft=0.30)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from bridle.benchmarks.base import Benchmark
from bridle.benchmarks.item import Item
from bridle.benchmarks.published import BENCHMARKS as WITH_UPSTREAM
from bridle.benchmarks.published import judge
from bridle.text import read_text

Rules = Literal["ours", "upstream"]

# Answers that take no reading of the question, or no solving of it.
TRIVIAL: dict[str, Callable[[Item], str]] = {
    "a": lambda item: "a",
    '"a"': lambda item: '"a"',
    "(nothing)": lambda item: "",
    "I do not know.": lambda item: "I do not know.",
    "the question": lambda item: item.problem.question,
}
STATING: dict[str, Callable[[Item], str]] = {  # of benchmarks that have reference answers
    "\\boxed{reference}": lambda item: boxed(item),
    "one sentence": lambda item: f"The answer is {boxed(item)}.",
}


@dataclass(frozen=True, slots=True)
class Floor:
    """What one trivial answer earns by one set of rules: shares of the n rows of a source.

    `hard`: all constraints obeyed; `soft`: mean share of constraints obeyed; None where the rules
    give no verdict for some row. Where a constraint is about the thinking, the same text is thought.
    """

    answer: str
    rules: Rules
    source: str  # "all" for all rows
    n: int
    hard: float | None
    soft: float | None


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
    stated = any(item.problem.answer is not None for item in benchmark.items)
    found: list[Floor] = []
    for rules in all_rules:
        for name, answer in {**TRIVIAL, **(STATING if stated else {})}.items():
            marks = {i.id: _marks(i, answer(i), rules) for i in benchmark.items}
            for source, items in by_source.items():
                hard, soft = _means([marks[i.id] for i in items])
                found.append(Floor(name, rules, source, len(items), hard, soft))
    return found


def boxed(item: Item) -> str:
    """The reference answer as MathIF's prompt wants it stated."""
    return f"\\boxed{{{item.problem.answer or ''}}}"


def raw_of(thinking: str, answer: str) -> str:
    """The output of a model that thought and answered so; no tags where it did not think."""
    return f"<think>\n{thinking}\n</think>\n\n{answer}" if thinking else answer


def about_thinking(item: Item) -> bool:
    return any(rule.scope == "thinking" for rule in item.constraints)


Marks = list[bool | None]


def _marks(item: Item, text: str, rules: Rules) -> Marks:
    if rules == "upstream":
        given = [(p.id, p.kwargs) for p in item.peer]
        raw = raw_of(text, text) if about_thinking(item) else text
        return judge(item.benchmark, raw, given, prompt=item.prompt).obeyed
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
