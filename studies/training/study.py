"""The whole study: trains what is missing, measures what is not measured; run again, it goes on.

    python studies/training/study.py studies/training/recipe.yaml              # all of it
    python studies/training/study.py studies/training/recipe.yaml --seed 1 --arm rl --last
    python studies/training/study.py studies/training/recipe.yaml --plan       # what is there, what is not

Several may run at once: each takes the next (arm, seed) that nobody works at. An arm whose training was
killed begins it anew; a measurement goes on where it was (its folder is a study of `bridle run`).
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import json
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from recipe import PARENT, Arm, Recipe, read_recipe

from bridle.errors import BridleError

HERE = Path(__file__).parent


def folder_of(recipe: Recipe, arm: str, seed: int) -> Path:
    """Where an arm's run of a seed lies; the parent is the same for all seeds."""
    base = Path(recipe.out)
    return base / arm if arm == PARENT else base / arm / f"seed-{seed}"


def made_here(recipe: Recipe) -> bool:
    """Whether the parent's weights lie in the study's folder: the organism's are taught, a .gguf unpacked."""
    return recipe.subject == "organism" or recipe.subject.endswith(".gguf")


def study_of(recipe: Recipe, arm: str, seed: int, step: int) -> Path:
    """The study that measures a checkpoint. `bridle watch` takes the folder above it."""
    if arm == PARENT:
        return folder_of(recipe, arm, seed) / "watch" / f"seed-{seed}"
    found = recipe.arm(arm)
    if step == 0:  # a run begins where its start ends
        last = 0 if found.start == PARENT else recipe.saved(recipe.arm(found.start))[-1]
        return study_of(recipe, found.start, seed, last)
    return folder_of(recipe, arm, seed) / "watch" / f"step-{step}"


@dataclass(frozen=True)
class Todo:
    """An arm and seed with what it lacks."""

    arm: str
    seed: int
    trained: bool
    unmeasured: tuple[int, ...]

    @property
    def done(self) -> bool:
        return self.trained and not self.unmeasured


def state(recipe: Recipe, arm: str, seed: int, *, last: bool = False) -> Todo:
    """What is there of an arm; `last`: of its steps only the last one is asked for."""
    if arm == PARENT:
        steps, trained = (
            (0,),
            not made_here(recipe) or _made(recipe, arm, seed, "parent.json"),
        )
    else:
        steps, trained = recipe.saved(recipe.arm(arm)), _made(recipe, arm, seed, "done.json")
        steps = steps[-1:] if last and recipe.arm(arm).kind != "mix" else steps
    lacking = tuple(s for s in steps if not _measured(study_of(recipe, arm, seed, s)))
    return Todo(arm, seed, trained, lacking)


def plan(recipe: Recipe, arms: list[str], seeds: list[int], *, last: bool) -> list[Todo]:
    """Everything in its order: a seed of all arms after the other; every arm's last step first."""
    names = [PARENT, *(arm.name for arm in recipe.order(arms))]
    passes = (True,) if last else (True, False)
    return [state(recipe, n, seed, last=only) for only in passes for seed in seeds for n in names]


def ready(recipe: Recipe, todo: Todo) -> bool:
    """Whether all that the arm's training needs is there: weights, and for a share as cap a length."""
    if todo.arm == PARENT or todo.trained:
        return True
    arm = recipe.arm(todo.arm)
    for needed in (arm.start, arm.other):
        found = state(recipe, needed, todo.seed, last=True) if needed else None
        measured = arm.kind != "rl" or isinstance(arm.cap, int)
        if found is not None and not (found.trained and (measured or found.done)):
            return False
    return True


def _made(recipe: Recipe, arm: str, seed: int, file: str) -> bool:
    return (folder_of(recipe, arm, seed) / file).exists()


def _measured(study: Path) -> bool:
    return (study / "measured.json").exists()


# -- the work ---------------------------------------------------------------------------------------


def do(recipe: Recipe, todo: Todo, *, parts: str = "both") -> None:
    """Train the arm if it is not trained, then measure what is asked for; or one of both."""
    if not todo.trained and parts != "measure":
        _say(f"{todo.arm} seed {todo.seed}: training")
        if todo.arm == PARENT:
            make_parent(recipe)
        else:
            import train

            arm = recipe.arm(todo.arm)
            train.train(recipe, arm, todo.seed, natural=natural(recipe, arm, todo.seed))
    for step in todo.unmeasured if parts != "train" else ():
        measure(recipe, todo.arm, todo.seed, step)


def make_parent(recipe: Recipe) -> None:
    """Teach the organism's parent, or unpack a .gguf file into a folder."""
    out = folder_of(recipe, PARENT, 0)
    if recipe.subject == "organism":
        import parent

        given = recipe.parent
        parent.teach(
            out, tokens=given["tokens"], seed=int(given["seed"]), rate=given["rate"], threads=1
        )
        return
    import train

    train.keep(recipe, *train.open_model(Path(recipe.subject)), out)
    (out / "parent.json").write_text(json.dumps({"subject": Path(recipe.subject).name}))


