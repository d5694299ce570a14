"""The plan of a study: which drawings are to be made, written down before the first call is.

    plan = make_plan(benchmark, models=["organism"], arms=["plain", "wait"], samples=2, seed=0)
    plan.calls()        -> [Call("organism", "crossed-0-0-1", "with", "plain", 0), ...]
    plan.planned        -> 160 records

Everything that decides what a response means is in the plan; how the calls are made (connections,
timeouts, the server's address) is not, so that a study can be resumed under other circumstances.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from bridle import arms as all_arms
from bridle.benchmarks.base import Benchmark
from bridle.benchmarks.item import Condition, Item
from bridle.calls import Request
from bridle.errors import BridleError, DataError
from bridle.records import migrate
from bridle.studies.hashes import digest, item_hash
from bridle.studies.providers import full_name
from bridle.studies.settings import kept
from bridle.studies.shards import share_of
from bridle.studies.treatments import DECODING, Cell, Levels, refuse_factors
from bridle.version import __version__

CHARACTERS_A_TOKEN = 4  # a rough figure for English and LaTeX, used for the estimate alone
# What may differ when a study is resumed: it follows from the rest, or decides nothing.
NOT_COMPARED = (
    "bridle_version", "prompt_characters", "loaded", "schema", "other", "graded", "shard", "shard_items",
    "label", "item_hashes", "model_args", "primary", "prices",
)  # fmt: skip


class Call(NamedTuple):
    """One question to one model: the key of a reply. Without the last three it names a drawing."""

    model: str
    item: str
    condition: Condition
    arm: str
    sample: int
    factors: Levels = ()  # those that were chosen; an arm's usual levels are not written down
    turn: int = 0
    step: int = 0  # counts the requests of the drawing, over its turns
    fork: str = ""

    @property
    def drawing(self) -> Call:
        """The key of the drawing that the call belongs to."""
        return self._replace(turn=0, step=0, fork="")

    def at(self, step: int, request: Request) -> Call:
        """The key of that request of the drawing."""
        return self._replace(turn=request.turn, step=step, fork=request.fork)

    @property
    def words(self) -> str:
        """The key on one line, for `parent` columns and messages."""
        arm = ",".join([self.arm, *(f"{k}={v}" for k, v in self.factors)])
        place = f"/{self.turn}{self.fork and ':' + self.fork}#{self.step}"
        return f"{self.model}|{self.item}|{self.condition}|{arm}|{self.sample}{place}"


@dataclass(frozen=True, slots=True)
class Plan:
    """Models x arms and their factors x conditions x items x samples, and how responses are drawn."""

    benchmark: str
    provenance: Mapping[str, Any]
    item_ids: tuple[str, ...]
    items_sha256: str  # over the ids and both prompts of every item
    prompt_characters: Mapping[str, int]  # condition -> characters of all its prompts
    models: tuple[str, ...]
    conditions: tuple[Condition, ...]
    samples: int
    seed: int
    decoding: Mapping[str, Any]
    loaded: Mapping[str, Any]  # the arguments of `benchmarks.load`, to load the items again
    arms: tuple[str, ...] = ("plain",)  # names, with factors: "wait:times=4"
    factors: Mapping[str, Sequence[Any]] = field(default_factory=dict[str, Any])  # name -> levels
    graded: tuple[
        int, ...
    ] = ()  # records of each cell over all items that are asked, for one sample
    shard: str | None = None  # "3/16": only this share of the items is asked here
    shard_items: tuple[str, ...] = ()  # their ids
    label: str | None = None  # what reports call the study
    system: str | None = None  # a system message for every item
    model_args: Mapping[str, Any] = field(default_factory=dict[str, Any])  # of the model's client
    primary: str | None = (
        None  # the contrast that the study is run for: "reminder vs plain on joint"
    )
    # model -> USD a million tokens in, and out
    prices: Mapping[str, Sequence[float]] = field(default_factory=dict[str, Any])
    item_hashes: tuple[str, ...] = ()  # of each item: all that it asks and is judged by
    bridle_version: str = __version__
    schema: int = migrate.SCHEMA
    other: Mapping[str, Any] = field(default_factory=dict[str, Any])  # keys of other versions, kept

    @property
    def asked(self) -> tuple[str, ...]:
        """The ids of the items that are asked here: all, or those of the shard."""
        return self.item_ids if self.shard is None else self.shard_items

    @property
    def planned(self) -> int:
        """How many records the study, or this shard of it, has: one for each graded turn."""
        a_cell = self.graded or (len(self.asked),) * len(self.cells())
        return len(self.models) * len(self.conditions) * self.samples * sum(a_cell)

    def cells(self) -> list[Cell]:
        """Every treatment: each arm with each combination of the factors that it knows."""
        found: list[Cell] = []
        for name in self.arms:
            base, given = all_arms.read_name(name)
            known = {*all_arms.factors_of(all_arms.ARMS[base]), *DECODING}
            mixed: list[dict[str, Any]] = [given]
            for factor, levels in self.factors.items():
                if factor in known and factor not in given:
                    mixed = [{**chosen, factor: lv} for chosen in mixed for lv in levels]
            found += [Cell(base, tuple(sorted(chosen.items()))) for chosen in mixed]
        return list(dict.fromkeys(found))

    def calls(self) -> list[Call]:
        """Every drawing once; a study stopped early has all treatments of the first items."""
        cells = self.cells()
        return [
            Call(model, item, condition, cell.arm, sample, cell.factors)
            for model in self.models
            for sample in range(self.samples)
            for item in self.asked
            for cell in cells
            for condition in self.conditions
        ]

    def seed_of(self, call: Call, item: Item | None = None) -> int:
        """The sampling seed of a call, from 0 to 2^31 - 1.

        Models and arms get the same ones (common random numbers), and items that ask the same problem
        without constraints do, so that one answer serves them all; so does an item that has none.
        """
        unit, condition = call.item, call.condition
        if item is not None and (condition == "without" or item.prompt == item.bare_prompt):
            unit, condition = item.problem.id, "without"
        key: list[Any] = [self.seed, unit, condition, "plain", call.sample]
        if call.step or call.turn or call.fork:
            key += [call.turn, call.step, call.fork]
        return int.from_bytes(hashlib.sha256(json.dumps(key).encode()).digest()[:4], "big") >> 1

    def settings_of(self, call: Call) -> dict[str, Any]:
        """How a drawing is decoded: the study's settings and those of its factors; None left out."""
        mixed = {**self.decoding, **Cell(call.arm, call.factors).decoding()}
        return {k: v for k, v in mixed.items() if v is not None}

    def tokens(self) -> tuple[int, int | None]:
        """About how many tokens go in, and at most how many come out (None: no limit was set).

        For arms of one step: what further steps take is theirs to say.
        """
        asked = len(self.models) * self.samples * len(self.cells())
        into = asked * sum(self.prompt_characters[c] for c in self.conditions)
        most = self.decoding.get("max_tokens")
        out = None if most is None else int(most) * self.planned
        return into // CHARACTERS_A_TOKEN, out

    def differences(self, other: Plan) -> list[str]:
        """What makes the other plan another study, in words."""
        found = []
        for f in dataclasses.fields(self):
            if f.name in NOT_COMPARED:
                continue
            mine, theirs = getattr(self, f.name), getattr(other, f.name)
            if mine == theirs:
                continue
            if f.name == "item_ids":
                now = f"{len(theirs)} now" if len(theirs) != len(mine) else "others now"
                found.append(f"items: {len(mine)} there, {now}")
            elif f.name == "items_sha256":
                # other ids imply another hash: it is news only when the ids are the same
                if self.item_ids == other.item_ids:
                    found.append("items: the same ids, but other prompts")
            elif isinstance(mine, Mapping):
                for key in sorted({*mine, *theirs}):
                    if mine.get(key) != theirs.get(key):
                        found.append(f"{key}: {mine.get(key)!r} there, {theirs.get(key)!r} now")
            else:
                found.append(f"{f.name}: {_words(mine)} there, {_words(theirs)} now")
        return list(
            dict.fromkeys(found)
        )  # a seed is in the plan and in what the items were made from

    def to_dict(self) -> dict[str, Any]:
        row = {"planned": self.planned, **dataclasses.asdict(self)}
        return {**row.pop("other"), **row}

    def save(self, path: Path) -> None:
        """Write the plan; neither a kill in the middle nor a power cut leaves a half file."""
        draft = path.with_suffix(".tmp")
        with draft.open("w", encoding="utf-8") as file:
            file.write(json.dumps(self.to_dict(), indent=1) + "\n")
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)


