"""Equations, inequalities and memberships, with each other and with the values they state."""

from __future__ import annotations

from collections.abc import Callable

from bridle.maths.compare.equations import equal_equations
from bridle.maths.compare.sets import as_set
from bridle.maths.tree import Num, Op, Sym, holds, letters, sub
from bridle.maths.values import Group, Relation, Scalar, Value, Words, is_call
from bridle.maths.verdicts import Equality, all_of, no, unknown

# The general comparison of two values; `typed` sets it, whose relations are compared here.
Compared = Callable[[Value, Value, float | None], Equality]
_compared: list[Compared] = []


def compare_sides_by(compared: Compared) -> None:
    """The sides of relations are values of any type: theirs is the general comparison."""
    _compared[:] = [compared]


def equal_readings(a: Value, b: Value, tolerance: float | None) -> Equality:
    return _compared[0](a, b, tolerance)


def equal_relations(a: Value, b: Value, tolerance: float | None) -> Equality:
    name_a, set_a = as_set(a)
    name_b, set_b = as_set(b)
    if set_a is not a or set_b is not b:
        if isinstance(set_a, Relation) or isinstance(set_b, Relation):
            return _relation_pair(a, b, tolerance)
        verdict = equal_readings(interval(set_a), interval(set_b), tolerance)
        if verdict.equal and name_a and name_b and name_a != name_b:
            return unknown(f"The same set, for {name_a} and for {name_b}.")
        return verdict
    if isinstance(a, Relation) and isinstance(b, Relation):
        return _relation_pair(a, b, tolerance)
    relation, other = (a, b) if isinstance(a, Relation) else (b, a)
    if isinstance(relation, Relation) and relation.op == "in":
        verdict = (
            equal_readings(interval(relation.right), other, tolerance)
            if relation is a
            else equal_readings(other, interval(relation.right), tolerance)
        )
        if verdict.equal and not names_something(relation.left):
            return unknown("The same set, but one says what lies in it.")
        return verdict
    if not isinstance(relation, Relation) or relation.op != "=":
        return no("structure", f"One is an {relation.kind}, the other a {other.kind}.")
    left, right = relation.left, relation.right
    if not (names_something(left) or _names_a_number(left, right)):
        if not names_something(right):
            return _general_and_value(relation, other, tolerance)
        left, right = right, left
    return (
        equal_readings(right, other, tolerance)
        if relation is a
        else equal_readings(other, right, tolerance)
    )


def interval(value: Value) -> Value:
    """A pair in brackets as an interval; every other value as it is."""
    if isinstance(value, Group) and value.opening in ("(", "[") and len(value.items) == 2:
        return Group(value.items, value.opening, value.closing, interval=True)
    return value


def names_something(value: Value) -> bool:
    """x, f(x), AB, (x, y): what an answer is the value of."""
    if isinstance(value, Group):
        return all(names_something(item) for item in value.items)
    if not isinstance(value, Scalar):
        return isinstance(value, Words)
    tree = value.tree
    if is_call(tree) or isinstance(tree, Sym):
        return tree not in (Sym("pi"), Sym("e"), Sym("i"))
    if isinstance(tree, Op) and tree.kind == "mul":
        return all(
            isinstance(arg, Sym) or (isinstance(arg, Op) and names_something(Scalar(arg)))
            for arg in tree.args
        )
    if isinstance(tree, Op) and tree.kind in ("abs", "call"):
        return names_something(Scalar(tree.args[0]))
    return False


def _names_a_number(left: Value, right: Value) -> bool:
    """i = 10, e = 9: there the letters are no constants."""
    return (
        isinstance(left, Scalar)
        and left.tree in (Sym("e"), Sym("i"))
        and isinstance(right, Scalar)
        and isinstance(right.tree, Num)
    )


def _general_and_value(relation: Relation, other: Value, tolerance: float | None) -> Equality:
    """2 + 3 = 5 is 5; x + y = 5 may be."""
    verdict = equal_readings(relation.right, other, tolerance)
    if verdict.equal:
        identity = equal_readings(relation.left, relation.right, None)
        return (
            verdict if identity.equal else unknown("An equation, and the value of its right side.")
        )
    return verdict


def _same_letter_alone(a: Relation, b: Relation) -> bool:
    """y = ... and y = ... (or f(x) = ...), where y stands on no right side: those decide."""
    if not (isinstance(a.left, Scalar) and isinstance(b.left, Scalar)):
        return False
    name = a.left.tree
    if a.left != b.left and is_call(name) != is_call(b.left.tree):
        name = b.left.tree if is_call(name) else name
        if not (isinstance(name, Sym) and name.name in ("y", "f")):
            return False
    elif a.left != b.left or not isinstance(name, Sym):
        return False
    rights = [r for r in (a.right, b.right) if isinstance(r, Scalar)]
    return len(rights) == 2 and not any(holds(r.tree, name.name) for r in rights)


def _relation_pair(a: Value, b: Value, tolerance: float | None) -> Equality:
    if not (isinstance(a, Relation) and isinstance(b, Relation)):
        return no("structure", f"One is a {a.kind}, the other a {b.kind}.")
    if a.op != b.op:
        if "=" in (a.op, b.op) or "ne" in (a.op, b.op) or "in" in (a.op, b.op):
            return no("structure", f"One is an {a.kind}, the other an {b.kind}.")
        return no("structure", "One relation is strict, the other is not.")
    straight = all_of(
        (equal_readings(a.left, b.left, tolerance), equal_readings(a.right, b.right, tolerance)),
        "sides",
    )
    if straight.equal:
        return straight
    if a.op == "=" and _same_letter_alone(a, b):
        return equal_readings(a.right, b.right, tolerance)
    if a.op in ("=", "ne"):
        crossed = all_of(
            (
                equal_readings(a.left, b.right, tolerance),
                equal_readings(a.right, b.left, tolerance),
            ),
            "sides",
        )
        if crossed.equal:
            return crossed
    if a.op == "in" and equal_readings(interval(a.right), interval(b.right), tolerance).equal:
        lefts = equal_readings(a.left, b.left, tolerance)
        if lefts.equal is False:
            return no(lefts.how, "Different things lie in the same set.")
    sides = (a.left, a.right, b.left, b.right)
    if not all(isinstance(side, Scalar) for side in sides):
        if straight.equal is False and not equal_readings(a.left, b.left, tolerance).equal:
            return unknown("Equations of this kind are compared side by side only.")
        return straight
    trees = [side.tree for side in sides if isinstance(side, Scalar)]
    if not any(letters(tree) for tree in trees):
        return straight
    names = isinstance(trees[0], Sym) and isinstance(trees[2], Sym) and trees[0] != trees[2]
    if a.op == "=" and names and isinstance(trees[1], Num) and isinstance(trees[3], Num):
        values = equal_readings(a.right, b.right, tolerance)
        return unknown("The same value, for different letters.") if values.equal else values
    return equal_equations(
        sub(trees[0], trees[1]), sub(trees[2], trees[3]), directed=a.op in ("<", "<=")
    )
