"""What `bridle why` prints: the shares as a table that sums, then sentences, then the arms."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from bridle.analysis.why import Why
from bridle.analysis.why_arms import MOVED, ArmFinding
from bridle.analysis.why_findings import points
from bridle.report.figures import p_value, percent
from bridle.report.grid import Grid
from bridle.report.untrusted import line
from bridle.statistics import Loss

if TYPE_CHECKING:
    from rich.console import Console


def print_why(found: Why, console: Console) -> None:
    """Print it at 80 columns, plain in a pipe."""

    def say(text: str) -> None:
        console.print(line(text), markup=False, highlight=False)

    say(f"{found.model}, arm {found.arm}")
    for note in found.notes:
        say(note)
    for loss, label in ((found.loss, found.outcome), (found.obedience, "HAcc")):
        if loss is None:
            continue
        console.print()
        if not loss.failed:
            say(f"{label} fails in none of {loss.n:,} responses.")
            continue
        share = "" if loss.total.few else f": {percent(loss.total)} %"
        say(
            f"{label} fails in {loss.failed:,} of {loss.n:,} responses{share}. "
            "In percent of all responses:"
        )
        console.print(_shares(loss))
    console.print()
    for finding in found.findings:
        say(finding.sentence)
    for arm in found.arms:
        console.print()
        for text in arm_sentences(arm, found.arm):
            say(text)


def _shares(loss: Loss) -> Grid:
    grid = Grid("cause", [("responses",), ("first cause", "95 %"), ("shared",)])
    first = rounded([Fraction(s.count, loss.n) for s in loss.shares])
    shared = rounded([s.shapley_count / loss.n for s in loss.shares])
    for share, one, other in zip(loss.shares, first, shared, strict=True):
        e = share.sequential
        interval = "" if e.few else f"[{100 * e.low:.1f}, {100 * e.high:.1f}]"
        grid.add(line(share.cause), f"{share.count:,}", one, interval, other)
    sums = (rounded([Fraction(loss.failed, loss.n)])[0],) * 2
    grid.add("all", f"{loss.failed:,}", sums[0], "", sums[1])
    return grid


def rounded(shares: list[Fraction]) -> list[str]:
    """Percent to one place such that what is printed sums to the rounded sum (largest remainders)."""
    units = [share * 1000 for share in shares]
    floors = [int(u) for u in units]
    missing = round(sum(units)) - sum(floors)
    order = sorted(range(len(units)), key=lambda i: floors[i] - units[i])
    for i in order[:missing]:
        floors[i] += 1
    return [f"{unit / 10:.1f}" for unit in floors]


def arm_sentences(arm: ArmFinding, base: str) -> list[str]:
    """What the arm recovers, beside plain and beside its control, and at what cost."""
    found: list[str] = []
    parts: list[str] = []
    for c in arm.contrasts:
        if isinstance(c.difference, str):
            continue
        p = c.difference.p if c.primary else c.p
        tested = "" if p is None else f", {p_value(p)}"
        parts.append(f"{c.label} {points(c.difference.estimate)}{tested}: {c.says}")
    found.append(f"Arm {arm.arm} beside {base}: {'; '.join(parts) or 'no item in both'}.")
    cost: list[str] = []
    if not isinstance(arm.tokens, str):
        e = arm.tokens
        interval = "" if e.few else f" [{e.low:.2f}, {e.high:.2f}]"
        cost.append(f"{e.value:.2f} times the tokens{interval}")
    if not isinstance(arm.thought, str):
        e = arm.thought
        moved = e.low > MOVED or e.high < 1 / MOVED
        near = 1 / MOVED < e.value < MOVED
        check = (
            ""
            if moved
            else (", no effect on thinking" if near else ", cannot tell whether it moved thinking")
        )
        interval = "" if e.few else f" [{e.low:.2f}, {e.high:.2f}]"
        cost.append(f"{e.value:.2f} times the thinking{interval}{check}")
    if arm.per_success and not isinstance(arm.per_success, str):
        e = arm.per_success
        interval = "" if e.few else f" [{e.low:,.0f}, {e.high:,.0f}]"
        cost.append(f"{e.value:,.0f} tokens a joint success{interval}")
    elif arm.per_success:
        cost.append(str(arm.per_success).removesuffix("."))
    if cost:
        found.append(f"  Cost: {'; '.join(cost)}.")
    if arm.beyond_control:
        shown = [
            f"{c.label} {points(c.difference.estimate)}: {c.says}"
            for c in arm.beyond_control
            if not isinstance(c.difference, str)
        ]
        found.append(f"  Beyond its control {arm.control}: {'; '.join(shown)}.")
    elif arm.control_missing:
        found.append(
            f"  Its control {arm.control_missing} is not in this study: whether the text or its "
            "place and length did it cannot be told."
        )
    return found
