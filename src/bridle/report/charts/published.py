"""Published results beside a study's own, by size of model."""

from __future__ import annotations

from bridle.analysis.beside import KEYS, Published
from bridle.analysis.summary import Summary
from bridle.report.charts.chart import Chart
from bridle.report.charts.common import COLUMNS, Names, rows_of
from bridle.report.charts.draw import Point, dots
from bridle.report.figures import percent
from bridle.report.links import samples
from bridle.report.untrusted import line
from bridle.statistics import Estimate

SHOWN = ("hacc", "sacc", "correct_with")
HERE = "► "  # marks a row of this study


def beside(summary: Summary, found: Published, names: Names) -> Chart:
    """The table's rows from the smallest model, this study's above them, marked."""
    by_theirs = {row.who: row.upstream for row in summary.both}
    points: list[Point] = []
    for row in summary.overall:
        theirs = by_theirs.get(row.who, {})
        rules = "" if theirs or summary.rules == "upstream" else " (our rules)"
        for key in SHOWN:
            e = theirs.get(key) or row.rates[key].run
            if isinstance(e, Estimate):
                points.append(
                    Point(f"{HERE}{names[row.who]}{rules}", KEYS[key], e, samples(who=row.who))
                )
    for row in found.rows:
        for key in SHOWN:
            e = row.rates[key].run
            if isinstance(e, Estimate):
                points.append(Point(_with_size(row.label, found.sizes[row.who]), KEYS[key], e))
    said = [p for p in points if p.series == KEYS["hacc"]]
    return Chart(
        key="published",
        title=f"Beside published results ({found.source}), by size of model",
        says="; ".join(f"{line(p.label)}: {p.series} {percent(p.estimate)}" for p in said),
        unit="percent of answers, by the published judge",
        n=f"n = {found.n} of each published row; {HERE.strip()} marks this study",
        interval="bars: 95 % intervals (of that n)",
        columns=("model", *COLUMNS[1:]),
        rows=rows_of(points),
        links=tuple(p.link for p in points),
        spec=dots(points, [KEYS[key] for key in SHOWN]),
    )


def _with_size(name: str, size: float) -> str:
    """The name, and its size where the name does not say it."""
    return name if f"{size:g}B" in name else f"{name}, {size:g}B"
