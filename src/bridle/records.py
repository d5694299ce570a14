"""The table: one row is one graded response. Every command after `run` and `score` reads it alone.

A row says what was asked, of whom, what came back, how it was judged and by which version.

    write([record_of(item, response, grade(item, response), model="m", sample=0)],
          "demo/records.parquet", planned=1, about={"command": "score"})
    table = read("demo")
    table.frame, table.planned, table.gate()
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import re
import shutil
import tempfile
from collections.abc import Generator, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bridle import __version__
from bridle.benchmarks.item import Condition, Item
from bridle.errors import DataError
from bridle.grading import Grade, UpstreamGrade
from bridle.response import Response

if TYPE_CHECKING:
    import polars

SCHEMA = 1  # raised whenever a column changes its name, type or meaning
FILE_NAME = "records.parquet"
SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One graded response.

    `hard`, `soft`, `correct`, `joint` are None only where there is nothing to judge: no constraints
    (hard, soft), no reference answer or an undecidable one (correct), neither (joint), or no
    response at all (`status == "error"`). Truncated, refused and empty responses are failures.
    """

    # what was asked
    benchmark: str
    item: str
    problem: str
    source: str
    group: str
    difficulty: float | None
    condition: str  # "with" the constraints in the prompt, or "without" (the floor)
    arm: str
    n_constraints: int
    prompt: str
    reference: str | None
    # of whom
    model: str
    sample: int
    # what came back
    status: str
    finish_reason: str | None
    dialect: str
    thinking: str
    answer: str
    error: str | None
    tokens_in: int | None
    tokens_out: int | None
    tokens_thinking: int | None
    tokens_answer: int | None
    latency_s: float | None
    # our judgement: parallel to the item's constraints
    verdicts: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    hard: bool | None
    soft: float | None
    undetermined: int  # verdicts of a complete answer that could not be decided; they do not pass
    found: str | None  # the final answer as it stands there; None without a reference
    correct: bool | None
    equality: str | None  # how it was decided: "exact", "algebra", "worker", "undecided", ...
    joint: bool | None
    # upstream's judgement, where the item is a peer's; None where its rules cannot run here
    upstream_verdicts: list[bool | None] | None
    upstream_hard: bool | None
    upstream_soft: float | None
    bridle_version: str


def record_of(
    item: Item,
    response: Response,
    grade: Grade,
    *,
    model: str,
    sample: int,
    condition: Condition | None = None,
    arm: str = "plain",
    upstream: UpstreamGrade | None = None,
    error: str | None = None,
    tokens_in: int | None = None,
    tokens_out: int | None = None,
    latency_s: float | None = None,
) -> Record:
    """The row for a graded response; `condition` is the grade's unless said otherwise.

    Each verdict gets its constraint's scope, family and parameters beside it, so that the table
    can be read without the item.
    """
    asked = condition or grade.condition
    theirs = upstream or UpstreamGrade()
    verdicts = [
        {
            **verdict.to_dict(),
            "scope": rule.scope,
            "family": rule.family,
            "params": rule.params(),
        }
        for rule, verdict in zip(item.constraints, grade.verdicts, strict=True)
    ]
    return Record(
        benchmark=item.benchmark,
        item=item.id,
        problem=item.problem.id,
        source=item.problem.source,
        group=item.group,
        difficulty=item.problem.difficulty,
        condition=asked,
        arm=arm,
        n_constraints=len(item.constraints),
        prompt=item.prompt_for(asked),
        reference=item.problem.answer,
        model=model,
        sample=sample,
        status=response.status,
        finish_reason=response.finish_reason,
        dialect=response.dialect,
        thinking=response.thinking,
        answer=response.answer,
        error=error,
        tokens_in=tokens_in,
        tokens_out=tokens_out,
        tokens_thinking=response.tokens_thinking,
        tokens_answer=response.tokens_answer,
        latency_s=latency_s,
        verdicts=verdicts,
        hard=grade.hard,
        soft=grade.soft,
        undetermined=grade.undetermined,
        found=grade.found,
        correct=grade.correct,
        equality=grade.equality,
        joint=grade.joint,
        upstream_verdicts=theirs.verdicts,
        upstream_hard=theirs.hard,
        upstream_soft=theirs.soft,
        bridle_version=__version__,
    )


