"""The rates of a summary: outcomes, obedience against correctness, the ladder of constraints, sources."""

from __future__ import annotations

from collections.abc import Sequence

from bridle.analysis.rates import LEADING, SHORT, WORDS, Row
from bridle.analysis.summary import Summary
from bridle.report.charts.chart import Chart
from bridle.report.charts.colours import MOST_SERIES
from bridle.report.charts.common import COLUMNS, Names, bars, counted, figures, rows_of
from bridle.report.charts.draw import Point, Square, cells, dots, shown
from bridle.report.charts.over import Place, Step, curves, plane
from bridle.report.figures import number, percent
from bridle.report.links import samples
from bridle.report.untrusted import line
from bridle.statistics import Estimate

PERCENT = "percent of answers, as run"


def outcomes(summary: Summary, names: Names) -> Chart | None:
    """Every outcome of one model, or the three main ones of several, the most obedient first."""
    if len(summary.overall) == 1:
        row = summary.overall[0]
        keys = LEADING
        order, title = ("as run",), f"What {line(row.label)} obeys and gets right"
        points = [
            Point(WORDS[key], "as run", e, samples(who=row.who))
            for key in keys
            if isinstance(e := row.rates[key].run, Estimate)
        ]
    else:
        bare = all(isinstance(row.rates["hacc"].run, str) for row in summary.overall)
        keys = ("correct_without",) if bare else SHORT
        order = tuple(WORDS[key] for key in keys)
        title = "Who is right" if bare else "Who obeys, who is right, and who is both"
        points = [
            Point(names[row.who], WORDS[key], e, samples(who=row.who))
            for row in sorted(summary.overall, key=_rank, reverse=True)
            for key in keys
            if isinstance(e := row.rates[key].run, Estimate)
        ]
    return _dots("outcomes", title, points, order)


def obedience(summary: Summary, names: Names) -> Chart | None:
    """HAcc against correctness of the same prompts, with the floor of each."""
    places: list[Place] = []
    for row in summary.overall:
        x, y, floor = (row.rates[key].run for key in ("correct_with", "hacc", "floor"))
        if isinstance(x, Estimate) and isinstance(y, Estimate):
            least = floor.value if isinstance(floor, Estimate) else None
            places.append(Place(names[row.who], x, y, least, link=samples(who=row.who)))
    if not places:
        return None
    floors = any(p.floor is not None for p in places)
    return Chart(
        key="obedience-correctness",
        title="Obedience against correctness"
        + (", with the floor that answers reach unasked" if floors else ""),
        says="; ".join(
            f"{line(p.name)}: obeys {percent(p.y)}, right {percent(p.x)}"
            + ("" if p.floor is None else f", floor {number(p.floor)}")
            for p in places
        ),
        unit="percent of answers to prompts with constraints",
        n=counted(p.y for p in places),
        interval=bars(p.y for p in places) + ("; dash: the floor" if floors else ""),
        columns=("model", "obeys all, %", "from", "to", "n", "problems", "right, %", "from", "to", "floor, %"),
        rows=tuple(
            (
                line(p.name), *figures(p.y), *figures(p.x)[:3],
                "" if p.floor is None else number(p.floor),
            )
            for p in places
        ),
        links=tuple(p.link for p in places),
        spec=plane(places, x_title="right, % (with constraints)", y_title="obeys all constraints, %"),
    )  # fmt: skip


