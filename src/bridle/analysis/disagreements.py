"""Given responses under both rules: every verdict on which ours and the published ones part.

    compared = compare(load("ifeval", data=…), [Path("responses.jsonl")])
    compared.parted[0]  -> Parted(item="1122", instruction="keywords:frequency", ours=False,
                                  upstream=True, reason="3 times, 2 too few", …)

A verdict of ours that is undetermined does not pass: it parts from a pass of upstream's, and not
from a failure. Where upstream gives no verdict there is nothing to compare.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bridle.benchmarks.base import Benchmark
from bridle.benchmarks.item import Item
from bridle.benchmarks.published import BENCHMARKS as WITH_UPSTREAM
from bridle.errors import BridleError
from bridle.scoring.formats import AskedItems, Bad
from bridle.scoring.score import Scored, Scoring, nothing_scored


@dataclass(frozen=True, slots=True)
class Parted:
    """One verdict on which the rules part; `ours` is None where it is undetermined."""

    file: str
    row: int
    sample: int | None
    item: str
    place: int  # of the instruction in its row, from 0: a row may have one id twice
    instruction: str  # the peer's id
    constraint: str  # our name
    params: dict[str, Any]
    ours: bool | None
    upstream: bool
    reason: str  # ours, in one sentence
    status: str


@dataclass(slots=True)
class Count:
    """The verdicts on one type of instruction."""

    verdicts: int = 0  # that both rules give, ours perhaps undetermined
    only_ours: int = 0  # obeyed by ours alone
    only_upstream: int = 0  # obeyed by upstream's alone
    undetermined: int = 0  # by ours, among only_upstream
    without_upstream: int = 0  # no verdict of upstream's

    @property
    def parted(self) -> int:
        return self.only_ours + self.only_upstream


@dataclass(slots=True)
class Comparison:
    """What the given responses show; `types` by the peer's id."""

    files: tuple[str, ...]
    responses: int = 0
    statuses: dict[str, int] = field(default_factory=dict[str, int])
    types: dict[str, Count] = field(default_factory=dict[str, Count])
    parted: list[Parted] = field(default_factory=list[Parted])
    bad: list[str] = field(default_factory=list[str])

    @property
    def verdicts(self) -> int:
        return sum(count.verdicts for count in self.types.values())

    @property
    def without_upstream(self) -> int:
        return sum(count.without_upstream for count in self.types.values())


def compare(benchmark: Benchmark, files: Sequence[Path]) -> Comparison:
    """Both rules' verdicts on the responses in the files, which `bridle score` could read.

    Raises:
        BridleError: the benchmark has no published rules.
        DataError: a file cannot be read, or no row answers an item of the benchmark.
    """
    if benchmark.name not in WITH_UPSTREAM:
        raise BridleError(
            f"The benchmark {benchmark.name!r} has no published rules to compare with.",
            expected=f"one of: {', '.join(WITH_UPSTREAM)}",
            hint="bridle score FILE, which judges by ours",
        )
    items = {item.id: item for item in benchmark.items}
    scoring = Scoring(items=AskedItems(benchmark), rules="upstream")
    found = Comparison(files=tuple(str(file) for file in files))
    first_bad: Bad | None = None
    for result in (r for file in files for r in scoring.file(file)):
        if isinstance(result, Bad):
            first_bad = first_bad or result
            found.bad.append(str(result))
            continue
        _count(found, result, items[result.record.item])
    if not found.responses:
        raise nothing_scored(first_bad)
    return found


def _count(found: Comparison, scored: Scored, item: Item) -> None:
    record = scored.record
    found.responses += 1
    found.statuses[record.status] = found.statuses.get(record.status, 0) + 1
    theirs = record.upstream_verdicts or [None] * len(item.peer)
    judged = zip(item.peer, record.verdicts, theirs, strict=True)
    for place, (peer, mine, other) in enumerate(judged):
        count = found.types.setdefault(peer.id, Count())
        if other is None:
            count.without_upstream += 1
            continue
        count.verdicts += 1
        if (mine["obeyed"] is True) == other:
            continue
        count.only_ours += not other
        count.only_upstream += other
        count.undetermined += mine["obeyed"] is None
        found.parted.append(
            Parted(
                file=Path(scored.file).name,
                row=scored.number,
                sample=scored.sample,
                item=item.id,
                place=place,
                instruction=peer.id,
                constraint=mine["constraint"],
                params=mine["params"],
                ours=mine["obeyed"],
                upstream=other,
                reason=mine["reason"],
                status=record.status,
            )
        )


def by_instruction(found: Comparison) -> Iterator[tuple[str, Count, list[Parted]]]:
    """Each type of instruction with its partings, those with the most first."""
    for name, count in sorted(found.types.items(), key=lambda pair: (-pair[1].parted, pair[0])):
        yield name, count, [p for p in found.parted if p.instruction == name]