# -- the file --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Table:
    """A table as read: the frame, how many records were planned, and what its writer said of it.

    In the frame a verdict's `observed` and `params` are JSON texts; `frame` is a polars DataFrame
    with the columns of `Record`, in that order.
    """

    frame: polars.DataFrame
    planned: int
    about: dict[str, Any]
    path: Path

    @property
    def missing(self) -> int:
        """Planned records that are not there."""
        return max(0, self.planned - self.frame.height)

    def gate(self) -> str | None:
        """What must be said before any figure: how many planned records are missing, else None."""
        if not self.missing:
            return None
        verb = "is" if self.missing == 1 else "are"
        return f"{self.missing:,} of {self.planned:,} planned records {verb} missing."


def schema() -> dict[str, polars.DataType]:
    """Column → polars type, explicit so that an empty table has the same columns as a full one."""
    import polars as pl

    text, whole, real, truth = pl.String(), pl.Int64(), pl.Float64(), pl.Boolean()
    verdict = pl.Struct(
        {
            "constraint": text,
            "obeyed": truth,
            "observed": text,
            "wanted": text,
            "evidence": pl.List(pl.List(whole)),
            "reason": text,
            "version": whole,
            "scope": text,
            "family": text,
            "params": text,
        }
    )
    by_kind: dict[str, polars.DataType] = {
        "str": text,
        "str | None": text,
        "int": whole,
        "int | None": whole,
        "float | None": real,
        "bool | None": truth,
        "list[dict[str, Any]]": pl.List(verdict),
        "list[bool | None] | None": pl.List(truth),
    }
    return {f.name: by_kind[str(f.type)] for f in dataclasses.fields(Record)}


def frame_of(records: Iterable[Record]) -> polars.DataFrame:
    """The records as a polars frame with the table's schema; characters no file can hold become U+FFFD."""
    import polars as pl

    return pl.DataFrame([_row(r) for r in records], schema=schema(), orient="row")


class Writer:
    """Writes a table as records come, in flat memory; the file appears only when all is well.

    with Writer(path, about={...}) as table:
        table.add(record)
        table.planned = 120
    """

    CHUNK = 2_000  # records, and
    CHUNK_TEXT = 2**23  # characters that are held before they are written

    def __init__(
        self, path: Path | str, *, about: Mapping[str, Any], planned: int | None = None
    ) -> None:
        self.path = Path(path)
        self.about = dict(about)
        self.planned = planned  # None: as many as were added
        self.count = 0
        self._pending: list[Record] = []
        self._text = 0
        self._parts: list[Path] = []
        self._folder: Path | None = None

    def __enter__(self) -> Writer:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._folder = Path(tempfile.mkdtemp(prefix=".records-", dir=self.path.parent))
        except OSError as e:
            raise _cannot_write(self.path, e) from e
        return self

    def add(self, record: Record) -> None:
        self._pending.append(record)
        self.count += 1
        self._text += len(record.prompt) + len(record.thinking) + len(record.answer)
        if len(self._pending) >= self.CHUNK or self._text >= self.CHUNK_TEXT:
            self._flush()

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: object) -> None:
        try:
            if kind is None:
                self._finish()
        finally:
            if self._folder is not None:
                shutil.rmtree(self._folder, ignore_errors=True)

    def _flush(self) -> None:
        assert self._folder is not None
        part = self._folder / f"{len(self._parts):06d}.parquet"
        with _mended(self.path):
            frame_of(self._pending).write_parquet(part)
        self._parts.append(part)
        self._pending, self._text = [], 0

    def _finish(self) -> None:
        import polars as pl

        assert self._folder is not None
        if self._pending or not self._parts:
            self._flush()
        planned = self.count if self.planned is None else self.planned
        metadata = {
            "bridle.schema": str(SCHEMA),
            "bridle.version": __version__,
            "bridle.planned": str(planned),
            "bridle.about": json.dumps(_clean(self.about), ensure_ascii=False, default=str),
        }
        whole = self._folder / "whole.parquet"
        with _mended(self.path):
            pl.scan_parquet(self._parts).sink_parquet(
                whole, metadata=metadata, compression="zstd", maintain_order=True
            )
            with whole.open("rb+") as handle:
                os.fsync(handle.fileno())
            whole.replace(self.path)


def write(
    records: Iterable[Record], path: Path | str, *, planned: int, about: Mapping[str, Any]
) -> None:
    """Write the table to `path` (Parquet), whole or not at all: a temporary file, then a rename.

    `planned` is the number of records that a complete table would hold; `about` (anything JSON
    can hold) says what it is a table of. Both stand in the file's metadata.

    Raises:
        DataError: the folder cannot be written to, or the disk is full; an older table stays as it was.
    """
    with Writer(path, planned=planned, about=about) as table:
        for record in records:
            table.add(record)


