"""What a file gives for one row: the item's fields in some spelling, and the replies to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bridle.calls import Reply


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file as it was read; `number` is its line (from 1), or its place in a table."""

    file: str
    number: int
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Bad:
    """A row that cannot be used, and why in one sentence; `stops` if the file ends with it."""

    file: str
    number: int
    reason: str
    stops: bool = False
    responses: int = 1  # how many it holds, as far as that is known

    def __str__(self) -> str:
        return f"{self.file}, row {self.number}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Given:
    """A row understood: who is asked about, by whom it was answered, and what came back.

    `fields` are the item's, in MathIF's, IFEval's or our spelling. `replies` are samples, the first
    of them number `first_sample`; `listed` says that the row held a list of them.
    """

    file: str
    number: int
    fields: Mapping[str, Any]
    replies: tuple[Reply, ...]
    key: str | None = None
    model: str | None = None
    listed: bool = False
    first_sample: int = 0
    filter: str | None = None  # lm-evaluation-harness repeats a response under each of its filters
