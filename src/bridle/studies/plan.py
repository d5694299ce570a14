"""The plan of a study: which calls are to be made, written down before the first one is.

    plan = make_plan(benchmark, models=["organism"], samples=2, seed=0)
    plan.calls()        -> [Call("organism", "crossed:0", "with", "plain", 0), ...]
    plan.planned        -> 80

Everything that decides what a response means is in the plan; how the calls are made (connections,
timeouts, the server's address) is not, so that a study can be resumed under other circumstances.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import bridle
from bridle.benchmarks.base import Benchmark
from bridle.benchmarks.item import Condition
from bridle.errors import BridleError, DataError
from bridle.studies.providers import full_name

CHARACTERS_A_TOKEN = 4  # a rough figure for English and LaTeX, used for the estimate alone
# What may differ when a study is resumed: it follows from the rest, or decides nothing.
NOT_COMPARED = ("bridle_version", "prompt_characters", "loaded")


class Call(NamedTuple):
    """One question to one model: the key of a response."""

    model: str
    item: str
    condition: Condition
    arm: str
    sample: int


@dataclass(frozen=True, slots=True)
class Plan:
    """Models x conditions x items x samples, and how responses are drawn."""

    benchmark: str
    provenance: Mapping[str, Any]
    item_ids: tuple[str, ...]
    items_sha256: str  # over the ids and both prompts of every item
    prompt_characters: Mapping[str, int]  # condition -> characters of all its prompts
    models: tuple[str, ...]
    conditions: tuple[Condition, ...]
    arm: str
    samples: int
    seed: int
    decoding: Mapping[str, float | int | str | None]
    loaded: Mapping[str, Any]  # the arguments of `benchmarks.load`, to load the items again
    bridle_version: str = bridle.__version__

    @property
    def planned(self) -> int:
        return len(self.models) * len(self.conditions) * len(self.item_ids) * self.samples

    def calls(self) -> list[Call]:
        """Every call once; a study stopped early has all conditions of the first items."""
        return [
            Call(model, item, condition, self.arm, sample)
            for model in self.models
            for sample in range(self.samples)
            for item in self.item_ids
            for condition in self.conditions
        ]

    def seed_of(self, call: Call) -> int:
        """The sampling seed of a call, from 0 to 2^31 - 1; models get the same ones."""
        text = json.dumps([self.seed, call.item, call.condition, call.arm, call.sample])
        return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big") >> 1

    def tokens(self) -> tuple[int, int | None]:
        """About how many tokens go in, and at most how many come out (None: no limit was set)."""
        asked = len(self.models) * self.samples
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
                found.append(f"items: {len(mine)} there, {len(theirs)} now")
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
        return found

    def to_dict(self) -> dict[str, Any]:
        return {"planned": self.planned, **dataclasses.asdict(self)}

    def save(self, path: Path) -> None:
        """Write the plan; a kill in the middle leaves no half file."""
        draft = path.with_suffix(".tmp")
        draft.write_text(json.dumps(self.to_dict(), indent=1) + "\n", encoding="utf-8")
        draft.replace(path)


def load_plan(path: Path) -> Plan:
    """The plan that a file holds.

    Raises:
        DataError: the file is not a plan.
    """
    try:
        row = json.loads(path.read_text(encoding="utf-8"))
        row.pop("planned")
        for name in ("item_ids", "models", "conditions"):
            row[name] = tuple(row[name])
        return Plan(**row)
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
    arm: str = "plain",
    loaded: Mapping[str, Any] | None = None,
) -> Plan:
    """The plan of a study; conditions and decoding settings that are None are the benchmark's own.

    Raises:
        BridleError: no model, no item, no sample, one of them twice, a model's name is none, or
            the benchmark has no prompts for a condition.
    """
    conditions = benchmark.conditions if conditions is None else conditions
    models = [name if full_name(name) != full_name("organism") else "organism" for name in models]
    for what, given in (("model", models), ("condition", conditions)):
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
    own = benchmark.decoding
    digest = hashlib.sha256()
    for item in benchmark.items:
        for text in (item.id, item.prompt, item.bare_prompt or ""):
            digest.update(text.encode("utf-8", "surrogatepass") + b"\0")
    plan = Plan(
        benchmark=benchmark.name,
        provenance=benchmark.provenance,
        item_ids=tuple(item.id for item in benchmark.items),
        items_sha256=digest.hexdigest(),
        prompt_characters={
            c: sum(len(item.prompt_for(c)) for item in benchmark.items)
            for c in benchmark.conditions
        },
        models=tuple(models),
        conditions=tuple(conditions),
        arm=arm,
        samples=samples,
        seed=seed,
        decoding={
            "temperature": own.temperature if temperature is None else temperature,
            "top_p": own.top_p if top_p is None else top_p,
            "max_tokens": own.max_tokens if max_tokens is None else max_tokens,
            "reasoning_effort": reasoning_effort,
        },
        loaded=loaded or {},
    )
    # through json and back, so that a plan made now equals the same plan read from a folder
    return dataclasses.replace(plan, provenance=json.loads(json.dumps(dict(plan.provenance))))


def _words(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else repr(value)
