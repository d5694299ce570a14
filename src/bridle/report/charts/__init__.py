"""Charts: every figure of the page and of `bridle figures`, from the estimates of `analysis/`.

    for chart in of_study(tables, summary):
        chart.title, chart.says, chart.svg, chart.rows

A chart is made only where the data have it. `Chart` (chart.py) is the value, draw.py the kinds of drawing,
the other modules what is drawn.
"""

from bridle.report.charts.chart import Chart
from bridle.report.charts.gallery import charts, of_study

__all__ = ["Chart", "charts", "of_study"]
