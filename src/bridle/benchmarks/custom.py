"""The user's own items: a JSONL file with a question, its answer and constraints a line.

    {"question": "What is 2+2?", "answer": "4", "constraints": [{"type": "words", "at_most": 30}]}

Optional fields: `id` (else the line), `problem` (items that share one are asked about the same problem,
and intervals are clustered by it), `source`, `difficulty`, `group`, and `prompt` with `bare_prompt`
where the wording of ours is not wanted; a `prompt` in which `{constraints}` stands is its own bare one without it.
`system` is a system message; `messages`, in place of a question, are the user's turns: the model answers after
each, and `answer` is the last one's. `bridle list constraints` names the types.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

from bridle.benchmarks.base import Benchmark
from bridle.benchmarks.fields import Unusable, key_of, list_of, text_of
from bridle.benchmarks.files.hub import sha256
from bridle.benchmarks.item import Item
from bridle.benchmarks.item_rows import difficulty_of, item_of, reference_of, rule_of
from bridle.benchmarks.order import first
from bridle.benchmarks.rows import Row, gather, lines_of
from bridle.benchmarks.turns import PLACE, of_turns
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
    "system",
    "messages",
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
    own = row.values.get("messages") is not None or PLACE in str(row.values.get("prompt"))
    for field in ("constraints",) if own else ("question", "constraints"):
        if row.values.get(field) is None:
            raise row.bad(field, "a text" if field == "question" else "a list of objects")
    difficulty = row.values.get("difficulty")
    if difficulty is not None and (
        isinstance(difficulty, bool) or not isinstance(difficulty, int | float)
    ):
        raise row.bad("difficulty", "a number")
    key = key_of(row.values.get("id")) or str(row.line)
    system = row.values.get("system")
    if system is not None and (not isinstance(system, str) or not system.strip()):
        raise row.bad("system", "a text")
    if own:
        return _of_own_words(row, key)
    given = [name for name in ("prompt", "bare_prompt") if row.values.get(name) is not None]
    if len(given) == 1:
        raise row.bad("bare_prompt" if "prompt" in given else "prompt", "both prompts, or none")
    try:
        item = item_of({k: v for k, v in row.values.items() if k != "id"}, name=key)
        return dataclasses.replace(item, system=system)
    except Unusable as reason:
        raise DataError(f"{row.where}: {reason}.", expected=EXPECTED) from reason


def _of_own_words(row: Row, key: str) -> Item:
    """The item of a row with `messages`, or with a prompt that says where its rules go."""
    values = row.values
    for name in ("bare_prompt", *(("prompt", "question") if values.get("messages") else ())):
        if values.get(name) is not None:
            raise row.bad(name, "nothing beside messages or {constraints}")
    turns, system = (
        _turns(row) if values.get("messages") is not None else ([str(values["prompt"])], None)
    )
    try:
        rules = [rule_of(spec) for spec in list_of(values, "constraints")]
        return of_turns(
            key,
            turns,
            [(rule, rule.describe()) for rule in rules],
            problem=key_of(values.get("problem")),
            question=text_of(values, "question"),
            answer=reference_of(values.get("answer")),
            source=text_of(values, "source") or "",
            difficulty=difficulty_of(values.get("difficulty")),
            group=text_of(values, "group") or "",
            system=system or values.get("system"),
        )
    except Unusable as reason:
        raise DataError(f"{row.where}: {reason}.", expected=EXPECTED) from reason


def _turns(row: Row) -> tuple[list[str], str | None]:
    """The user's turns, and the system message if there is one at the head."""
    system, turns = None, []
    expected = 'a list of {"role": "user", "content": "…"}, one of role system before them'
    given: Any = row.values["messages"]
    for place, message in enumerate(given if isinstance(given, list) else [None]):
        said: Any = message if isinstance(message, dict) else {}
        content, role = said.get("content"), said.get("role")
        if not isinstance(content, str) or not content.strip():
            raise row.bad("messages", expected)
        if role == "system" and place == 0:
            system = content
        elif role == "user":
            turns.append(content)
        else:
            raise row.bad("messages", expected)
    if not turns:
        raise row.bad("messages", expected)
    return turns, system
