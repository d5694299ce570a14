"""A problem, and the item that asks it: problem + constraints + the prompt that says so.

problem = Problem(id="gsm8k_single:3", question="...", answer="18", source="gsm8k")
item = Item(id="gsm8k_single:3", problem=problem, constraints=(WordCount(at_most=300),),
            prompt="...", bare_prompt="...", benchmark="mathif")
"""

from __future__ import annotations

from collections.abc import Mapping
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
class Item:
    """A problem under constraints, with both prompts: the one that states them and the bare one.

    `condition="without"` asks the same problem with the bare prompt; its answers give the floor
    of every constraint. It is None where the question cannot be told from its constraints (IFEval).
    `peer` runs parallel to `constraints` where the item is another project's.
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


def group_of(constraints: int) -> str:
    """What items with so many constraints are called: single, double, triple, else the number."""
    return GROUPS.get(constraints, str(constraints))
