"""Two passes over all shards: names and votes, then grades."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bridle.errors import DataError
from bridle.records import Parts
from bridle.scoring.bulk import folder as at
from bridle.scoring.bulk.folder import ScorePlan
from bridle.scoring.bulk.shards import ROWS, cut
from bridle.scoring.bulk.survey import Survey
from bridle.scoring.bulk.workers import Workers, cores
from bridle.scoring.formats import BadRows, files_of
from bridle.scoring.names import Names
from bridle.scoring.score import labels, refuse_missing
from bridle.studies.grades import said

# (what is being done, rows done so far, rows of all, rows that were done before this run)
Watch = Callable[[str, int, int, int], None]


@dataclass(frozen=True)
class Done:
    """What lies in the folder after a scoring."""

    folder: Path
    planned: int
    records: int
    bad: BadRows
    matched_by_line: bool
    repeated: dict[str, int]
    voted: list[str]
    shards: int
    made: int  # shards graded by this run


def score_into(
    files: Sequence[Path | str],
    out: Path | str,
    *,
    items: Path | str | None = None,
    rules: str = "ours",
    model: str | None = None,
    workers: int | None = None,
    plugins: Sequence[str] = (),
    rows: int = ROWS,
    watch: Watch | None = None,
) -> Done:
    """Grade the responses of the files into a folder of Parquet files, with one process a core.

    Killed at any moment, the same call goes on with the shards that lack their part. `rows` is the
    size of a shard. The records are those of one process: names, samples and votes are the same.

    Raises:
        DataError: a file cannot be read; the folder holds something else, or was begun with other
            files, options or another version.
        BridleError: another process writes here; a worker died again and again.
    """
    folder = Path(out)
    paths = files_of(Path(file) for file in files)
    refuse_missing(paths)
    about = {
        "command": "score",
        "files": [str(path) for path in paths],
        "items": None if items is None else str(items),
        "model": model,
        "rules": rules,
    }
    stamped = [*paths, *([Path(items)] if items is not None else [])]
    now = ScorePlan(
        about=about,
        stamps=at.stamps(stamped),
        labels={str(path): label for path, label in labels(paths).items()},
        plugins=list(plugins),
        shards=[],
    )
    held = at.load(folder)
    if held is not None:
        at.refuse_another(folder, held, now)
    at.refuse_others(folder)
    parts = Parts(folder)
    parts.folder.mkdir(parents=True, exist_ok=True)
    setup = {"items": about["items"], "rules": rules, "model": model, "plugins": now.plugins}
    with at.locked(folder):
        at.sweep(folder)
        plan = held or now
        if plan.planned is None:
            plan.shards = [shard for path in paths for shard in cut(path, rows=rows)]
        todo = list(range(len(plan.shards))) if plan.planned is None else at.missing(folder, plan)
        if todo:
            count = min(workers or cores(), len(todo))
            with Workers(count, setup) as pool:
                if plan.planned is None:
                    _survey(folder, plan, pool, watch)
                    plan.save(folder)
                    todo = at.missing(folder, plan)
                _score(folder, plan, todo, pool, watch)
        return _done(folder, plan, len(todo))


def _survey(folder: Path, plan: ScorePlan, pool: Workers, watch: Watch | None) -> None:
    """The first pass: votes by file, and the names of every shard's rows, settled in order."""
    names = Names()
    (folder / at.NAMES).mkdir(exist_ok=True)
    early: dict[int, Any] = {}
    files: dict[str, Survey] = {}
    total = sum(shard.rows for shard in plan.shards)
    done = turn = 0
    tasks = [_task("survey", plan, n) for n in range(len(plan.shards))]
    for number, told in pool.map(tasks):
        early[number] = told
        while turn in early:
            shard, found = plan.shards[turn], Survey.of(early.pop(turn))
            settled = [names.settle(asked) for asked in found.asked]
            _save_names(folder, turn, settled)
            files.setdefault(shard.file, Survey()).add(found)
            done += shard.rows
            turn += 1
            if watch is not None:
                watch("reading", done, total, 0)
    plan.planned = sum(survey.planned for survey in files.values())
    for file, survey in files.items():
        hints = survey.hints()
        plan.hints[file] = at.hints_of(hints)
        plan.voted += said(hints)
        plan.by_line |= survey.by_line
        for name, count in survey.repeated.items():
            plan.repeated[name] = plan.repeated.get(name, 0) + count


def _score(
    folder: Path, plan: ScorePlan, todo: Sequence[int], pool: Workers, watch: Watch | None
) -> None:
    parts = Parts(folder)

    def tasks() -> Iterator[dict[str, Any]]:
        for n in todo:
            task = _task("score", plan, n)
            task["hints"] = plan.hints[plan.shards[n].file]
            yield {**task, "names": str(_names(folder, n)), "part": str(parts.path(n))}

    total = sum(shard.rows for shard in plan.shards)
    before = done = total - sum(plan.shards[n].rows for n in todo)
    for number, _ in pool.map(tasks()):
        done += plan.shards[todo[number]].rows
        _names(folder, todo[number]).unlink(missing_ok=True)
        if watch is not None:
            watch("scoring", done, total, before)


def _task(what: str, plan: ScorePlan, number: int) -> dict[str, Any]:
    shard = plan.shards[number]
    return {"task": what, "shard": asdict(shard), "label": plan.labels[shard.file]}


def _names(folder: Path, number: int) -> Path:
    return folder / at.NAMES / f"{number:05d}.parquet"


def _save_names(folder: Path, number: int, settled: Sequence[Any]) -> None:
    import polars as pl

    schema = {"item": pl.String(), "problem": pl.String(), "first": pl.Int64()}
    pl.DataFrame(settled, schema=schema, orient="row").write_parquet(_names(folder, number))


def _done(folder: Path, plan: ScorePlan, made: int) -> Done:
    parts, bad, count = Parts(folder), BadRows(), 0
    for number, shard in enumerate(plan.shards):
        told = parts.about(number).get("shard")
        if not isinstance(told, dict):
            raise DataError(
                f"{parts.path(number)} is not the part of {shard.file}.",
                expected="a part that bridle score wrote",
                hint="delete it and run the same command again",
            )
        bad.merge(told["bad"])
        count += told["records"]
    assert plan.planned is not None
    shutil.rmtree(folder / at.NAMES, ignore_errors=True)  # needed by nobody any more
    return Done(
        folder, plan.planned, count, bad, plan.by_line, plan.repeated, plan.voted,
        len(plan.shards), made,
    )  # fmt: skip
