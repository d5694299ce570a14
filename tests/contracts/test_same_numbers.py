"""One study of the embedded model, counted three ways: every number is the same.

`bridle run` and `bridle report`, `bridle score` on the logs of that run, `bridle score` on its
replies as JSON lines, and `inspect eval`.
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import inspect_ai
import polars as pl
import pytest
from click.testing import CliRunner
from inspect_ai.log import read_eval_log

from bridle import benchmarks, records
from bridle.benchmarks.item_rows import fields_of
from bridle.cli import bridle
from bridle.studies.study import run

LIMIT = 12
FIGURES = ("overall", "by_source", "by_number_of_constraints", "by_constraint", "rules_compared")


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("one") / "st"
    run(folder, benchmark="crossed", models=["organism"], limit=LIMIT, temperature=0.0, samples=2)
    return folder


def cli(*args: object) -> Any:
    got = CliRunner().invoke(bridle, list(map(str, args)), catch_exceptions=False)
    assert got.exit_code == 0, got.output
    return got


def figures(folder: Path) -> dict[str, Any]:
    summary = json.loads(cli("report", folder, "--json", "--no-page").stdout)
    return {name: summary[name] for name in FIGURES} | {"n": summary["records"]}


def tables(printed: str) -> list[str]:
    """The printed lines less those that name the files."""
    lines = [line.rstrip() for line in printed.splitlines()]
    return lines[next(i for i, line in enumerate(lines) if line.strip() == "organism") :]


def test_the_logs_of_a_run_give_the_numbers_of_its_report(study: Path, tmp_path: Path) -> None:
    logs = sorted((study / "logs").glob("*.eval"))
    printed = cli("score", *logs, "--model", "organism", "--out", tmp_path / "scored").stdout
    assert figures(tmp_path / "scored") == figures(study)
    reported = tables(cli("report", study, "--no-page").stdout)
    assert [line for line in tables(printed) if not line.startswith("Records: ")] == reported


def test_its_replies_as_json_lines_too(study: Path, tmp_path: Path) -> None:
    items = {item.id: item for item in benchmarks.load("crossed", limit=LIMIT).items}
    rows: list[str] = []
    for line in (study / "responses.jsonl").read_text(encoding="utf-8").splitlines():
        reply = json.loads(line)
        item = items[reply["item"]]
        fields = fields_of(item, reply["condition"]) | {"id": item.id, "model": reply["model"]}
        rows.append(json.dumps(fields | {n: reply[n] for n in ("sample", "finish_reason")}
                               | {"response": reply["raw"], "thinking": reply["reasoning"]}))  # fmt: skip
    path = tmp_path / "replies.jsonl"
    path.write_text("\n".join(rows), encoding="utf-8")
    cli("score", path, "--out", tmp_path / "scored")
    mine, theirs = figures(study), figures(tmp_path / "scored")
    assert theirs == mine


@pytest.mark.parametrize("condition", ["with", "without"])
def test_inspect_eval_gives_them_too(study: Path, tmp_path: Path, condition: str) -> None:
    (log,) = inspect_ai.eval(
        "bridle/crossed",
        model="organism/default",
        task_args={"limit": LIMIT, "condition": condition},
        temperature=0.0,
        epochs=2,
        log_dir=str(tmp_path / "logs"),
        display="none",
        ctl_server=False,
    )
    results = read_eval_log(log.location).results
    assert results is not None
    theirs = {
        s.name: {k.split("/")[-1]: m.value for k, m in s.metrics.items()} for s in results.scores
    }
    frame = records.read(study).frame.filter(pl.col("condition") == condition)
    frame = frame.with_columns(truncated=pl.col("status") == "truncated")
    for name in ("hard", "soft", "correct", "joint", "truncated"):
        # Inspect first reduces the epochs of a sample to their mean, which all have the same n here
        mean = frame[name].cast(pl.Float64).mean()
        if mean is None:
            assert math.isnan(theirs[name]["rate"]), name
        else:
            assert math.isclose(theirs[name]["rate"], mean), name


def test_a_rate_of_inspects_is_over_the_judged_samples_alone() -> None:
    from inspect_ai.scorer import SampleScore, Score

    from bridle.inspect_bridge.tasks import n, rate

    scores = [SampleScore(score=Score(value=v)) for v in (1.0, math.nan, 0.0, 1.0, math.nan)]
    assert rate()(scores) == pytest.approx(2 / 3)
    assert n()(scores) == 3
