"""A study: the drawings of a plan, made into one folder that resumes.

    state = run("demo", benchmark="crossed", limit=20)
    state.line()        -> "40 of 40 records."

    DIR/study.json        the plan            DIR/records.parquet   the table, at the end of a run
    DIR/responses.jsonl   the journal         DIR/logs/             Inspect logs of the same records

Run again, it makes the missing calls: those that a drawing still needs, and those that met an error.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bridle import benchmarks
from bridle.arms import Arm
from bridle.benchmarks.base import Benchmark
from bridle.benchmarks.item import Condition
from bridle.calls import Reply, Request
from bridle.errors import BridleError, MissingExtra
from bridle.studies.drawing import Drawing
from bridle.studies.folder import JOURNAL, LOGS, PLAN, plan_of, said_of, share_of_study, sweep
from bridle.studies.growth import growth, joined
from bridle.studies.journal import Journal, read_journal
from bridle.studies.plan import Call, Plan, make_plan
from bridle.studies.state import State
from bridle.studies.tables import write_table
from bridle.studies.treatments import Cell

PLAIN = "plain"  # the arm of one step a turn
Watch = Callable[[Call, Reply], None]


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
        # the journal's size and time, and what was missing then: it is long, and asked for twice
        self._looked: tuple[tuple[int, int] | None, list[Call]] | None = None
        self._cells: dict[tuple[str, Any], tuple[Arm, dict[str, Any]]] = {}
        self.held = self._joined()

    def _joined(self) -> Plan | None:
        """The plan that the folder holds, if any; the study's own is that one and what is new."""
        held = plan_of(self.folder)
        if held is not None and held.shard != self.plan.shard:
            raise BridleError(
                f"{self.folder} holds {share_of_study(held)}, not {share_of_study(self.plan)}.",
                expected="each shard in a folder of its own",
                hint=f"bridle run --out {self.folder} (goes on with it), or another --out",
            )
        if held is not None:
            try:
                self.plan = joined(held, self.plan, self.items)
            except BridleError as error:
                raise BridleError(
                    f"{self.folder} holds {error.what}",
                    expected=error.expected,
                    hint=f"bridle run --out {self.folder} (goes on with it), or another --out",
                ) from error
        return held

    def say(self, primary: str | None, prices: Mapping[str, Sequence[float]]) -> None:
        """Name what the study is run for and what its models cost; None and {} leave what is there."""
        self.plan = dataclasses.replace(
            self.plan,
            primary=primary or self.plan.primary,
            prices={**self.plan.prices, **{m: list(pair) for m, pair in prices.items()}},
        )

    def grown(self) -> list[str]:
        """What the study has beyond what its folder was begun with, in words."""
        return [] if self.held is None else growth(self.held, self.plan)

    def missing(self) -> list[Call]:
        """The drawings that a run would go on with now."""
        path = self.folder / JOURNAL
        stamp = (path.stat().st_size, path.stat().st_mtime_ns) if path.exists() else None
        if self._looked is None or self._looked[0] != stamp:
            self._looked = (stamp, self._missing(read_journal(path)))
        return list(self._looked[1])

    def drawing(self, call: Call, known: Mapping[Call, Reply]) -> Drawing:
        """A drawing of the study as far as the known replies bring it.

        Raises:
            BridleError: its arm fails on one of them.
        """
        arm, _ = self.cell(call)
        return Drawing(arm, self.items[call.item], call, known)

    def settings_for(self, key: Call, request: Request) -> dict[str, Any]:
        """How the request is decoded: the study's settings, the request's own, limit, stops and seed.

        The names are Inspect's (max_tokens, stop_seqs, …).
        """
        settings = request.decoded(self.plan.settings_of(key))
        return {**settings, "seed": self.plan.seed_of(key, self.items[key.item])}

    def same(self, key: Call, request: Request) -> tuple[str, str, str, int]:
        """Equal for two requests of which one reply serves both: (model, request, settings, seed)."""
        settings = json.dumps(self.plan.settings_of(key), sort_keys=True, default=str)
        seed = self.plan.seed_of(key, self.items[key.item])
        return (key.model, request.fingerprint(), settings, seed)

    def cell(self, call: Call) -> tuple[Arm, dict[str, Any]]:
        key = (call.arm, call.factors)
        if key not in self._cells:
            cell = Cell(call.arm, call.factors)
            self._cells[key] = (cell.make(), cell.levels())
        return self._cells[key]

    def run(
        self,
        *,
        base_url: str | Sequence[str] | None = None,
        max_connections: int | None = None,
        timeout: int | None = None,
        retries: int | None = None,
        batch: bool | int | None = None,
        model_args: Mapping[str, Any] | None = None,
        watch: Watch | None = None,
        only: Collection[str] | None = None,
    ) -> State:
        """Make the missing calls, then grade every response into the table.

        `only` names the items to draw now; the others stay missing.

        `timeout` is in seconds and for one attempt at one call; `retries` are the further attempts
        at what passes by itself (429, 5xx, silence); `batch` asks for the provider's batches, where it
        has them; `model_args` are arguments of the models' clients, over those of the plan. `watch` sees every reply as it comes. Ctrl-C, a wrong key or a dead server end the
        asking, not the grading.

        Raises:
            BridleError: no such model, or one that cannot do what an arm needs; the folder cannot be
                written, or another run is writing.
        """
        wanted = {call.model for call in self.missing()}
        endpoints: dict[str, Any] = {}
        if wanted:  # a study that lacks nothing is graded anew without Inspect and models
            try:
                from bridle import inspect_bridge
            except ModuleNotFoundError as error:
                if error.name != "inspect_ai":
                    raise
                raise MissingExtra.of("run", "bridle run") from error
            arms = [cell.make() for cell in self.plan.cells()]
            args = {**self.plan.model_args, **(model_args or {})}
            for name in sorted(wanted):
                endpoints[name] = inspect_bridge.open_endpoint(
                    name, base_url=base_url, arms=arms, model_args=args
                )
        with self._writing() as journal:
            made = 0

            def on_reply(call: Call, reply: Reply) -> None:
                nonlocal made
                journal.append(call, reply)
                made += 1
                if watch is not None:
                    watch(call, reply)

            ended: str | None = None
            interrupted = False
            todo = self._missing(journal.replies)
            if only is not None:
                todo = [call for call in todo if call.item in only]
            if todo:
                try:
                    ended = inspect_bridge.ask(
                        self,
                        todo,
                        journal.replies,
                        endpoints,
                        on_reply,
                        max_connections=max_connections,
                        timeout=timeout,
                        retries=inspect_bridge.RETRIES if retries is None else retries,
                        batch=batch,
                    )
                except KeyboardInterrupt:
                    interrupted = True
            logs = contextlib.nullcontext(None)
            if made:  # a folder that lacked nothing keeps the logs that it has
                logs = inspect_bridge.Logs(
                    self.folder / LOGS, self.plan.benchmark.partition(":")[0]
                )
            stopped = interrupted or ended is not None
            with logs as log:
                state = write_table(self, journal.replies, made, stopped, ended, log)
            served = {name: end.served() for name, end in endpoints.items() if end.servers}
            return dataclasses.replace(state, served=served)

    def prepare(self) -> None:
        """Write the plan, if it is not there.

        Raises:
            BridleError: the folder cannot be written, or another run is writing.
        """
        with self._writing():
            pass

    def take(self, replies: Iterable[tuple[Call, Reply]]) -> State:
        """Write replies that came another way (a batch, another shard) into the journal, then grade.

        An answer that is there already stays; an error gives way.

        Raises:
            BridleError: the folder cannot be written, or another run is writing.
        """
        with self._writing() as journal:
            made = 0
            for call, reply in replies:
                held = journal.replies.get(call)
                if held is None or (held.error is not None and held != reply):
                    journal.append(call, reply)
                    made += 1
            return write_table(self, journal.replies, made, False, None, None)

    @contextlib.contextmanager
    def _writing(self) -> Iterator[Journal]:
        """The folder with its plan, and its journal, locked."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with Journal(self.folder / JOURNAL) as journal:
                held = self._joined()  # one that was started between then and now
                if held is None or said_of(held) != said_of(self.plan) or growth(held, self.plan):
                    self.plan.save(self.folder / PLAN)
                sweep(self.folder)
                yield journal
        except OSError as error:
            raise BridleError(
                f"{error.filename or self.folder} could not be written: {error.strerror or error}.",
                expected="a folder that can be written to, on a disk with room",
                hint="free some room or name another --out; what came back before is kept",
            ) from error

    def _missing(self, replies: Mapping[Call, Reply]) -> list[Call]:
        """Drawings never begun, in the plan's order, then those begun, then those that met an error."""
        new: list[Call] = []
        begun: list[Call] = []
        failed: list[Call] = []
        for call in self.plan.calls():
            reply = replies.get(call)
            if reply is None:
                new.append(call)
            elif call.arm == PLAIN and reply.error is None and not self.items[call.item].later:
                continue  # answered, and there is no second step: the usual case of a large study
            else:
                drawing = self._quietly(call, replies)
                if drawing is not None and not drawing.ended:
                    (failed if drawing.failed else begun).append(call)
        return new + begun + failed

    def _quietly(self, call: Call, replies: Mapping[Call, Reply]) -> Drawing | None:
        try:
            return self.drawing(call, replies)
        except BridleError:
            return None  # its arm fails on a reply that is there: asking again would not help


