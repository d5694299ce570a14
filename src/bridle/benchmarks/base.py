"""A benchmark as loaded: its items, its decoding settings, where it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bridle.benchmarks.item import Item


@dataclass(frozen=True, slots=True)
class Decoding:
    """How a benchmark's authors drew responses; None leaves it to the model's default."""

    temperature: float | None = None
    top_p: float | None = None
    max_tokens: int | None = None


@dataclass(frozen=True, slots=True)
class Benchmark:
    """Items in an order whose every prefix is spread evenly over the files, so that a limit is fair.

    `provenance` is what a study writes down: revision, sha256 per file, seed, version.
    """

    name: str
    items: tuple[Item, ...]
    decoding: Decoding = Decoding()
    provenance: Mapping[str, Any] = field(default_factory=dict[str, Any])
