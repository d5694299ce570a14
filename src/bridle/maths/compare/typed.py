"""Two typed values: which types may be the same, and by which order their parts are compared."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from bridle.maths.compare.chains import formulas, settled
from bridle.maths.compare.relations import compare_sides_by, equal_relations, interval
from bridle.maths.compare.scalars import equal_scalars
from bridle.maths.compare.sets import Piece, inequalities, pieces, written_ends
from bridle.maths.compare.words import different_kinds, equal_choices, equal_moments, equal_words
from bridle.maths.tree import Sym
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
)
from bridle.maths.verdicts import Equality, all_of, no, unknown, yes

_MOST_PAIRS = 2500


def equal_readings(a: Value, b: Value, tolerance: float | None) -> Equality:
    """The verdict on two values; None where their types cannot be brought together."""
    if _is_chain(a) or _is_chain(b):
        return _chains(a, b, tolerance)
    if isinstance(a, Unreadable) or isinstance(b, Unreadable):
        bad = [v for v in (a, b) if isinstance(v, Unreadable)]
        how = "undecided" if any(v.given_up for v in bad) else "unreadable"
        return unknown(f"Not understood: {bad[0].reason}.", how=how)
    if isinstance(a, Scalar) and isinstance(b, Scalar):
        return equal_scalars(a, b, tolerance)
    (name_a, one), (name_b, other) = inequalities(a), inequalities(b)
    if one is not a:
        other = interval(other)
    if other is not b:
        one = interval(one)
    if (one is not a or other is not b) and _is_set(one) and _is_set(other):
        verdict = _sets(one, other, tolerance)
        if verdict.equal and name_a and name_b and name_a != name_b:
            return unknown(f"The same set, for {name_a} and for {name_b}.")
        return verdict
    if isinstance(a, Relation) or isinstance(b, Relation):
        return equal_relations(a, b, tolerance)
    return _same_kind(a, b, tolerance)


compare_sides_by(equal_readings)


def _is_chain(value: Value) -> bool:
    return isinstance(value, Relation) and bool(value.through)


def _chains(a: Value, b: Value, tolerance: float | None) -> Equality:
    verdict = equal_readings(settled(a, _exactly), settled(b, _exactly), tolerance)
    mine, theirs = formulas(a), formulas(b)
    if verdict.equal and mine and theirs and not any_order(mine, theirs, tolerance).equal:
        return unknown("The same value, by different formulas.")
    return verdict


def _exactly(x: Value, y: Value) -> Equality:
    return equal_readings(x, y, None)


def _same_kind(a: Value, b: Value, tolerance: float | None) -> Equality:
    if _is_set(a) or _is_set(b):
        return _sets(a, b, tolerance)
    if isinstance(a, Group) and isinstance(b, Group):
        return _groups(a, b, tolerance)
    if isinstance(a, Matrix) or isinstance(b, Matrix):
        return _matrices(a, b, tolerance)
    if isinstance(a, Choice) or isinstance(b, Choice):
        return equal_choices(a, b, lambda x, y: equal_readings(x, y, tolerance))
    if isinstance(a, Moment) and isinstance(b, Moment):
        return equal_moments(a, b)
    if isinstance(a, Truth) and isinstance(b, Truth):
        same = a.value == b.value
        return (
            yes("words", "The same truth value.") if same else no("words", "Opposite truth values.")
        )
    if isinstance(a, Words) and isinstance(b, Words):
        return equal_words(a, b)
    for group, other in ((a, b), (b, a)):
        if isinstance(group, Group) and isinstance(other, Scalar):
            if group.joined == "or" and _all_the_same(a, b, group, tolerance):
                return yes("exact", "One answer, in several spellings.")
            return _group_and_scalar(group, other, tolerance)
    return different_kinds(a, b)


def _all_the_same(a: Value, b: Value, group: Group, tolerance: float | None) -> bool:
    """Whether 0.5 or 50% says one thing, and that is what the other says."""
    items = group.items
    pairs = ((x, b) for x in items) if group is a else ((a, x) for x in items)
    return all(equal_readings(x, y, tolerance).equal for x, y in pairs)


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
    if named_a is not None and named_b is not None and named_a.keys() == named_b.keys():
        return in_order(list(named_a.values()), list(named_b.values()), tolerance)
    # x = 1, y = 2 beside 1, 2; but not beside y = 1, y = 2
    if named_a is not None and not _has_relations(b):
        return in_order(list(named_a.values()), b.items, tolerance)
    if named_b is not None and not _has_relations(a):
        return in_order(a.items, list(named_b.values()), tolerance)
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


def _has_relations(group: Group) -> bool:
    return any(isinstance(item, Relation) for item in group.items)


def _distinct(items: Sequence[Value]) -> list[Value]:
    found: list[Value] = []
    for item in items[:60]:
        if not any(equal_readings(item, other, None).equal for other in found):
            found.append(item)
    return found


def _assignments(group: Group) -> dict[str, Value] | None:
    """x = 1, y = 2 in the order of the letters; None for everything else."""
    pairs: list[tuple[str, Value]] = []
    for chain in group.items:
        item = settled(chain, _exactly)
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
        return different_kinds(a, b)
    if tolerance is None:
        x, y = pieces(a), pieces(b)
        if x is not None and y is not None:
            return _pieces(a, x, b, y)
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


def _pieces(a: Value, x: list[Piece], b: Value, y: list[Piece]) -> Equality:
    """Intervals with plain ends: the same, or the same by the precision of their decimals."""
    if x == y:
        return yes("exact", "The same set of numbers.")
    if [(p[1], p[3], p[0] is None, p[2] is None) for p in x] == [
        (q[1], q[3], q[0] is None, q[2] is None) for q in y
    ]:
        mine, theirs = written_ends(a), written_ends(b)
        ends = [
            (mine.get(s), theirs.get(t))
            for p, q in zip(x, y, strict=True)
            for s, t in ((p[0], q[0]), (p[2], q[2]))
            if s is not None and t is not None
        ]
        return all_of(
            (equal_scalars(s, t, None) for s, t in ends if s is not None and t is not None), "ends"
        )
    return no("exact", "Different sets of numbers.")


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
