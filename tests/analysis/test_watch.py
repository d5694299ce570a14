"""bridle watch and forecast as typed: verdicts, gates, growing runs, bad input."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import polars as pl
import pytest
from click.testing import CliRunner

from bridle.cli import bridle
from bridle.errors import BridleError


def typed(*words: object) -> SimpleNamespace:
    """As `main` ends it: a BridleError is its text and exit code 2."""
    done = CliRunner().invoke(bridle, [str(w) for w in words])
    if isinstance(done.exception, BridleError):
        return SimpleNamespace(exit_code=2, output=str(done.exception), stdout="")
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return SimpleNamespace(exit_code=done.exit_code, output=done.output, stdout=done.stdout)


def table(path: Path, shapes: dict[str, Any], *, steps: int = 8, problems: int = 200) -> Path:
    rng = np.random.default_rng(1)
    skill = rng.beta(1.2, 1.2, problems)
    rows = []
    for step in range(steps):
        for i in range(problems):
            row: dict[str, Any] = {"step": step * 100, "item": f"i{i}", "kl": (step / 2) ** 2}
            for name, change in shapes.items():
                row[name] = int(rng.random() < np.clip(skill[i] + change(step / (steps - 1)), 0, 1))
            rows.append(row)
    pl.DataFrame(rows).write_parquet(path)
    return path


SHAPES = {"correct": lambda u: 0.3 * u, "joint": lambda u: -0.3 * u, "even": lambda u: 0.0}


def test_verdicts_and_gate(tmp_path: Path) -> None:
    run = table(tmp_path / "run.parquet", SHAPES)
    done = typed("watch", run, "--proxy", "correct", "--fail-if", "joint drops > 5", "--json")
    assert done.exit_code == 1, done.output
    found = json.loads(done.stdout)
    said = {o["outcome"]: o["verdict"] for o in found["outcomes"]}
    assert said == {"correct": "rises", "joint": "falls", "even": "cannot tell"}
    assert found["gates"][0]["failed"] is True
    assert found["outcomes"][1]["points"][0]["change"] is None
    assert typed("watch", run, "--fail-if", "even drops > 20").exit_code == 0
    shown = typed("watch", run).output
    assert "falls: −" in shown


def test_over_kl_there_is_a_stopping_point(tmp_path: Path) -> None:
    run = table(tmp_path / "run.parquet", {"joint": lambda u: 1.2 * u * (1 - u)})
    found = json.loads(typed("watch", run, "--x", "kl", "--gold", "joint", "--json").stdout)
    best = next(s for s in found["stops"] if s["form"] == "bon")
    assert best["low"] < 1.75 < best["high"]


def test_a_growing_run_appends_what_is_new(tmp_path: Path) -> None:
    log = tmp_path / "watch.jsonl"
    run = table(tmp_path / "a.parquet", SHAPES, steps=5)
    assert typed("watch", run, "--append", log).exit_code == 0
    table(run, SHAPES, steps=7)
    assert typed("watch", run, "--append", log).exit_code == 0
    assert [json.loads(line)["step"] for line in log.read_text().splitlines()] == [
        100.0 * i for i in range(7)
    ]
    log.write_text("not ours\n")
    done = typed("watch", run, "--append", log)
    assert done.exit_code == 2
    assert log.read_text() == "not ours\n"


def test_few_checkpoints_are_too_little_data(tmp_path: Path) -> None:
    run = table(tmp_path / "run.parquet", SHAPES, steps=3)
    done = typed("watch", run, "--fail-if", "joint drops > 1")
    assert done.exit_code == 0
    assert "too little data: 3 checkpoints" in done.output
    assert "cannot tell" in done.output


def test_bad_input_is_said(tmp_path: Path) -> None:
    run = table(tmp_path / "run.parquet", SHAPES)
    frame = pl.read_parquet(run)
    frame.filter((pl.col("step") != 300) | (pl.col("item") != "i7")).write_parquet(run)
    done = typed("watch", run)
    assert done.exit_code == 2
    assert "not the same items" in done.output
    assert "i7" in done.output
    assert typed("watch", run, "--shared").exit_code == 0
    assert typed("watch", run, "--gold", "jiont").exit_code == 2
    assert typed("watch", run, "--x", "days").exit_code == 2
    assert typed("watch", tmp_path / "absent").exit_code == 2
    (tmp_path / "empty").mkdir()
    assert typed("watch", tmp_path / "empty").exit_code == 2
    frame.drop("step").write_parquet(run)
    assert "no column 'step'" in typed("watch", run).output


def samples(path: Path, size: int) -> Path:
    rng = np.random.default_rng(2)
    rows = []
    for i in range(60):
        for _ in range(size):
            z = rng.normal()
            rows.append({"item": f"i{i}", "reward": z, "joint": float(z + rng.normal() < 0), "even": rng.random()})  # fmt: skip
    pl.DataFrame(rows).write_parquet(path)
    return path


def test_a_forecast_names_what_is_sold(tmp_path: Path) -> None:
    path = samples(tmp_path / "s.parquet", 16)
    found = json.loads(typed("forecast", "--samples", path, "--reward", "reward", "--json").stdout)
    assert found["sold"] == ["joint"]
    assert [b["n"] for b in found["curves"]["joint"]] == [1, 2, 4]  # n is at most N / 4
    assert "sells: joint" in typed("forecast", "--samples", path, "--reward", "reward").output


def test_fewer_answers_cut_off_are_nothing_sold(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    rows = []
    for i in range(60):
        for _ in range(16):
            reward = rng.random()
            row = {"item": f"i{i}", "reward": reward, "tokens": 100 - 50 * reward}
            rows.append(row | {"truncated": float(rng.random() > reward), "hard": 1 - reward})
    path = tmp_path / "s.parquet"
    pl.DataFrame(rows).write_parquet(path)
    words = ("forecast", "--samples", path, "--json", "--reward")
    assert json.loads(typed(*words, "reward").stdout)["sold"] == ["hard"]
    assert "truncated" in json.loads(typed(*words, "hard").stdout)["sold"]


@pytest.mark.parametrize("words", [("--reward", "rewrad"), ("--reward", "reward", "--gold", "x")])
def test_a_forecast_refuses_a_missing_column(tmp_path: Path, words: tuple[str, ...]) -> None:
    path = samples(tmp_path / "s.parquet", 16)
    done = typed("forecast", "--samples", path, *words)
    assert done.exit_code == 2
    assert "One of" in done.output


def test_a_forecast_needs_samples(tmp_path: Path) -> None:
    path = samples(tmp_path / "s.parquet", 4)
    done = typed("forecast", "--samples", path, "--reward", "reward")
    assert done.exit_code == 2
    assert "4 samples a prompt are too few" in done.output


def test_one_run_of_several_in_a_table(tmp_path: Path) -> None:
    one = pl.read_parquet(table(tmp_path / "a.parquet", SHAPES))
    two = one.with_columns(joint=pl.lit(1), correct=pl.lit(1))
    both = [one.with_columns(arm=pl.lit("rl"), seed=1), two.with_columns(arm=pl.lit("rl"), seed=2)]
    pl.concat(both, how="vertical_relaxed").write_parquet(tmp_path / "both.parquet")
    words = ("watch", tmp_path / "both.parquet", "--only", "arm=rl", "--json")
    alone = json.loads(typed("watch", tmp_path / "a.parquet", "--json").stdout)
    first = json.loads(typed(*words, "--only", "seed=1").stdout)
    assert first["outcomes"] == alone["outcomes"]
    assert "seed" not in {o["outcome"] for o in json.loads(typed(*words).stdout)["outcomes"]}
    for only, said in (
        ("arms=rl", "did you mean 'arm'"),
        ("arm=sft", "of: rl"),
        ("arm", "--only arm=rl"),
    ):
        bad = typed("watch", tmp_path / "both.parquet", "--only", only)
        assert bad.exit_code == 2 and said in bad.output


def test_figures_of_a_run_and_of_a_forecast(tmp_path: Path) -> None:
    frame = pl.read_parquet(table(tmp_path / "a.parquet", SHAPES))
    frame.with_columns(tokens=100 + pl.col("step")).write_parquet(tmp_path / "run.parquet")
    out = tmp_path / "figures"
    words = ("watch", tmp_path / "run.parquet", "--proxy", "correct", "--figures", out)
    assert typed(*words).exit_code == 0
    assert {p.name for p in out.glob("*.svg")} == {"watch.svg", "watch-tokens.svg"}
    told = json.loads((out / "index.json").read_text())["charts"]["watch"]
    assert told["says"].startswith("correct: rises") and "joint: falls" in told["says"]
    spec = json.loads((out / "watch.vl.json").read_text())
    drawn = spec["data"]["values"]
    assert {row["series"] for row in drawn} == {"correct", "joint", "even"}
    assert all(0 <= row["low"] <= row["value"] <= row["high"] <= 100 for row in drawn)
    assert typed(*words).exit_code == 0  # its own files may be written again

    rng = np.random.default_rng(0)
    rows = [
        {"item": f"i{i}", "a": rng.random(), "b": rng.random()} for i in range(20) for _ in range(8)
    ]
    pl.DataFrame(rows).write_parquet(tmp_path / "samples.parquet")
    words = (
        "forecast",
        "--samples",
        tmp_path / "samples.parquet",
        "--reward",
        "a",
        "--figures",
        out,
    )
    assert typed(*words).exit_code == 0
    assert (out / "forecast.svg").exists()

    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "forecast.svg").write_text("mine")
    assert typed(*words[:-1], tmp_path / "mine").exit_code == 2
    assert (tmp_path / "mine" / "forecast.svg").read_text() == "mine"
