"""A batch of responses in Arrow → a batch of records: the one function that every engine calls.

    scored = score_batch(batch)                 # pyarrow.RecordBatch in and out, nothing remembered
    scored.column("bad")                        # why a row could not be scored, null where it could

It depends on the batch alone: a block that an engine makes again gives the same rows. What rows decide
together is therefore passed in (`hints`, from `votes_of`), and names follow from a row's content
(`names.ByContent`).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from bridle import records
from bridle.errors import MissingExtra
from bridle.responses import Ballot, Hints
from bridle.scoring.formats import Bad, Book, Given, Row, read_given
from bridle.scoring.names import ByContent
from bridle.scoring.score import NO_MODEL, Scored, Scoring

if TYPE_CHECKING:
    import pyarrow

FILE, ROW = "_file", "_row"  # columns of the input that say where a row stood
PLACE = ("file", "row", "bad")  # columns of the output beside those of a record


def score_batch(
    batch: pyarrow.RecordBatch,
    *,
    items: Book | None = None,
    rules: str = "ours",
    model: str | None = None,
    hints: Mapping[str, Hints] | None = None,
) -> pyarrow.RecordBatch:
    """The batch's responses, graded: the columns of `records.schema()`, then file, row and bad.

    `batch` holds rows as `bridle score` reads them, and where they stood in `_file` and `_row` (else their
    place in the batch, from 1). A row that cannot be scored is one row whose `bad` says why and whose
    other columns are null. `hints` is by model, from `votes_of` over all batches.
    """
    import polars as pl

    scoring = Scoring(items=items, rules=rules, model=model, names=ByContent())
    places: list[tuple[str, int, str | None]] = []
    good: list[records.Record] = []
    order: list[int] = []
    for result in scoring.rows("batch", _given(batch), lambda: batch.num_rows, hints=hints):
        if isinstance(result, Scored):
            order.append(len(places))
            good.append(result.record)
            places.append((result.file, result.number, None))
        else:
            places.append((result.file, result.number, result.reason))
    schema = {"file": pl.String(), "row": pl.Int64(), "bad": pl.String()}
    where = pl.DataFrame(places, schema=schema, orient="row").with_row_index("_order")
    graded = records.frame_of(good).with_columns(pl.Series("_order", order, dtype=pl.UInt32()))
    whole = where.join(graded, on="_order", how="left", maintain_order="left")
    table = whole.select(*records.schema(), *PLACE).to_arrow().combine_chunks()
    found = table.to_batches()
    return found[0] if found else _empty(table.schema)


def schema() -> pyarrow.Schema:
    """The schema of what `score_batch` returns."""
    pa = _pyarrow()
    return score_batch(pa.RecordBatch.from_pylist([], schema=pa.schema([]))).schema


def votes_of(batch: pyarrow.RecordBatch, *, model: str | None = None) -> dict[str, dict[str, Any]]:
    """What the batch counts towards the votes of each model: plain values, to be summed by `hints_of`."""
    ballots: dict[str, Ballot] = {}
    for row in _given(batch):
        if isinstance(row, Given):
            ballot = ballots.setdefault(model or row.model or NO_MODEL, Ballot())
            for reply in row.replies:
                if reply.error is None:
                    ballot.add(
                        reply.raw, reasoning=reply.reasoning, finish_reason=reply.finish_reason
                    )
    return {name: dataclasses.asdict(ballot) for name, ballot in ballots.items()}


def hints_of(votes: list[dict[str, dict[str, Any]]]) -> dict[str, Hints]:
    """What all batches have decided together."""
    whole: dict[str, Ballot] = {}
    for told in votes:
        for name, counts in told.items():
            whole.setdefault(name, Ballot()).merge(Ballot(**counts))
    return {name: ballot.hints() for name, ballot in whole.items()}


def _given(batch: pyarrow.RecordBatch) -> Iterator[Given | Bad]:
    for place, fields in enumerate(batch.to_pylist(), 1):
        file = fields.pop(FILE, None)
        number = fields.pop(ROW, None)
        row = Row(
            file if isinstance(file, str) else "batch",
            number if isinstance(number, int) else place,
            fields,
        )
        found = read_given(row)
        sample = fields.get("sample")
        if isinstance(found, Given) and isinstance(sample, int) and sample > found.first_sample:
            found = dataclasses.replace(found, first_sample=sample)
        yield found


def _empty(of: pyarrow.Schema) -> pyarrow.RecordBatch:
    pa = _pyarrow()
    return pa.RecordBatch.from_arrays([pa.array([], type=field.type) for field in of], schema=of)


def _pyarrow() -> Any:
    try:
        import pyarrow
    except ImportError as error:
        raise MissingExtra.of("arrow", "Scoring batches of Arrow") from error
    return pyarrow
