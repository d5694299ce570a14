"""What answers cost: the front of success against price, tokens, seconds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bridle.analysis.costs import Cost
from bridle.report.charts.chart import Chart
from bridle.report.charts.common import BARS, Names, bars, counted, figures
from bridle.report.charts.draw import Point, dots
from bridle.report.charts.over import Place, plane
from bridle.report.figures import percent
from bridle.report.links import samples
from bridle.report.untrusted import line
from bridle.statistics import Estimate

WAYS = ("thinking", "answer", "all")


def front(found: Sequence[Cost], names: Names) -> Chart | None:
    """Success against what an answer costs; those that another one beats in both are grey."""
    money = all(cost.usd is not None for cost in found)
    paid = [(c, e) for c in found if (e := c.usd if money else c.tokens) is not None]
    if len(paid) < 2:
        return None
    unit, each = ("US dollars", "$") if money else ("tokens", "tokens")
    places = [
        Place(names[c.who], e, c.success, dull=c.dominated, link=samples(who=c.who))
        for c, e in paid
    ]
    best = sorted((e.value, 100 * c.success.value) for c, e in paid if not c.dominated)
    grey = [names[c.who] for c, _ in paid if c.dominated]
    outcome = found[0].outcome

    def per(c: Cost) -> Estimate | None:
        return c.usd_per_success if money else c.per_success

    rows = tuple(
        (
            line(names[c.who]), *_number(e), *figures(c.success)[:3], *_number(per(c)),
            "yes" if c.dominated else "", f"{c.success.n:,}",
        )
        for c, e in paid
    )  # fmt: skip
    title = "What an answer that is obedient and right costs"
    if grey:
        title += "; grey: another one is as good for no more"
    return Chart(
        key="price",
        title=title,
        says="; ".join(
            f"{line(names[c.who])}: {outcome} {percent(c.success)} at {e.value:,.3g} {unit} an answer"
            for c, e in paid
        )
        + (f". Beaten by another: {', '.join(map(line, grey))}" if grey else ""),
        unit=f"{unit} an answer, {outcome} in percent",
        n=counted(c.success for c, _ in paid),
        interval=f"{BARS}; steps: the front",
        columns=(
            "model", f"{each} an answer", "from", "to", f"{outcome}, %", "from", "to",
            f"{each} a success", "from", "to", "beaten", "n",
        ),
        rows=rows,
        links=tuple(p.link for p in places),
        spec=plane(
            places, x_title=f"{unit} an answer", y_title=f"{outcome}, %", x_scale=1,
            log=True, line_of=best,
        ),
    )  # fmt: skip


def tokens(found: Sequence[Cost], names: Names) -> Chart | None:
    """Tokens of an answer: thought, answered, in all."""
    points: list[Point] = []
    for c in found:
        each = dict(zip(WAYS, (c.thinking, c.answer, c.tokens), strict=True))
        if each["thinking"] is None:
            each = {"all": c.tokens}
        points += [
            Point(names[c.who], way, e, samples(who=c.who))
            for way, e in each.items()
            if e is not None
        ]
    return _means("tokens", "Tokens written for an answer", points, WAYS, "tokens an answer, mean")


def seconds(found: Sequence[Cost], names: Names) -> Chart | None:
    points = [
        Point(names[c.who], "seconds", c.seconds, samples(who=c.who))
        for c in found
        if c.seconds is not None
    ]
    return _means(
        "seconds", "Seconds until an answer", points, ("seconds",), "seconds an answer, mean"
    )


def money(found: Sequence[Cost], names: Names) -> Chart | None:
    points = [
        Point(names[c.who], "US dollars", c.usd, samples(who=c.who))
        for c in found
        if c.usd is not None
    ]
    return _means(
        "dollars", "US dollars for an answer", points, ("US dollars",), "US dollars, mean"
    )


def _means(
    key: str, title: str, points: Sequence[Point], order: Sequence[str], unit: str
) -> Chart | None:
    if not points:
        return None
    drawing: dict[str, Any] = dots(points, order, title=unit, scale=1, domain=None)
    return Chart(
        key=key,
        title=title,
        says="; ".join(f"{line(p.label)}, {p.series}: {p.estimate.value:,.3g}" for p in points),
        unit=unit,
        n=counted(p.estimate for p in points),
        interval=bars(p.estimate for p in points),
        columns=("model", "what", "mean", "from", "to", "n", "problems"),
        rows=tuple((line(p.label), p.series, *figures(p.estimate, 1)) for p in points),
        links=tuple(p.link for p in points),
        spec=drawing,
    )


def _number(e: Estimate | None) -> tuple[str, str, str]:
    """A number with its bounds; "–" where there is none."""
    if e is None:
        return ("–", "", "")
    return figures(e, 1)[:3]  # type: ignore[return-value]
