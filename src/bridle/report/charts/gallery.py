"""All charts of one or several studies, in the order of the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bridle.analysis.costs import costs as analysed
from bridle.analysis.rules import under
from bridle.analysis.summary import Summary, gather
from bridle.report.charts import costs, counts, rates, rules
from bridle.report.charts.chart import Chart
from bridle.report.charts.common import names_of

if TYPE_CHECKING:
    from bridle.records import Table


def of_study(tables: Sequence[Table], summary: Summary) -> list[Chart]:
    """Every chart that the data have, in the order of the page."""
    frame = under(gather([table.frame for table in tables]), summary.rules)
    names = names_of(summary.whos)
    spent = analysed(frame)
    made = [
        rates.outcomes(summary, names),
        rates.obedience(summary, names),
        rates.ladder(summary, names),
        rules.constraints(summary, names),
        rules.classes(summary, names),
        rates.sources(summary, names),
        costs.front(spent, names),
        counts.of_overlap(frame, names),
        counts.of_statuses(frame, names),
        counts.of_answers(frame, names),
        counts.of_judges(summary, names),
        counts.of_partings(summary),
        costs.tokens(spent, names),
        costs.seconds(spent, names),
        costs.money(spent, names),
    ]
    return [chart for chart in made if chart is not None]
