"""How far a study has come, and in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bridle import records


@dataclass(frozen=True, slots=True)
class State:
    """How a study stands after a run."""

    folder: Path
    planned: int
    answered: int  # records that are not errors
    errors: int
    made: int  # calls made by this run
    interrupted: bool
    why: str | None = None  # the commonest error, or what ended the run
    # settings that were asked for and did not stand in the request: {model: {setting: calls}}
    dropped: Mapping[str, Mapping[str, int]] = field(default_factory=dict[str, Any])
    voted: tuple[str, ...] = ()  # how responses were read where the others decided it, a line each
    # what each of several servers of a model did in this run, in words
    served: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def missing(self) -> int:
        """Planned records that are not there, not even as an error."""
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

    def notes(self) -> list[str]:
        """What must be said of how the calls were made and their replies read, a line each."""
        return records.notes_of({"dropped": self.dropped, "voted": self.voted})
