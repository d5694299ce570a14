"""Sets of real numbers in one form: sorted, disjoint intervals with open or closed ends."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from bridle.maths.tree import INFINITY, LOG_BASE, Num, Op, Sym, letters, num
from bridle.maths.values import Group, Named, Relation, Scalar, Union, Value

# (low, low is open, high, high is open); None stands for infinity
Piece = tuple[Fraction | None, bool, Fraction | None, bool]
_INFINITE = Scalar(INFINITY)
_MINUS_INFINITE = Scalar(Op("neg", (INFINITY,)))


def as_set(value: Value) -> tuple[str | None, Value]:
    """The letter and the set where a value is one: x in S, a < x, x != 0; else the value itself."""
    if not isinstance(value, Relation):
        return None, value
    left, right = value.left, value.right
    if value.op == "in":
        if isinstance(left, Scalar) and isinstance(left.tree, Sym):
            return left.tree.name, right
        return None, value  # 2x in S says something else than x in S
    if value.op in ("<", "<="):
        open_ = value.op == "<"
        for side, bound in ((left, right), (right, left)):
            if name := _absolute(side):
                found = _distance(side, bound, within=side is left, strict=open_)
                return (name, found) if found is not None else (None, value)
        if isinstance(left, Scalar) and isinstance(left.tree, Sym) and _is_bound(right):
            return left.tree.name, Group(
                (_MINUS_INFINITE, right), "(", ")" if open_ else "]", interval=True
            )
        if (
            isinstance(right, Scalar)
            and isinstance(right.tree, Sym)
            and not isinstance(left, Group)
        ):
            return right.tree.name, Group(
                (left, _INFINITE), "(" if open_ else "[", ")", interval=True
            )
    if value.op == "ne" and isinstance(left, Scalar) and isinstance(left.tree, Sym):
        return left.tree.name, Named("R", (right,))
    return None, value


def inequalities(value: Value) -> tuple[str | None, Value]:
    """The letter and the union where a value lists inequalities of one letter: x < 2 or x > 3.

    By a comma alone (x < 2, x > 3) they are a union where nothing obeys both. A membership or one
    inequality gives its set; every other value comes back as it is.
    """
    if not (isinstance(value, Group) and not value.opening and len(value.items) > 1):
        name, found = as_set(value)
        if isinstance(found, Group) and found.opening in ("(", "[") and found is not value:
            found = Group(found.items, found.opening, found.closing, interval=True)
        return name, found
    named = [as_set(item) for item in value.items]
    names = {name for name, _ in named}
    if len(names) != 1 or None in names:
        return None, value
    both = _both(named[0][1], named[1][1]) if len(named) == 2 and value.joined != "or" else None
    if both is not None:
        return names.pop(), both
    if value.joined == "and":
        return None, value
    union = Union(tuple(part for _, part in named))
    if value.joined != "or":
        parts = [pieces(part) for part in union.parts]
        if any(part is None for part in parts):
            return None, value
        apart = sum(len(part) for part in parts if part)
        if len(merged([piece for part in parts for piece in part or []])) != apart:
            return None, value
    return names.pop(), union


def _both(one: Value, other: Value) -> Value | None:
    """x > 2 and x < 5: the interval between two plain bounds, None where nothing lies there."""
    for low, high in ((one, other), (other, one)):
        found, above, below = pieces(one), pieces(low), pieces(high)
        if not (isinstance(low, Group) and isinstance(high, Group) and found and above and below):
            return None
        if above[0][2] is None and below[0][0] is None:
            start, end = above[0][0], below[0][2]
            if start is None or end is None or start >= end:
                return None
            return Group((low.items[0], high.items[1]), low.opening, high.closing, interval=True)
    return None


def _distance(value: Value, bound: Value, within: bool, strict: bool) -> Value | None:
    """|x - 2| < 3 as an interval, |x - 2| > 3 as a union; None for all else than a positive bound."""
    if not (isinstance(value, Scalar) and isinstance(bound, Scalar) and bound.exact is not None):
        return None
    inside = value.tree.args[0] if isinstance(value.tree, Op) else value.tree
    centre = Fraction(0)
    if isinstance(inside, Op) and inside.kind == "add" and len(inside.args) == 2:
        inside, shift = inside.args
        if not isinstance(shift, Num):
            return None
        centre = -shift.value
    if not isinstance(inside, Sym) or bound.exact <= 0:
        return None
    low, high = (
        Scalar(num(centre + sign * bound.exact), centre + sign * bound.exact) for sign in (-1, 1)
    )
    if within:
        return Group((low, high), "(" if strict else "[", ")" if strict else "]", interval=True)
    return Union(
        (
            Group((_MINUS_INFINITE, low), "(", ")" if strict else "]", interval=True),
            Group((high, _INFINITE), "(" if strict else "[", ")", interval=True),
        )
    )


def _absolute(value: Value) -> str | None:
    """The letter in |x| or |x - 2|."""
    if isinstance(value, Scalar) and isinstance(value.tree, Op) and value.tree.kind == "abs":
        names = letters(value.tree)
        return names.pop() if len(names) == 1 else None
    return None


def _is_bound(value: Value) -> bool:
    return isinstance(value, Scalar) and letters(value.tree) <= {LOG_BASE}


def pieces(value: Value) -> list[Piece] | None:
    """The intervals of a set whose ends are plain numbers; None for every other value."""
    if isinstance(value, Named):
        return _named(value)
    if isinstance(value, Union):
        parts = [pieces(part) for part in value.parts]
        if any(part is None for part in parts):
            return None
        return merged([piece for part in parts for piece in part or []])
    if isinstance(value, Group) and value.opening == "{":
        points = [
            item.exact for item in value.items if isinstance(item, Scalar) and item.unit is None
        ]
        if len(points) != len(value.items) or any(p is None for p in points):
            return None
        return merged([(p, False, p, False) for p in points])
    if isinstance(value, Group) and value.opening in ("(", "[") and len(value.items) == 2:
        low, high = (_end(item) for item in value.items)
        if low is None or high is None or low[1] > 0 or high[1] < 0:
            return None
        piece: Piece = (low[0], value.opening == "(", high[0], value.closing == ")")
        if low[0] is not None and high[0] is not None and low[0] > high[0]:
            return None
        return [piece]
    return None


def written_ends(value: Value) -> dict[Fraction, Scalar]:
    """The ends of the intervals in a value as they were written, with their decimals."""
    if isinstance(value, Union):
        return {end: s for part in value.parts for end, s in written_ends(part).items()}
    items = value.items if isinstance(value, Group) else ()
    items = value.without if isinstance(value, Named) else items
    return {i.exact: i for i in items if isinstance(i, Scalar) and i.exact is not None}


def _named(value: Named) -> list[Piece] | None:
    if value.name == "empty":
        return []
    if value.name != "R":
        return None
    points = sorted(i.exact for i in value.without if isinstance(i, Scalar) and i.exact is not None)
    if len(points) != len(value.without):
        return None
    ends: list[Fraction | None] = [None, *points, None]
    return [(a, True, b, True) for a, b in pairwise(ends)]


def _end(item: Value) -> tuple[Fraction | None, int] | None:
    """An end of an interval: (value, 0), or (None, sign) for infinity."""
    if not isinstance(item, Scalar) or item.unit is not None:
        return None
    if item.tree == INFINITY:
        return None, 1
    if item.tree == _MINUS_INFINITE.tree:
        return None, -1
    return (item.exact, 0) if item.exact is not None else None


def merged(found: list[Piece]) -> list[Piece]:
    """Sorted, with touching and overlapping intervals joined."""

    def low(piece: Piece) -> tuple[int, Fraction, bool]:
        return (0, Fraction(0), False) if piece[0] is None else (1, piece[0], piece[1])

    joined: list[Piece] = []
    for piece in sorted(found, key=low):
        if not joined:
            joined.append(piece)
            continue
        a, a_open, b, b_open = joined[-1]
        c, c_open, d, d_open = piece
        touches = b is None or c is None or c < b or (c == b and not (b_open and c_open))
        if not touches:
            joined.append(piece)
        elif b is not None and (d is None or d > b or (d == b and b_open and not d_open)):
            joined[-1] = (a, a_open, d, d_open)
    return joined
