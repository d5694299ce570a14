"""Obedience against the length of the thought: observed bins, and the slopes that mean different things."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bridle.analysis.lengths import PLAIN, bins, counted, slopes
from bridle.report.charts.chart import Chart
from bridle.report.charts.colours import MOST_SERIES
from bridle.report.charts.common import Names, bars, figures
from bridle.report.charts.common import counted as n_of
from bridle.report.charts.draw import Point, dots
from bridle.report.charts.over import Step, curves
from bridle.report.figures import percent
from bridle.report.links import samples
from bridle.report.untrusted import line
from bridle.statistics import Estimate

if TYPE_CHECKING:
    import polars as pl


def observed(frame: pl.DataFrame, names: Names) -> Chart | None:
    """Bins of the plain answers; where there are many rows, of the first that fit."""
    import polars as pl

    plain = frame.filter(pl.col("arm") == PLAIN)
    found = bins(plain if plain.height else frame)
    whos = list(dict.fromkeys(b.who for b in found))
    drawn = whos[:MOST_SERIES]
    steps = [
        Step(
            names[b.who],
            b.middle,
            b.obeyed,
            samples(who=b.who, tokens_thinking=f"{b.low}-{b.high}"),
        )
        for b in found
        if b.who in drawn
    ]
    if len({s.x for s in steps}) < 2:
        return None
    what = counted(frame)[1]
    left = len(whos) - len(drawn)
    return Chart(
        key="length",
        title=f"Obedience by the length of {what}, as observed (hard items are longer)"
        + (f"; {left} more models in the table" if left else ""),
        says="; ".join(f"{line(names[b.who])}, {b.low:,} to {b.high:,} tokens: {percent(b.obeyed)}" for b in found),
        unit="percent of answers that obey all, as run",
        n=n_of((b.obeyed for b in found), "answers in a bin"),
        interval=bars(b.obeyed for b in found),
        columns=("model", "tokens", "obeys all, %", "from", "to", "n", "problems"),
        rows=tuple(
            (line(names[b.who]), f"{b.low:,} to {b.high:,}", *figures(b.obeyed)) for b in found
        ),
        links=tuple(samples(who=b.who, tokens_thinking=f"{b.low}-{b.high}") for b in found),
        spec=curves(
            steps, [names[who] for who in drawn], x_title=f"tokens of {what}", log=True,
            y_title="obeys all constraints, %",
        ),
    )  # fmt: skip


def effects(frame: pl.DataFrame) -> Chart | None:
    """The change with each doubling: across items, within an item, by arms drawn at random."""
    found = slopes(frame)
    points = [Point(s.how, s.who, s.change) for s in found if isinstance(s.change, Estimate)]
    if not any(point.label.startswith(("within", "by the arm")) for point in points):
        return None
    points = points[: 60 if len({p.series for p in points}) <= MOST_SERIES else 0]
    if not points:
        return None
    why_not = [(s.how, s.who, s.change) for s in found if isinstance(s.change, str)]
    blank = ("",) * 4
    what = counted(frame)[1]
    return Chart(
        key="length-effect",
        title=f"What twice the length of {what} goes with: across items, within one, by arms",
        says="; ".join(f"{p.label}, {line(p.series)}: {100 * p.estimate.value:+.1f} points" for p in points),
        unit="points of HAcc for each doubling; across items it is difficulty too, an arm's is a cause if it "
        "changes nothing else",
        n=n_of(p.estimate for p in points),
        interval=f"{bars(p.estimate for p in points)}; dashed: no change",
        columns=("how", "model", "points", "from", "to", "n", "problems"),
        rows=(
            *((p.label, line(p.series), *figures(p.estimate)) for p in points),
            *((how, line(who), f"– ({line(str(why))})", *blank) for how, who, why in why_not),
        ),
        spec=dots(
            points, list(dict.fromkeys(p.series for p in points)), title="points for each doubling",
            domain=None, zero=True,
        ),
    )  # fmt: skip
