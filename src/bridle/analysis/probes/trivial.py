"""trivial: tokens and seconds by kind, maths and structure where none belong, contagion, the guard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bridle.analysis.probes.base import Finding, Findings, number, paired, percent, share, typical
from bridle.probes.trivial import GUARD, TALK
from bridle.statistics import Estimate

if TYPE_CHECKING:
    import polars as pl


def findings(frame: pl.DataFrame) -> list[Finding]:
    import polars as pl

    rows = frame.with_columns(kind=pl.col("group").str.split(":").list.first())
    contexts: dict[str, pl.DataFrame] = {"fresh": rows, "maths": rows.clear()}
    if "factor.context" in rows.columns:
        contexts = {c: rows.filter(pl.col("factor.context") == c) for c in contexts}
    fresh, after = contexts["fresh"], contexts["maths"]
    if not fresh.height:
        fresh = rows
    small = fresh.filter(pl.col("kind") != GUARD)
    talk, guard = small.filter(pl.col("kind").is_in(TALK)), fresh.filter(pl.col("kind") == GUARD)
    found = [
        typical("thought", "tokens thought, typical", small, "trivial_thought", "tokens"),
        share("much", "over 100 tokens thought", small, "trivial_much"),
        typical("seconds", "seconds, typical", small, "latency_s", "s", plus=0.01),
        share("leak", "maths marks in small talk", talk, "trivial_leak"),
        share("structure", "unasked structure", small, "trivial_structure"),
        share("word", "rule of one word kept", small.filter(pl.col("kind") == "word"), "hard"),
        share("easy", "facts and sums right", small, "correct"),
        share("economy", "area under the curve (right with few tokens)", small, "trivial_economy"),
        share("guard", "guard: hard problems right", guard, "correct"),
        typical("guard_thought", "guard: tokens thought, typical", guard, "trivial_thought", "tokens"),
    ]  # fmt: skip
    found.append(Finding("both", "harmonic mean of area and guard", _harmonic(*found[-3:-1])))
    found += [
        paired("leak_after", "maths marks: after exercises minus fresh", after, fresh, "trivial_leak"),
        paired("much_after", "over 100 tokens: after exercises minus fresh", after, fresh, "trivial_much"),
    ]  # fmt: skip
    for language in sorted(small["group"].str.split(":").list.last().unique()):
        part = small.filter(pl.col("group").str.ends_with(f":{language}"))
        found.append(share(f"much_{language}", f"  {language}: over 100 tokens", part, "trivial_much"))  # fmt: skip
    return found


def _harmonic(one: Finding, other: Finding) -> Estimate | str:
    """2ab / (a + b) of two independent rates, with an interval from theirs (MOVER: it rises in both)."""
    a, b = one.estimate, other.estimate
    if a is None or b is None:
        return "nothing to judge"
    if not a.value + b.value:
        return "both are 0"

    def mean(x: float, y: float) -> float:
        return 2 * x * y / (x + y) if x + y else 0.0

    value = mean(a.value, b.value)
    low = ((mean(a.low, b.value) - value) ** 2 + (mean(a.value, b.low) - value) ** 2) ** 0.5
    high = ((mean(a.high, b.value) - value) ** 2 + (mean(a.value, b.high) - value) ** 2) ** 0.5
    return Estimate(
        value, max(0.0, value - low), min(1.0, value + high), a.n + b.n, "MOVER of both rates",
        "harmonic mean", None,
    )  # fmt: skip


def sentence(found: Findings) -> str:
    return (
        f"An input that needs no reasoning typically took {number(found, 'thought', 0)} tokens of thought, "
        f"over 100 in {percent(found, 'much')}; {percent(found, 'leak')} of small talk was answered with "
        f"maths marks and {percent(found, 'structure')} with unasked structure; of the hard problems beside "
        f"them {percent(found, 'guard')} were right."
    )
