"""The user's own items: a JSONL file with a question, its answer and constraints a line.

    {"question": "What is 2+2?", "answer": "4", "constraints": [{"type": "words", "at_most": 30}]}

Optional fields: `id` (else the line), `problem` (items that share one are asked about the same problem,
and intervals are clustered by it), `source`, `difficulty`, `group`, and `prompt` with `bare_prompt`
where the wording of ours is not wanted. `bridle list constraints` names the types.
"""

from __future__ import annotations

from pathlib import Path

from bridle.benchmarks.base import Benchmark
from bridle.benchmarks.fields import Unusable, key_of
from bridle.benchmarks.files.hub import sha256
from bridle.benchmarks.item import Item
from bridle.benchmarks.item_rows import item_of
from bridle.benchmarks.order import first
from bridle.benchmarks.rows import Row, gather, lines_of
from bridle.errors import BridleError, DataError

EXPECTED = '{"question": "…", "answer": "…", "constraints": [{"type": "words", "at_most": 300}]}'
KNOWN = (
    "id",
    "problem",
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
    """The item as `bridle score` reads it too; more strictly, since a misspelt field would be asked."""
    if unknown := [name for name in row.values if name not in KNOWN]:
        raise DataError(
            f"{row.where}: unknown field {unknown[0]!r}.", expected="of: " + ", ".join(KNOWN)
        )
    for field in ("question", "constraints"):
        if row.values.get(field) is None:
            raise row.bad(field, "a text" if field == "question" else "a list of objects")
    difficulty = row.values.get("difficulty")
    if difficulty is not None and (
        isinstance(difficulty, bool) or not isinstance(difficulty, int | float)
    ):
        raise row.bad("difficulty", "a number")
    given = [name for name in ("prompt", "bare_prompt") if row.values.get(name) is not None]
    if len(given) == 1:
        raise row.bad("bare_prompt" if "prompt" in given else "prompt", "both prompts, or none")
    key = key_of(row.values.get("id")) or str(row.line)
    try:
        return item_of({k: v for k, v in row.values.items() if k != "id"}, name=key)
    except Unusable as reason:
        raise DataError(f"{row.where}: {reason}.", expected=EXPECTED) from reason
