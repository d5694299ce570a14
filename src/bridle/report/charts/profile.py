"""The profile as small multiples: each probe's shares with their intervals and floors; the plane of tool and partner."""

from __future__ import annotations

from collections.abc import Sequence

from bridle.analysis.profile import LINES, Profile
from bridle.report.charts.chart import Chart
from bridle.report.charts.common import COLUMNS, bars, counted, rows_of
from bridle.report.charts.draw import Point, dots
from bridle.report.charts.over import Place, plane
from bridle.report.untrusted import line


def of_profiles(found: Sequence[Profile]) -> list[Chart]:
    """A chart a probe, of what is counted in shares or points; and the plane, where intent was asked."""
    names = _names(found)
    made = [_probe(probe, found, names) for probe in LINES]
    made.append(_plane(found, names))
    return [chart for chart in made if chart is not None]


def _names(found: Sequence[Profile]) -> list[str]:
    """Each profile's name; two of one model are numbered."""
    models = [p.model for p in found]
    return [m if models.count(m) == 1 else f"{m} ({k + 1})" for k, m in enumerate(models)]


def _probe(probe: str, found: Sequence[Profile], names: Sequence[str]) -> Chart | None:
    points: list[Point] = []
    for profile, name in zip(found, names, strict=True):
        for one in profile.lines:
            if one.probe != probe:
                continue
            estimate = one.finding.estimate
            if estimate is None or estimate.unit not in ("share", "points"):
                continue
            points.append(Point(one.finding.label.strip(), name, estimate))
            if one.floor is not None and one.floor.estimate is not None:
                points.append(Point(f"({one.floor.label.strip()})", name, one.floor.estimate))
    if not points:
        return None
    points = list({(p.label, p.series): p for p in points}.values())
    signed = any(p.estimate.low < 0 for p in points)
    estimates = [p.estimate for p in points]
    return Chart(
        key=f"profile-{probe}",
        title=probe,
        says="; ".join(f"{line(p.series)}, {line(p.label)}: {100 * p.estimate.value:.0f} %" for p in points),
        unit="percent, differences in points",
        n=counted(estimates),
        interval=f"{bars(estimates)}; in brackets: floors and ceilings",
        columns=COLUMNS,
        rows=rows_of(points),
        spec=dots(points, list(names), domain=(-100, 100) if signed else (0, 100), zero=signed),
    )  # fmt: skip


def _plane(found: Sequence[Profile], names: Sequence[str]) -> Chart | None:
    places = [
        Place(name, profile.plane[0], profile.plane[1])
        for profile, name in zip(found, names, strict=True)
        if profile.plane is not None
    ]
    if not places:
        return None
    estimates = [e for p in places for e in (p.x, p.y)]
    points = [Point(p.name, what, e) for p in places for what, e in (("tool", p.x), ("partner", p.y))]  # fmt: skip
    return Chart(
        key="profile-plane",
        title="Tool or partner: how literally it reads under both framings",
        says="; ".join(f"{line(p.name)}: {100 * p.x.value:.0f} % as a tool, {100 * p.y.value:.0f} % as a partner" for p in places)
        + ". No side of it is the right one",
        unit="literal items read literally, percent",
        n=counted(estimates),
        interval=bars(estimates),
        columns=COLUMNS,
        rows=rows_of(points),
        spec=plane(places, x_title="called a tool, %", y_title="called a partner, %"),
    )  # fmt: skip
