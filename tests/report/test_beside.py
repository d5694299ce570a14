"""Published results stand beside a study's own: 23 rows, whole counts of 420, each with its interval."""

from __future__ import annotations

from typing import Any

import pytest

from bridle.analysis.beside import published
from bridle.analysis.summary import summarise
from bridle.errors import BridleError
from bridle.report.charts import of_study
from bridle.statistics import Estimate
from bridle.statistics.rates import wilson


def test_each_published_rate_is_a_whole_count_of_its_n() -> None:
    found = published("mathif")
    assert len(found.rows) == 23 and found.n == 420 and "2505.14810" in found.source
    assert list(found.sizes.values()) == sorted(found.sizes.values())
    for row in found.rows:
        for key in ("hacc", "correct_with", "correct_without"):
            e = row.rates[key].run
            assert isinstance(e, Estimate)
            hits = e.value * found.n
            assert abs(hits - round(hits)) < 0.03, (row.who, key)
            assert (e.low, e.high) == wilson(e.value, found.n)
    best = max(found.rows, key=lambda row: row.rates["hacc"].run.value)  # type: ignore[union-attr]
    assert best.who == "Qwen3-14B"


def test_what_is_not_published_is_said() -> None:
    with pytest.raises(BridleError, match="No published results of crossed"):
        published("crossed")


def test_a_summary_holds_them_only_where_they_were_asked_for(record: Any, table: Any) -> None:
    pytest.importorskip("vl_convert", reason="the extra 'report' is not installed")
    tables = [table([record(i, benchmark="mathif", upstream=[True, i < 4]) for i in range(8)])]
    assert summarise(tables).published is None
    summary = summarise(tables, beside="published")
    assert len(summary.to_dict()["published"]["rows"]) == 23
    chart = next(c for c in of_study(tables, summary) if c.key == "published")
    # the study's own row goes first, marked, by the published judge
    assert chart.rows[0][:3] == ("► organism", "HAcc", "50.0")
    assert sum(row[1] == "HAcc" for row in chart.rows) == 24
    with pytest.raises(BridleError, match="to set beside"):
        summarise(tables, beside="peers")
