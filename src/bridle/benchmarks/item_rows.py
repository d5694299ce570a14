"""A row's fields → the item it asks: MathIF's spelling, IFEval's, or ours. For `run` and for `score`.

    {"question", "answer", "constraint_name": ["family:type"], "constraint_args": [{…}|null], "constraint_desc": ["…"]}
    the same with ReasonIF's prompt, which says that the rule is about the reasoning
    {"prompt", "instruction_id_list": ["family:type"], "kwargs": [{…}]}
    {"question", "answer", "constraints": [{"type": "words", "at_most": 300}]}

An instruction without a counterpart here keeps its place as `NotJudged`; one whose parameters make
no sense makes the row unusable, since nobody knows what was asked.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from bridle.benchmarks.fields import Unusable, decoded, key_of, list_of, shown, text_of, texts_of
from bridle.benchmarks.item import Condition, Item, PeerConstraint, group_of
from bridle.benchmarks.prompts import ask
from bridle.constraints import Constraint, from_peer, from_spec
from bridle.constraints.not_judged import NotJudged
from bridle.constraints.peers import peers
from bridle.errors import BridleError
from bridle.problems.base import Problem

MOST_NESTED = 40  # combinators within combinators; deeper ones would end in a RecursionError
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
    from bridle.benchmarks.mathif.items import prompts
    from bridle.benchmarks.reasonif.items import parts

    question = text_of(fields, "question")
    if question is None:
        raise Unusable("MathIF's fields need a question")
    ids = texts_of(fields, "constraint_name")
    words = texts_of(fields, "constraint_desc") if fields.get("constraint_desc") is not None else []
    named = _named(fields, "constraint_name", "constraint_args", ids, words)
    asked = text_of(fields, "prompt") or ""
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
        group=text_of(fields, "group") or group_of(len(rules)),
        peer=tuple(PeerConstraint(*n) for n in named),
    )


def _ifeval(fields: Mapping[str, Any], name: str) -> Item:
    prompt = text_of(fields, "prompt")
    if prompt is None:
        raise Unusable("IFEval's fields need a prompt")
    ids = texts_of(fields, "instruction_id_list")
    named = _named(fields, "instruction_id_list", "kwargs", ids, [])
    benchmark = _peers_name(ids)
    return Item(
        id=name,
        problem=_problem(fields, name, text_of(fields, "question") or prompt),
        constraints=tuple(_peer(n, benchmark) for n in named),
        prompt=prompt,
        bare_prompt=text_of(fields, "bare_prompt"),  # None: question and instructions are one text
        benchmark=benchmark,
        group=text_of(fields, "group") or group_of(len(named)),
        peer=tuple(PeerConstraint(*n) for n in named),
    )


def _ours(fields: Mapping[str, Any], name: str) -> Item:
    if not holds_item(fields):
        raise Unusable(
            "nothing to judge by: neither constraints nor an answer in the row, and no --items FILE"
        )
    question = text_of(fields, "question") or text_of(fields, "prompt") or ""
    rules = tuple(rule_of(spec) for spec in list_of(fields, "constraints"))
    bare = text_of(fields, "bare_prompt") or ask(question, [])
    return Item(
        id=name,
        problem=_problem(fields, name, question),
        constraints=rules,
        prompt=text_of(fields, "prompt") or ask(question, [rule.describe() for rule in rules]),
        bare_prompt=bare,
        benchmark=text_of(fields, "benchmark") or "custom",
        group=text_of(fields, "group") or group_of(len(rules)),
    )


def _problem(fields: Mapping[str, Any], name: str, question: str) -> Problem:
    return Problem(
        id=key_of(fields.get("problem")) or name,
        question=question,
        answer=reference_of(fields.get("answer")),
        source=text_of(fields, "source") or "",
        difficulty=difficulty_of(fields.get("difficulty")),
    )


def difficulty_of(value: Any) -> float | None:
    """A number, or None where there is none; a level in words is kept out of a column of numbers."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError as error:
        raise Unusable("difficulty is a number beyond 10^308") from error
    return number if math.isfinite(number) else None


def reference_of(answer: Any) -> str | None:
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
    given = list_of(fields, beside) if fields.get(beside) is not None else [None] * len(ids)
    if len(given) != len(ids):
        raise Unusable(f"{beside} has {len(given)} entries for {len(ids)} in {name}")
    if words and len(words) != len(ids):
        raise Unusable(f"constraint_desc has {len(words)} entries for {len(ids)} in {name}")
    named: list[Named] = []
    for i, peer_id in enumerate(ids):
        args = decoded(given[i]) or {}
        if not isinstance(args, Mapping):
            raise Unusable(f"{beside}: the arguments of {peer_id} are {shown(args)}")
        known = {str(k): v for k, v in args.items() if v is not None}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
        named.append((peer_id, known, words[i] if words else ""))
    return named


def _peers_name(ids: list[str]) -> str:
    """Which benchmark speaks of instructions by these ids; its published rules are then known."""
    from bridle.benchmarks.ifbench import published as ifbench
    from bridle.benchmarks.published import instructions

    return "ifbench" if set(ids) & (set(ifbench.RULES) - set(instructions.rules())) else "ifeval"


def _peer(named: Named, benchmark: str) -> Constraint:
    peer_id, args, words = named
    if peer_id not in peers():
        return NotJudged(peer_id=peer_id, text=words)
    try:
        return from_peer(peer_id, args, benchmark=benchmark)
    except BridleError as error:
        raise Unusable(_one_line(error)) from error
    except (TypeError, ValueError, AttributeError, OverflowError, RecursionError) as error:
        raise Unusable(f"{peer_id}: its arguments cannot be read ({error})") from error


def rule_of(spec: Any) -> Constraint:
    """The constraint of a spec in a file, or of its JSON.

    Raises:
        Unusable: it is none.
    """
    spec = decoded(spec)
    if not isinstance(spec, Mapping):
        raise Unusable(
            f'a constraint must be an object like {{"type": "words", "at_most": 300}}, this is {shown(spec)}'
        )
    given = {str(k): v for k, v in spec.items() if v is not None}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    if _depth(given) > MOST_NESTED:
        raise Unusable(f"a constraint nests more than {MOST_NESTED} deep")
    try:
        return from_spec(given)
    except BridleError as error:
        raise Unusable(_one_line(error)) from error
    except (TypeError, ValueError, AttributeError, OverflowError, RecursionError) as error:
        raise Unusable(
            f"constraint {shown(spec)}: its parameters cannot be read ({error})"
        ) from error


def _depth(value: Any) -> int:
    """How deep lists and objects nest, without recursion."""
    depth, level = 0, [value]
    while level and depth <= MOST_NESTED:
        inner: list[Any] = []
        for one in level:
            if isinstance(one, Mapping):
                inner += one.values()  # pyright: ignore[reportUnknownArgumentType]
            elif isinstance(one, list):
                inner += one
        level, depth = inner, depth + 1
    return depth


def _one_line(error: BridleError) -> str:
    return error.what + (f" Expected: {error.expected}" if error.expected else "")
