"""All charts of one or several studies, in the order of the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bridle.analysis.summary import Summary
from bridle.report.charts import rates, rules
from bridle.report.charts.chart import Chart

if TYPE_CHECKING:
    from bridle.records import Table


def of_study(tables: Sequence[Table], summary: Summary) -> list[Chart]:
    """Every chart that the data have, in the order of the page."""
    del tables
    made = [
        rates.outcomes(summary),
        rates.obedience(summary),
        rates.ladder(summary),
        rules.constraints(summary),
        rules.classes(summary),
        rates.sources(summary),
    ]
    return [chart for chart in made if chart is not None]
