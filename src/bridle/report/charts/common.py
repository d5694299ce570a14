"""What charts share: their tables, their phrases, the addresses of samples."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bridle.report.charts.draw import Point
from bridle.report.figures import number, plural
from bridle.report.untrusted import line
from bridle.statistics import Estimate

BARS = "bars: 95 % intervals"
BANDS = "bands: 95 % intervals"
COLUMNS = ("", "what", "%", "from", "to", "n", "problems")


Names = Mapping[str, str]  # who → what charts call it


def names_of(whos: Sequence[str]) -> dict[str, str]:
    """Each row of the report without the parts that all of them begin with ("organism · plain" → "plain")."""
    split = {who: who.split(" · ") for who in whos}
    if len(split) < 2:
        return {who: who for who in split}
    shared = 0
    while all(len(parts) > shared + 1 for parts in split.values()) and (
        len({parts[shared] for parts in split.values()}) == 1
    ):
        shared += 1
    return {who: " · ".join(parts[shared:]) for who, parts in split.items()}


def bars(estimates: Iterable[Estimate], what: str = BARS) -> str:
    """What the bars mean, and where there are none."""
    few = [e.few for e in estimates]
    if few and all(few):
        return "fewer than 5 problems: no intervals"
    return f"{what}; none where there are fewer than 5 problems" if any(few) else what


def counted(estimates: Iterable[Estimate], what: str = "answers") -> str:
    """`n = 60 answers to 20 problems`, or their ranges where the estimates differ."""
    found = list(estimates)
    if not found:
        return ""
    n = [e.n for e in found]
    said = f"n = {_range(n)} {what}"
    problems = [e.problems for e in found if e.problems is not None]
    if problems:
        low, high = min(problems), max(problems)
        said += f" to {plural(high, 'problem') if low == high else f'{low:,} to {high:,} problems'}"
    return said


def _range(numbers: Sequence[int]) -> str:
    low, high = min(numbers), max(numbers)
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def rows_of(points: Sequence[Point], scale: float = 100) -> tuple[tuple[str, ...], ...]:
    """The table of dots or curves: label, series, estimate, interval, n, problems."""
    return tuple((line(p.label), line(p.series), *figures(p.estimate, scale)) for p in points)


def figures(e: Estimate, scale: float = 100) -> tuple[str, ...]:
    """Estimate, lower and upper bound ("" where few problems give none), n, problems."""

    def told(value: float) -> str:
        return number(value) if scale == 100 else f"{scale * value:,.4g}".replace("-", "−")

    bounds = ("", "") if e.few else (told(e.low), told(e.high))
    return (told(e.value), *bounds, f"{e.n:,}", "" if e.problems is None else f"{e.problems:,}")
