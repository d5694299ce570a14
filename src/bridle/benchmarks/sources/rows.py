"""A file of questions and answers → problems: JSONL, a JSON list, CSV, TSV or Parquet.

load(Path("mine.csv"))
-> (Problem(id="1", question="What is 2+2?", answer="4", source="mine"), …), {"file": "mine.csv", …}
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bridle.benchmarks.fields import Unusable, decoded
from bridle.benchmarks.files.hub import sha256
from bridle.benchmarks.item_rows import difficulty_of, reference_of
from bridle.benchmarks.rows import Row, lines_of, list_of, refusal
from bridle.errors import DataError
from bridle.maths.read.boxes import last_boxes
from bridle.problems.base import Problem

CELL_LIMIT = 1 << 24  # characters of one CSV cell
EXPECTED = "a question and its answer a row; difficulty is optional"


@dataclass(frozen=True, slots=True)
class Fields:
    """What the fields are called, and what form the answers have (`published.toml` says which)."""

    question: str = "question"
    answer: str = "answer"
    answer_form: str = "hashes"  # a worked solution's last line where it has one, else as it stands
    difficulty: str = "difficulty"


def load(
    path: Path, fields: Fields | None = None, *, source: str = ""
) -> tuple[tuple[Problem, ...], dict[str, Any]]:
    """The problems of a file in its order, and what a study writes down of it.

    Raises:
        DataError: the file cannot be read or is of another kind, a row is no problem (its line is
            named), a question stands there twice.
    """
    fields = fields or Fields()
    problems: list[Problem] = []
    bad: list[DataError] = []
    places: dict[str, str] = {}
    for row in _rows(path):
        if isinstance(row, DataError):
            bad.append(row)
            continue
        try:
            problem = _problem(row, fields, source or path.stem)
        except DataError as error:
            bad.append(error)
            continue
        if problem.question in places:
            continue  # the same question again would count one problem as two
        places[problem.question] = row.where
        problems.append(problem)
    if bad:
        raise refusal(bad)
    if not problems:
        raise DataError(f"{path.name} holds no rows.", expected=EXPECTED)
    return tuple(problems), {"file": path.name, "sha256": sha256(path)}


def _problem(row: Row, fields: Fields, source: str) -> Problem:
    question = row.text(fields.question).strip()
    if not question:
        raise row.bad(fields.question, "a question")
    try:
        answer = _FORMS[fields.answer_form](row.values.get(fields.answer))
        difficulty = difficulty_of(row.values.get(fields.difficulty))
    except Unusable as reason:
        raise DataError(f"{row.where}: {reason}.", expected=EXPECTED) from reason
    if answer is None:
        raise row.bad(fields.answer, "the reference answer")
    return Problem(
        id=str(row.number), question=question, answer=answer, source=source, difficulty=difficulty
    )


def _boxed(value: Any) -> str | None:
    boxes = last_boxes(value, 0, len(value)) if isinstance(value, str) else []
    if not boxes:
        raise Unusable("the solution has no \\boxed{} at its end")
    return ", ".join(value[box.start : box.end].strip() for box in boxes)


def _list(value: Any) -> str | None:
    """All the answers of a list; dollar signs around one are no part of it."""
    given = decoded(value)
    texts = given if isinstance(given, list) else [value]  # pyright: ignore[reportUnknownVariableType]
    found = [reference_of(one) for one in texts]  # pyright: ignore[reportUnknownVariableType]
    stripped = [text.strip().strip("$").strip() for text in found if text]
    return ", ".join(stripped) or None


_FORMS: dict[str, Callable[[Any], str | None]] = {
    "plain": lambda value: None if value is None else (str(value).strip() or None),
    "hashes": lambda value: reference_of(value),
    "boxed": _boxed,
    "list": _list,
}


# -- the kinds of files -----------------------------------------------------------------------------


def _rows(path: Path) -> Iterable[Row | DataError]:
    reader = ENDINGS.get(path.suffix.lower())
    if reader is None:
        raise DataError(
            f"{path.name} is of a kind that is not read.", expected=f"one of {', '.join(ENDINGS)}"
        )
    if not path.is_file():
        raise DataError(f"There is no file {path}.", expected=EXPECTED)
    return reader(path)


def _separated(separator: str) -> Callable[[Path], Iterator[Row | DataError]]:
    def rows(path: Path) -> Iterator[Row | DataError]:
        try:
            text = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise DataError(f"{path} cannot be read: {error}.", expected="UTF-8 text") from error
        csv.field_size_limit(CELL_LIMIT)
        reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator)
        try:
            for number, values in enumerate(reader, start=1):
                given = {k: v for k, v in values.items() if k is not None and v != ""}
                yield Row(given, path.name, reader.line_num, number)
        except csv.Error as error:
            yield DataError(f"{path.name}, line {reader.line_num}: {error}.", expected=EXPECTED)

    return rows


def _parquet(path: Path) -> Iterator[Row | DataError]:
    import polars as pl

    try:
        frame = pl.read_parquet(path)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise DataError(f"{path} is no Parquet file that can be read: {error}.") from error
    for number, values in enumerate(frame.iter_rows(named=True), start=1):
        yield Row(values, path.name, number, number)


ENDINGS: Mapping[str, Callable[[Path], Iterable[Row | DataError]]] = {
    ".jsonl": lines_of,
    ".json": list_of,
    ".csv": _separated(","),
    ".tsv": _separated("\t"),
    ".parquet": _parquet,
}
