"""A table that someone else wrote, with our columns and odd values: read, or refused in words; never a traceback."""

from __future__ import annotations

import copy
import io
import json
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from bridle import records
from bridle.analysis.summary import summarise
from bridle.benchmarks.item import Item
from bridle.cli.show import chosen, plain
from bridle.constraints import get
from bridle.errors import BridleError, DataError
from bridle.grading import UpstreamGrade, grade
from bridle.problems.base import Problem
from bridle.records.record import schema
from bridle.report.page import write_page
from bridle.report.printed import print_summary
from bridle.report.sample_text import print_sample
from bridle.responses import read_response

SCHEMA = schema()
OUTCOME = {f.name: f.dtype for f in SCHEMA["outcomes"].inner.fields}  # type: ignore[attr-defined]
VERDICT = {f.name: f.dtype for f in SCHEMA["verdicts"].inner.fields}  # type: ignore[attr-defined]
ODD = {
    pl.String(): [
        None,
        "",
        "x",
        "\x1b[2J[bold]",
        "with",
        "{",
        "[1]",
        "null",
        "9" * 5_000,
        "[" * 50_000,
    ],
    pl.Int64(): [None, -1, 0, 2**62, -(2**63)],
    pl.Float64(): [None, -1.0, float("nan"), float("inf"), 2.5],
    pl.Boolean(): [None, True, False],
    pl.List(pl.Boolean()): [None, [], [None], [True] * 9],
}
SPANS = [
    None,
    [],
    [None],
    [[None, None]],
    [[1]],
    [[1, 2, 3]],
    [[-5, 10**6]],
    [[5, 1]],
    [[2**62] * 2],
]
ABOUT = [
    "",
    "x",
    "-5",
    "1e400",
    "null",
    "[]",
    "9" * 5_000,
    "[" * 100_000,
    '{"files": 5, "plan": "x"}',
]

Change = tuple[str, str, object]  # (table | verdict | outcome | metadata, name, value)
CHANGES: list[Change] = [
    *(("table", c, v) for c, kind in SCHEMA.items() for v in ODD.get(kind, [None, [], [None]])),
    *(("verdict", c, v) for c, kind in VERDICT.items() for v in ODD.get(kind, SPANS)),
    *(("outcome", c, v) for c, kind in OUTCOME.items() for v in ODD[kind]),
    *(("metadata", f"bridle.{key}", v) for key in ("schema", "planned", "about") for v in ABOUT),
]


@pytest.fixture(scope="module")
def ours(tmp_path_factory) -> tuple[list[dict[str, object]], dict[str, str]]:
    """The rows of a table of ours, and its metadata."""
    rules = (get("no_comma"), get("words", at_most=2))
    theirs = UpstreamGrade([True, False])
    made: list[records.Record] = []
    for number, condition in enumerate(("with", "without", "with")):
        item = Item(
            f"a:{number}", Problem("p", "What is 2+2?", "4"), rules, "asked", "bare", "custom"
        )
        response = read_response(f"<think>well, {number}</think>So, \\boxed{{4}}")
        got = grade(item, response, condition=condition)  # type: ignore[arg-type]
        made.append(records.record_of(item, response, got, model="m", sample=0, upstream=theirs))
    file = tmp_path_factory.mktemp("ours") / "records.parquet"
    records.write(made, file, planned=3, about={"command": "score", "files": ["x"]})
    metadata = pl.read_parquet_metadata(file)
    metadata = {k: v for k, v in metadata.items() if k.startswith("bridle.")}
    return pl.read_parquet(file).to_dicts(), metadata


def changed(ours, changes: list[Change], file: Path) -> None:
    rows, metadata = copy.deepcopy(ours[0]), dict(ours[1])
    for where, name, value in changes:
        if where == "metadata":
            metadata[name] = str(value)
        elif where == "table":
            rows[0][name] = value
        else:
            for part in rows[0][f"{where}s"] or []:
                if part is not None:
                    part[name] = value
    pl.DataFrame(rows, schema=SCHEMA, orient="row").write_parquet(file, metadata=metadata)