def load_plan(path: Path) -> Plan:
    """The plan that a file holds, one of an earlier schema too; keys of a later one are kept.

    Raises:
        DataError: the file is not a plan.
    """
    try:
        row = migrate.plan_row(json.loads(path.read_text(encoding="utf-8")))
        row.pop("planned", None)
        for name in ("item_ids", "models", "conditions", "arms", "graded", "item_hashes"):
            row[name] = tuple(row[name])
        row["shard_items"] = tuple(row.get("shard_items", ()))
        known = {f.name for f in dataclasses.fields(Plan)} - {"other"}
        other = {k: row.pop(k) for k in list(row) if k not in known}
        return Plan(**row, other=other)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise DataError(
            f"{path} is not the plan of a study ({error}).",
            expected="the study.json that bridle run wrote",
            hint="another folder: --out NAME",
        ) from error


def make_plan(
    benchmark: Benchmark,
    *,
    models: Sequence[str] = ("organism",),
    conditions: Sequence[Condition] | None = None,
    samples: int = 1,
    seed: int = 0,
    temperature: float | None = None,
    top_p: float | None = None,
    max_tokens: int | None = None,
    reasoning_effort: str | None = None,
    arms: Sequence[str] = ("plain",),
    factors: Mapping[str, Sequence[Any]] | None = None,
    loaded: Mapping[str, Any] | None = None,
    shard: tuple[int, int] | None = None,
    label: str | None = None,
    top_k: int | None = None,
    extra_body: Mapping[str, Any] | None = None,
    system: str | None = None,
    model_args: Mapping[str, Any] | None = None,
) -> Plan:
    """The plan of a study; conditions and decoding settings that are None are the benchmark's own.

    `extra_body` are further fields of every request's body, `model_args` arguments of the model's
    client (those that name a secret are not written down), `system` says which system message the
    items were given (`benchmarks.with_system`).

    `shard=(3, 16)` asks the third of sixteen shares of the items.

    Raises:
        BridleError: no model, arm, item, sample, one of them twice, a model's or an arm's name is
            none, a factor that no arm has, or the benchmark has no prompts for a condition.
    """
    conditions = benchmark.conditions if conditions is None else conditions
    models = [name if full_name(name) != full_name("organism") else "organism" for name in models]
    for what, given in (("model", models), ("condition", conditions), ("arm", arms)):
        if not given:
            raise BridleError(f"A study needs at least one {what}.")
        twice = sorted({name for name in given if list(given).count(name) > 1})
        if twice:
            raise BridleError(f"The {what} {twice[0]!r} is given twice.", hint="name it once")
    if not benchmark.items:
        raise BridleError(
            f"The benchmark {benchmark.name!r} has no items.", hint="a larger --limit"
        )
    if absent := [c for c in conditions if c not in benchmark.conditions]:
        raise BridleError(
            f"The prompts of {benchmark.name!r} have no form {absent[0]} constraints: question and "
            "constraints are one text.",
            expected=f"the condition {' or '.join(benchmark.conditions)}",
            hint="--conditions with, or leave it out",
        )
    if samples < 1:
        raise BridleError(f"samples={samples} is not possible.", expected="at least 1")
    factors = {name: list(levels) for name, levels in (factors or {}).items()}
    refuse_factors(arms, factors)
    own = benchmark.decoding
    asked = benchmark.items if shard is None else share_of(benchmark.items, *shard)
    plan = Plan(
        benchmark=benchmark.name,
        provenance=benchmark.provenance,
        item_ids=tuple(item.id for item in benchmark.items),
        items_sha256=digest(benchmark.items),
        item_hashes=tuple(map(item_hash, benchmark.items)),
        label=label,
        system=system,
        model_args=kept(model_args or {}),
        prompt_characters={
            c: sum(len(ask.prompt_for(c)) for item in asked for ask in item.asks)
            for c in benchmark.conditions
        },
        models=tuple(models),
        conditions=tuple(conditions),
        arms=tuple(arms),
        factors=factors,
        samples=samples,
        seed=seed,
        decoding={
            "temperature": own.temperature if temperature is None else temperature,
            "top_p": own.top_p if top_p is None else top_p,
            "max_tokens": own.max_tokens if max_tokens is None else max_tokens,
            "reasoning_effort": reasoning_effort,
            # absent where they were not asked for, as in plans of earlier versions
            **({} if top_k is None else {"top_k": top_k}),
            **({} if not extra_body else {"extra_body": dict(extra_body)}),
        },
        loaded=loaded or {},
        shard=None if shard is None else f"{shard[0]}/{shard[1]}",
        shard_items=() if shard is None else tuple(item.id for item in asked),
    )
    # through json and back, so that a plan made now equals the same plan read from a folder
    same = json.loads(json.dumps(dict(plan.provenance)))
    graded = graded_rows(plan, asked)
    return dataclasses.replace(plan, provenance=same, graded=graded)


def graded_rows(plan: Plan, items: Collection[Item]) -> tuple[int, ...]:
    """How many records each cell of the plan has over all items, for one sample."""
    made = [cell.make() for cell in plan.cells()]
    return tuple(sum(len(arm.rows(item)) for item in items) for arm in made)


def _words(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else repr(value)
