"""Item ids as the table needs them: one id is one item, and each of its samples has a number.

    asked = asked_of(item, row, model, condition, keyed=True)     # what naming needs of a row
    Names().settle(asked)      -> Settled(item="mathif:3", problem="mathif:3", first=0)
    Replay([...]).settle(asked)      -> what another process settled before

Names depend on the rows before, so rows are settled in their order; what that needs of a row is small,
and may be found by several processes at once.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple, Protocol

from bridle.benchmarks.item import Condition, Item
from bridle.scoring.compact import Digests, Texts
from bridle.scoring.formats import Given

HALF = 0xFFFF_FFFF  # the bits of a question's digest that are compared


class Asked(NamedTuple):
    """What naming needs of a row; texts that are only compared are 64-bit digests."""

    item: str  # the id before it is settled: the key, else the row's number
    problem: int  # question and reference answer
    question: int  # the same and the constraints
    prompt: int
    names_problem: str | None  # the problem's id, where the row gives one
    model: str
    condition: Condition
    responses: int
    first_sample: int
    keyed: bool
    place: str  # "file.jsonl:12"


class Settled(NamedTuple):
    """The ids of a row's item and problem, and the number of its first sample."""

    item: str
    problem: str
    first: int

    def named(self, item: Item) -> Item:
        problem = dataclasses.replace(item.problem, id=self.problem)
        return dataclasses.replace(item, id=self.item, problem=problem)


class Naming(Protocol):
    def settle(self, asked: Asked) -> Settled: ...


def asked_of(item: Item, row: Given, model: str, condition: Condition, *, keyed: bool) -> Asked:
    problem = _digest(item.problem.question or item.prompt, repr(item.problem.answer))
    return Asked(
        item=item.id,
        problem=problem,
        question=_digest(str(problem), repr(item.constraints)),
        prompt=_digest(item.prompt),
        names_problem=item.problem.id if item.problem.id != item.id else None,
        model=model,
        condition=condition,
        responses=len(row.replies),
        first_sample=row.first_sample,
        keyed=keyed,
        place=f"{Path(row.file).name}:{row.number}",
    )


def _digest(*texts: str) -> int:
    """The same in every process, which Python's own hash of a text is not."""
    whole = "\0".join(texts).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(whole, digest_size=8).digest(), "little")


class Names:
    """Settles rows one after the other; what it keeps is about 100 bytes for each distinct item.

    Without a key an item is its prompt, constraints and reference, and is called by the row where it
    was first met: k samples on k lines are k samples of it. With a key it is the key's; another
    question under a known key gets its file and line beside it (MathIF's own ids are not unique).
    A problem is its question, unless the row names one: samples and items of one question cluster.
    """

    def __init__(self) -> None:
        self._texts = Texts()  # ids, by their numbers
        self._asked = Digests()  # id -> question under constraints, its lower half
        self._renamed: dict[int, str] = {}  # id and question -> id, of the second question on
        self._prompts = Digests()  # prompt, question and constraints -> id
        self._questions = Digests()  # question and constraints -> id
        self._stated = Digests()  # ids that have a row with their constraints
        self._problems = Digests()  # question -> the first id that asks it
        self._samples = Digests()  # (model, id, condition) -> samples so far

    def settle(self, asked: Asked) -> Settled:
        name = asked.item if asked.keyed else self._unkeyed(asked)
        half = asked.question & HALF
        if self._asked.setdefault(hash(name), half) != half:
            place = f"{asked.item} ({asked.place})"
            name = self._renamed.setdefault(hash((name, asked.question)), place)
        if not asked.keyed:
            self._remember(asked, name)
        problem = asked.names_problem or self._first(self._problems, asked.problem, name)
        key = hash((asked.model, name, asked.condition))
        first = max(asked.first_sample, self._samples.get(key) or 0)
        self._samples.set(key, first + asked.responses)
        return Settled(name, problem, first)

    def _first(self, ids: Digests, key: int, name: str) -> str:
        """The id under that key; `name` if there was none."""
        known = ids.get(key)
        if known is None:
            ids.set(key, self._texts.add(name))
            return name
        return self._texts.get(known)

    def _known(self, ids: Digests, key: int) -> str | None:
        number = ids.get(key)
        return None if number is None else self._texts.get(number)

    def _unkeyed(self, asked: Asked) -> str:
        """The id of the item if it was met before; of a bare prompt, that of the same question."""
        alike = self._known(self._questions, asked.question)
        if asked.condition == "without":
            return alike or asked.item
        known = self._known(self._prompts, hash((asked.prompt, asked.question)))
        if known is None and alike is not None and hash(alike) not in self._stated:
            return alike  # so far asked without its constraints alone
        return known or asked.item

    def _remember(self, asked: Asked, name: str) -> None:
        self._first(self._questions, asked.question, name)
        if asked.condition == "with":
            self._first(self._prompts, hash((asked.prompt, asked.question)), name)
            self._stated.set(hash(name), 1)


class ByContent:
    """Names that depend on the row alone, for engines that see rows in any order.

    An item is its key, else a digest of its question and constraints; a problem is what the row calls it,
    else a digest of question and reference. Samples have the number that the row gives them.
    """

    def settle(self, asked: Asked) -> Settled:
        name = asked.item if asked.keyed else f"{asked.question:016x}"
        problem = asked.names_problem or f"{asked.problem:016x}"
        return Settled(name, problem, asked.first_sample)


class Replay:
    """Gives out again what was settled before, in the same order."""

    def __init__(self, settled: Iterable[Settled]) -> None:
        self._rest = iter(settled)

    def settle(self, asked: Asked) -> Settled:
        return next(self._rest)
