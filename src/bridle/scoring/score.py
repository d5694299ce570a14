"""Responses that something else generated, graded: files or rows → records.

    scoring = Scoring(items=None, rules="ours")
    for result in scoring.file(Path("responses.jsonl")):
        Scored(file=…, number=1, sample=None, record=Record(…)) or Bad(file=…, number=2, reason=…)
    score("responses.jsonl")    -> a polars frame with the columns of a record

Rows are read, graded and handed on one at a time; what stays in memory is a few bytes for each.
"""

from __future__ import annotations

import dataclasses
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from bridle import records
from bridle.benchmarks.fields import shown
from bridle.benchmarks.item import Condition, Item
from bridle.errors import BridleError, DataError, nearest
from bridle.records import Record
from bridle.responses import Hints
from bridle.scoring.formats import (
    Bad,
    BadRows,
    Book,
    Given,
    Items,
    Row,
    Unusable,
    asked_under,
    check_readable,
    count_rows,
    files_of,
    item_for,
    label_of,
    read_file,
    read_given,
    read_items,
)
from bridle.scoring.formats.columns import step_of
from bridle.scoring.names import Asked, Names, Naming, asked_of
from bridle.studies.grades import record_of_reply, said, votes
from bridle.studies.plan import Call

if TYPE_CHECKING:
    import polars

Rules = Literal["ours", "upstream"]
RULES: tuple[Rules, ...] = ("ours", "upstream")
NO_MODEL = "unknown"  # the model of a row that names none


@dataclass(frozen=True, slots=True)
class Scored:
    """One graded response and where it stood; `sample` is its place in a list of samples, else None."""

    file: str
    number: int
    sample: int | None
    record: Record


class Scoring:
    """Grades rows one after the other, and keeps their names apart.

    A response is of `model`, else of the one that its row names, else of the one that its file is
    said to be of. `planned` counts the responses that were met, the bad rows among them; `repeated` those that a
    file holds again under another filter (lm-evaluation-harness), which are not scored twice.
    """

    def __init__(
        self,
        *,
        items: Book | None = None,
        rules: str = "ours",
        model: str | None = None,
        names: Naming | None = None,
    ) -> None:
        if rules not in RULES:
            near = nearest(rules, RULES)
            raise BridleError(
                f"There are no rules {rules!r}.",
                expected=f"did you mean {near!r}?" if near else "ours or upstream",
            )
        self.items = items
        self.rules = rules
        self.model = model
        self.planned = 0
        self.matched_by_line = False
        self.repeated: Counter[str] = Counter()
        self.voted: list[str] = []  # what a model's responses decided together, a line each
        self._names = Names() if names is None else names

    def file(self, path: Path, *, model: str = NO_MODEL) -> Iterator[Scored | Bad]:
        """The responses of a file, graded; `model` is that of rows which name none.

        Raises:
            DataError: the file cannot be read, or has not as many rows as there are items.
        """
        hints = self.votes(read_file(path), model) if path.is_file() else {}
        rows = read_file(path)
        yield from self.rows(str(path), rows, lambda: count_rows(path), model=model, hints=hints)

    def votes(self, rows: Iterable[Given | Bad], fallback: str) -> dict[str, Hints]:
        """What the responses of each model in a file show together (`responses/votes.py`)."""
        hints = votes(
            (self.model or row.model or fallback, reply)
            for row in rows
            if isinstance(row, Given)
            for reply in row.replies
        )
        self.voted += said(hints)
        return hints

    def rows(
        self,
        name: str,
        rows: Iterable[Given | Bad],
        count: Callable[[], int],
        *,
        model: str = NO_MODEL,
        hints: Mapping[str, Hints] | None = None,
        start: int = 0,
        kept: str | None = None,
    ) -> Iterator[Scored | Bad]:
        """The rows graded; `count` says how many there are, which is asked only if it matters.

        `hints` is what the responses of each model show together; the first row stands at `start` (from
        0) in its file, and `kept` is the file's first filter, if that is known.
        """
        for place, row in self.met(name, rows, count, start=start, kept=kept):
            if isinstance(row, Bad):
                yield row
            else:
                yield from self._graded(row, place, model, hints or {})

    def met(
        self,
        name: str,
        rows: Iterable[Given | Bad],
        count: Callable[[], int],
        *,
        start: int = 0,
        kept: str | None = None,
    ) -> Iterator[tuple[int, Given | Bad]]:
        """The rows that are to be scored, each with its place in the file; counts what is met."""
        matched = False  # the rows' number is held against the items' where lines decide
        for place, row in enumerate(rows, start):
            if isinstance(row, Bad):
                self.planned += 1
                yield place, row
                continue
            if row.filter is not None:
                kept = kept or row.filter
                if row.filter != kept:
                    self.repeated[row.filter] += len(row.replies)
                    continue
            if self.items is not None and not matched and self.items.by_line(row):
                self._match(name, count())
                matched = self.matched_by_line = True
            self.planned += len(row.replies)
            yield place, row

    def _match(self, name: str, rows: int) -> None:
        assert self.items is not None
        if rows != len(self.items):
            raise DataError(
                f"{name} has {rows:,} rows, {self.items.file} has {len(self.items):,} items.",
                expected="as many rows as items, since these rows have neither key nor prompt and go by line",
                hint="give both a field 'key' or the rows their prompt, or name the file that they were made from",
            )

    def question(
        self, row: Given, place: int, fallback: str
    ) -> tuple[Item, Condition, Asked] | Bad:
        """What the row answers, and what its naming needs; `fallback` is its model where it names none."""
        try:
            item = item_for(row, self.items, place)
            condition = asked_under(item, row.fields)
        except Unusable as reason:
            return Bad(row.file, row.number, str(reason), responses=len(row.replies))
        model = self.model or row.model or fallback
        keyed = row.key is not None or self.items is not None
        return item, condition, asked_of(item, row, model, condition, keyed=keyed)

    def _graded(
        self, row: Given, place: int, fallback: str, hints: Mapping[str, Hints]
    ) -> Iterator[Scored | Bad]:
        found = self.question(row, place, fallback)
        if isinstance(found, Bad):
            yield found
            return
        item, condition, asked = found
        model, settled = asked.model, self._names.settle(asked)
        item, first = settled.named(item), settled.first
        if self.rules == "ours":
            item = dataclasses.replace(item, peer=())  # the published rules cost more than ours
        step = step_of(row.fields)
        factors = () if step is None else (("step", step),)
        for i, reply in enumerate(row.replies):
            call = Call(model, item.id, condition, "plain", first + i, factors=factors)
            try:
                record = record_of_reply(item, call, reply, hints.get(model))
            except Exception as error:
                # a fault of ours in one row must not cost the others; it is reported and counted
                yield Bad(row.file, row.number, f"could not be graded, a bug here: {error!r}")
                continue
            yield Scored(row.file, row.number, i if row.listed else None, record)


