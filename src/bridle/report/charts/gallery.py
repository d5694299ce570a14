"""All charts of one or several studies, in the order of the page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bridle.analysis.arm_effects import effects
from bridle.analysis.checkpoints import run_of
from bridle.analysis.costs import costs as analysed
from bridle.analysis.labels import labelled, named
from bridle.analysis.rules import under
from bridle.analysis.summary import Summary, gather, summarise
from bridle.analysis.watch import watch
from bridle.errors import DataError
from bridle.report.charts import arms, costs, counts, lengths, published, rates, rules, turns
from bridle.report.charts.chart import Chart
from bridle.report.charts.common import names_of
from bridle.report.charts.training import of_watch

if TYPE_CHECKING:
    import polars as pl

    from bridle.records import Table


def of_study(tables: Sequence[Table], summary: Summary) -> list[Chart]:
    """Every chart that the data have, in the order of the page."""
    frame = under(gather([table.frame for table in tables]), summary.rules)
    names = names_of(summary.whos)
    prices = {model: price for table in tables for model, price in table.prices.items()}
    spent = analysed(frame, prices)
    changed = effects(frame)
    made = [
        rates.outcomes(summary, names),
        None if summary.published is None else published.beside(summary, summary.published, names),
        rates.obedience(summary, names),
        rates.ladder(summary, names),
        rules.constraints(summary, names),
        rules.classes(summary, names),
        rates.sources(summary, names),
        turns.turns(frame, names),
        turns.recall(frame, names),
        lengths.observed(frame, names),
        lengths.effects(frame),
        arms.recovered(changed),
        arms.cost(changed),
        costs.front(spent, names),
        counts.of_overlap(frame, names),
        counts.of_statuses(frame, names),
        counts.of_answers(summary, names),
        counts.of_judges(summary, names),
        counts.of_partings(summary),
        costs.tokens(spent, names),
        costs.seconds(spent, names),
        costs.money(spent, names),
    ]
    # after the first chart: what rises and falls over a run is what one looks for in it
    made[1:1] = _over_steps(tables, frame)
    return [chart for chart in made if chart is not None]


def _over_steps(tables: Sequence[Table], frame: pl.DataFrame) -> list[Chart]:
    """Every outcome over the checkpoints, where the studies are those of one run."""
    run = run_of(tables, frame)
    if run is None:
        return []
    try:
        return of_watch(watch(run))
    except DataError:
        return []


def charts(*folders: Path | str, rules: str = "ours", beside: str | None = None) -> list[Chart]:
    """The charts of one or several studies by their folders (NAME=DIR gives a label).

    In a notebook each shows itself; `chart.to_svg()`, `.to_pdf()` and their like give files.

    Raises:
        DataError: no records there; BridleError: unknown rules.
    """
    from bridle import records

    given = named([str(folder) for folder in folders])
    tables = labelled([records.read(folder) for _, folder in given], [name for name, _ in given])
    return of_study(tables, summarise(tables, rules=rules, beside=beside))
