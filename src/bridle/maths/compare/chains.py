r"""Chains of equations: x = 2 + 3 = 5 says that x is 5; x = 4 = 5 says nothing.

Every side counts: numbers must agree with each other, several names (x = y = 2) are all kept, and
formulas on the way (A = \pi r^2 = 25\pi) are compared where both answers state one.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from bridle.maths.compare.relations import names_something
from bridle.maths.tree import letters
from bridle.maths.values import Group, Relation, Scalar, Unreadable, Value
from bridle.maths.verdicts import Equality

Compared = Callable[[Value, Value], Equality]


def settled(value: Value, compared: Compared) -> Value:
    """A chain as one relation or value; unreadable where its numbers do not agree; every other value
    as it is."""
    if not isinstance(value, Relation) or value.op != "=" or not value.through:
        return value
    names, rest = _names_and_rest(value)
    numbers = [side for side in rest if _is_number(side)]
    for one, other in pairwise(numbers):
        # either may be the rounded one
        if compared(one, other).equal is False and compared(other, one).equal is False:
            return Unreadable("a chain whose sides do not agree", given_up=True)
    last = _most_exact(numbers) if _is_number(rest[-1]) else rest[-1]
    if not names:
        return last if len(numbers) == len(rest) else Relation("=", rest[0], last)
    left = names[0] if len(names) == 1 else Group(tuple(names))
    return Relation("=", left, last)


def formulas(value: Value) -> tuple[Value, ...]:
    """The sides of a chain that are neither names nor numbers nor its end."""
    if not isinstance(value, Relation) or value.op != "=" or not value.through:
        return ()
    return tuple(side for side in _names_and_rest(value)[1][:-1] if not _is_number(side))


def _names_and_rest(chain: Relation) -> tuple[list[Value], list[Value]]:
    sides = [chain.left, *chain.through, chain.right]
    first = 0
    while first < len(sides) - 1 and names_something(sides[first]):
        first += 1
    return sides[:first], sides[first:]


def _is_number(side: Value) -> bool:
    return isinstance(side, Scalar) and not letters(side.tree)


def _most_exact(numbers: list[Value]) -> Value:
    exact = [n for n in numbers if isinstance(n, Scalar) and n.step is None]
    return exact[-1] if exact else numbers[-1]
