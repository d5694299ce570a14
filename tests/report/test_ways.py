"""How answers were found, counted by hand: with constraints and without, and between two sides."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from rich.console import Console

from bridle.analysis.compare import compare, side
from bridle.analysis.flat import figures
from bridle.analysis.summary import summarise
from bridle.report.compared import print_comparison
from bridle.report.printed import print_summary
from bridle.statistics import Difference, Estimate


def study(record: Any, boxed: int, *, bare: bool = True, n: int = 40) -> list[Any]:
    """n items; of the answers with constraints `boxed` are in a box, of those without all are."""
    hows = ["boxed"] * boxed + ["sentence"] * (n - boxed)
    rows = [record(i, found_how=how) for i, how in enumerate(hows)]
    rows += [record(i, "without", found_how="boxed") for i in range(n) if bare]
    return [*rows, record(n, found_how=None, status="truncated")]


def test_constraints_that_make_a_model_stop_boxing_show(record: Any, table: Any) -> None:
    read = table(study(record, 10))
    summary = summarise([read])
    boxed, sentence = summary.by_way
    assert (boxed.label, sentence.label) == ("boxed", "sentence")
    assert boxed.statuses == {"complete": 50}
    with_, without = (boxed.rates[key].complete for key in ("way_with", "way_without"))
    assert isinstance(with_, Estimate) and isinstance(without, Estimate)
    assert (with_.value, with_.n, without.value) == (10 / 40, 40, 1)
    assert isinstance(boxed.change, Difference)
    assert boxed.change.estimate.value == pytest.approx(-30 / 40) and boxed.change.lost == 30
    assert summary.to_dict()["by_way"][0]["change"]["lost"] == 30
    assert [f["label"] for f in figures(summary) if f["table"] == "way" and f["value"] == 1] == [
        "boxed"
    ]
    out = StringIO()
    print_summary(summary, Console(file=out, width=80), names=["study"])
    assert "how the final answer was found" in out.getvalue()
    assert "−75.0 [" in out.getvalue()


def test_one_way_is_no_table(record: Any, table: Any) -> None:
    assert summarise([table(study(record, 40))]).by_way == []
    old = [record(i) for i in range(10)]  # tables of earlier versions do not say how
    assert summarise([table(old, name="old")]).by_way == []


def test_two_sides_by_way_and_by_class(record: Any, table: Any) -> None:
    a = side(table(study(record, 40), name="a"), "a")
    worse = [
        record(i, found_how="phrase" if i < 30 else "boxed", obeyed=(i >= 20, True))
        for i in range(40)
    ]
    compared = compare(a, side(table(worse, name="b"), "b"))
    ways = {c.key: c for c in compared.slices["way"]}
    assert (ways["boxed"].a, ways["boxed"].b) == (1, 10 / 40)
    assert (ways["phrase"].b, ways["phrase"].says) == (30 / 40, "more")
    classes = {c.key: c for c in compared.slices["class"]}
    assert classes["planning"].b == 20 / 40  # words
    assert classes["precision"].b == 1  # no_comma
    out = StringIO()
    print_comparison(compared, Console(file=out, width=80))
    printed = out.getvalue()
    assert "by class of" in printed and "how found" in printed and "less" in printed
