"""All records of a training study as one table, TRL's logs as another, and what made them.

    python studies/training/table.py studies/training/recipe.yaml studies/training/results

    records.parquet    a row an answer: arm, seed, step, item, every outcome, lengths; no texts
    trainer.parquet    a row an optimizer step: reward, completion length, entropy, KL
    manifest.json      the recipe, its hash, versions, caps and seconds of every run, what is missing

`bridle watch records.parquet --only arm=rl` reads the first one.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import sys
from pathlib import Path
from typing import Any

import polars as pl
from recipe import PARENT, Recipe, read_recipe
from study import folder_of, plan, show, study_of

from bridle import outcomes, records

KEPT = (
    "item", "problem", "group", "source", "difficulty", "n_constraints", "status", "found_how",
    "tokens_out", "tokens_thinking", "tokens_answer",
)  # fmt: skip
LENGTHS = (outcomes.TOKENS.name,)  # tokens_out by another name
LOGGED = {
    "step": "step", "reward": "reward", "completions/mean_length": "length", "entropy": "entropy",
    "kl": "kl", "completions/clipped_ratio": "cut_off", "loss": "loss", "bridle/correct": "correct",
}  # fmt: skip
PACKAGES = ("bridle-eval", "torch", "transformers", "trl", "accelerate", "datasets", "onnxruntime")


def checkpoints(recipe: Recipe) -> list[tuple[str, int, int, Path]]:
    """(arm, seed, step, study) of everything that is measured; step 0 is the arm's start."""
    found: list[tuple[str, int, int, Path]] = []
    for seed in recipe.seeds:
        found.append((PARENT, seed, 0, study_of(recipe, PARENT, seed, 0)))
        for arm in recipe.arms:
            steps = [0, *recipe.saved(arm)]
            found += [(arm.name, seed, s, study_of(recipe, arm.name, seed, s)) for s in steps]
    there = [row for row in found if (row[3] / "measured.json").exists()]
    # an arm of which nothing is measured has no start either
    begun = {(arm, seed) for arm, seed, step, _ in there if step > 0 or arm == PARENT}
    return [row for row in there if (row[0], row[1]) in begun]


def table(recipe: Recipe) -> pl.DataFrame:
    """The records of all checkpoints."""
    frames = [
        read_one(study).with_columns(
            pl.lit(arm).alias("arm"),
            pl.lit(seed).cast(pl.Int32).alias("seed"),
            pl.lit(step).cast(pl.Int32).alias("step"),
        )
        for arm, seed, step, study in checkpoints(recipe)
    ]
    if not frames:
        sys.exit(f"Nothing of {recipe.path} is measured yet.")
    frame = pl.concat(frames, how="diagonal_relaxed")
    head = ["arm", "seed", "step"]
    return frame.select(*head, *(c for c in frame.columns if c not in head))


def read_one(study: Path) -> pl.DataFrame:
    """The columns kept of one checkpoint's records."""
    frame = records.read(study, texts=False).frame
    measured = [
        name
        for name, kind in outcomes.OUTCOMES.items()
        if kind.kind != "text"
        and name not in LENGTHS
        and name in frame.columns
        and frame[name].is_not_null().any()
    ]
    frame = frame.select(*(c for c in dict.fromkeys((*KEPT, *measured)) if c in frame.columns))
    floats = [c for c, t in frame.schema.items() if t == pl.Float64]
    return frame.with_columns(pl.col(floats).cast(pl.Float32))


def logs(recipe: Recipe) -> pl.DataFrame:
    """TRL's log of every training that is done."""
    rows: list[dict[str, Any]] = []
    for arm in recipe.arms:
        for seed in recipe.seeds:
            file = folder_of(recipe, arm.name, seed) / "trainer.jsonl"
            for line in file.read_text().splitlines() if file.exists() else ():
                given = json.loads(line)
                if "loss" in given:
                    told = {name: float(given[k]) for k, name in LOGGED.items() if k in given}
                    rows.append({"arm": arm.name, "seed": seed, **told})
    names = ["arm", "seed", *LOGGED.values()]
    return pl.DataFrame(
        rows, schema_overrides=dict.fromkeys(names[2:], pl.Float32), infer_schema_length=None
    )


def manifest(recipe: Recipe, frame: pl.DataFrame) -> dict[str, Any]:
    """What re-creates the table, and what of the plan is not in it."""
    runs: list[Any] = []
    for arm in recipe.arms:
        for seed in recipe.seeds:
            file = folder_of(recipe, arm.name, seed) / "done.json"
            if file.exists():
                runs.append(json.loads(file.read_text()))
    parent = folder_of(recipe, PARENT, 0) / "parent.json"
    panel = recipe.path.parent / recipe.panel
    todos = plan(recipe, [], list(recipe.seeds), last=True)
    between = [t for t in plan(recipe, [], list(recipe.seeds), last=False) if t.arm != PARENT]
    unmeasured = {(t.arm, t.seed, step) for t in between for step in t.unmeasured}
    return {
        "command": f"python studies/training/study.py {recipe.path}",
        "recipe": recipe.path.read_text(encoding="utf-8"),
        "panel_sha256": hashlib.sha256(panel.read_bytes()).hexdigest(),
        "parent": json.loads(parent.read_text()) if parent.exists() else None,
        "versions": {name: _version(name) for name in PACKAGES},
        "runs": runs,
        "missing": [line for line in show(todos) if not line.endswith(": done")],
        "checkpoints": {"measured": len(checkpoints(recipe)), "not_measured": len(unmeasured)},
        "records": frame.height,
    }


def _version(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def write(recipe: Recipe, out: Path) -> None:
    """Write the three files; those of before are replaced."""
    out.mkdir(parents=True, exist_ok=True)
    frame = table(recipe)
    frame.write_parquet(out / "records.parquet", compression="zstd", compression_level=19)
    logged = logs(recipe)
    if logged.height:
        logged.write_parquet(out / "trainer.parquet", compression="zstd", compression_level=19)
    told = json.dumps(manifest(recipe, frame), indent=1, ensure_ascii=False)
    (out / "manifest.json").write_text(told + "\n", encoding="utf-8")
    print(
        f"{frame.height:,} records of {frame.select('arm', 'seed', 'step').n_unique()} checkpoints"
    )


if __name__ == "__main__":
    write(read_recipe(Path(sys.argv[1])), Path(sys.argv[2]))
