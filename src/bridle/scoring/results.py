"""Results of batches, taken into the study whose requests they answer.

    taken = import_results(study, [Path("batch_abc_output.jsonl"), Path("batch_abc_errors.jsonl")])
    taken.state.line()       -> "960 of 960 records."

Results come in any order, in parts, twice, with errors among them, and those of a second step beside
those of a first: whatever answers an open request is written to the journal, and the rest is counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bridle.benchmarks.fields import shown
from bridle.calls import Reply
from bridle.errors import DataError
from bridle.scoring.formats import Bad, BadRows, Given, files_of, read_file
from bridle.scoring.score import refuse_missing
from bridle.studies.batches.open import Open
from bridle.studies.folder import JOURNAL
from bridle.studies.journal import read_journal
from bridle.studies.plan import Call
from bridle.studies.state import State
from bridle.studies.study import Study


@dataclass(frozen=True)
class Imported:
    """What became of the results."""

    state: State
    rows: int
    taken: int  # answers written to the journal
    copied: int  # answers given again to calls that ask the same
    errors: int  # of those rows that answer an open request
    already: int  # answered before
    differing: int  # a second, other answer to a request of these files: the first one counts
    open: int  # requests that are open now
    bad: BadRows


def import_results(study: Study, files: Sequence[Path]) -> Imported:
    """Write the results that answer open requests of the study to its journal, then grade.

    Raises:
        DataError: a file cannot be read, or none of its results is of this study; nothing is written.
        BridleError: the folder cannot be written, or another run is writing.
    """
    files = files_of(files)
    refuse_missing(files)
    results = _Results()
    for file in files:
        results.read(file)
    requests = Open(study, read_journal(study.folder / JOURNAL))
    found: list[tuple[Call, Reply]] = list(requests.copied)
    before = set(requests.answered)
    waiting = {name: reply for name, reply in results.replies.items() if name not in before}
    known: set[str] = {name for name in results.replies if name in before}
    errors = 0
    while ready := {name: waiting[name] for name in waiting if requests.find(name) is not None}:
        for name in ready:
            known.add(name)
            errors += waiting.pop(name).error is not None
        found += requests.taken(ready)
    results.refuse_strangers(known, study)
    state = study.take(found)
    return Imported(
        state=state,
        rows=results.rows,
        taken=sum(1 for _, reply in found if reply.error is None and reply.parent is None),
        copied=sum(1 for _, reply in found if reply.parent is not None),
        errors=errors,
        already=len(known & before),
        differing=results.differing,
        open=len(requests.asked),
        bad=results.bad,
    )


class _Results:
    """The rows of all files by their id; an answer counts before an error, the first before the second."""

    def __init__(self) -> None:
        self.replies: dict[str, Reply] = {}
        self.bad = BadRows()
        self.rows = 0
        self.differing = 0
        self._where: dict[str, tuple[str, int]] = {}  # id → file and row
        self._ids: dict[str, list[str]] = {}  # file → ids

    def read(self, file: Path) -> None:
        ids = self._ids.setdefault(str(file), [])
        for row in read_file(file):
            self.rows += 1
            if isinstance(row, Bad):
                self.bad.add(row)
            elif row.key is None:
                self.bad.add(Bad(row.file, row.number, "no id: expected the field custom_id"))
            elif len(row.replies) != 1:
                many = f"{len(row.replies)} responses where one was asked for"
                self.bad.add(Bad(row.file, row.number, many))
            else:
                ids.append(row.key)
                self._add(row, row.key)

    def _add(self, row: Given, name: str) -> None:
        (reply,) = row.replies
        held = self.replies.get(name)
        if held is None or (held.error is not None and reply.error is None):
            self.replies[name] = reply
            self._where.setdefault(name, (row.file, row.number))
        elif reply.error is None and (held.raw, held.reasoning) != (reply.raw, reply.reasoning):
            self.differing += 1

    def refuse_strangers(self, known: set[str], study: Study) -> None:
        """
        Raises:
            DataError: a file without a single result of this study.
        """
        for file, ids in self._ids.items():
            if not known & set(ids):
                such = f": its ids are such as {shown(ids[0], 80)}" if ids else ""
                raise DataError(
                    f"{file} holds no result of the study in {study.folder}{such}.",
                    expected="what a provider returned for the files of bridle export, of this very "
                    "study: same items, models, settings and seed",
                    hint="nothing was written; name the folder that the requests were exported from",
                )
        for name, (file, number) in self._where.items():
            if name not in known:
                reason = f"its id is of no request of this study: {shown(name, 80)}"
                self.bad.add(Bad(file, number, reason))
