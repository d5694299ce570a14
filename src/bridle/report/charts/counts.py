"""How responses divide: statuses, how answers were found, obeyed against right, where both judges part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bridle.analysis.rules import Parting
from bridle.analysis.shares import OVERLAP, Share, overlap, statuses
from bridle.analysis.summary import Summary
from bridle.report.charts.chart import Chart
from bridle.report.charts.common import COLUMNS, Names, bars, counted, rows_of
from bridle.report.charts.draw import Point, Square, cells, dots, shown
from bridle.report.figures import percent
from bridle.report.links import samples
from bridle.report.untrusted import line
from bridle.statistics import Estimate

if TYPE_CHECKING:
    import polars as pl

_LINKS = {
    "obeyed and right": {"obeyed": "yes", "correct": "yes"},
    "obeyed, wrong": {"obeyed": "yes", "correct": "no"},
    "right, not obeyed": {"obeyed": "no", "correct": "yes"},
    "neither": {"obeyed": "no", "correct": "no"},
}
MOST_TYPES = 25


def of_statuses(frame: pl.DataFrame, names: Names) -> Chart | None:
    found = statuses(frame)
    if len({s.value for s in found}) < 2:
        return None
    return _divided(
        "statuses", "How the responses ended", found, names, "percent of all responses, errors too",
        lambda s: samples(who=s.who, status=s.value),
    )  # fmt: skip


def of_answers(summary: Summary, names: Names) -> Chart | None:
    """How the final answers were found: of one model with constraints and without, of several with."""
    one = len({row.who for row in summary.by_way}) == 1
    series = {"way_with": "with constraints", "way_without": "without"}
    bare = not any(isinstance(row.rates["way_with"].complete, Estimate) for row in summary.by_way)
    keys = ("way_with", "way_without") if one else ("way_without",) if bare else ("way_with",)
    points = [
        Point(
            row.label,
            series[key] if one else names[row.who],
            e,
            samples(who=row.who, found_how=row.label, condition=series[key].split()[0]),
        )
        for row in summary.by_way
        for key in keys
        if isinstance(e := row.rates[key].complete, Estimate)
    ]
    if len({p.label for p in points}) < 2:
        return None
    return Chart(
        key="found-how",
        title="How the final answers were found" + ("" if one or bare else ", with constraints"),
        says=_said([p for p in points if p.estimate.value]),
        unit="percent of complete responses with a reference answer",
        n=counted((p.estimate for p in points), "responses"),
        interval=bars(p.estimate for p in points) if one else "intervals: in the table",
        columns=("found", "condition" if one else "model", *COLUMNS[2:]),
        rows=rows_of(points),
        links=tuple(p.link for p in points),
        spec=dots(points, list(series.values()))
        if one
        else cells([Square(p.series, p.label, p.estimate.value, _cell(p), p.link) for p in points]),
    )


def of_overlap(frame: pl.DataFrame, names: Names) -> Chart | None:
    found = overlap(frame)
    if not found:
        return None
    points = [
        Point(
            names[s.who],
            s.value,
            s.estimate,
            samples(who=s.who, condition="with", **_LINKS[s.value]),
        )
        for s in found
    ]
    return Chart(
        key="overlap",
        title="Obeyed and right: which answers are both, one, or neither",
        says=_said(points),
        unit="percent of answers to prompts with constraints, as run",
        n=counted(p.estimate for p in points),
        interval=bars(p.estimate for p in points),
        columns=("model", *COLUMNS[1:]),
        rows=rows_of(points),
        links=tuple(p.link for p in points),
        spec=dots(points, OVERLAP),
    )


def of_judges(summary: Summary, names: Names) -> Chart | None:
    """HAcc by our rules and by the published ones, on the responses that both have judged."""
    points = [
        Point(names[row.who], judge, side["hacc"], samples(who=row.who, parted="yes"))
        for row in summary.both
        for judge, side in (("ours", row.ours), ("published", row.upstream))
    ]
    if not points:
        return None
    return Chart(
        key="judges",
        title="Obedience by both judges: our rules and the published code",
        says=_said(points),
        unit="percent of answers that obey all, as run",
        n=counted(p.estimate for p in points),
        interval=bars(p.estimate for p in points),
        columns=("model", "judge", *COLUMNS[2:]),
        rows=rows_of(points),
        links=tuple(p.link for p in points),
        spec=dots(points, ("ours", "published")),
    )


def of_partings(summary: Summary) -> Chart | None:
    """The constraints on which the judges disagree, and in whose favour."""
    if not summary.partings:
        return None

    def way(p: Parting) -> str:
        return "published alone passes" if p.upstream else "ours alone passes"

    ways = ("ours alone passes", "published alone passes")
    counts = Counter((p.constraint, way(p)) for p in summary.partings)
    total = Counter(p.constraint for p in summary.partings)
    rows = tuple(
        (line(name), *(f"{counts[name, w]:,}" for w in ways), f"{total[name]:,}")
        for name, _ in sorted(total.items(), key=lambda one: (-one[1], one[0]))
    )
    points = [
        Point(
            name.replace("_", " "),
            w,
            _count(counts[name, w]),
            samples(constraint=name, parted="yes"),
        )
        for name, _ in sorted(total.items(), key=lambda one: (-one[1], one[0]))[:MOST_TYPES]
        for w in ways
        if counts[name, w]
    ]
    return Chart(
        key="disagreements",
        title="Where both judges disagree, by constraint",
        says="; ".join(f"{p.label}: {p.estimate.n} verdicts, {p.series}" for p in points),
        unit="verdicts on which they differ",
        n=f"n = {len(summary.partings):,} verdicts",
        interval="counts, no interval",
        columns=("constraint", *ways, "all"),
        rows=rows,
        links=tuple(samples(constraint=row[0], parted="yes") for row in rows),
        spec=dots(points, ways, title="verdicts", scale=1, domain=None, whole=True),
    )


def _divided(key: str, title: str, found: Sequence[Share], names: Names, unit: str, link) -> Chart:
    points = [Point(s.value.replace("_", " "), names[s.who], s.estimate, link(s)) for s in found]
    one = len({s.who for s in found}) == 1
    return Chart(
        key=key,
        title=title,
        says=_said([p for p in points if p.estimate.value]),
        unit=unit,
        n=counted((p.estimate for p in points), "responses"),
        interval=bars(p.estimate for p in points) if one else "intervals: in the table",
        columns=("value", "model", *COLUMNS[2:]),
        rows=rows_of(points),
        links=tuple(p.link for p in points),
        spec=dots(points, [p.series for p in points])
        if one
        else cells([Square(p.series, p.label, p.estimate.value, _cell(p), p.link) for p in points]),
    )


def _cell(point: Point) -> str:
    """Nothing where there is none; a small share is not 0."""
    if not point.estimate.value:
        return ""
    return "<1" if point.estimate.value < 0.005 else shown(point.estimate)


def _count(n: int) -> Estimate:
    return Estimate(float(n), float(n), float(n), n, "counted", "verdicts", None, "count")


def _said(points: Sequence[Point]) -> str:
    return "; ".join(f"{line(p.label)}, {line(p.series)}: {percent(p.estimate)}" for p in points)
