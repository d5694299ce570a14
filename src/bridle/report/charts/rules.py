"""Which constraints are obeyed: by type, sorted by what is lost, and by what they ask of a writer."""

from __future__ import annotations

from collections import defaultdict

from bridle.analysis.rates import WORDS
from bridle.analysis.summary import Summary
from bridle.report.charts.chart import Chart
from bridle.report.charts.common import COLUMNS, Names, bars, counted, rows_of
from bridle.report.charts.draw import Point, Square, cells, dots, shown
from bridle.report.figures import percent
from bridle.report.links import samples
from bridle.report.untrusted import line
from bridle.statistics import Estimate

MOST_TYPES = 40  # lines of the drawing; its table has them all
UNIT = "percent of verdicts that are obeyed, as run"


def constraints(summary: Summary, names: Names) -> Chart | None:
    """Constraint types by models, the most broken first, with n at each label."""
    rows = [r for r in summary.by_type if isinstance(r.rates["obeyed"].run, Estimate)]
    if not rows:
        return None
    values: defaultdict[str, list[Estimate]] = defaultdict(list)
    for row in rows:
        values[row.label].append(row.rates["obeyed"].run)  # type: ignore[arg-type]
    ranked = sorted(values, key=lambda name: (_mean(values[name]), name))
    one = len(summary.whos) == 1
    keys = ("obeyed", "floor") if one else ("obeyed",)
    points = [
        Point(
            f"{name.replace('_', ' ')} (n {_n(values[name])})",
            WORDS[key] if one else names[row.who],
            e,
            samples(who=row.who, constraint=name),
        )
        for name in ranked
        for row in rows
        if row.label == name
        for key in keys
        if isinstance(e := row.rates[key].run, Estimate)
    ]
    drawn_labels = list(dict.fromkeys(p.label for p in points))[:MOST_TYPES]
    drawn = [p for p in points if p.label in set(drawn_labels)]
    left = len(ranked) - len(drawn_labels)
    title = "Constraints by what is lost, the most broken first"
    if left:
        title += f" ({left} more, obeyed more often, in the table)"
    return Chart(
        key="constraints",
        title=title,
        says="; ".join(
            f"{line(p.label)}, {line(p.series)}: {percent(p.estimate)}" for p in drawn[:12]
        ),
        unit=UNIT,
        n=counted((p.estimate for p in points), "verdicts") + (" in each cell" if not one else ""),
        interval=bars(p.estimate for p in points)
        if one
        else "the stronger the shade, the more is lost; intervals: in the table",
        columns=("constraint", *COLUMNS[1:]),
        rows=rows_of(points),
        links=tuple(p.link for p in points),
        spec=dots(drawn, [WORDS[k] for k in keys])
        if one
        else cells(
            [
                Square(p.label, p.series, 1 - p.estimate.value, shown(p.estimate), p.link)
                for p in drawn
            ],
            columns=[names[who] for who in summary.whos],
        ),
    )


def classes(summary: Summary, names: Names) -> Chart | None:
    """Planning (counts and structure of the whole) beside precision (exact local form)."""
    rows = [r for r in summary.by_class if isinstance(r.rates["obeyed"].run, Estimate)]
    if len({row.label for row in rows}) < 2:
        return None
    points = [
        Point(names[row.who], row.label, e, samples(who=row.who))
        for row in rows
        if isinstance(e := row.rates["obeyed"].run, Estimate)
    ]
    return Chart(
        key="classes",
        title="Constraints that must be planned, and those of exact form",
        says="; ".join(f"{line(p.label)}, {p.series}: {percent(p.estimate)}" for p in points),
        unit=UNIT,
        n=counted((p.estimate for p in points), "verdicts"),
        interval=bars(p.estimate for p in points),
        columns=("model", "class", *COLUMNS[2:]),
        rows=rows_of(points),
        links=tuple(p.link for p in points),
        spec=dots(points, ("planning", "precision")),
    )


def _mean(found: list[Estimate]) -> float:
    return sum(e.value for e in found) / len(found)


def _n(found: list[Estimate]) -> str:
    n = sorted({e.n for e in found})
    return f"{n[0]:,}" if len(n) == 1 else f"{n[0]:,}–{n[-1]:,}"
