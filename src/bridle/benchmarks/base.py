"""A benchmark as loaded: its items, its decoding settings, where it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bridle.benchmarks.item import CONDITIONS, Condition, Item
from bridle.errors import DataError


@dataclass(frozen=True, slots=True)
class Decoding:
    """How a benchmark's authors drew responses; None leaves it to the model's default."""

    temperature: float | None = None
    top_p: float | None = None
    max_tokens: int | None = None


@dataclass(frozen=True, slots=True)
class Benchmark:
    """Items in an order whose every prefix is spread evenly over the files, so that a limit is fair.

    `provenance` is what a study writes down: revision, sha256 per file, seed, version. `bad_rows`
    says of each row that is no item what is wrong with it; `benchmarks.load` refuses such a file
    unless it is asked for what can be read.
    """

    name: str
    items: tuple[Item, ...]
    decoding: Decoding = Decoding()
    provenance: Mapping[str, Any] = field(default_factory=dict[str, Any])
    bad_rows: tuple[DataError, ...] = ()
    arms: tuple[str, ...] = ("plain",)  # how its items are drawn where nobody says otherwise

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The conditions that can be asked: a prompt that is one with its constraints has no bare form."""
        bare = all(item.has_bare for item in self.items)
        return CONDITIONS if bare else ("with",)