def read(path: Path | str) -> Table:
    """The table at `path`: a Parquet file of ours, or the folder that holds `records.parquet`.

    Raises:
        DataError: no such file or folder, no records in it, not Parquet, not ours, another schema.
    """
    import polars as pl

    file = _table_file(Path(path))
    try:
        metadata = pl.read_parquet_metadata(file)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as e:
        raise DataError(
            f"{file} is not a Parquet file, or a damaged one ({_first_line(e)}).",
            expected="a table written by bridle run or bridle score",
            hint=f"write it again: bridle score FILE --out {file.parent}",
        ) from e
    if "bridle.schema" not in metadata:
        raise DataError(
            f"{file} is a Parquet file, but not a table of records.",
            expected="a table written by bridle run or bridle score",
            hint=f"if it holds responses: bridle score {file} --out DIR",
        )
    if metadata["bridle.schema"] != str(SCHEMA):
        raise DataError(
            f"{file} was written by bridle {metadata.get('bridle.version', '?')} "
            f"with schema {metadata['bridle.schema']}; this is bridle {__version__}.",
            expected=f"schema {SCHEMA}",
            hint=f"pip install bridle=={metadata.get('bridle.version', '?')}, or score the responses again",
        )
    try:
        frame = pl.read_parquet(file)
        planned = int(metadata["bridle.planned"])
        about = json.loads(metadata["bridle.about"])
    except (
        pl.exceptions.PolarsError,
        pl.exceptions.PanicException,  # what polars raises on some damage; no Exception
        OSError,
        KeyError,
        ValueError,
    ) as e:
        raise DataError(
            f"{file} is damaged ({_first_line(e)}).",
            expected="a table written by bridle run or bridle score",
            hint=f"write it again: bridle score FILE --out {file.parent}",
        ) from e
    if dict(frame.schema) != schema():
        raise DataError(
            f"{file} does not have the columns of a table of records.",
            expected=", ".join(schema()),
            hint="score the responses again: bridle score FILE --out DIR",
        )
    return Table(frame=frame, planned=planned, about=about, path=file)


def _table_file(path: Path) -> Path:
    if path.is_dir():
        file = path / FILE_NAME
        if file.is_file():
            return file
        if (path / "study.json").is_file():
            raise DataError(
                f"{path} holds a study without a table: its run has not ended.",
                expected=f"{FILE_NAME}, which a run writes at its end",
                hint=f"bridle run --out {path}, which makes the missing calls and writes the table",
            )
        raise DataError(
            f"{path} holds no {FILE_NAME}.",
            expected="a folder written by bridle run --out or bridle score --out",
            hint=f"bridle run --out {path}, or bridle score FILE --out {path}",
        )
    if not path.exists():
        raise DataError(
            f"There is no file or folder {path}.",
            expected="a folder written by bridle run --out or bridle score --out",
            hint=f"bridle run --out {path}",
        )
    return path


# -- rows that any file can hold -------------------------------------------------------------------


def _row(record: Record) -> dict[str, Any]:
    row = {f.name: _clean(getattr(record, f.name)) for f in dataclasses.fields(record)}
    row["verdicts"] = [
        {**v, "observed": _json(v["observed"]), "params": _json(v.get("params", {}))}
        for v in row["verdicts"]
    ]
    return row


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def _clean(value: Any) -> Any:
    """Lone surrogates, which no UTF-8 file can hold, become U+FFFD; lengths and offsets stay."""
    if isinstance(value, str):
        return value if value.isascii() else SURROGATE.sub("\N{REPLACEMENT CHARACTER}", value)
    if isinstance(value, Mapping):
        return {_clean(k): _clean(v) for k, v in value.items()}  # pyright: ignore[reportUnknownVariableType]
    if isinstance(value, list | tuple):
        return [_clean(v) for v in value]  # pyright: ignore[reportUnknownVariableType]
    return value


@contextlib.contextmanager
def _mended(path: Path) -> Generator[None, None, None]:
    """What goes wrong while writing, in words: a full disk, a folder without permission."""
    import polars as pl

    try:
        yield
    except (OSError, pl.exceptions.PolarsError) as e:
        raise _cannot_write(path, e) from e


def _cannot_write(path: Path, why: Exception) -> DataError:
    return DataError(
        f"{path} could not be written: {_first_line(why)}.",
        expected="a folder that can be written to, on a disk with room; nothing was overwritten",
        hint="free some room or name another folder with --out",
    )


def _first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0].rstrip(".")
