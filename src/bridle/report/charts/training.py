"""A training run over its checkpoints, and what the best of n would sell, as charts.

of_watch(watch(run))      -> shares of answers in one chart, each quantity of another unit in its own
of_forecast(forecast(…))  -> the same over n
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bridle.report.charts.chart import Chart
from bridle.report.charts.colours import MOST_SERIES
from bridle.report.charts.common import BANDS, COLUMNS, counted, rows_of
from bridle.report.charts.draw import Point
from bridle.report.charts.over import Step, curves
from bridle.report.untrusted import line

if TYPE_CHECKING:
    from bridle.analysis.forecast import Forecast
    from bridle.analysis.watch import Watch

AXES = {"step": "training step", "tokens": "tokens of an answer", "kl": "√KL to the start, nats"}


def of_watch(watched: Watch) -> list[Chart]:
    """The charts of a watched run: its outcomes over steps, tokens or √KL."""
    order = sorted(watched.lines, key=lambda one: one.outcome != watched.proxy)
    steps = {one.outcome: [Step(one.outcome, p.x, p.level) for p in one.points] for one in order}
    told = {one.outcome: f"{one.outcome}: {one.says}" for one in order}
    return _charts("watch", f"{watched.name} over its checkpoints", steps, AXES[watched.axis], told)


def of_forecast(found: Forecast) -> list[Chart]:
    """The charts of a forecast: each outcome of the best of n by the reward."""
    steps = {
        name: [Step(name, float(b.n), b.level) for b in curve]
        for name, curve in found.curves.items()
    }
    sold = [name for name in found.sold if name != found.reward]
    whole = f"Optimising {found.reward} sells {', '.join(sold)}"
    told = dict.fromkeys(steps, whole if sold else "Nothing falls beyond doubt")
    title = f"The best of n answers by {found.reward}"
    return _charts("forecast", title, steps, "n", told, log=True)


def _charts(
    key: str,
    title: str,
    steps: dict[str, list[Step]],
    axis: str,
    told: dict[str, str],
    *,
    log: bool = False,
) -> list[Chart]:
    """Shares together, at most so many as colours tell apart in a chart; others one by one."""
    shares = [n for n, found in steps.items() if all(0 <= s.estimate.value <= 1 for s in found)]
    groups = [shares[i : i + MOST_SERIES] for i in range(0, len(shares), MOST_SERIES)]
    made = [
        _chart(f"{key}-{i}" if i > 1 else key, title, group, steps, axis, told, log, share=True)
        for i, group in enumerate(groups, start=1)
    ]
    made += [
        _chart(
            f"{key}-{_slug(name)}", f"{title}: {name}", [name], steps, axis, told, log, share=False
        )
        for name in steps
        if name not in shares
    ]
    return made


def _chart(
    key: str,
    title: str,
    names: Sequence[str],
    steps: dict[str, list[Step]],
    axis: str,
    told: dict[str, str],
    log: bool,
    *,
    share: bool,
) -> Chart:
    shown = [s for name in names for s in steps[name]]
    unit, scale = ("percent", 100.0) if share else (names[0], 1.0)
    return Chart(
        key=key,
        title=line(title),
        says=line("; ".join(dict.fromkeys(told[name] for name in names))),
        unit="percent of answers" if share else line(names[0]),
        n=counted((s.estimate for s in shown), "problems"),
        interval=BANDS,
        columns=(axis, COLUMNS[1], "%" if share else line(unit), *COLUMNS[3:]),
        rows=rows_of([Point(f"{s.x:g}", s.series, s.estimate) for s in shown], scale),
        spec=curves(
            shown, list(names), x_title=axis, y_title=line(unit), scale=scale,
            domain=(0, 100) if share else None, log=log, band=True,
        ),
    )  # fmt: skip


def _slug(name: str) -> str:
    return "".join(c if c.isascii() and c.isalnum() else "-" for c in name)[:60]
