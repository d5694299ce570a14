"""Arms beside the plain one on the same items: what each recovers, and what it costs."""

from __future__ import annotations

from collections.abc import Sequence

from bridle.analysis.arm_effects import SHOWN, Effect
from bridle.report.charts.chart import Chart
from bridle.report.charts.common import bars, counted, figures
from bridle.report.charts.draw import Point, dots
from bridle.report.links import samples
from bridle.report.untrusted import line

MOST = 30  # arms that are drawn; the table has them all


def recovered(found: Sequence[Effect]) -> Chart | None:
    """The difference of every outcome, arm − plain, the most recovered first."""
    labels = {kind.name: kind.label for kind in SHOWN}
    points = [
        Point(_name(one, found), labels[name], change.estimate, _link(one))
        for one in found
        for name, change in one.changes.items()
    ]
    if not points:
        return None
    kept = set(list(dict.fromkeys(p.label for p in points))[:MOST])
    drawn = [p for p in points if p.label in kept]
    return Chart(
        key="arms",
        title="What each arm changes beside the plain prompt, on the same items",
        says="; ".join(
            f"{line(p.label)}, {p.series}: {100 * p.estimate.value:+.1f} points" for p in drawn
        ),
        unit="points, arm − plain",
        n=counted((p.estimate for p in points), "pairs"),
        interval=f"{bars(p.estimate for p in points)}; dashed: no change",
        columns=("arm", "outcome", "points", "from", "to", "pairs", "problems"),
        rows=tuple((line(p.label), p.series, *figures(p.estimate)) for p in points),
        links=tuple(p.link for p in points),
        spec=dots(
            drawn, list(labels.values()), title="points, arm − plain", domain=None, zero=True
        ),
    )


def cost(found: Sequence[Effect]) -> Chart | None:
    """Tokens written, arm over plain."""
    points = [
        Point(_name(one, found), "tokens", one.tokens, _link(one))
        for one in found
        if one.tokens is not None
    ]
    if not points:
        return None
    drawn = points[:MOST]
    return Chart(
        key="arms-cost",
        title="What each arm costs: tokens written, as a multiple of the plain prompt's",
        says="; ".join(f"{line(p.label)}: {p.estimate.value:.2f} times" for p in drawn),
        unit="times the tokens of the plain prompt",
        n=counted((p.estimate for p in points), "items"),
        interval=f"{bars(p.estimate for p in points)}; dashed: as many",
        columns=("arm", "what", "times", "from", "to", "items", "problems"),
        rows=tuple((line(p.label), p.series, *figures(p.estimate, 1)) for p in points),
        links=tuple(p.link for p in points),
        spec=dots(
            drawn, ("tokens",), title="times the tokens", scale=1, domain=None, zero=True, log=True
        ),
    )


def _name(one: Effect, found: Sequence[Effect]) -> str:
    several = len({other.model for other in found}) > 1
    return f"{one.model} · {one.arm}" if several else one.arm


def _link(one: Effect) -> str:
    return samples(who=one.who, beside=one.against, flips="any")