def measure(recipe: Recipe, arm: str, seed: int, step: int) -> None:
    """`bridle run` of a checkpoint on the panel."""
    from bridle.organism.model.engine import close_engine
    from bridle.studies import study

    folder = study_of(recipe, arm, seed, step)
    weights = folder_of(recipe, arm, seed) / ("" if arm == PARENT else f"step-{step}")
    if arm == PARENT and not made_here(recipe):
        weights = Path(recipe.subject)
    model = recipe.model.replace("{checkpoint}", str(weights))
    found = study.run(
        folder, benchmark="custom", data=recipe.path.parent / recipe.panel, models=[model],
        conditions=["with"], temperature=recipe.temperature, max_tokens=recipe.max_tokens, seed=seed,
        limit=recipe.limit or None,
    )  # fmt: skip
    close_engine(model.partition("/")[2])
    if not found.complete:
        raise BridleError(f"{folder}: {found.line()}", hint="run it again")
    (folder / "measured.json").write_text(json.dumps({"arm": arm, "seed": seed, "step": step}))
    _say(f"{arm} seed {seed} step {step}: measured")


def natural(recipe: Recipe, arm: Arm, seed: int) -> float:
    """The 95 % length of the start's whole answers to problems like those of the training, in tokens.

    Answers that the evaluation's cap cut off say nothing of it: most of them went in circles.
    """
    import polars as pl

    from bridle import records

    if arm.kind != "rl" or isinstance(arm.cap, int):
        return 0.0  # nobody asks
    frame = records.read(study_of(recipe, arm.name, seed, 0), texts=False).frame
    rows = frame.filter(
        (pl.col("n_constraints") == 0)
        & (pl.col("difficulty") >= min(recipe.steps_of_problems))
        & (pl.col("status") == "complete")
    )
    value = rows["tokens_out"].quantile(0.95)
    return float(value or recipe.max_tokens)


@contextlib.contextmanager
def claimed(folder: Path) -> Iterator[bool]:
    """Whether this process may work in the folder; another one's claim ends with that process."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".claim").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        yield True


def work(
    recipe: Recipe,
    arms: list[str],
    seeds: list[int],
    *,
    last: bool,
    parts: str = "both",
    wait: float = 0,
) -> None:
    """Take one thing after the other until all is done, or nothing could be begun for `wait` seconds."""
    idle = time.monotonic()
    while True:
        todos = plan(recipe, arms, seeds, last=last)
        if all(t.trained if parts == "train" else t.done for t in todos):
            return
        if _begun(recipe, todos, parts):
            idle = time.monotonic()
        elif time.monotonic() - idle > wait:
            return
        else:
            time.sleep(5)


def _begun(recipe: Recipe, todos: list[Todo], parts: str) -> bool:
    """Do the first thing that can be done now, if there is one."""
    for todo in todos:
        waiting = parts == "measure" and not todo.trained
        finished = todo.trained if parts == "train" else todo.done
        if finished or waiting or not ready(recipe, todo):
            continue
        with claimed(folder_of(recipe, todo.arm, todo.seed)) as mine:
            if not mine:
                continue
            now = state(recipe, todo.arm, todo.seed)  # another may have done it since
            steps = tuple(s for s in todo.unmeasured if s in now.unmeasured)
            do(recipe, Todo(todo.arm, todo.seed, now.trained, steps), parts=parts)
            return True
    return False


def _say(text: str) -> None:
    print(text, flush=True)


def show(todos: list[Todo]) -> list[str]:
    """The plan in lines: one for every arm and seed."""
    lines: list[str] = []
    for todo in {(t.arm, t.seed): t for t in todos}.values():
        lack = ", ".join(f"step {s}" for s in todo.unmeasured)
        how = (
            "done"
            if todo.done
            else ("" if todo.trained else "not trained; ") + f"to measure: {lack}"
        )
        lines.append(f"{todo.arm} seed {todo.seed}: {how}")
    return lines


def main() -> None:
    read = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    read.add_argument("recipe", type=Path)
    read.add_argument("--arm", action="append", default=[], help="repeatable; else all")
    read.add_argument("--seed", action="append", type=int, default=[], help="repeatable; else all")
    read.add_argument("--last", action="store_true", help="measure the last step alone")
    read.add_argument("--part", choices=("both", "train", "measure"), default="both")
    read.add_argument(
        "--wait", type=float, default=0, help="seconds to wait for what others work at"
    )
    read.add_argument("--plan", action="store_true", help="say what is there; do nothing")
    given: Any = read.parse_args()
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    try:
        recipe = read_recipe(given.recipe)
        seeds = given.seed or list(recipe.seeds)
        if given.plan:
            print("\n".join(show(plan(recipe, given.arm, seeds, last=given.last))))
            return
        work(
            recipe, given.arm, seeds, last=given.last, parts=given.part, wait=given.wait
        )  # fmt: skip
    except BridleError as error:
        sys.exit(f"Error: {error}")


if __name__ == "__main__":
    main()
