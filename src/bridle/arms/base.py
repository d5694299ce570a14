"""An arm is one way to draw a response out: a pure generator that yields requests and is sent replies.

    drawing = arms.get("plain").steps(item, "with")
    next(drawing)            -> Request(messages=({"role": "user", "content": "What is 2+2? ..."},))
    drawing.send(reply)      -> the next Request, or StopIteration: the drawing has ended

Pure means: the requests follow from the item, the condition, the arm's factors and the replies alone.
So an arm is tested with replies from a list, and a study resumes by sending it the replies that its
journal holds. `docs/arms.md` has two arms in full.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from bridle import plugins
from bridle.benchmarks.item import Condition, Item
from bridle.calls import Ability, Message, Reply, Request, system, user
from bridle.errors import BridleError, nearest

Steps = Generator[Request, Reply, None]
OneTurn = Generator[Request, Reply, Reply]


@dataclass(frozen=True)
class Arm:
    """A treatment; a subclass is a frozen dataclass whose fields are its factors.

    A subclass gives `turn`, how one turn is drawn, or `steps` where it treats the whole item.
    """

    name: ClassVar[str] = ""
    meaning: ClassVar[str] = ""  # one sentence, for `bridle list arms`
    needs: ClassVar[frozenset[Ability]] = frozenset({"chat"})
    control: ClassVar[str | None] = None  # the arm it is set against, if not plain
    check: ClassVar[str] = ""  # what shows that the treatment happened: the manipulation check
    # arms that a model may be able to do where it cannot do this one, the nearest first
    instead: ClassVar[tuple[str, ...]] = ()

    def steps(self, item: Item, condition: Condition) -> Steps:
        """The requests of one drawing: every ask of the item in turn."""
        messages = opening(item)
        reply: Reply | None = None
        for number, ask in enumerate(item.asks):
            before = messages if reply is None else reply.history()
            asked = (*before, user(ask.prompt_for(condition)))
            reply = yield from self.turn(asked, number)

    def turn(self, messages: tuple[Message, ...], number: int) -> OneTurn:
        """The requests of one turn; returns the reply that is graded."""
        return (yield Request(messages=messages, turn=number))

    def rows(self, item: Item) -> tuple[tuple[int, str], ...]:
        """The (turn, fork) of every graded reply, forks in the turn after which they are asked."""
        return tuple((number, "") for number in range(len(item.asks)))

    def factors(self) -> dict[str, Any]:
        """The arm's factors with their levels: the fields of the dataclass."""
        return {f.name: getattr(self, f.name) for f in dataclasses.fields(self)}


ARMS: dict[str, type[Arm]] = {}


def known() -> dict[str, type[Arm]]:
    """Every arm by its name, those of installed packages among them."""
    plugins.load("bridle.arms")
    return ARMS


def register(arm: type[Arm]) -> type[Arm]:
    """Make the arm known by its name; usable as a decorator.

    Raises:
        BridleError: no name, or another arm has it.
    """
    if not arm.name or not arm.meaning:
        raise BridleError(f"The arm {arm.__name__} has no name or no meaning.")
    if ARMS.get(arm.name, arm) is not arm:
        raise BridleError(f"There are two arms named {arm.name!r}.", hint="rename one of them")
    ARMS[arm.name] = arm
    return arm


def get(name: str, factors: Mapping[str, Any] | None = None) -> Arm:
    """The arm of that name; `factors` that it does not know are not its own and are left out.

    Factors may stand in the name: "wait:times=4".

    Raises:
        BridleError: there is none, or it refuses a level.
    """
    base, given = read_name(name)
    kind = ARMS[base]
    known = factors_of(kind)
    chosen = {k: v for k, v in {**(factors or {}), **given}.items() if k in known}
    try:
        return kind(**chosen)
    except (TypeError, ValueError) as error:
        raise BridleError(f"The arm {name!r} cannot be made: {error}.") from error


def read_name(name: str) -> tuple[str, dict[str, Any]]:
    """The arm's own name and the factors that stand in it: "wait:times=4" -> ("wait", {"times": 4}).

    Raises:
        BridleError: there is no such arm, or it has no such factor.
    """
    base, _, rest = name.partition(":")
    if base not in ARMS:
        plugins.load("bridle.arms")
    if base not in ARMS:
        near = nearest(base, ARMS)
        raise BridleError(
            f"There is no arm {base!r}.",
            expected=(f"did you mean {near!r}? " if near else "") + f"One of: {', '.join(ARMS)}",
            hint="bridle list arms",
        )
    given: dict[str, Any] = {}
    known = factors_of(ARMS[base])
    for part in filter(None, rest.split(",")):
        key, sign, value = part.partition("=")
        if not sign or key not in known:
            raise BridleError(
                f"The arm {base!r} has no factor {key!r}.",
                expected=f"one of: {', '.join(known)}" if known else "no factors",
                hint=f"--arm {base}" + (f":{next(iter(known))}=…" if known else ""),
            )
        given[key] = level(value)
    return base, given


def factors_of(kind: type[Arm]) -> dict[str, Any]:
    """The factors of an arm with their usual levels."""
    return {f.name: f.default for f in dataclasses.fields(kind)}


def level(text: str) -> Any:
    """A level as it was meant: a whole number, a number, true or false, else the text."""
    if text in ("true", "false"):
        return text == "true"
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


def opening(item: Item) -> tuple[Message, ...]:
    """What stands before the first user turn: the item's system message, if it has one."""
    return () if item.system is None else (system(item.system),)
