"""A study: the calls of a plan, made into one folder that resumes.

    outcome = run("demo", benchmark="crossed", limit=20)
    outcome.line()      -> "40 of 40 records."

    DIR/study.json        the plan            DIR/records.parquet   the table, at the end of a run
    DIR/responses.jsonl   the journal         DIR/logs/             Inspect's own logs

Run again, it makes the missing calls: planned ones without a line in the journal, or with an error.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bridle import benchmarks, records
from bridle.benchmarks.base import Benchmark
from bridle.benchmarks.item import Condition
from bridle.errors import BridleError, MissingExtra
from bridle.studies.grades import record_of_reply
from bridle.studies.journal import Journal, Reply, read_journal
from bridle.studies.plan import Call, Plan, load_plan, make_plan

GIVE_UP_AFTER = 20  # calls of which none was answered: a wrong key or address, not bad luck
PLAN, JOURNAL, TABLE, LOGS = "study.json", "responses.jsonl", records.FILE_NAME, "logs"
Watch = Callable[[Call, Reply], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a study stands after a run."""

    folder: Path
    planned: int
    answered: int  # calls with a response
    errors: int  # calls whose last line is an error
    made: int  # calls made by this run, errors included
    interrupted: bool
    why: str | None  # the commonest error

    @property
    def missing(self) -> int:
        """Calls never made."""
        return self.planned - self.answered - self.errors

    @property
    def complete(self) -> bool:
        return self.answered == self.planned

    def line(self) -> str:
        """The completeness line: what is said before any figure."""
        head = f"{self.answered:,} of {self.planned:,} records"
        gaps = []
        if self.errors:
            gaps.append("1 error" if self.errors == 1 else f"{self.errors:,} errors")
        if self.missing:
            gaps.append(f"{self.missing:,} not asked yet")
        if not gaps:
            return head + "."
        again = "retry" if not self.missing else "go on"
        return f"{head}; {', '.join(gaps)}: run again to {again}"


class _Hopeless(Exception):
    """Every call so far was an error."""


class Study:
    """A plan, its items and its folder. Opening it writes nothing."""

    def __init__(self, folder: Path | str, plan: Plan, benchmark: Benchmark) -> None:
        """
        Raises:
            BridleError: the folder holds another study, or results without a plan.
        """
        self.folder = Path(folder)
        self.plan = plan
        self.items = {item.id: item for item in benchmark.items}
        self._refuse_another()

    def _refuse_another(self) -> None:
        held = plan_of(self.folder)
        if held is not None and (found := held.differences(self.plan)):
            raise BridleError(
                f"{self.folder} holds another study. What differs: {'; '.join(found)}.",
                expected="the options that the study was started with, or a new folder",
                hint=f"bridle run --out {self.folder} (goes on with it), or another --out",
            )

    def missing(self) -> list[Call]:
        """The calls that a run would make now."""
        return self._missing(read_journal(self.folder / JOURNAL))

    def run(
        self,
        *,
        base_url: str | None = None,
        max_connections: int | None = None,
        timeout: int | None = None,
        retries: int | None = None,
        watch: Watch | None = None,
    ) -> Outcome:
        """Make the missing calls, then grade every response into the table.

        `timeout` is in seconds and for one attempt at one call; `retries` are the further attempts
        at what passes by itself (429, 5xx, silence). `watch` sees every reply as it comes.
        Ctrl-C, or a study that has met nothing but errors, ends the asking, not the grading.

        Raises:
            BridleError: no such model; the folder cannot be written, or another run is writing.
        """
        wanted = {call.model for call in self.missing()}
        if wanted:  # a study that lacks nothing is graded anew without Inspect and models
            try:
                from bridle import inspect_bridge
            except ModuleNotFoundError as error:
                if error.name != "inspect_ai":
                    raise
                raise MissingExtra.of("run", "bridle run") from error
            models = {m: inspect_bridge.open_model(m, base_url=base_url) for m in wanted}
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            if not (self.folder / PLAN).exists():
                self.plan.save(self.folder / PLAN)
            with Journal(self.folder / JOURNAL) as journal:
                self._refuse_another()  # one that was started between then and now
                made, answered = 0, any(r.error is None for r in journal.replies.values())

                def on_reply(call: Call, reply: Reply) -> None:
                    nonlocal made, answered
                    journal.append(call, reply)
                    made, answered = made + 1, answered or reply.error is None
                    if watch is not None:
                        watch(call, reply)
                    if made >= GIVE_UP_AFTER and not answered:
                        raise _Hopeless

                finished = True
                if todo := self._missing(journal.replies):
                    try:
                        finished = inspect_bridge.ask(
                            self.plan,
                            todo,
                            self.items,
                            models,
                            on_reply,
                            log_dir=self.folder / LOGS,
                            max_connections=max_connections,
                            timeout=timeout,
                            retries=inspect_bridge.RETRIES if retries is None else retries,
                        )
                    except (KeyboardInterrupt, _Hopeless):
                        finished = False
                self._write_table(journal.replies)
                return self._outcome(journal.replies, made, not finished)
        except OSError as error:
            raise BridleError(
                f"{error.filename or self.folder} could not be written: {error.strerror or error}.",
                expected="a folder that can be written to, on a disk with room",
                hint="free some room or name another --out; what came back before is kept",
            ) from error

    def _missing(self, replies: dict[Call, Reply]) -> list[Call]:
        """Calls never made, in the plan's order, then those that met an error."""
        calls = self.plan.calls()
        failed = [c for c in calls if c in replies and replies[c].error is not None]
        return [c for c in calls if c not in replies] + failed

    def _write_table(self, replies: dict[Call, Reply]) -> None:
        about = {"command": "run", **self.plan.to_dict()}
        del about["item_ids"]
        records.write(
            (
                record_of_reply(self.items[call.item], call, replies[call])
                for call in self.plan.calls()
                if call in replies
            ),
            self.folder / TABLE,
            planned=self.plan.planned,
            about=about,
        )

    def _outcome(self, replies: dict[Call, Reply], made: int, interrupted: bool) -> Outcome:
        ours = [replies[call] for call in self.plan.calls() if call in replies]
        errors = [reply.error for reply in ours if reply.error is not None]
        return Outcome(
            folder=self.folder,
            planned=self.plan.planned,
            answered=len(ours) - len(errors),
            errors=len(errors),
            made=made,
            interrupted=interrupted,
            why=max(set(errors), key=errors.count) if errors else None,
        )


