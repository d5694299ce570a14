"""The study without torch: what is trained or measured is not done again, claims, the table, its watch.

The weights of every checkpoint are those of the package, really asked; the trainings themselves are in
`make training-smoke`.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
import study
import table
from click.testing import CliRunner
from recipe import Recipe, read_recipe

from bridle.cli import bridle
from bridle.organism.model.engine import MODEL

FOLDER = Path(__file__).parents[2] / "studies" / "training"
TEXT = """
subject: organism
out: {out}
seeds: [1, 2]
checkpoints: 2
limit: 3
max_tokens: 200
temperature: 0.0
rl: {{steps: 4}}
arms: {{rl: {{kind: rl}}, more: {{kind: rl, start: rl}}, mix: {{kind: mix, other: rl, shares: [0.5]}}}}
"""


@pytest.fixture
def recipe(tmp_path: Path) -> Recipe:
    shutil.copyfile(FOLDER / "panel.jsonl", tmp_path / "panel.jsonl")
    (tmp_path / "recipe.yaml").write_text(TEXT.format(out=tmp_path / "out"))
    return read_recipe(tmp_path / "recipe.yaml")


def trained(recipe: Recipe, arm: str, seed: int) -> None:
    """What a training leaves, with the packaged weights in place of trained ones."""
    folder = study.folder_of(recipe, arm, seed)
    steps = () if arm == "parent" else recipe.saved(recipe.arm(arm))
    for place in [folder / f"step-{s}" for s in steps] or [folder]:
        place.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(MODEL, place / "model.onnx")
    (folder / ("parent.json" if arm == "parent" else "done.json")).write_text(
        json.dumps({"arm": arm, "seed": seed})
    )


def test_a_study_goes_on_where_it_was_and_becomes_a_table(recipe: Recipe, tmp_path: Path) -> None:
    one = [1]
    todos = study.plan(recipe, [], one, last=True)
    assert [t.arm for t in todos] == ["parent", "rl", "more", "mix"]
    assert not any(t.done for t in todos)
    assert [t.arm for t in todos if study.ready(recipe, t)] == ["parent"]

    trained(recipe, "parent", 1)
    study.work(recipe, ["rl"], one, last=True, parts="measure")
    assert study.state(recipe, "parent", 1).done
    assert study.natural(recipe, recipe.arm("rl"), 1) > 0
    assert [t.arm for t in todos if study.ready(recipe, t)] == ["parent", "rl"]

    trained(recipe, "rl", 1)
    before = (study.study_of(recipe, "parent", 1, 0) / "responses.jsonl").stat().st_mtime_ns
    study.work(recipe, ["rl"], one, last=True, parts="measure")
    assert study.state(recipe, "rl", 1, last=True).done
    assert study.state(recipe, "rl", 1).unmeasured == (2,)
    study.work(recipe, ["rl"], one, last=False, parts="measure")
    assert study.state(recipe, "rl", 1).done
    assert (study.study_of(recipe, "parent", 1, 0) / "responses.jsonl").stat().st_mtime_ns == before
    assert study.study_of(recipe, "rl", 1, 0) == study.study_of(recipe, "parent", 1, 0)
    assert study.study_of(recipe, "more", 1, 0) == study.study_of(recipe, "rl", 1, 4)

    table.write(recipe, tmp_path / "results")
    frame = pl.read_parquet(tmp_path / "results" / "records.parquet")
    made = frame.group_by("arm", "seed", "step").len().sort("arm", "step").rows()
    assert made == [("parent", 1, 0, 3), ("rl", 1, 0, 3), ("rl", 1, 2, 3), ("rl", 1, 4, 3)]
    told = json.loads((tmp_path / "results" / "manifest.json").read_text())
    assert "rl seed 1" not in " ".join(told["missing"]) and told["records"] == 12
    assert "mix seed 1: not trained; to measure: step 1" in told["missing"]
    words = ["watch", str(tmp_path / "results" / "records.parquet"), "--only", "arm=rl", "--json"]
    watched = json.loads(CliRunner().invoke(bridle, words).stdout)
    assert {o["outcome"] for o in watched["outcomes"]} >= {"correct", "joint", "truncated"}


def test_what_another_process_works_at_is_left_to_it(recipe: Recipe) -> None:
    folder = study.folder_of(recipe, "rl", 1)
    hold = (
        "import sys, study; from pathlib import Path\n"
        "with study.claimed(Path(sys.argv[1])) as mine:\n print(mine, flush=True); input()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(folder)],
        cwd=FOLDER, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as other:  # fmt: skip
        assert other.stdout is not None and other.stdout.readline() == "True\n"
        with study.claimed(folder) as mine:
            assert not mine
        trained(recipe, "parent", 1)
        (study.study_of(recipe, "parent", 1, 0)).mkdir(parents=True)
        (study.study_of(recipe, "parent", 1, 0) / "measured.json").write_text("{}")
        study.work(recipe, ["rl"], [1], last=True)  # ends: rl is all there is, and not free
        other.communicate("\n")
    with study.claimed(folder) as mine:
        assert mine


def test_the_plan_as_typed(recipe: Recipe) -> None:
    script = [sys.executable, str(FOLDER / "study.py")]
    done = subprocess.run([*script, str(recipe.path), "--plan"], capture_output=True, text=True)
    assert done.returncode == 0
    assert done.stdout.splitlines()[0] == "parent seed 1: not trained; to measure: step 0"
    bad = subprocess.run([*script, str(recipe.path), "--arm", "x"], capture_output=True, text=True)
    assert bad.returncode == 1 and "no arm 'x'" in bad.stderr
