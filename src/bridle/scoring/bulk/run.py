"""Two passes over all shards: names and votes, then grades."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bridle.errors import BridleError, DataError
from bridle.records import Parts
from bridle.records.stores import objects_under, url_of
from bridle.scoring.bulk import folder as at
from bridle.scoring.bulk.folder import ScorePlan
from bridle.scoring.bulk.shards import ROWS, Shard, cut
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
    on: str = "processes",
    address: str | None = None,
    watch: Watch | None = None,
) -> Done:
    """Grade the responses of the files into a folder of Parquet files, with one process a core.

    `on="ray"` takes actors of a Ray cluster instead, at `address` ("auto": the one that runs; None: one
    that is started on this machine).

    Killed at any moment, the same call goes on with the shards that lack their part. `rows` is the
    size of a shard. The records are those of one process: names, samples and votes are the same.

    Raises:
        DataError: a file cannot be read; the folder holds something else, or was begun with other
            files, options or another version.
        BridleError: another process writes here; a worker died again and again.
    """
    folder = Path(out)
    paths, given = _places(files)
    about = {
        "command": "score",
        "files": given,
        "items": None if items is None else str(items),
        "model": model,
        "rules": rules,
    }
    stamped = [*paths, *([Path(items)] if items is not None else [])]
    now = ScorePlan(
        about=about,
        stamps=at.stamps(stamped),
        labels=dict(zip(given, labels(paths).values(), strict=True)),
        plugins=list(plugins),
        shards=[],
    )
    held = at.load(folder)
    if held is not None:
        at.refuse_another(folder, held, now)
    at.refuse_others(folder)
    setup = {"items": about["items"], "rules": rules, "model": model, "plugins": now.plugins}
    with at.locked(folder), at.names_of(folder) as names:
        at.sweep(folder)
        plan = held or now
        todo = at.missing(folder, plan)
        if todo or plan.planned is None:
            count = len(todo) if plan.planned is not None else None
            with _pool(on, workers, count, setup, address) as pool:
                if plan.planned is None or not at.has_names(names, todo):
                    plan.shards = plan.shards or _cut(given, rows, pool)
                    _survey(names, plan, pool, watch)
                    plan.save(folder)
                    todo = at.missing(folder, plan)
                _score(folder, names, plan, todo, pool, watch)
        return _done(folder, plan, len(todo))


def _places(files: Sequence[Path | str]) -> tuple[list[Path], list[str]]:
    """The files as paths (from which their models are named), and as they are read: URLs stay URLs."""
    paths: list[Path] = []
    for file in files:
        url = url_of(file)
        if url is None:
            local = files_of([Path(file)])
            refuse_missing(local)
            paths += local
        else:
            paths += [Path(one) for one in objects_under(url)]
    paths = list(dict.fromkeys(paths))
    return paths, [url_of(path) or str(path) for path in paths]


def _cut(files: Sequence[str], rows: int, pool: Any) -> list[Shard]:
    """The shards of all files; those in object stores are cut by the workers, which must read them."""
    urls = [file for file in files if url_of(file) is not None]
    tasks = [{"task": "cut", "url": url, "rows": rows} for url in urls]
    cuts = {urls[n]: [Shard(**row) for row in told] for n, told in pool.map(tasks)} if urls else {}
    return [shard for file in files for shard in (cuts.get(file) or cut(Path(file), rows=rows))]


def _pool(
    on: str, count: int | None, todo: int | None, setup: dict[str, Any], address: str | None
) -> Any:
    if on == "processes":
        return Workers(min(count or cores(), todo or sys.maxsize), setup)
    if on != "ray":
        raise BridleError(f"Nothing scores on {on!r}.", expected="processes or ray")
    from bridle.scoring.bulk.cluster import RayWorkers

    return RayWorkers(None if count is None else min(count, todo or count), setup, address=address)


def _survey(home: Path, plan: ScorePlan, pool: Any, watch: Watch | None) -> None:
    """The first pass: votes by file, and the names of every shard's rows, settled in order."""
    names = Names()
    plan.voted, plan.by_line, plan.repeated, plan.hints = [], False, {}, {}
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
            _save_names(home, turn, settled)
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
    folder: Path, home: Path, plan: ScorePlan, todo: Sequence[int], pool: Any, watch: Watch | None
) -> None:
    parts = Parts(folder)

    def tasks() -> Iterator[dict[str, Any]]:
        for n in todo:
            task = _task("score", plan, n)
            task["hints"] = plan.hints[plan.shards[n].file]
            yield {**task, "names": str(_names(home, n)), "part": parts.place(n)}

    total = sum(shard.rows for shard in plan.shards)
    before = done = total - sum(plan.shards[n].rows for n in todo)
    for number, _ in pool.map(tasks()):
        done += plan.shards[todo[number]].rows
        if watch is not None:
            watch("scoring", done, total, before)


def _task(what: str, plan: ScorePlan, number: int) -> dict[str, Any]:
    shard = plan.shards[number]
    return {"task": what, "shard": asdict(shard), "label": plan.labels[shard.file]}


def _names(home: Path, number: int) -> Path:
    return home / at.names_file(number)


def _save_names(home: Path, number: int, settled: Sequence[Any]) -> None:
    import polars as pl

    schema = {"item": pl.String(), "problem": pl.String(), "first": pl.Int64()}
    pl.DataFrame(settled, schema=schema, orient="row").write_parquet(_names(home, number))


def _done(folder: Path, plan: ScorePlan, made: int) -> Done:
    parts, bad, count = Parts(folder), BadRows(), 0
    for number, shard in enumerate(plan.shards):
        told = parts.about(number).get("shard")
        if not isinstance(told, dict):
            raise DataError(
                f"{parts.place(number)} is not the part of {shard.file}.",
                expected="a part that bridle score wrote",
                hint="delete it and run the same command again",
            )
        bad.merge(told["bad"])
        count += told["records"]
    assert plan.planned is not None
    return Done(
        folder, plan.planned, count, bad, plan.by_line, plan.repeated, plan.voted,
        len(plan.shards), made,
    )  # fmt: skip
