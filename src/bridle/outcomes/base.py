"""The registry of outcomes: what is measured of one graded turn, and how it is to be counted.

    HARD = register(OutcomeType(name="hard", label="HAcc", of=_hard, ...))
    HARD.of(judged)             -> Outcome("hard", True, "HAcc", "3 of 3 constraints obeyed")
    measure(judged)             -> every outcome that applies, in the registry's order

An outcome's name is spelled where it is registered and nowhere else: summaries, the page, the scorer
under Inspect and the JSON loop over `OUTCOMES`, and code that means one of them imports its type.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from bridle import plugins
from bridle.errors import BridleError, nearest

if TYPE_CHECKING:
    from bridle.benchmarks.item import Condition, Item
    from bridle.calls import Turn
    from bridle.constraints import Verdict
    from bridle.responses import Response

Value = bool | float | str | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """A named result of one graded turn; `value` is None where there is nothing to judge."""

    name: str
    value: Value
    label: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """All that is known of one reply when its outcomes are measured.

    `item` is the turn as an item of one; `verdicts` run parallel to its constraints, `left_out` says
    which of them no type here judges. `turn` is None where a response came from a file.
    """

    item: Item
    condition: Condition
    response: Response
    verdicts: tuple[Verdict, ...]
    left_out: tuple[bool, ...]
    found: str | None = None  # the final answer as it stands
    found_how: str | None = None  # how it was found, or "none stated"; None: not looked for
    correct: bool | None = None
    equality: str | None = None
    turn: Turn | None = None
    judge: str = "ours"

    @property
    def counted(self) -> list[Verdict]:
        """The verdicts of instructions that a type here judges."""
        return [v for v, out in zip(self.verdicts, self.left_out, strict=True) if not out]

    @property
    def status(self) -> str:
        return self.response.status

    @property
    def about(self) -> Mapping[str, Any]:
        """What the ask's author wrote down for the outcomes: `Ask.metadata`."""
        return self.item.metadata


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeType:
    """A kind of outcome: how it is measured on a turn, and how a table of turns is counted.

    `measure` gives the value and why, or None where the outcome does not apply.
    """

    name: str
    label: str  # as reports print it
    meaning: str  # one sentence
    measure: Callable[[Judged], tuple[Value, str] | None]
    kind: Literal["share", "truth", "number", "text"] = "truth"
    better: Literal["higher", "lower", "neither"] = "higher"
    # which records are in its denominator: all but errors, complete answers alone, or every one
    counts: Literal["answered", "complete", "all"] = "answered"
    # whether its value on answers to the bare prompt is a floor that it is set against
    floor: bool = False
    reduce: Literal["mean", "median", "sum"] = "mean"
    # always measured; False: only where an ask names it
    always: bool = True
    # whether published rules have a value of their own for it
    published: bool = False

    def of(self, judged: Judged) -> Outcome | None:
        """The outcome of that turn, or None where it does not apply."""
        found = self.measure(judged)
        return None if found is None else Outcome(self.name, found[0], self.label, found[1])


OUTCOMES: dict[str, OutcomeType] = {}


def register(kind: OutcomeType) -> OutcomeType:
    """Make a kind of outcome known.

    Raises:
        BridleError: another one has its name.
    """
    if kind.name in OUTCOMES and OUTCOMES[kind.name] != kind:
        raise BridleError(f"There are two outcomes named {kind.name!r}.", hint="rename one of them")
    OUTCOMES[kind.name] = kind
    return kind


def get(name: str) -> OutcomeType:
    """The kind of outcome of that name.

    Raises:
        BridleError: there is none.
    """
    if name not in OUTCOMES:
        plugins.load("bridle.outcomes")
    if name in OUTCOMES:
        return OUTCOMES[name]
    near = nearest(name, OUTCOMES)
    raise BridleError(
        f"There is no outcome {name!r}.",
        expected=(f"did you mean {near!r}? " if near else "") + f"One of: {', '.join(OUTCOMES)}",
    )


def measure(judged: Judged) -> tuple[Outcome, ...]:
    """Every outcome that applies: those that are always measured, then those that the ask names.

    Raises:
        BridleError: the ask names one that is not registered.
    """
    plugins.load("bridle.outcomes")
    asked = [get(name) for name in judged.item.outcomes]
    kinds = [k for k in OUTCOMES.values() if k.always and k not in asked]
    return tuple(found for kind in (*kinds, *asked) if (found := kind.of(judged)) is not None)


def value(outcomes: Iterable[Outcome], kind: OutcomeType) -> Value:
    """The value of that kind among the outcomes, None where it is not among them."""
    return next((o.value for o in outcomes if o.name == kind.name), None)
