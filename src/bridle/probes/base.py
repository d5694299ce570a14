"""What a probe is: items from a seed, the arms that they are drawn with, the outcomes that they name.

    register(Probe(name="decay", about="…", make=items, arms=("decay",), outcomes=("heard",),
                   sizes={"smoke": 2, "standard": 40, "full": 120}))

`make(count, seed)` gives the first `count` items; the same arguments give the same items, and a smaller
count gives a prefix. Registered, a probe is also a benchmark (`bridle run --benchmark NAME`), whose
usual arms are the probe's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from bridle import arms, benchmarks
from bridle.benchmarks.base import Benchmark, Decoding
from bridle.benchmarks.item import Ask, Item
from bridle.calls import Message
from bridle.errors import BridleError, nearest

SIZES = ("smoke", "standard", "full")
# answers that all probes together ask of a model, about
TOGETHER = {"smoke": 300, "standard": 3_000, "full": 15_000}
SMALLEST = 6  # times smaller than its own smoke size a probe may be among all


@dataclass(frozen=True, slots=True)
class Asked:
    """What a scripted subject is told of the question before it: the item behind the last message."""

    item: Item
    ask: Ask
    turn: int
    messages: tuple[Message, ...]


# kind of subject, what it is asked, its own chance → its answer; None: the usual one
Act = Callable[[str, Asked, Random], "str | None"]


@dataclass(frozen=True, kw_only=True)
class Probe:
    """One probe. `sizes` are numbers of items; `needs` says what a model must be able to do.

    `refuse` raises a BridleError, before anything is asked, where this machine lacks something.
    `act` is how scripted subjects answer its prompts (`probes/subjects.py`).
    """

    name: str
    about: str  # one sentence, for lists
    make: Callable[[int, int], Sequence[Item]]  # (count, seed)
    arms: tuple[str, ...]
    outcomes: tuple[str, ...]
    sizes: Mapping[str, int]
    version: int = 1  # of the items: the same seed and version give the same ones
    max_tokens: int | None = None
    act: Act | None = None
    refuse: Callable[[], None] | None = None
    notes: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict[str, Any])  # written into the plan

    def load(self, *, limit: int | None = None, seed: int = 0) -> Benchmark:
        """The probe as a benchmark: `limit` items, else as many as its standard size has.

        Raises:
            BridleError: this machine lacks what the probe needs.
        """
        if self.refuse is not None:
            self.refuse()
        items = tuple(self.make(self.sizes["standard"] if limit is None else limit, seed))
        learn(self, items)
        facts = {"probe": self.name, "version": self.version, "seed": seed, **self.facts}
        return Benchmark(
            name=self.name,
            items=items,
            decoding=Decoding(max_tokens=self.max_tokens),
            provenance=facts,
            arms=self.arms,
        )

    def answers(self) -> float:
        """Graded answers an item, over all its arms: the mean of a smoke run."""
        items = self.make(self.sizes["smoke"], 0)
        rows = sum(len(arms.get(arm).rows(item)) for arm in self.arms for item in items)
        return rows / len(items)


# prompt → where it stands, for the scripted subjects (`probes/subjects.py`)
KNOWN: dict[str, list[tuple[Probe, Item, int]]] = {}


def learn(probe: Probe, items: Iterable[Item]) -> None:
    """Let the subjects know these items by their prompts."""
    for item in items:
        for turn, ask in enumerate(item.asks):
            known = KNOWN.setdefault(ask.prompt, [])
            if not any(p.name == probe.name and i.id == item.id for p, i, _ in known):
                known.append((probe, item, turn))


PROBES: dict[str, Probe] = {}


def allotted(size: str) -> dict[str, int]:
    """How many items each probe gets where all are run: their own sizes, made smaller by one factor."""
    own = {name: probe.sizes[size] for name, probe in PROBES.items()}
    calls = {name: probe.answers() for name, probe in PROBES.items()}
    factor = TOGETHER[size] / sum(own[name] * calls[name] for name in own)
    return {
        name: max(-(-PROBES[name].sizes["smoke"] // SMALLEST), int(own[name] * min(1.0, factor)))
        for name in own
    }


def register(probe: Probe) -> Probe:
    """Make a probe known, as a probe and as a benchmark.

    Raises:
        BridleError: another probe or benchmark has its name, or it lacks a size.
    """
    if lacking := [size for size in SIZES if size not in probe.sizes]:
        raise BridleError(f"The probe {probe.name!r} has no size {lacking[0]!r}.")

    def load(
        *, data: Path | str | None = None, limit: int | None = None, seed: int = 0
    ) -> Benchmark:
        if data is not None:
            raise BridleError(
                f"The probe {probe.name!r} is generated: it reads no data.", hint="leave --data out"
            )
        return probe.load(limit=limit, seed=seed)

    benchmarks.register(probe.name, probe.about)(load)
    PROBES[probe.name] = probe
    return probe


def get(name: str) -> Probe:
    """The probe of that name.

    Raises:
        BridleError: there is none.
    """
    if name in PROBES:
        return PROBES[name]
    near = nearest(name, PROBES)
    raise BridleError(
        f"There is no probe {name!r}.",
        expected=(f"did you mean {near!r}? " if near else "") + f"One of: {', '.join(PROBES)}, all",
        hint="bridle list probes",
    )
