"""Bad rows grouped: one message a kind and file, with the rows that it is about.

bad = BadRows()
bad.add(Bad("r.jsonl", 2, "not JSON: …")), and so on
bad.lines()    -> ["r.jsonl, rows 2, 5, 9 and 40 more: not JSON: … (the first of them)"]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import astuple, dataclass, field
from typing import Any

from bridle.scoring.formats.given import Bad

MOST_KINDS = 20  # messages; what is beyond them is counted
MOST_ROWS = 5  # rows that one message names
VARYING = re.compile(r"'[^']{0,200}'|\"[^\"]{0,200}\"|[0-9][0-9,]*")  # what differs within a kind


@dataclass(slots=True)
class _Kind:
    first: Bad
    count: int = 0
    rows: list[int] = field(default_factory=list[int])


def _key(bad: Bad) -> tuple[str, str]:
    return (bad.file, VARYING.sub("#", bad.reason[:2000]))


class BadRows:
    """Counts bad rows by kind, in memory that does not grow with their number."""

    def __init__(self) -> None:
        self.count = 0
        self._kinds: dict[tuple[str, str], _Kind] = {}
        self._others = 0  # rows of kinds beyond the limit

    @property
    def first(self) -> Bad | None:
        return next((kind.first for kind in self._kinds.values()), None)

    def add(self, bad: Bad) -> None:
        self.count += 1
        key = _key(bad)
        if key not in self._kinds and len(self._kinds) >= MOST_KINDS:
            self._others += 1
            return
        kind = self._kinds.setdefault(key, _Kind(bad))
        kind.count += 1
        if len(kind.rows) < MOST_ROWS and bad.number not in kind.rows:
            kind.rows.append(bad.number)

    def to_list(self) -> list[Any]:
        """What was counted as JSON values, for `merge` in another process."""
        kinds = [[astuple(k.first), k.count, k.rows] for k in self._kinds.values()]
        return [kinds, self._others]

    def merge(self, told: list[Any]) -> None:
        """Add what another one counted of later rows."""
        kinds, others = told
        self._others += others
        self.count += others
        for first, count, rows in kinds:
            bad = Bad(*first)
            self.count += count
            key = _key(bad)
            if key not in self._kinds and len(self._kinds) >= MOST_KINDS:
                self._others += count
                continue
            kind = self._kinds.setdefault(key, _Kind(bad))
            kind.count += count
            kind.rows += rows[: MOST_ROWS - len(kind.rows)]

    def lines(self) -> Iterator[str]:
        for kind in self._kinds.values():
            more = kind.count - len(kind.rows)
            if kind.count == 1:
                yield str(kind.first)
                continue
            rows = ", ".join(f"{number:,}" for number in kind.rows) + (
                f" and {more:,} more" if more > 0 else ""
            )
            yield f"{kind.first.file}, rows {rows}: {kind.first.reason}"
        if self._others:
            yield f"… and {self._others:,} more bad rows"
