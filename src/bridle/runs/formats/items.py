"""A row's fields → the item it asks: MathIF's spelling, IFEval's, or ours; and a file of items.

    {"question", "answer", "constraint_name": ["family:type"], "constraint_args": [{…}|null], "constraint_desc": ["…"]}
    the same with ReasonIF's prompt, which says that the rule is about the reasoning
    {"prompt", "instruction_id_list": ["family:type"], "kwargs": [{…}]}
    {"question", "answer", "constraints": [{"type": "words", "at_most": 300}]}

An instruction without a counterpart here keeps its place as `NotJudged`; one whose parameters make
no sense makes the row unusable, since nobody knows what was asked.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, cast

from bridle.benchmarks.item import CONDITIONS, Condition, Item, PeerConstraint
from bridle.benchmarks.layout import ask
from bridle.constraints import Constraint, from_peer, from_spec
from bridle.constraints.catalogue import PEERS
from bridle.errors import BridleError, DataError, nearest
from bridle.grading import NotJudged
from bridle.problems.base import Problem
from bridle.runs.formats.given import Bad, Given, Unusable, key_of, shown
from bridle.runs.formats.replies import row_key

GROUPS = {1: "single", 2: "double", 3: "triple"}
Named = tuple[str, Mapping[str, Any], str]  # a peer's id, its arguments, the instruction in words


def item_of(fields: Mapping[str, Any], *, name: str) -> Item:
    """The item that the fields hold; `name` is its id.

    Raises:
        Unusable: there is nothing to judge by, or a field is not what it must be.
    """
    if fields.get("constraint_name") is not None:
        return _mathif(fields, name)
    if fields.get("instruction_id_list") is not None:
        return _ifeval(fields, name)
    return _ours(fields, name)


def fields_of(item: Item, condition: Condition) -> dict[str, Any]:
    """What `item_of` reads, as plain JSON values: an item that travels with its responses."""
    problem = item.problem
    shared = {
        "item": item.id,
        "question": problem.question,
        "answer": problem.answer,
        "problem": problem.id,
        "source": problem.source,
        "difficulty": problem.difficulty,
        "condition": condition,
    }
    ids, kwargs = [peer.id for peer in item.peer], [dict(peer.kwargs) for peer in item.peer]
    if item.peer and item.bare_prompt is None:  # one text, as IFEval's
        return shared | {"prompt": item.prompt, "instruction_id_list": ids, "kwargs": kwargs}
    if item.peer:
        return shared | {
            "constraint_name": ids,
            "constraint_args": kwargs,
            "constraint_desc": [peer.text for peer in item.peer],
            **({"prompt": item.prompt} if item.benchmark == "reasonif" else {}),
        }
    return shared | {
        "constraints": [rule.spec() for rule in item.constraints],
        "prompt": item.prompt,
        "bare_prompt": item.bare_prompt,
        "benchmark": item.benchmark,
        "group": item.group,
    }


def holds_item(fields: Mapping[str, Any]) -> bool:
    """Whether the fields say what is to be judged."""
    known = ("constraint_name", "instruction_id_list", "constraints", "answer")
    return any(fields.get(field) is not None for field in known)


# -- the three spellings ----------------------------------------------------------------------------


def _mathif(fields: Mapping[str, Any], name: str) -> Item:
    from bridle.benchmarks.mathif import prompts
    from bridle.benchmarks.reasonif import parts

    question = _text(fields, "question")
    if question is None:
        raise Unusable("MathIF's fields need a question")
    ids = _texts(fields, "constraint_name")
    words = _texts(fields, "constraint_desc") if fields.get("constraint_desc") is not None else []
    named = _named(fields, "constraint_name", "constraint_args", ids, words)
    asked = _text(fields, "prompt") or ""
    reasoned = parts(asked)  # ReasonIF has the same fields, and rules about the thinking
    benchmark = "mathif" if reasoned is None else "reasonif"
    rules = tuple(_peer(n, benchmark) for n in named)
    prompt, bare = prompts(question, words or [rule.describe() for rule in rules])
    return Item(
        id=name,
        problem=_problem(fields, name, question),
        constraints=rules,
        prompt=asked or prompt,
        bare_prompt=bare if reasoned is None else reasoned[0],
        benchmark=benchmark,
        group=_text(fields, "group") or GROUPS.get(len(rules), f"{len(rules)} constraints"),
        peer=tuple(PeerConstraint(*n) for n in named),
    )


def _ifeval(fields: Mapping[str, Any], name: str) -> Item:
    prompt = _text(fields, "prompt")
    if prompt is None:
        raise Unusable("IFEval's fields need a prompt")
    ids = _texts(fields, "instruction_id_list")
    named = _named(fields, "instruction_id_list", "kwargs", ids, [])
    benchmark = _peers_name(ids)
    return Item(
        id=name,
        problem=_problem(fields, name, _text(fields, "question") or prompt),
        constraints=tuple(_peer(n, benchmark) for n in named),
        prompt=prompt,
        bare_prompt=_text(fields, "bare_prompt") or prompt,
        benchmark=benchmark,
        group=_text(fields, "group") or "",
        peer=tuple(PeerConstraint(*n) for n in named),
    )


def _ours(fields: Mapping[str, Any], name: str) -> Item:
    if not holds_item(fields):
        raise Unusable(
            "nothing to judge by: neither constraints nor an answer in the row, and no --items FILE"
        )
    question = _text(fields, "question") or _text(fields, "prompt") or ""
    rules = tuple(_rule(spec) for spec in _list(fields, "constraints"))
    bare = _text(fields, "bare_prompt") or ask(question, [])
    return Item(
        id=name,
        problem=_problem(fields, name, question),
        constraints=rules,
        prompt=_text(fields, "prompt") or ask(question, [rule.describe() for rule in rules]),
        bare_prompt=bare,
        benchmark=_text(fields, "benchmark") or "custom",
        group=_text(fields, "group") or "",
    )


def _problem(fields: Mapping[str, Any], name: str, question: str) -> Problem:
    difficulty = fields.get("difficulty")
    number = isinstance(difficulty, int | float) and not isinstance(difficulty, bool)
    return Problem(
        id=key_of(fields.get("problem")) or name,
        question=question,
        answer=_reference(fields.get("answer")),
        source=_text(fields, "source") or "",
        difficulty=float(cast(float, difficulty)) if number else None,
    )


def _reference(answer: Any) -> str | None:
    """The reference answer as text; of a worked solution (GSM8K's `… #### 18`) its last line's."""
    if answer is None:
        return None
    if isinstance(answer, list) and len(answer) == 1:  # pyright: ignore[reportUnknownArgumentType]
        answer = answer[0]  # pyright: ignore[reportUnknownVariableType]
    if isinstance(answer, bool) or not isinstance(answer, str | int | float):
        raise Unusable(f"answer must be a text or a number, this is {shown(answer)}")
    text = str(answer).strip()
    if "####" in text:
        text = text.rpartition("####")[2].strip()
    return text or None


# -- constraints ------------------------------------------------------------------------------------


def _named(
    fields: Mapping[str, Any], name: str, beside: str, ids: list[str], words: list[str]
) -> list[Named]:
    """Ids with their arguments and words; a null argument is one that was not given."""
    given = _list(fields, beside) if fields.get(beside) is not None else [None] * len(ids)
    if len(given) != len(ids):
        raise Unusable(f"{beside} has {len(given)} entries for {len(ids)} in {name}")
    if words and len(words) != len(ids):
        raise Unusable(f"constraint_desc has {len(words)} entries for {len(ids)} in {name}")
    named: list[Named] = []
    for i, peer_id in enumerate(ids):
        args = _decoded(given[i]) or {}
        if not isinstance(args, Mapping):
            raise Unusable(f"{beside}: the arguments of {peer_id} are {shown(args)}")
        known = {str(k): v for k, v in args.items() if v is not None}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
        named.append((peer_id, known, words[i] if words else ""))
    return named


def _peers_name(ids: list[str]) -> str:
    """Which benchmark speaks of instructions by these ids; its published rules are then known."""
    from bridle.upstream import ifbench, instructions

    return "ifbench" if set(ids) & (set(ifbench.RULES) - set(instructions.rules())) else "ifeval"


def _peer(named: Named, benchmark: str) -> Constraint:
    peer_id, args, words = named
    if peer_id not in PEERS:
        return NotJudged(peer_id=peer_id, text=words)
    try:
        return from_peer(peer_id, args, benchmark=benchmark)
    except BridleError as error:
        raise Unusable(_one_line(error)) from error
    except (TypeError, ValueError, AttributeError) as error:  # arguments of a shape nobody expects
        raise Unusable(f"{peer_id}: its arguments cannot be read ({error})") from error


def _rule(spec: Any) -> Constraint:
    spec = _decoded(spec)
    if not isinstance(spec, Mapping):
        raise Unusable(
            f'a constraint must be an object like {{"type": "words", "at_most": 300}}, this is {shown(spec)}'
        )
    given = {str(k): v for k, v in spec.items() if v is not None}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    try:
        return from_spec(given)
    except BridleError as error:
        raise Unusable(_one_line(error)) from error
    except (TypeError, ValueError, AttributeError) as error:
        raise Unusable(
            f"constraint {shown(spec)}: its parameters cannot be read ({error})"
        ) from error


def _one_line(error: BridleError) -> str:
    return error.what + (f" Expected: {error.expected}" if error.expected else "")


# -- a file of items --------------------------------------------------------------------------------


class Items:
    """The items of `--items FILE`, found by key where they have one, else by line."""

    def __init__(self, rows: Iterable[tuple[str, int, Mapping[str, Any]] | Bad], file: str) -> None:
        self.file = file
        self._in_order: list[Item | Bad] = []
        self._keys: list[str | None] = []
        self._places: dict[str, list[int]] = {}
        for place, row in enumerate(rows):
            if isinstance(row, Bad):
                self._in_order.append(row)
                self._keys.append(None)
                continue
            name, number, fields = row
            key = row_key(fields)
            self._keys.append(key)
            if key is not None:
                self._places.setdefault(key, []).append(place)
            try:
                self._in_order.append(item_of(fields, name=key or str(number)))
            except Unusable as reason:
                self._in_order.append(Bad(name, number, str(reason)))
        if not self._in_order:
            raise DataError(f"{file} holds no items.", expected="one item a line")

    def __len__(self) -> int:
        return len(self._in_order)

    def by_key(self, key: str | None) -> bool:
        """Whether a row of that key is looked up by it, rather than by its line."""
        return key is not None and bool(self._places)

    def answered(self, given: Given, place: int) -> Item:
        """The item that a row answers; `find` with the row's key."""
        return self.find(given.key, place)

    def find(self, key: str | None, place: int) -> Item:
        """The item of that key, or the one on the row's own line (`place`, from 0).

        Raises:
            Unusable: there is none, several have the key, or its line in the file is bad.
        """
        if key is not None and self._places:
            places = self._places.get(key)
            if places is None:
                near = nearest(key, self._places)
                raise Unusable(
                    f"no item has the key {key[:60]!r}"
                    + (f"; the nearest is {near!r}" if near else "")
                )
            if len(places) > 1 and place not in places:
                raise Unusable(f"{len(places)} items have the key {key[:60]!r}")
            place = place if len(places) > 1 else places[0]
        if place >= len(self._in_order):
            raise Unusable(f"there is no item on its line: {self.file} has {len(self)}")
        found = self._in_order[place]
        if isinstance(found, Bad):
            raise Unusable(f"its item is unusable ({found})")
        return found


def condition_of(fields: Mapping[str, Any]) -> Condition:
    """Which prompt was asked: the row's `condition`, "with" the constraints unless it says "without"."""
    value = fields.get("condition")
    if value is None:
        return "with"
    if value not in CONDITIONS:
        raise Unusable(f"condition must be with or without, this is {shown(value)}")
    return cast(Condition, value)


# -- fields -----------------------------------------------------------------------------------------


def _text(fields: Mapping[str, Any], name: str) -> str | None:
    value = fields.get(name)
    if value is None or isinstance(value, str):
        return value
    if name in ("source", "group", "benchmark"):
        return key_of(value)
    raise Unusable(f"{name} must be a text, this is {shown(value)}")


def _list(fields: Mapping[str, Any], name: str) -> list[Any]:
    value = _decoded(fields.get(name))
    if value is None:
        return []
    if not isinstance(value, list):
        raise Unusable(f"{name} must be a list, this is {shown(value)}")
    return value  # pyright: ignore[reportUnknownVariableType]


def _texts(fields: Mapping[str, Any], name: str) -> list[str]:
    values = _list(fields, name)
    for value in values:
        if not isinstance(value, str):
            raise Unusable(f"{name} must be a list of texts, it holds {shown(value)}")
    return values


def _decoded(value: Any) -> Any:
    """Tables without nested columns hold them as JSON text."""
    if isinstance(value, str):
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            return value
    return value