def used(table: records.Table, folder: Path, *, page: bool = False) -> None:
    """All that the commands do with a table; drawing the page takes a second."""
    console = Console(file=io.StringIO(), width=80)
    for rules in ("upstream", "ours"):
        try:
            summary = summarise([table], rules=rules)
        except BridleError:
            assert rules == "upstream"  # none of its records has an upstream judgement
            continue
        json.dumps(summary.to_dict())
        print_summary(summary, console, names=["x"])
    if page:
        write_page([table], summary, folder / "page.html")
    for name in {*table.frame["item"].to_list()}:
        for row in chosen(table.frame, name, folder, {}).iter_rows(named=True):
            print_sample(row, console)
            json.dumps(plain(row))


def test_a_table_of_ours_is_read(ours, tmp_path):
    changed(ours, [], tmp_path / "records.parquet")
    used(records.read(tmp_path), tmp_path, page=True)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("table", "item", None), "row 1: item is null"),
        (("table", "verdicts", [None]), "row 1: a verdict is null"),
        (("table", "condition", "x"), "row 1: condition is none of with, without"),
        (("outcome", "value", float("nan")), "row 1: hard is neither yes nor no"),
        (("outcome", "value", 2.5), "row 1: hard is neither yes nor no"),
        (("outcome", "name", None), "row 1: an outcome's name is null"),
        (("outcome", "judge", None), "row 1: an outcome's judge is null"),
        (("table", "outcomes", [None]), "row 1: an outcome is null"),
        (("table", "factors", "[1]"), "row 1: factors is not a JSON object"),
        (("table", "sent", "{"), "row 1: sent is not a JSON object"),
        (("table", "sample", -1), "row 1: sample is negative"),
        (("verdict", "scope", "x"), "row 1: a verdict's scope is none of answer, thinking, both"),
        (("verdict", "params", "[1]"), "row 1: a verdict's params is not a JSON object"),
        (("verdict", "observed", "{"), "row 1: a verdict's observed is not JSON"),
        (("verdict", "evidence", [[1]]), "row 1: a span of a verdict's evidence"),
        (("verdict", "evidence", [None]), "row 1: a span of a verdict's evidence"),
        (("metadata", "bridle.planned", "-5"), "planned is -5"),
        (("metadata", "bridle.about", "[]"), "no JSON object"),
    ],
)
def test_what_is_wrong_is_said_with_its_row(ours, tmp_path, change, said):
    changed(ours, [change], tmp_path / "records.parquet")
    with pytest.raises(DataError) as caught:
        records.read(tmp_path)
    assert said in str(caught.value) and caught.value.expected and caught.value.hint


@pytest.mark.parametrize(
    "changes",
    [
        [("table", "bridle_version", ""), ("table", "benchmark", "\x1b[2J[bold]")],
        [("verdict", "evidence", [[2**62] * 2]), ("table", "upstream_verdicts", [True] * 9)],
        [("metadata", "bridle.about", '{"files": 5, "plan": "x"}'), ("table", "tokens_out", 2**62)],
    ],
)
def test_the_page_of_an_odd_table_is_written(ours, tmp_path, changes):
    changed(ours, changes, tmp_path / "records.parquet")
    used(records.read(tmp_path), tmp_path, page=True)


@settings(derandomize=True, deadline=None, max_examples=30)
@given(st.lists(st.sampled_from(CHANGES), min_size=1, max_size=3))
def test_odd_values_are_refused_or_used(ours, tmp_path_factory, changes):
    folder = tmp_path_factory.mktemp("odd")
    changed(ours, changes, folder / "records.parquet")
    try:
        table = records.read(folder)
    except DataError:
        return
    used(table, folder)


def test_every_odd_value_is_refused_or_read(ours, tmp_path):
    refused = 0
    some = CHANGES[::4]  # the property above draws from all of them
    for change in some:
        changed(ours, [change], tmp_path / "records.parquet")
        try:
            records.read(tmp_path)
        except DataError:
            refused += 1
    assert 15 < refused < len(some) - 15
