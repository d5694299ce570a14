"""One row of the table: a graded response, and the types of its columns."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bridle import __version__
from bridle.benchmarks.item import Condition, Item
from bridle.grading import Grade, UpstreamGrade
from bridle.responses import Response

if TYPE_CHECKING:
    import polars

SCHEMA = 1  # raised whenever a column changes its name, type or meaning
_SURROGATE = re.compile("[\ud800-\udfff]")


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


def _row(record: Record) -> dict[str, Any]:
    row = {f.name: clean(getattr(record, f.name)) for f in dataclasses.fields(record)}
    row["verdicts"] = [
        {**v, "observed": _json(v["observed"]), "params": _json(v.get("params", {}))}
        for v in row["verdicts"]
    ]
    return row


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def clean(value: Any) -> Any:
    """Lone surrogates, which no UTF-8 file can hold, become U+FFFD; lengths and offsets stay."""
    if isinstance(value, str):
        return value if value.isascii() else _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", value)
    if isinstance(value, Mapping):
        return {clean(k): clean(v) for k, v in value.items()}  # pyright: ignore[reportUnknownVariableType]
    if isinstance(value, list | tuple):
        return [clean(v) for v in value]  # pyright: ignore[reportUnknownVariableType]
    return value