def plan_of(folder: Path) -> Plan | None:
    """The plan that a folder holds, or None where there is no study yet.

    Raises:
        BridleError: the path is a file, or holds results whose plan is gone.
    """
    if folder.exists() and not folder.is_dir():
        raise BridleError(f"{folder} is a file.", expected="a folder", hint="another --out")
    if (folder / PLAN).exists():
        return load_plan(folder / PLAN)
    for name in (JOURNAL, TABLE):
        if (folder / name).exists():
            raise BridleError(
                f"{folder} holds {name}, but not the {PLAN} that says what was asked.",
                expected="an empty or a new folder, or one that bridle run made",
                hint="another --out",
            )
    return None


def run(
    folder: Path | str,
    *,
    benchmark: str | Benchmark = "crossed",
    models: Sequence[str] = ("organism",),
    conditions: Sequence[Condition] | None = None,
    data: Path | str | None = None,
    limit: int | None = None,
    samples: int = 1,
    seed: int = 0,
    temperature: float | None = None,
    top_p: float | None = None,
    max_tokens: int | None = None,
    reasoning_effort: str | None = None,
    base_url: str | None = None,
    max_connections: int | None = None,
    timeout: int | None = None,
    retries: int | None = None,
    watch: Watch | None = None,
) -> Outcome:
    """Ask the models the items of a benchmark, with and without constraints if it has prompts for
    both, into a folder.

    A folder that holds a part of the same study is completed. Raises what `Study` raises.
    """
    loaded = {"data": None if data is None else str(data), "limit": limit}
    if isinstance(benchmark, str):
        benchmark = benchmarks.load(benchmark, data=data, limit=limit, seed=seed)
    plan = make_plan(
        benchmark,
        models=models,
        conditions=conditions,
        samples=samples,
        seed=seed,
        temperature=temperature,
        top_p=top_p,
        max_tokens=max_tokens,
        reasoning_effort=reasoning_effort,
        loaded=loaded,
    )
    return Study(folder, plan, benchmark).run(
        base_url=base_url,
        max_connections=max_connections,
        timeout=timeout,
        retries=retries,
        watch=watch,
    )


__all__ = ["Outcome", "Study", "plan_of", "run"]