def score(
    files: Any, *, items: Any = None, rules: Rules = "ours", model: str | None = None
) -> polars.DataFrame:
    """Grade responses that something else generated: a polars frame, one row a response.

    `files` is a path, several paths, or rows (mappings, or a polars frame) as `bridle score` reads
    them; `items` is a path or rows of items; `model` names the model of every row. The columns are those
    of `records.Record`; with `rules="upstream"` hard, soft and joint follow the benchmark's published
    rules. Rows that cannot be read are left out and named in a warning.

    Raises:
        DataError: a file cannot be read, or no row could be scored.
    """
    book = None if items is None else _items(items)
    scoring = Scoring(items=book, rules=rules, model=model)
    good: list[Record] = []
    bad = BadRows()
    for result in _results(scoring, files):
        if isinstance(result, Bad):
            bad.add(result)
        else:
            good.append(result.record)
    if not good:
        raise nothing_scored(bad.first)
    if bad.count:
        what = "1 row was" if bad.count == 1 else f"{bad.count:,} rows were"
        named = "\n".join(bad.lines())
        warnings.warn(f"{what} not scored:\n{named}", stacklevel=2)
    frame = records.widen(records.frame_of(good))
    if rules == "ours":
        return frame
    from bridle.analysis.rules import under

    return under(frame, rules).drop("judged")


def labels(files: Sequence[Path]) -> dict[Path, str]:
    """What the rows of each file are of where they name no model: the file, if there are several."""
    if len(files) == 1:
        return {files[0]: NO_MODEL}
    return {path: label_of(path, files) for path in files}


def refuse_missing(files: Iterable[Path]) -> None:
    """Each file is opened once before the first is scored, so that a missing one costs no work.

    Raises:
        DataError: a file cannot be opened.
    """
    for path in files:
        check_readable(path)


def nothing_scored(first: Bad | None) -> DataError:
    """What to say when no row could be scored."""
    if first is None:
        return DataError("There are no responses to score.", expected="one response a row")
    return DataError(
        f"No row could be scored; the first: {first}",
        expected="rows with a response and an item, as bridle score --help shows",
    )


def _results(scoring: Scoring, files: Any) -> Iterator[Scored | Bad]:
    if isinstance(files, str | Path):
        files = [files]
    listed = _listed(files)
    if listed and all(isinstance(f, str | Path) for f in listed):
        paths = files_of(Path(path) for path in listed)
        refuse_missing(paths)
        for path, label in labels(paths).items():
            yield from scoring.file(path, model=label)
        return
    rows = [_row(i, fields) for i, fields in enumerate(listed, 1)]
    given = [r if isinstance(r, Bad) else read_given(r) for r in rows]
    hints = scoring.votes(given, NO_MODEL)
    yield from scoring.rows("rows", given, lambda: len(rows), hints=hints)


def _row(number: int, fields: Any) -> Row | Bad:
    if not isinstance(fields, Mapping):
        return Bad("rows", number, f"a row must be a mapping, this is {shown(fields)}")
    return Row("rows", number, fields)


def _items(items: Any) -> Items:
    if isinstance(items, str | Path):
        return read_items(Path(items))
    rows = [_row(i, fields) for i, fields in enumerate(_listed(items), 1)]
    return Items((r if isinstance(r, Bad) else (r.file, r.number, r.fields) for r in rows), "items")


def _listed(rows: Any) -> list[Any]:
    """Rows of a polars frame, or of anything that can be gone through."""
    if hasattr(rows, "iter_rows"):
        return list(rows.iter_rows(named=True))
    if isinstance(rows, Mapping):
        return [rows]
    try:
        return list(rows)
    except TypeError as error:
        raise DataError(
            f"{shown(rows)} is neither a file nor rows.",
            expected="a path, several paths, or rows with a response each",
        ) from error
