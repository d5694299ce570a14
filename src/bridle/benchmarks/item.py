"""A problem, and the item that asks it: problem + constraints + the prompt that says so.

problem = Problem(id="gsm8k_single:3", question="...", answer="18", source="gsm8k")
item = Item(id="gsm8k_single:3", problem=problem, constraints=(WordCount(at_most=300),),
            prompt="...", bare_prompt="...", benchmark="mathif")
item.asks      -> (Ask(prompt="...", bare_prompt="...", constraints=(...), answer="18"),)

An item of several turns is made by `conversation`, whose standing constraints are in force in every
turn; `item.at(2)` is its third turn as an item of one, which is what is graded.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from bridle.constraints import Constraint
from bridle.errors import BridleError
from bridle.problems.base import Problem

Condition = Literal["with", "without"]
CONDITIONS: tuple[Condition, ...] = ("with", "without")
GROUPS = {0: "none", 1: "single", 2: "double", 3: "triple"}


@dataclass(frozen=True, slots=True)
class PeerConstraint:
    """A constraint as another project's file names it: kept so that its own rules can be applied."""

    id: str
    kwargs: Mapping[str, Any]
    text: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """One user turn: what is asked, with and without its constraints, and the reference answer.

    `constraints` are all that are in force in this turn. `stated` runs parallel to them and says in
    which turn (from 0) each was stated; empty: all in this one. `outcomes` names what is to be
    measured of the reply beyond the outcomes that every reply has (`bridle.outcomes`).
    """

    prompt: str
    bare_prompt: str | None = None
    constraints: tuple[Constraint, ...] = ()
    answer: str | None = None
    peer: tuple[PeerConstraint, ...] = ()
    stated: tuple[int, ...] = ()
    outcomes: tuple[str, ...] = ()
    metadata: Mapping[str, Any] = field(default_factory=dict[str, Any])

    def prompt_for(self, condition: Condition) -> str:
        """The prompt of that condition.

        Raises:
            BridleError: the ask has no prompt without its constraints.
        """
        if condition == "with":
            return self.prompt
        if self.bare_prompt is None:
            raise BridleError(
                "This question has no prompt without its constraints.",
                expected='the condition "with"',
                hint="--conditions with",
            )
        return self.bare_prompt


@dataclass(frozen=True, slots=True)
class Item:
    """A problem under constraints, with both prompts: the one that states them and the bare one.

    `condition="without"` asks the same problem with the bare prompt; its answers give the floor
    of every constraint. It is None where the question cannot be told from its constraints (IFEval).
    `peer` runs parallel to `constraints` where the item is another project's.

    `later` are the asks of further turns, `system` is the system message of the conversation;
    prompt, constraints, peer, outcomes and the problem's answer are those of the first turn.
    """

    id: str
    problem: Problem
    constraints: tuple[Constraint, ...]
    prompt: str
    bare_prompt: str | None
    benchmark: str
    group: str = ""  # e.g. single, double, triple
    peer: tuple[PeerConstraint, ...] = ()
    metadata: Mapping[str, Any] = field(default_factory=dict[str, Any])
    later: tuple[Ask, ...] = ()
    system: str | None = None
    outcomes: tuple[str, ...] = ()
    stated: tuple[int, ...] = ()

    @property
    def asks(self) -> tuple[Ask, ...]:
        """Every turn of the item, the first one first."""
        first = Ask(
            prompt=self.prompt,
            bare_prompt=self.bare_prompt,
            constraints=self.constraints,
            answer=self.problem.answer,
            peer=self.peer,
            stated=self.stated,
            outcomes=self.outcomes,
            metadata=self.metadata,
        )
        return (first, *self.later)

    def at(self, turn: int) -> Item:
        """That turn (from 0) as an item of one turn.

        Raises:
            BridleError: the item has fewer turns.
        """
        if turn == 0:
            return dataclasses.replace(self, later=()) if self.later else self
        if not 0 <= turn <= len(self.later):
            raise BridleError(f"{self.id} has no turn {turn}.", expected=f"0 to {len(self.later)}")
        return self.asking(self.later[turn - 1])

    def asking(self, ask: Ask) -> Item:
        """The item with that ask in place of its own: a later turn, or a side question."""
        return dataclasses.replace(
            self,
            problem=dataclasses.replace(self.problem, answer=ask.answer),
            constraints=ask.constraints,
            prompt=ask.prompt,
            bare_prompt=ask.bare_prompt,
            peer=ask.peer,
            metadata=ask.metadata,
            outcomes=ask.outcomes,
            stated=ask.stated,
            later=(),
        )

    def prompt_for(self, condition: Condition) -> str:
        """The prompt of that condition.

        Raises:
            BridleError: the item has no prompt without its constraints.
        """
        if condition == "with":
            return self.prompt
        if self.bare_prompt is None:
            raise BridleError(
                f"{self.benchmark} {self.id} has no prompt without its constraints.",
                expected='the condition "with"',
                hint="--conditions with",
            )
        return self.bare_prompt

    @property
    def has_bare(self) -> bool:
        """Whether every turn can be asked without its constraints."""
        return all(ask.bare_prompt is not None for ask in self.asks)


def conversation(
    id: str,
    problem: Problem,
    asks: Sequence[Ask],
    *,
    benchmark: str,
    standing: Sequence[Constraint] = (),
    since: int = 0,
    system: str | None = None,
    group: str = "",
    metadata: Mapping[str, Any] | None = None,
) -> Item:
    """An item of several turns.

    Each ask's own constraints hold in its turn alone; `standing` ones hold from turn `since` on (the
    prompt of that turn, or `system`, must state them). `problem.answer` is replaced by the first
    ask's.

    Raises:
        BridleError: no asks.
    """
    if not asks:
        raise BridleError(f"The conversation {id} asks nothing.", expected="at least one Ask")
    turns: list[Ask] = []
    for number, ask in enumerate(asks):
        held = tuple(standing) if number >= since else ()
        stated = ask.stated or (number,) * len(ask.constraints)
        turns.append(
            dataclasses.replace(
                ask, constraints=(*ask.constraints, *held), stated=(*stated, *(since for _ in held))
            )
        )
    first, *later = turns
    return Item(
        id=id,
        problem=dataclasses.replace(problem, answer=first.answer),
        constraints=first.constraints,
        prompt=first.prompt,
        bare_prompt=first.bare_prompt,
        benchmark=benchmark,
        group=group,
        peer=first.peer,
        metadata={**(metadata or {}), **first.metadata},
        later=tuple(later),
        system=system,
        outcomes=first.outcomes,
        stated=first.stated,
    )


def group_of(constraints: int) -> str:
    """What items with so many constraints are called: single, double, triple, else the number."""
    return GROUPS.get(constraints, str(constraints))
