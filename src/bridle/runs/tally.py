"""What was scored, counted as it goes by: statuses, rates, constraint types, what nothing judged.

tally = Tally()
tally.add(record); tally.bad(row)
tally.rate("hard")     -> Estimate(value=0.43, low=0.30, high=0.56, n=60, ...), or None
"""

from __future__ import annotations

from array import array
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bridle.grading import NotJudged
from bridle.records import Record
from bridle.runs.formats import Bad

if TYPE_CHECKING:
    from bridle.statistics import Estimate

OUTCOMES = ("hard", "soft", "correct", "joint", "upstream_hard", "upstream_soft")


class _Outcome:
    """The values of one outcome with the problem of each, sixteen bytes a response."""

    def __init__(self) -> None:
        self.values = array("d")
        self.problems = array("q")

    def add(self, value: bool | float | None, problem: int) -> None:
        if value is not None:
            self.values.append(float(value))
            self.problems.append(problem)

    def rate(self, what: str) -> Estimate | None:
        from bridle.statistics import rate

        if not self.values:
            return None
        return rate(list(self.values), list(self.problems), what=what)


@dataclass(slots=True)
class TypeCount:
    """One constraint type over all responses but errors, as run."""

    obeyed: _Outcome
    undetermined: int = 0


class Tally:
    """Counts in flat memory (a few bytes a response)."""

    def __init__(self) -> None:
        self.responses = 0
        self.bad_rows = 0
        self.statuses: Counter[str] = Counter()
        self.not_judged: Counter[str] = Counter()  # peer's id -> responses
        self.incomplete = 0  # responses with an instruction that was not judged
        self.undecided = 0  # complete answers whose equality with the reference stays open
        self.without_reference = 0
        self.no_rules = 0  # responses whose benchmark has no published rules
        self.parted = 0  # responses on which our verdicts and the published ones differ
        self.outcomes = {name: _Outcome() for name in OUTCOMES}
        self.types: dict[str, TypeCount] = {}

    def bad(self, row: Bad) -> None:
        self.bad_rows += 1

    def add(self, record: Record) -> None:
        self.responses += 1
        self.statuses[record.status] += 1
        problem = hash((record.benchmark, record.problem))
        for name, outcome in self.outcomes.items():
            outcome.add(getattr(record, name), problem)
        left_out = False
        for verdict in record.verdicts:
            name = verdict["constraint"]
            if verdict["family"] == NotJudged.family:
                self.not_judged[name] += 1
                left_out = True
            elif record.status != "error":
                count = self.types.setdefault(name, TypeCount(_Outcome()))
                count.obeyed.add(verdict["obeyed"] is True, problem)
                count.undetermined += verdict["obeyed"] is None and record.status == "complete"
        self.incomplete += left_out
        if record.status == "error":
            return
        self.without_reference += record.reference is None
        self.undecided += record.reference is not None and record.correct is None
        if record.upstream_verdicts is None:
            self.no_rules += bool(record.verdicts)
        else:
            pairs = zip(record.verdicts, record.upstream_verdicts, strict=False)
            self.parted += any(
                theirs is not None
                and ours["family"] != NotJudged.family
                and (ours["obeyed"] is True) != theirs
                for ours, theirs in pairs
            )

    def rate(self, name: str) -> Estimate | None:
        """The rate of an outcome with its interval; None where no response has it."""
        return self.outcomes[name].rate(name)
