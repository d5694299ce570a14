"""The user's own prompts and rules in a YAML or JSON file: a benchmark by its path.

    items:
      - prompt: "Summarise the news in one sentence. {constraints}"
        constraints: [no_comma, {words: {at_most: 30}}]

`bridle init` writes an example with every key. The rules are said where `{constraints}` stands, else at
the end; the bare prompt is the same text without them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bridle.benchmarks.base import Benchmark
from bridle.benchmarks.files.hub import sha256
from bridle.benchmarks.files.marked import Marked, read
from bridle.benchmarks.item import Item
from bridle.benchmarks.order import first
from bridle.benchmarks.prompts import ANSWER_FORMAT
from bridle.benchmarks.turns import Rule, of_turns
from bridle.constraints import from_spec
from bridle.errors import ConstraintError, DataError

SUFFIXES = (".yaml", ".yml", ".json")
_TOP = ("items", "system", "constraints")
_ITEM = (
    "id", "prompt", "question", "messages", "answer", "constraints", "system", "source", "group",
    "difficulty",
)  # fmt: skip
_SAID = "say"  # a rule's own wording, beside its parameters
_EXAMPLE = "no_comma, or {words: {at_most: 300}}"


def load(path: Path, *, limit: int | None = None) -> Benchmark:
    """The items of the file, in its order.

    Raises:
        DataError: the file cannot be read, or says something that is no item: with line and key.
    """
    top = read(path).fields(_TOP)
    if "items" not in top:
        raise DataError(f"{path.name} has no items.", expected="items: a list", hint="bridle init")
    system = top["system"].text() if "system" in top else None
    shared = _rules(top["constraints"]) if "constraints" in top else []
    items: list[Item] = []
    lines: dict[str, int] = {}
    for place, member in enumerate(top["items"].list(), start=1):
        item = _item(member, str(place), system, shared)
        if item.id in lines:
            what = f"the id {item.id!r} is that of line {lines[item.id]} too."
            raise member.bad(what, "ids that differ, or none")
        lines[item.id] = member.line
        items.append(item)
    if not items:
        raise top["items"].bad("there are no items.", "at least one", "bridle init")
    return Benchmark(
        name=str(path),
        items=first(items, limit),
        provenance={"file": path.name, "sha256": sha256(path)},
    )


def _item(member: Marked, place: str, system: str | None, shared: list[Rule]) -> Item:
    fields = member.fields(_ITEM)
    asked = [key for key in ("prompt", "question", "messages") if key in fields]
    if len(asked) != 1:
        raise member.bad("it is not clear what is asked.", "one of: prompt, question, messages")
    rules = shared + (_rules(fields["constraints"]) if "constraints" in fields else [])
    texts = {
        key: fields[key].text() for key in ("id", "answer", "source", "group") if key in fields
    }
    system = fields["system"].text() if "system" in fields else system
    if asked == ["messages"]:
        turns, own = _turns(fields["messages"])
        system = own or system
    else:
        turns = [fields[asked[0]].text()]
        if asked == ["question"]:
            turns = [f"{turns[0]}\n{ANSWER_FORMAT}"]
    return of_turns(
        texts.get("id", place),
        turns,
        rules,
        question=fields["question"].text() if "question" in fields else None,
        answer=texts.get("answer"),
        source=texts.get("source", ""),
        difficulty=_number(fields["difficulty"]) if "difficulty" in fields else None,
        group=texts.get("group", ""),
        system=system,
    )


def _turns(messages: Marked) -> tuple[list[str], str | None]:
    """The user's turns, and the system message if there is one at the head."""
    system, turns = None, []
    for place, message in enumerate(messages.list()):
        fields = message.fields(("role", "content"))
        if absent := [key for key in ("role", "content") if key not in fields]:
            raise message.bad(f"the key {absent[0]!r} is missing.", "role and content")
        role = fields["role"].text()
        if role == "system" and place == 0:
            system = fields["content"].text()
        elif role == "user":
            turns.append(fields["content"].text())
        else:
            raise fields["role"].bad(
                f"the role {role!r} is not possible here.",
                "user (the model answers after each), or system as the first message",
            )
    if not turns:
        raise messages.bad("nobody asks anything.", "at least one message of the user")
    return turns, system


def _rules(given: Marked) -> list[Rule]:
    return [_rule(member) for member in given.list()]


def _rule(member: Marked) -> Rule:
    """`no_comma`, `{words: {at_most: 30}}` or `{type: words, at_most: 30}`; `say` words it anew."""
    if member.is_scalar:
        return _made(member, {"type": member.text()}, {})
    fields = member.fields()
    if "type" not in fields:
        if len(fields) != 1:
            raise member.bad("it is not clear which rule this is.", _EXAMPLE)
        ((name, inner),) = fields.items()
        fields = {} if inner.is_scalar and inner.plain() is None else inner.fields()
        return _made(member, {"type": name}, fields)
    return _made(member, {}, fields)


def _made(member: Marked, spec: dict[str, Any], fields: dict[str, Marked]) -> Rule:
    own = fields[_SAID].text() if _SAID in fields else None
    spec |= {key: value.plain() for key, value in fields.items() if key != _SAID}
    try:
        rule = from_spec(spec)
    except ConstraintError as error:
        at = next(
            (fields[key] for key in fields if f" {key}=" in error.what or repr(key) in error.what),
            member,
        )
        raise at.bad(error.what, error.expected or _EXAMPLE, error.hint) from error
    except (TypeError, ValueError, AttributeError, OverflowError, RecursionError) as error:
        raise member.bad(f"its parameters cannot be read ({error}).", _EXAMPLE) from error
    return rule, own or rule.describe()


def _number(given: Marked) -> float:
    value = given.plain()
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise given.bad("this is no number.", "a number")
    return float(value)
