"""Curves of probes: obedience over the turns of a conversation, recall over the length of a text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bridle.analysis.turns import Level, by_length, by_turn
from bridle.report.charts.chart import Chart
from bridle.report.charts.colours import MOST_SERIES
from bridle.report.charts.common import BANDS, BARS, Names, counted, figures
from bridle.report.charts.over import Step, curves
from bridle.report.figures import percent
from bridle.report.links import samples
from bridle.report.untrusted import line

if TYPE_CHECKING:
    import polars as pl


def turns(frame: pl.DataFrame, names: Names) -> Chart | None:
    return _curve(
        "turns", "Obedience over the turns of a conversation", by_turn(frame), names,
        unit="percent of answers that obey all, as run", x="turn", y="obeys all constraints, %", whole=True,
    )  # fmt: skip


def recall(frame: pl.DataFrame, names: Names) -> Chart | None:
    return _curve(
        "recall", "What is recalled of a text, by its length", by_length(frame), names,
        unit="percent of the codes cited exactly", x="tokens of text", y="codes cited, %", log=True,
    )  # fmt: skip


def _curve(
    key: str,
    title: str,
    found: Sequence[Level],
    names: Names,
    *,
    unit: str,
    x: str,
    y: str,
    whole: bool = False,
    log: bool = False,
) -> Chart | None:
    whos = list(dict.fromkeys(one.who for one in found))
    drawn = whos[:MOST_SERIES]

    def link(one: Level) -> str:
        return samples(who=one.who, turn=f"{one.x - 1:g}") if whole else samples(who=one.who)

    steps = [
        Step(names[one.who], one.x, one.estimate, link(one)) for one in found if one.who in drawn
    ]
    if len({step.x for step in steps}) < 2:
        return None
    many = len({step.x for step in steps}) > 8
    left = len(whos) - len(drawn)
    return Chart(
        key=key,
        title=title + (f"; {left} more in the table" if left else ""),
        says="; ".join(f"{line(names[one.who])}, {x} {one.x:g}: {percent(one.estimate)}" for one in found),
        unit=unit,
        n=counted(one.estimate for one in found),
        interval=BANDS if many else BARS,
        columns=("model", x, "%", "from", "to", "n", "problems"),
        rows=tuple((line(names[one.who]), f"{one.x:,g}", *figures(one.estimate)) for one in found),
        links=tuple(link(one) for one in found),
        spec=curves(
            steps, [names[who] for who in drawn], x_title=x, y_title=y, whole=whole and not many, log=log,
            band=many,
        ),
    )  # fmt: skip
