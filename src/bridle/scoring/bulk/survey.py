"""The first pass over a shard: what its rows show together, and what their names depend on.

Its result is small and plain JSON: `Survey.to_dict` in a worker, `Survey.of` in the process that
settles the names of all shards in their order.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from bridle.calls import Reply
from bridle.responses import Ballot, Hints
from bridle.scoring.bulk.shards import Shard, read_shard
from bridle.scoring.formats import Bad, Given
from bridle.scoring.names import Asked
from bridle.scoring.score import Scoring


@dataclass
class Survey:
    """What one shard, or several of one file, have shown."""

    planned: int = 0  # responses, bad rows among them
    by_line: bool = False
    repeated: dict[str, int] = field(default_factory=dict[str, int])  # by filter
    ballots: dict[str, Ballot] = field(default_factory=dict[str, Ballot])  # by model
    asked: list[Asked] = field(default_factory=list[Asked])  # rows that have an item, in order

    def to_dict(self) -> dict[str, Any]:
        ballots = {model: dataclasses.asdict(b) for model, b in self.ballots.items()}
        return {**vars(self), "ballots": ballots}

    @classmethod
    def of(cls, told: dict[str, Any]) -> Survey:
        ballots = {model: Ballot(**counts) for model, counts in told["ballots"].items()}
        asked = [Asked(*row) for row in told["asked"]]
        return cls(**{**told, "ballots": ballots, "asked": asked})

    def add(self, later: Survey) -> None:
        """Count in a further shard of the file, but for its rows."""
        self.planned += later.planned
        self.by_line |= later.by_line
        for name, count in later.repeated.items():
            self.repeated[name] = self.repeated.get(name, 0) + count
        for model, ballot in later.ballots.items():
            if model in self.ballots:
                self.ballots[model].merge(ballot)
            else:
                self.ballots[model] = ballot

    def hints(self) -> dict[str, Hints]:
        return {model: ballot.hints() for model, ballot in self.ballots.items()}


def survey(shard: Shard, scoring: Scoring, label: str) -> Survey:
    """The first pass over a shard; `label` is the model of rows that name none."""
    found = Survey()

    def votes(rows: Iterable[Given | Bad]) -> Iterator[Given | Bad]:
        for row in rows:
            if isinstance(row, Given):
                model = scoring.model or row.model or label
                for reply in row.replies:
                    _vote(found.ballots, model, reply)
            yield row

    rows = scoring.met(
        shard.file,
        votes(read_shard(shard)),
        lambda: shard.in_file,
        start=shard.row,
        kept=shard.kept,
    )
    for place, row in rows:
        question = row if isinstance(row, Bad) else scoring.question(row, place, label)
        if not isinstance(question, Bad):
            found.asked.append(question[2])
    found.planned = scoring.planned
    found.by_line = scoring.matched_by_line
    found.repeated = dict(scoring.repeated)
    return found


def _vote(ballots: dict[str, Ballot], model: str, reply: Reply) -> None:
    if reply.error is None:
        ballot = ballots.setdefault(model, Ballot())
        ballot.add(reply.raw, reasoning=reply.reasoning, finish_reason=reply.finish_reason)