def ladder(summary: Summary, names: Names) -> Chart | None:
    """HAcc and correctness over the number of constraints, on the problems that have every number."""
    rows = summary.ladder or summary.by_count
    counts = sorted({int(row.label) for row in rows})
    if len(counts) < 2:
        return None
    one = len(summary.whos) == 1
    keys = ("hacc", "floor", "correct_with") if one else ("hacc",)
    steps: list[Step] = []
    for row in rows:
        for key in keys:
            if key == "floor" and row.label == "0":  # nothing is asked there
                continue
            used = "correct_without" if key == "correct_with" and row.label == "0" else key
            if isinstance(e := row.rates[used].run, Estimate):
                series = WORDS[key] if one else names[row.who]
                link = samples(who=row.who, n_constraints=row.label)
                steps.append(Step(series, float(row.label), e, link))
    if len({s.x for s in steps}) < 2:
        return None
    order = [WORDS[key] for key in keys] if one else [names[who] for who in summary.whos]
    within = bool(summary.ladder)
    right = any(s.series == WORDS["correct_with"] for s in steps)
    what = "Obedience and correctness" if right else "Obedience"
    title = f"{what} by the number of constraints" + (
        ", on the same problems" if within else " (other problems at each number)"
    )
    points = [Point(f"{s.x:g}", s.series, s.estimate, s.link) for s in steps]
    if not one and len(summary.whos) > MOST_SERIES:
        return _cells("ladder", title, [(p.series, p.label, p.estimate, p.link) for p in points])
    return Chart(
        key="ladder",
        title=title,
        says=_said(points),
        unit=PERCENT if one else "percent of answers that obey all, as run",
        n=counted(s.estimate for s in steps),
        interval=bars(p.estimate for p in points),
        columns=("constraints", *COLUMNS[1:]),
        rows=rows_of(points),
        links=tuple(p.link for p in points),
        spec=curves(steps, order, x_title="constraints in the prompt", whole=True),
    )


def sources(summary: Summary, names: Names) -> Chart | None:
    """Obedience by where the problems come from."""
    return _slices(
        "sources",
        "Obedience and correctness by source",
        summary.by_source,
        "source",
        summary,
        names,
    )


def _slices(
    key: str, title: str, rows: Sequence[Row], column: str, summary: Summary, names: Names
) -> Chart | None:
    if len({row.label for row in rows}) < 2:
        return None
    bare = all(isinstance(row.rates["hacc"].run, str) for row in rows)
    if len(summary.whos) == 1:
        keys = ("correct_without",) if bare else ("hacc", "floor", "correct_with")
        points = [
            Point(row.label, WORDS[k], e, samples(who=row.who, **{column: row.label}))
            for row in rows
            for k in keys
            if isinstance(e := row.rates[k].run, Estimate)
        ]
        return _dots(key, title, points, [WORDS[k] for k in keys])
    found = [
        (row.label, names[row.who], e, samples(who=row.who, **{column: row.label}))
        for row in rows
        if isinstance(e := row.rates["correct_without" if bare else "hacc"].run, Estimate)
    ]
    what = "Right answers" if bare else "Answers that obey all"
    return _cells(key, f"{what} by {column}", found)


def _dots(key: str, title: str, points: Sequence[Point], order: Sequence[str]) -> Chart | None:
    if not points:
        return None
    return Chart(
        key=key,
        title=title,
        says=_said(points),
        unit=PERCENT,
        n=counted(p.estimate for p in points),
        interval=bars(p.estimate for p in points),
        columns=COLUMNS,
        rows=rows_of(points),
        links=tuple(p.link for p in points),
        spec=dots(points, order),
    )


def _cells(
    key: str, title: str, found: Sequence[tuple[str, str, Estimate, str]], unit: str = PERCENT
) -> Chart | None:
    """A shaded table of (label, column, estimate, link)."""
    if not found:
        return None
    points = [Point(label, column, e, link) for label, column, e, link in found]
    return Chart(
        key=key,
        title=title,
        says=_said(points),
        unit=unit,
        n=counted(p.estimate for p in points),
        interval="intervals: in the table",
        columns=COLUMNS,
        rows=rows_of(points),
        links=tuple(p.link for p in points),
        spec=cells(
            [Square(p.label, p.series, p.estimate.value, shown(p.estimate), p.link) for p in points]
        ),
    )


def _said(points: Sequence[Point]) -> str:
    return "; ".join(f"{line(p.label)}, {line(p.series)}: {percent(p.estimate)}" for p in points)


def _rank(row: Row) -> float:
    """The most obedient first; where nothing was to be obeyed, the most often right."""
    cells = (row.rates["hacc"].run, row.rates["correct_without"].run)
    return next((cell.value for cell in cells if isinstance(cell, Estimate)), -1.0)
