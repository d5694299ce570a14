"""Equations, inequalities, memberships and chains of them, from their text."""

from __future__ import annotations

from collections.abc import Callable

from bridle.maths.read.structure import top_level
from bridle.maths.tree import Sym
from bridle.maths.values import Group, Relation, Scalar, Union, Unreadable, Value

_LONGEST_CHAIN = 12
_RELATIONS = frozenset(
    {
        "=",
        "<",
        ">",
        "\\le",
        "\\ge",
        "\\lt",
        "\\gt",
        "\\ne",
        "\\in",
        "\\approx",
        "≤",
        "\\sim",
        "\\notin",
    }
)
_TURNED = {
    "<": "<",
    "\\lt": "<",
    "\\le": "<=",
    ">": "<",
    "\\gt": "<",
    "\\ge": "<=",
    "=": "=",
    "\\in": "in",
    "\\ne": "ne",
    "\\approx": "=",
}
_EQUAL = ("=", "\\approx", "\\sim")


def relation(
    text: str, read: Callable[[str], Value], listed: Callable[[str], list[str]]
) -> Value | None:
    """The relation that a text states, or None where it states none; `read` reads a side, `listed`
    gives the parts of a bare list."""
    text = (
        text.replace("==", "=").replace("<=", "\\le ").replace(">=", "\\ge ").replace("!=", "\\ne ")
    )
    text = text.replace("&=", "=")
    parts = top_level(text, _RELATIONS)
    if len(parts) < 2 or any(not part.strip() for _, part in parts[1:]):
        return None
    if len(parts) > _LONGEST_CHAIN:
        return Unreadable("a chain of too many relations")
    members = listed(text)
    if members and not (parts[-1][0] == "=" and "=" not in members[-1]):
        return None  # x = 1, y = 2 is a list of relations; x = 1, 2 is one relation
    sides = [read(part) if part.strip() else Scalar(Sym("?")) for _, part in parts]
    bad = next((s for s in sides if isinstance(s, Unreadable)), None)
    if bad:
        return bad
    found = [sign for sign, _ in parts[1:]]
    if all(sign in _EQUAL for sign in found):
        rounded = found[-1] != "="
        return Relation("=", sides[0], sides[-1], through=tuple(sides[1:-1]), rounded=rounded)
    if len(found) == 1:
        return _one(found[0], sides[0], sides[1])
    return _between(found, sides)


def _one(sign: str, left: Value, right: Value) -> Value:
    if sign not in _TURNED:
        return Unreadable(f"the relation {sign} is not compared")
    if sign == "\\in":
        return Relation("in", left, as_interval(right))
    if sign in (">", "\\gt", "\\ge"):
        return Relation(_TURNED[sign], right, left, mirrored=True)
    return Relation(_TURNED[sign], left, right)


def _between(found: list[str], sides: list[Value]) -> Value:
    """a < x <= b is membership in an interval."""
    if len(found) == 2 and all(sign in _TURNED and _TURNED[sign] in ("<", "<=") for sign in found):
        up = [sign in ("<", "\\lt", "\\le") for sign in found]
        if up[0] == up[1]:
            ends = (sides[0], sides[2]) if up[0] else (sides[2], sides[0])
            strict = [
                sign in ("<", "\\lt", ">", "\\gt") for sign in (found if up[0] else found[::-1])
            ]
            interval = Group(
                ends, "(" if strict[0] else "[", ")" if strict[1] else "]", interval=True
            )
            return Relation("in", sides[1], interval)
    return Unreadable("a chain of relations that is not compared")


def as_interval(value: Value) -> Value:
    """A pair in brackets where only an interval makes sense: behind "in", and joined to others."""
    if isinstance(value, Union):
        return Union(tuple(as_interval(part) for part in value.parts))
    if isinstance(value, Group) and value.opening in ("(", "[") and len(value.items) == 2:
        return Group(value.items, value.opening, value.closing, interval=True)
    return value
