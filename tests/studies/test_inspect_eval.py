"""`inspect eval bridle/...` gives the scores that `bridle run` gives."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from pathlib import Path

import inspect_ai
import polars as pl
import pytest
from inspect_ai.log import EvalLog, read_eval_log

from bridle import benchmarks, records
from bridle.benchmarks.item import Item
from bridle.constraints import witness
from bridle.scoring.score import score
from bridle.studies.study import run

LIMIT, SEED = 12, 3


def script(path: Path, items: tuple[Item, ...], condition: str) -> str:
    """A model that obeys, disobeys, errs, is cut off and thinks, in turn; its name for Inspect."""
    rows = []
    for n, item in enumerate(items):
        right = item.problem.answer
        good = str(witness(item.constraints, right)) if item.constraints else f"\\boxed{{{right}}}"
        text = [
            f"<think>easy</think>{good}",
            f"It is, I think, \\boxed{{{right}}}",
            "no idea at all, sorry",
            f"thought first</think>{good}",
            good,
        ][n % 5]
        finish = "length" if n % 5 == 4 else "stop"
        rows.append(
            {"prompt": item.prompt_for(condition), "response": text, "finish_reason": finish}
        )
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return f"scripted/{path}"


def values(log: EvalLog) -> dict[str, dict[str, float]]:
    """Outcome -> metric -> value, as Inspect got them."""
    assert log.status == "success" and log.results is not None
    return {
        score.name: {name.split("/")[-1]: metric.value for name, metric in score.metrics.items()}
        for score in log.results.scores
    }


def expected(frame: pl.DataFrame) -> dict[str, dict[str, float]]:
    frame = frame.with_columns(truncated=frame["status"] == "truncated")
    return {
        name: {"rate": frame[name].cast(float).mean(), "n": frame[name].count()}
        for name in ("hard", "soft", "correct", "joint", "truncated")
    }


def same(theirs: dict[str, dict[str, float]], ours: dict[str, dict[str, float]]) -> None:
    for name, metrics in ours.items():
        if not metrics["n"]:  # Inspect's word for that is NaN, polars' is None
            assert theirs[name]["rate"] is None or math.isnan(theirs[name]["rate"]), name
            continue
        assert theirs[name]["n"] == metrics["n"], name
        assert math.isclose(theirs[name]["rate"], metrics["rate"]), name


def test_crossed_at_inspects_own_command_line(tmp_path: Path) -> None:
    items = benchmarks.load("crossed", limit=LIMIT, seed=SEED).items
    model = script(tmp_path / "script.jsonl", items, "with")
    run(
        tmp_path / "s",
        benchmark="crossed",
        limit=LIMIT,
        seed=SEED,
        models=[model],
        conditions=["with"],
    )
    ours = expected(records.read(tmp_path / "s").frame)
    assert 0 < ours["hard"]["rate"] < 1 and 0 < ours["joint"]["rate"] < 1

    inspect = [str(Path(sys.executable).parent / "inspect"), "eval", "bridle/crossed"]
    words = ["-T", f"limit={LIMIT}", "-T", f"seed={SEED}", "--model", model]
    where = ["--log-dir", str(tmp_path / "logs"), "--display", "none"]
    done = subprocess.run([*inspect, *words, *where], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    (path,) = (tmp_path / "logs").glob("*.eval")
    same(values(read_eval_log(str(path))), ours)
    logged = score(path).filter(pl.col("condition") == "with")  # the log tells what was asked
    assert logged.height == LIMIT
    same(expected(logged), expected(records.read(tmp_path / "s").frame))


def test_mathif_without_constraints(tmp_path: Path, shared_data: Path) -> None:
    data = shared_data / "mathif"
    items = benchmarks.load("mathif", data=data, limit=LIMIT).items
    model = script(tmp_path / "script.jsonl", items, "without")
    run(
        tmp_path / "s",
        benchmark="mathif",
        data=data,
        limit=LIMIT,
        models=[model],
        conditions=["without"],
    )
    ours = expected(records.read(tmp_path / "s").frame)
    assert ours["hard"]["n"] == LIMIT
    (log,) = inspect_ai.eval(
        "bridle/mathif",
        model=model,
        task_args={"data": str(data), "condition": "without"},
        limit=LIMIT,
        log_dir=str(tmp_path / "logs"),
        display="none",
        ctl_server=False,
    )
    same(values(log), ours)
    same(expected(score(Path(log.location))), ours)


@pytest.mark.parametrize("name", ["ifeval", "ifbench", "reasonif"])
def test_benchmarks_whose_file_the_user_has(name: str, tmp_path: Path, shared_data: Path) -> None:
    """No reference answers in two of them, rules about the thinking in the third: the same scores."""
    data = shared_data / name
    items = benchmarks.load(name, data=data, limit=LIMIT).items
    model = script(tmp_path / "script.jsonl", items, "with")
    outcome = run(
        tmp_path / "s",
        benchmark=name,
        data=data,
        limit=LIMIT,
        models=[model],
        conditions=["with"] if name == "reasonif" else None,
    )
    assert (outcome.planned, outcome.complete) == (LIMIT, True)
    ours = expected(records.read(tmp_path / "s").frame)
    assert ours["hard"]["n"] == LIMIT
    assert ours["correct"]["n"] == (LIMIT if name == "reasonif" else 0)
    (log,) = inspect_ai.eval(
        f"bridle/{name}",
        model=model,
        task_args={"data": str(data)},
        limit=LIMIT,
        log_dir=str(tmp_path / "logs"),
        display="none",
        ctl_server=False,
    )
    same(values(log), ours)
    same(expected(score(Path(log.location))), ours)


def test_the_paper_s_decoding_is_the_default(shared_data: Path) -> None:
    from bridle.inspect_bridge import mathif

    config = mathif(data=str(shared_data / "mathif"), limit=1).config
    assert (config.temperature, config.top_p, config.max_tokens) == (1.0, 0.95, 16384)


@pytest.mark.parametrize("condition", ["with", "without"])
def test_the_prompt_is_the_item_s(condition) -> None:
    from bridle.inspect_bridge import crossed

    (item,) = benchmarks.load("crossed", limit=1, seed=SEED).items
    task = crossed(limit=1, seed=SEED, condition=condition)
    (sample,) = list(task.dataset)
    assert [m.text for m in sample.input] == [item.prompt_for(condition)]