def run(
    folder: Path | str,
    *,
    benchmark: str | Benchmark = "crossed",
    label: str | None = None,
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
    top_k: int | None = None,
    extra_body: Mapping[str, Any] | None = None,
    system: str | None = None,
    model_args: Mapping[str, Any] | None = None,
    arms: Sequence[str] = ("plain",),
    factors: Mapping[str, Sequence[Any]] | None = None,
    base_url: str | Sequence[str] | None = None,
    max_connections: int | None = None,
    timeout: int | None = None,
    retries: int | None = None,
    batch: bool | int | None = None,
    watch: Watch | None = None,
    shard: tuple[int, int] | None = None,
) -> State:
    """Ask the models the items of a benchmark, with and without constraints if it has prompts for
    both, into a folder.

    A folder that holds a part of the same study is completed; one that holds less of it grows. Raises what `Study` raises.
    """
    loaded = {"data": None if data is None else str(data), "limit": limit}
    if isinstance(benchmark, str):
        benchmark = benchmarks.load(benchmark, data=data, limit=limit, seed=seed)
    if system is not None:
        benchmark = benchmarks.with_system(benchmark, system)
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
        arms=arms,
        factors=factors,
        loaded=loaded,
        shard=shard,
        label=label,
        top_k=top_k,
        extra_body=extra_body,
        system=system,
        model_args=model_args,
    )
    return Study(folder, plan, benchmark).run(
        model_args=model_args,
        base_url=base_url,
        max_connections=max_connections,
        timeout=timeout,
        retries=retries,
        batch=batch,
        watch=watch,
    )
