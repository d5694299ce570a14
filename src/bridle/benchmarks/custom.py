"""The user's own items: a JSONL file with a question, its answer and constraints a line.

    {"question": "What is 2+2?", "answer": "4", "constraints": [{"type": "words", "at_most": 30}]}

Optional fields: `id` (else the line), `source`, `difficulty`, `group`, and `prompt` with
`bare_prompt` where the wording of ours is not wanted. `bridle list constraints` names the types.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bridle.benchmarks.base import Benchmark
from bridle.benchmarks.hub import sha256
from bridle.benchmarks.item import Item, group_of
from bridle.benchmarks.layout import ask
from bridle.benchmarks.order import first
from bridle.benchmarks.rows import Row, gather, lines_of
from bridle.constraints import Constraint, from_spec
from bridle.errors import BridleError, ConstraintError, DataError
from bridle.problems.base import Problem

KNOWN = (
    "id",
    "question",
    "answer",
    "constraints",
    "source",
    "difficulty",
    "group",
    "prompt",
    "bare_prompt",
)


def load(*, data: Path | str | None, limit: int | None = None) -> Benchmark:
    """The items of the file, in its order.

    Raises:
        BridleError: no file is named.
        DataError: the file cannot be read, or none of its rows can.
    """
    if data is None:
        raise BridleError(
            "The benchmark 'custom' needs your file.",
            expected="JSONL with question, answer and constraints",
            hint="--data FILE",
        )
    path = Path(data)
    items, bad = gather(lines_of(path), _item, path.name)
    return Benchmark(
        name="custom",
        items=first(items, limit),
        provenance={"file": path.name, "sha256": sha256(path)},
        bad_rows=tuple(bad),
    )


def _item(row: Row) -> Item:
    if unknown := [name for name in row.values if name not in KNOWN]:
        raise DataError(
            f"{row.where}: unknown field {unknown[0]!r}.", expected="of: " + ", ".join(KNOWN)
        )
    question = row.text("question")
    key = str(row.values.get("id", row.line))
    constraints = tuple(_constraint(row, spec) for spec in row.objects("constraints"))
    given = {name: row.text(name) for name in ("prompt", "bare_prompt") if name in row.values}
    if len(given) == 1:
        raise row.bad("bare_prompt" if "prompt" in given else "prompt", "both prompts, or none")
    return Item(
        id=key,
        problem=Problem(
            id=key,
            question=question,
            answer=_answer(row),
            source=row.text("source") if "source" in row.values else "",
            difficulty=_number(row, "difficulty"),
        ),
        constraints=constraints,
        prompt=given.get("prompt") or ask(question, [c.describe() for c in constraints]),
        bare_prompt=given.get("bare_prompt") or ask(question, []),
        benchmark="custom",
        group=row.text("group") if "group" in row.values else group_of(len(constraints)),
    )


def _answer(row: Row) -> str | None:
    value = row.values.get("answer")
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise row.bad("answer", "a text or a number; null or absent where there is none")
    return str(value)


def _number(row: Row, field: str) -> float | None:
    value = row.values.get(field)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise row.bad(field, "a number")
    return float(value)


def _constraint(row: Row, spec: dict[str, Any]) -> Constraint:
    if "type" not in spec:
        raise row.bad("constraints", 'objects with a type: {"type": "words", "at_most": 300}')
    try:
        return from_spec(spec)
    except ConstraintError as error:
        raise DataError(
            f"{row.where}: {error.what}", expected=error.expected, hint=error.hint
        ) from error
