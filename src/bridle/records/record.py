"""One row of the table: a graded response, and the types of its columns."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bridle import outcomes as registry
from bridle.benchmarks.item import Condition, Item
from bridle.calls import Turn, authors
from bridle.grading import Grade, UpstreamGrade
from bridle.outcomes import HARD, HARD_LOOSE, SOFT, SOFT_LOOSE, Outcome
from bridle.responses import Response
from bridle.version import __version__

if TYPE_CHECKING:
    import polars

OURS, PUBLISHED = "ours", "published"  # the judges
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One graded response.

    An outcome of ours is an attribute by its name (`record.hard`, `record.joint`: `bridle.outcomes`
    lists them), one of the published judge by `upstream_` before it. A value is None only where there
    is nothing to judge: no constraints, no reference answer or an undecidable one, or no response at
    all (`status == "error"`). Truncated, refused and empty responses are failures.
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
    read_how: str = "plain"  # what decided the reading, a key of `responses.READ_HOW`
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
    found: str | None  # the final answer as it stands there; None without a reference
    found_how: str | None = None  # "boxed", "phrase", ..., "none stated"; None: not looked for
    equality: str | None  # how it was decided: "exact", "algebra", "worker", "undecided", ...
    # every outcome by either judge: {"judge": "ours" | "published", "name", "value", "text", "why"}
    outcomes: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    # the published judge's verdicts, where the item is a peer's; None where they cannot run here
    upstream_verdicts: list[bool | None] | None = None
    # where in a drawing, and how it was drawn
    turn: int = 0
    fork: str = ""  # the name of a side question
    factors: dict[str, Any] = field(default_factory=dict[str, Any])  # the arm's and the study's
    steps: int = 1  # requests that the turn took
    finish_reasons: list[str | None] = field(default_factory=list[str | None])  # of each step
    authors: list[list[Any]] = field(default_factory=list[list[Any]])  # [start, end, who] in `raw`
    raw: str | None = None  # the assistant's turn as a whole, where an arm wrote a part of it
    sent: dict[str, Any] | None = None  # the body of the last request, as it was sent
    parent: str | None = None  # the call whose reply this is, where the same was asked before
    bridle_version: str

    def __getattr__(self, name: str) -> Any:
        judge, _, of = name.partition("upstream_")
        wanted = (PUBLISHED, of) if not judge and of else (OURS, name)
        if wanted[1] in registry.OUTCOMES:
            rows = [o for o in self.outcomes if (o["judge"], o["name"]) == wanted]
            return typed(rows[0]) if rows else None
        raise AttributeError(f"{type(self).__name__!r} has no attribute {name!r}")


def outcome_row(found: Outcome, judge: str = OURS) -> dict[str, Any]:
    """An outcome as the table holds it: a number (yes is 1) or a text."""
    value = found.value
    text = value if isinstance(value, str) else None
    number = None if value is None or isinstance(value, str) else float(value)
    return {"judge": judge, "name": found.name, "value": number, "text": text, "why": found.why}


def outcome_rows(**values: Any) -> list[dict[str, Any]]:
    """Outcomes by their names as a record holds them: `outcome_rows(hard=True, upstream_hard=False)`."""
    rows: list[dict[str, Any]] = []
    for name, value in values.items():
        judge = PUBLISHED if name.startswith("upstream_") else OURS
        rows.append(outcome_row(Outcome(name.removeprefix("upstream_"), value), judge))
    return rows


def typed(row: Mapping[str, Any]) -> Any:
    """The value of an outcome's row in its own type."""
    kind = registry.OUTCOMES.get(row["name"])
    if row.get("text") is not None:
        return row["text"]
    if row["value"] is None or kind is None:
        return row["value"]
    if kind.kind == "truth":
        return bool(row["value"])
    return row["value"]


