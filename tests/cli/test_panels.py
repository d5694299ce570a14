"""Samples, manifests, panels, secret seeds and init on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bridle.cli import bridle

SECRET = "a long secret text"


def call(*args: str, **env: str) -> Result:
    return CliRunner().invoke(bridle, list(args), env=env)


def test_sample_and_lists() -> None:
    said = call("sample", "crossed:problems=rates,constraints=0-1", "--limit", "2")
    assert said.exit_code == 0 and "witness" in said.output and "none" in said.output
    rows = call("sample", "density", "--limit", "2", "--json").output.splitlines()
    assert all(json.loads(row)["witness"] for row in rows)
    assert "rankings" in call("list", "problems").output


def test_init_writes_what_runs_and_nothing_twice(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    assert call("init", str(path)).exit_code == 0
    assert call("sample", str(path)).output.count("witness") == 3
    assert call("run", "--benchmark", str(path), "--out", str(tmp_path / "o")).exit_code == 0
    assert call("init", str(path)).exit_code != 0


@pytest.mark.parametrize("secret", [None, SECRET])
def test_a_study_of_a_panel_and_its_manifest(tmp_path: Path, secret: str | None) -> None:
    out, env = str(tmp_path / "o"), {} if secret is None else {"BRIDLE_SECRET_SEED": secret}
    chosen = ("--benchmark", "crossed:constraints=0-1", "--limit", "4")
    assert call("run", *chosen, "--out", out, **env).exit_code == 0
    assert SECRET not in (Path(out) / "study.json").read_text()
    printed = call("manifest", out, **env)
    assert printed.exit_code == 0
    kept, items = tmp_path / "manifest.json", tmp_path / "items.jsonl"
    kept.write_text(printed.output)
    again = call("manifest", str(kept), "--items", str(items), **env)
    assert again.exit_code == 0 and "the same to the byte" in again.output
    assert len(items.read_text().splitlines()) == 4
    if secret is not None:
        assert "secret seed" in str(call("run", "--out", out).exception)
        assert "secret seed" in str(call("manifest", out).exception)
        assert call("run", "--out", out, **env).exit_code == 0


def test_a_panel_is_a_number_of_items(tmp_path: Path) -> None:
    out = str(tmp_path / "o")
    plan = call("run", "--panel", "small", "--out", out, "--dry-run", "--json")
    assert json.loads(plan.output)["loaded"]["limit"] == 150
    assert "exclude" in str(call("run", "--panel", "small", "--limit", "3", "--out", out).exception)
