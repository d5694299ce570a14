"""Two typed values: which types may be the same, and by which order their parts are compared."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from bridle.maths.equations import equal_equations
from bridle.maths.scalar_equal import equal_scalars
from bridle.maths.sets import as_set, pieces
from bridle.maths.tree import CONSTANTS, Num, Op, Sym, holds, sub
from bridle.maths.values import (
    Choice,
    Group,
    Matrix,
    Moment,
    Named,
    Relation,
    Scalar,
    Truth,
    Union,
    Unreadable,
    Value,
    Words,
    is_call,
)
from bridle.maths.verdicts import Equality, all_of, no, unknown, yes

_MOST_PAIRS = 2500


def equal_readings(a: Value, b: Value, tolerance: float | None) -> Equality:
    """The verdict on two values; None where their types cannot be brought together."""
    if isinstance(a, Unreadable) or isinstance(b, Unreadable):
        bad = [v for v in (a, b) if isinstance(v, Unreadable)]
        how = "undecided" if any(v.given_up for v in bad) else "unreadable"
        return unknown(f"Not understood: {bad[0].reason}.", how=how)
    if isinstance(a, Scalar) and isinstance(b, Scalar):
        return equal_scalars(a, b, tolerance)
    if isinstance(a, Relation) or isinstance(b, Relation):
        return _relations(a, b, tolerance)
    return _same_kind(a, b, tolerance)


def _same_kind(a: Value, b: Value, tolerance: float | None) -> Equality:
    if _is_set(a) or _is_set(b):
        return _sets(a, b, tolerance)
    if isinstance(a, Group) and isinstance(b, Group):
        return _groups(a, b, tolerance)
    if isinstance(a, Matrix) or isinstance(b, Matrix):
        return _matrices(a, b, tolerance)
    if isinstance(a, Choice) or isinstance(b, Choice):
        return _choices(a, b)
    if isinstance(a, Moment) and isinstance(b, Moment):
        return _moments(a, b)
    if isinstance(a, Truth) and isinstance(b, Truth):
        same = a.value == b.value
        return (
            yes("words", "The same truth value.") if same else no("words", "Opposite truth values.")
        )
    if isinstance(a, Words) and isinstance(b, Words):
        return _words(a, b)
    for group, other in ((a, b), (b, a)):
        if isinstance(group, Group) and isinstance(other, Scalar):
            return _group_and_scalar(group, other, tolerance)
    return _different_kinds(a, b)


def _different_kinds(a: Value, b: Value) -> Equality:
    for said, other in ((a, b), (b, a)):
        if isinstance(said, (Words, Truth, Moment)):
            if isinstance(said, Words) and isinstance(other, Named):
                if other.name == "empty" and not other.without and said.text == "none":
                    return yes("words", "Both say that there is none.")
                return unknown("Words and a set are not compared.")
            if isinstance(said, Moment) and isinstance(other, Words):
                return unknown("Words and a date are not compared.")
            if (
                isinstance(other, Scalar)
                and isinstance(other.tree, Sym)
                and isinstance(said, Words)
                and other.tree.name not in CONSTANTS
            ):
                same = said.text == other.tree.name.lower()
                return yes("words", "The same name.") if same else unknown("A letter and a word.")
            if isinstance(said, Words) and any(c.isdigit() for c in said.text):
                return unknown("Words with numbers in them are not compared with a number.")
            return no("structure", f"One is a {a.kind}, the other a {b.kind}.")
    return no("structure", f"One is a {a.kind}, the other a {b.kind}.")


# ---------------------------------------------------------------------------- groups


def _ordered(group: Group) -> bool:
    return group.opening in ("(", "[")


def _groups(a: Group, b: Group, tolerance: float | None) -> Equality:
    if a.interval or b.interval:
        return _intervals(a, b, tolerance)
    if (a.opening == ":") != (b.opening == ":"):
        return unknown("A ratio and a list.")
    if a.opening == ":":
        return in_order(a.items, b.items, tolerance)
    named_a, named_b = _assignments(a), _assignments(b)
    if named_a is not None and named_b is None:
        return in_order(list(named_a.values()), b.items, tolerance)
    if named_b is not None and named_a is None:
        return in_order(a.items, list(named_b.values()), tolerance)
    if named_a is not None and named_b is not None and named_a.keys() == named_b.keys():
        return in_order(list(named_a.values()), list(named_b.values()), tolerance)
    if _ordered(a) and _ordered(b):
        verdict = in_order(a.items, b.items, tolerance)
        if (a.opening, a.closing) != (b.opening, b.closing) and len(a.items) == 2:
            return no("structure", "The brackets differ: open and closed ends matter.")
        return verdict
    if not _ordered(a) and not _ordered(b):
        verdict = any_order(a.items, b.items, tolerance)
        if verdict.equal is False and len(a.items) != len(b.items):
            as_sets = any_order(_distinct(a.items), _distinct(b.items), tolerance)
            if as_sets.equal and "{" in (a.opening, b.opening):
                return as_sets
            if as_sets.equal:
                return unknown("The same elements, but not the same number of times.")
        return verdict
    ordered, loose = (a, b) if _ordered(a) else (b, a)
    if loose.opening == "{":
        if ordered.opening == "[" and len(ordered.items) != 2:
            verdict = any_order(a.items, b.items, tolerance)
            return unknown("A list and a set of the same elements.") if verdict.equal else verdict
        return no("structure", f"One is a {a.kind}, the other a {b.kind}.")
    verdict = in_order(a.items, b.items, tolerance)
    if verdict.equal is False and any_order(a.items, b.items, tolerance).equal:
        return unknown(
            "The same elements in another order, and only one of them says that order matters."
        )
    return verdict


def _distinct(items: Sequence[Value]) -> list[Value]:
    found: list[Value] = []
    for item in items[:60]:
        if not any(equal_readings(item, other, None).equal for other in found):
            found.append(item)
    return found


def _assignments(group: Group) -> dict[str, Value] | None:
    """x = 1, y = 2 in the order of the letters; None for everything else."""
    pairs: list[tuple[str, Value]] = []
    for item in group.items:
        if not (isinstance(item, Relation) and item.op == "=" and isinstance(item.left, Scalar)):
            return None
        if not isinstance(item.left.tree, Sym):
            return None
        pairs.append((item.left.tree.name, item.right))
    found = dict(sorted(pairs, key=lambda pair: pair[0]))
    return found if len(found) == len(pairs) else None  # x = 1, x = 2 are two answers


def in_order(a: Sequence[Value], b: Sequence[Value], tolerance: float | None) -> Equality:
    if len(a) != len(b):
        return no("structure", f"{len(a)} elements and {len(b)} elements.")
    return all_of((equal_readings(x, y, tolerance) for x, y in zip(a, b, strict=True)), "elements")


def any_order(a: Sequence[Value], b: Sequence[Value], tolerance: float | None) -> Equality:
    """Each element of one has its own equal in the other."""
    if len(a) != len(b):
        return no("structure", f"{len(a)} elements and {len(b)} elements.")
    if (
        tolerance is None
        and (exact := _plain_numbers(a)) is not None
        and (other := _plain_numbers(b)) is not None
    ):
        same = exact == other
        return yes("exact", "The same elements.") if same else no("exact", "Different elements.")
    if len(a) * len(b) > _MOST_PAIRS:
        return unknown("Too many elements to compare in any order.")
    left, how, doubt = list(b), "exact", False
    for x in a:
        undecided = False
        for k, y in enumerate(left):
            verdict = equal_readings(x, y, tolerance)
            if verdict.equal:
                how = verdict.how if verdict.how != "identical" else how
                del left[k]
                break
            undecided = undecided or verdict.equal is None
        else:
            if not undecided:
                return no("structure", "An element of one is missing in the other.")
            doubt = True
    return (
        unknown("Some elements could not be compared.") if doubt else yes(how, "The same elements.")
    )


def _plain_numbers(items: Sequence[Value]) -> list[Fraction] | None:
    found: list[Fraction] = []
    for item in items:
        if not isinstance(item, Scalar) or item.exact is None or item.step is not None:
            return None
        if item.unit or item.percent or item.degrees or item.base:
            return None
        found.append(item.exact)
    return sorted(found)


def _group_and_scalar(group: Group, other: Scalar, tolerance: float | None) -> Equality:
    if len(group.items) == 1:
        return equal_readings(group.items[0], other, tolerance)
    if not group.opening and len(group.items) == 2 and other.exact is not None:
        parts = [
            i.exact
            for i in group.items
            if isinstance(i, Scalar) and i.exact is not None and i.step is None
        ]
        if len(parts) == 2 and all(p.denominator == 1 for p in parts) and parts[1] >= 0:
            as_decimal = Fraction(f"{parts[0]}.{parts[1]}")
            as_thousands = Fraction(int(f"{parts[0]}{int(parts[1]):03d}"))
            if other.exact in (as_decimal, as_thousands):
                return unknown("The comma may be a decimal mark or stand between two numbers.")
    return no("structure", f"One is a {group.kind}, the other a {other.kind}.")


# ---------------------------------------------------------------------------- sets and intervals


def _is_set(value: Value) -> bool:
    return isinstance(value, (Union, Named)) or (isinstance(value, Group) and value.interval)


def _intervals(a: Group, b: Group, tolerance: float | None) -> Equality:
    if not (_ordered(a) and _ordered(b)):
        return no("structure", f"One is a {a.kind}, the other a {b.kind}.")
    if (a.opening, a.closing) != (b.opening, b.closing):
        return no("structure", "Open and closed ends differ.")
    return in_order(a.items, b.items, tolerance)


def _sets(a: Value, b: Value, tolerance: float | None) -> Equality:
    if isinstance(a, Named) and isinstance(b, Named) and not (a.without or b.without):
        same = a.name == b.name
        return yes("structure", "The same set.") if same else no("structure", "Different sets.")
    if isinstance(a, Words) or isinstance(b, Words):
        return _different_kinds(a, b)
    if tolerance is None:
        x, y = pieces(a), pieces(b)
        if x is not None and y is not None:
            return (
                yes("exact", "The same set of numbers.")
                if x == y
                else no("exact", "Different sets of numbers.")
            )
    if isinstance(a, Group) and isinstance(b, Group):
        return _intervals(a, b, tolerance)
    if isinstance(a, Union) and isinstance(b, Union):
        verdict = any_order(a.parts, b.parts, tolerance)
        if verdict.equal is False and len(a.parts) != len(b.parts):
            return unknown(
                "Unions of different numbers of parts, whose ends are not plain numbers."
            )
        return verdict
    if isinstance(a, Named) and isinstance(b, Named):
        if a.name != b.name:
            return unknown("Sets that are not compared.")
        return any_order(a.without, b.without, tolerance)
    if isinstance(a, Scalar) or isinstance(b, Scalar):
        return no("structure", f"One is a {a.kind}, the other a {b.kind}.")
    return unknown(f"A {a.kind} and a {b.kind} are not compared.")


# ---------------------------------------------------------------------------- matrices


def _matrices(a: Value, b: Value, tolerance: float | None) -> Equality:
    if isinstance(a, Matrix) and isinstance(b, Matrix):
        if a.bars != b.bars:
            return no("structure", "One is a determinant.")
        if len(a.rows) != len(b.rows) or len(a.rows[0]) != len(b.rows[0]):
            return no("structure", "They have different shapes.")
        pairs = (
            (x, y) for r, s in zip(a.rows, b.rows, strict=True) for x, y in zip(r, s, strict=True)
        )
        return all_of((equal_readings(x, y, tolerance) for x, y in pairs), "entries")
    matrix, other = (a, b) if isinstance(a, Matrix) else (b, a)
    if (
        isinstance(matrix, Matrix)
        and isinstance(other, Group)
        and other.opening != "{"
        and not matrix.bars
    ):
        if len(matrix.rows[0]) == 1:
            return in_order([row[0] for row in matrix.rows], other.items, tolerance)
        if len(matrix.rows) == 1:
            return in_order(matrix.rows[0], other.items, tolerance)
    if isinstance(matrix, Matrix) and matrix.bars:
        return unknown("Determinants are not computed.")
    return no("structure", f"One is a {a.kind}, the other a {b.kind}.")


# ---------------------------------------------------------------------------- words


def _choices(a: Value, b: Value) -> Equality:
    if isinstance(a, Choice) and isinstance(b, Choice):
        if a.letter.upper() != b.letter.upper():
            return no("words", "Different options.")
        if a.rest and b.rest and a.rest != b.rest:
            return unknown("The same letter with different texts.")
        return yes("words", "The same option.")
    picked, other = (a, b) if isinstance(a, Choice) else (b, a)
    if isinstance(picked, Choice):
        if isinstance(other, Scalar) and isinstance(other.tree, Sym) and len(other.tree.name) == 1:
            same = picked.letter == other.tree.name.upper()
            return yes("words", "The same letter.") if same else no("words", "Different letters.")
        if isinstance(other, Scalar) and other.tree in (Sym("e"), Sym("i")):
            return unknown("An option and a constant.")
        if isinstance(other, Words) and (
            picked.rest == other.text or picked.letter.lower() == other.text
        ):
            return yes("words", "The same option.")
        if picked.rest:
            return unknown("An option with a text, and something else.")
    return unknown("An option and something else: the options are not known here.")


def _moments(a: Moment, b: Moment) -> Equality:
    if a.date and b.date:
        same = a.date[1:] == b.date[1:] and (a.date[0] == b.date[0] or 0 in (a.date[0], b.date[0]))
        return yes("words", "The same date.") if same else no("words", "Different dates.")
    if a.minutes is not None and b.minutes is not None:
        span = 1440 if a.half and b.half else 720
        same = (a.minutes - b.minutes) % span == 0
        return yes("words", "The same time.") if same else no("words", "Different times.")
    return no("structure", "A date and a time.")


def _words(a: Words, b: Words) -> Equality:
    if a.text == b.text:
        return yes("words", "The same words.")
    x, y = a.text.split(), b.text.split()
    if not x or not y:
        return unknown("Nothing is left of one of them.")
    if sorted(x) == sorted(y):
        return unknown("The same words in another order.")
    if (
        set(x) & set(y)
        or a.text.replace(" ", "") in b.text.replace(" ", "")
        or b.text.replace(" ", "") in a.text
    ):
        return unknown("Words that overlap: they may or may not mean the same.")
    if len(x) == len(y) == 1:
        return no("words", "Different words.")
    return unknown("Different words may mean the same.")


# ---------------------------------------------------------------------------- relations


def _relations(a: Value, b: Value, tolerance: float | None) -> Equality:
    name_a, set_a = as_set(a)
    name_b, set_b = as_set(b)
    if set_a is not a or set_b is not b:
        if isinstance(set_a, Relation) or isinstance(set_b, Relation):
            return _relation_pair(a, b, tolerance)
        verdict = equal_readings(_interval(set_a), _interval(set_b), tolerance)
        if verdict.equal and name_a and name_b and name_a != name_b:
            return unknown(f"The same set, for {name_a} and for {name_b}.")
        return verdict
    if isinstance(a, Relation) and isinstance(b, Relation):
        return _relation_pair(a, b, tolerance)
    relation, other = (a, b) if isinstance(a, Relation) else (b, a)
    if not isinstance(relation, Relation) or relation.op != "=":
        return no("structure", f"One is an {relation.kind}, the other a {other.kind}.")
    left, right = relation.left, relation.right
    if not _names_something(left):
        if not _names_something(right):
            return _general_and_value(relation, other, tolerance)
        left, right = right, left
    return (
        equal_readings(right, other, tolerance)
        if relation is a
        else equal_readings(other, right, tolerance)
    )


def _interval(value: Value) -> Value:
    if isinstance(value, Group) and value.opening in ("(", "[") and len(value.items) == 2:
        return Group(value.items, value.opening, value.closing, interval=True)
    return value


def _names_something(value: Value) -> bool:
    """x, f(x), AB, (x, y): what an answer is the value of."""
    if isinstance(value, Group):
        return all(_names_something(item) for item in value.items)
    if not isinstance(value, Scalar):
        return isinstance(value, Words)
    tree = value.tree
    if is_call(tree) or isinstance(tree, Sym):
        return True
    if isinstance(tree, Op) and tree.kind == "mul":
        return all(
            isinstance(arg, Sym) or (isinstance(arg, Op) and _names_something(Scalar(arg)))
            for arg in tree.args
        )
    if isinstance(tree, Op) and tree.kind in ("abs", "call"):
        return _names_something(Scalar(tree.args[0]))
    return False


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
    sides = (a.left, a.right, b.left, b.right)
    if not all(isinstance(side, Scalar) for side in sides):
        if straight.equal is False and not equal_readings(a.left, b.left, tolerance).equal:
            return unknown("Equations of this kind are compared side by side only.")
        return straight
    trees = [side.tree for side in sides if isinstance(side, Scalar)]
    if (
        a.op == "="
        and isinstance(trees[0], Sym)
        and isinstance(trees[2], Sym)
        and trees[0] != trees[2]
    ):
        if not any(
            isinstance(t, (Sym, Op)) and not isinstance(t, Num) for t in (trees[1], trees[3])
        ):
            values = equal_readings(a.right, b.right, tolerance)
            return unknown("The same value, for different letters.") if values.equal else values
    return equal_equations(
        sub(trees[0], trees[1]), sub(trees[2], trees[3]), directed=a.op in ("<", "<=")
    )