def record_of(
    item: Item,
    response: Response,
    grade: Grade,
    *,
    model: str,
    sample: int,
    condition: Condition | None = None,
    arm: str = "plain",
    factors: Mapping[str, Any] | None = None,
    turn: Turn | None = None,
    upstream: UpstreamGrade | None = None,
    error: str | None = None,
    tokens_in: int | None = None,
    tokens_out: int | None = None,
    latency_s: float | None = None,
) -> Record:
    """The row for a graded response; `condition` is the grade's unless said otherwise.

    Each verdict gets its constraint's scope, family and parameters beside it, and the turn in which it
    was stated, so that the table can be read without the item. `turn` gives the counts of tokens, what
    was really sent, and who wrote what.
    """
    asked = condition or grade.condition
    theirs = upstream or UpstreamGrade()
    number = 0 if turn is None else turn.number
    stated = item.stated or (number,) * len(item.constraints)
    verdicts = [
        {
            **verdict.to_dict(),
            "scope": rule.scope,
            "family": rule.family,
            "params": rule.params(),
            "stated": since,
        }
        for rule, verdict, since in zip(item.constraints, grade.verdicts, stated, strict=True)
    ]
    outcomes = [outcome_row(found) for found in grade.outcomes]
    outcomes += [outcome_row(found, PUBLISHED) for found in published_outcomes(theirs)]
    more: dict[str, Any] = {}
    # a side question is asked in one way, under either condition
    prompt = item.prompt if turn is not None and turn.fork else item.prompt_for(asked)
    if turn is not None:
        tokens_in, tokens_out = turn.total("tokens_in"), turn.total("tokens_out")
        latency_s = turn.total("latency_s")
        mixed = len(turn.pieces) > 1
        sent = turn.last.sent
        prompt = prompt_sent(sent or {"messages": turn.last.asked().messages}) or prompt
        more = {
            "turn": number,
            "fork": turn.fork,
            "steps": len(turn.replies),
            "finish_reasons": list(turn.finish_reasons),
            "authors": [list(part) for part in authors(turn.pieces)] if mixed else [],
            "raw": "".join(piece.text for piece in turn.pieces) if mixed else None,
            "sent": None if sent is None else dict(sent),
            "parent": turn.last.parent,
        }
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
        prompt=prompt,
        reference=item.problem.answer,
        model=model,
        sample=sample,
        status=response.status,
        finish_reason=response.finish_reason,
        dialect=response.dialect,
        read_how=response.read_how,
        thinking=response.thinking,
        answer=response.answer,
        error=error,
        tokens_in=tokens_in,
        tokens_out=tokens_out,
        tokens_thinking=response.tokens_thinking,
        tokens_answer=response.tokens_answer,
        latency_s=latency_s,
        verdicts=verdicts,
        found=grade.found,
        found_how=grade.found_how,
        equality=grade.equality,
        outcomes=outcomes,
        upstream_verdicts=theirs.verdicts,
        factors=dict(factors or {}),
        bridle_version=__version__,
        **more,
    )


def published_outcomes(theirs: UpstreamGrade) -> list[Outcome]:
    """The outcomes that published rules have a value of their own for."""
    if theirs.verdicts is None:
        return []
    found = [Outcome(HARD.name, theirs.hard), Outcome(SOFT.name, theirs.soft)]
    if theirs.loose:
        known = [verdict for verdict in theirs.loose if verdict is not None]
        whole = len(known) == len(theirs.loose)
        share = sum(known) / len(known) if whole else None
        hard = all(known) if whole or False in known else None
        found += [Outcome(HARD_LOOSE.name, hard), Outcome(SOFT_LOOSE.name, share)]
    return found


def prompt_sent(sent: Mapping[str, Any] | None) -> str | None:
    """The prompt in what was sent, as text: the one user message, or every message with its role."""
    if not sent:
        return None
    messages: Any = sent.get("messages")
    if isinstance(messages, list | tuple) and messages:
        said = [(str(m["role"]), str(m.get("content"))) for m in messages]  # pyright: ignore
        if len(said) == 1:
            return said[0][1]
        return "\n\n".join(f"[{role}]\n{content}" for role, content in said)
    prompt = sent.get("prompt")
    return prompt if isinstance(prompt, str) else None


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
            "stated": whole,
        }
    )
    outcome = pl.Struct({"judge": text, "name": text, "value": real, "text": text, "why": text})
    by_kind: dict[str, polars.DataType] = {
        "str": text,
        "str | None": text,
        "int": whole,
        "int | None": whole,
        "float | None": real,
        "bool | None": truth,
        "list[bool | None] | None": pl.List(truth),
        "list[str | None]": pl.List(text),
        "list[dict[str, Any]]": pl.List(verdict),
        # whatever has no fixed shape is one JSON text
        "list[list[Any]]": text,
        "dict[str, Any]": text,
        "dict[str, Any] | None": text,
    }
    columns = {f.name: by_kind[str(f.type)] for f in dataclasses.fields(Record)}
    return {**columns, "outcomes": pl.List(outcome)}


def frame_of(records: Iterable[Record]) -> polars.DataFrame:
    """The records as a polars frame with the table's schema; characters no file can hold become U+FFFD."""
    import polars as pl

    return pl.DataFrame([_row(r) for r in records], schema=schema(), orient="row")


def _row(record: Record) -> dict[str, Any]:
    row = {f.name: clean(getattr(record, f.name)) for f in dataclasses.fields(record)}
    row["verdicts"] = [
        {
            "stated": 0,
            **v,
            "observed": _json(v["observed"]),
            "params": _json(v.get("params", {})),
        }
        for v in row["verdicts"]
    ]
    for name in ("authors", "factors", "sent"):
        row[name] = None if row[name] is None else _json(row[name])
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
