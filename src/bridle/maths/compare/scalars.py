"""Two numbers or expressions: units, percent, degrees, bases, precision, then the values."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from bridle.maths.algebra.exact import Algebra
from bridle.maths.algebra.ratios import Undefined
from bridle.maths.algebra.sampling import compare, differ_at_once, value_of
from bridle.maths.compare.decimals import (
    equal_decimal_and_constant,
    equal_decimals,
    near_by_decimals,
)
from bridle.maths.tree import (
    FUNCTIONS,
    INFINITY,
    LOG_BASE,
    Node,
    Op,
    Sym,
    TooMuch,
    has,
    holds,
    letters,
    mul,
    num,
    radians,
    replaced,
    walk,
)
from bridle.maths.units import Unit
from bridle.maths.values import Scalar
from bridle.maths.verdicts import Equality, no, unknown, yes

_ANGLE = (("angle", 1),)


def equal_scalars(a: Scalar, b: Scalar, tolerance: float | None) -> Equality:
    """Compares with what stands around the numbers; `a` is the reference."""
    if a.unit is not None and b.unit is not None:
        return _with_units(a, a.unit, b, b.unit, tolerance)
    if a.unit is not None or b.unit is not None:
        verdict = _one_unit(a, b)
        if verdict is not None:
            return verdict
        a, b = _without_unit(a), _without_unit(b)
    if (a.degrees and b.percent) or (a.percent and b.degrees):
        return no("structure", "One is in degrees, the other in percent.")
    if a.degrees != b.degrees:
        return _one_in_degrees(a, b, tolerance)
    if a.percent != b.percent:
        return _one_in_percent(a, b, tolerance)
    verdict = equal_values(a, b, tolerance)
    if verdict.equal is not True and (a.base is None) != (b.base is None):
        based, plain = (a, b) if a.base is not None else (b, a)
        if (
            plain.exact is not None
            and based.exact is not None
            and _digits(based) == str(plain.exact)
        ):
            return unknown(
                f"The same digits, but only one of them says that the base is {based.base}."
            )
    return verdict


def _one_unit(a: Scalar, b: Scalar) -> Equality | None:
    """Where one has a unit, and the other another mark: $40 is not 40%. None where it has none."""
    united, other = (a, b) if a.unit is not None else (b, a)
    unit = united.unit
    if unit is None or not (other.percent or other.degrees):
        return None
    if unit.dims == _ANGLE and other.degrees:
        return equal_values(_radians(a), _radians(b), None)
    if other.degrees and unit.text.startswith("degrees"):
        return None
    if not unit.known and other.percent:
        return None  # 40% of the students
    return no(
        "structure",
        f"One is in {unit.text}, the other in {'percent' if other.percent else 'degrees'}.",
    )


def _radians(scalar: Scalar) -> Scalar:
    return Scalar(radians(scalar.tree)) if scalar.degrees else replace(scalar, unit=None)


def _one_in_percent(a: Scalar, b: Scalar, tolerance: float | None) -> Equality:
    """50% is 0.5, and 50 where the sign was left out; 0.25% is neither 0.25 nor 25."""
    as_value = equal_values(a, b, tolerance)
    if as_value.equal:
        return as_value
    sign_left_out = equal_values(
        _times(a, 100) if a.percent else a, _times(b, 100) if b.percent else b, tolerance
    )
    marked = a if a.percent else b
    if sign_left_out.equal and marked.exact is not None and abs(marked.exact) <= Fraction(1, 100):
        return unknown("Only one of them has a percent sign, and the number may be a share itself.")
    return sign_left_out if sign_left_out.equal is not False else as_value


def _digits(based: Scalar) -> str:
    value, base, out = abs(int(based.exact or 0)), based.base or 10, ""
    while value:
        value, digit = divmod(value, base)
        out = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + out
    return out or "0"


def _times(scalar: Scalar, factor: Fraction | int) -> Scalar:
    factor = Fraction(factor)
    if factor == 1:
        return scalar
    return replace(
        scalar,
        tree=mul(scalar.tree, num(factor)),
        exact=scalar.exact * factor if scalar.exact is not None else None,
        step=scalar.step * abs(factor) if scalar.step is not None else None,
        percent=False,
    )


def _without_unit(scalar: Scalar) -> Scalar:
    unit = scalar.unit
    if unit is None:
        return scalar
    if not unit.dims:  # a dozen
        scalar = _times(scalar, unit.factor)
    return replace(scalar, unit=None)


def _with_units(a: Scalar, u: Unit, b: Scalar, v: Unit, tolerance: float | None) -> Equality:
    bare_a, bare_b = replace(a, unit=None), replace(b, unit=None)
    if u.dims == v.dims:
        if u.factor == v.factor:
            return equal_scalars(bare_a, bare_b, tolerance)
        return equal_values(_times(bare_a, u.factor), _times(bare_b, v.factor), tolerance)
    if u.known and v.known:
        return no("exact", f"{u.text} and {v.text} do not measure the same.")
    verdict = equal_scalars(bare_a, bare_b, tolerance)
    if verdict.equal:
        return unknown(f"The numbers are equal, but {u.text} may not be {v.text}.")
    return verdict


def _one_in_degrees(a: Scalar, b: Scalar, tolerance: float | None) -> Equality:
    if holds((b if a.degrees else a).tree, "pi"):
        return equal_values(_radians(a), _radians(b), tolerance)
    return equal_values(a, b, tolerance)


# ---------------------------------------------------------------------------- values


def equal_values(a: Scalar, b: Scalar, tolerance: float | None) -> Equality:
    """Compares the values alone; `a` is the reference."""
    x, y = a.exact, b.exact
    if tolerance is not None and (verdict := _within(a, b, tolerance)) is not None:
        return verdict
    if x is not None and y is not None:
        if x == y:
            return yes("exact", "The same number.")
        if a.step is None and b.step is None:
            return no("exact", "Different numbers.")
        return equal_decimals(a, x, b, y)
    if holds(a.tree, LOG_BASE) or holds(b.tree, LOG_BASE):
        return _of_unknown_base(a, b)
    decimal_first = x is not None and a.step is not None and not letters(b.tree)
    decimal_second = y is not None and b.step is not None and not letters(a.tree)
    if (decimal_first or decimal_second) and not holds(Op("add", (a.tree, b.tree)), "oo"):
        return equal_decimal_and_constant(a, b)
    first = equal_trees(a.tree, b.tree)
    marked = has(a.tree, "deg") or has(b.tree, "deg")
    if first.equal is not True and marked and (found := _degrees_left_out(a.tree, b.tree)):
        return found
    if first.equal is not True and (a.other is not None or b.other is not None):
        for s in (a.tree, a.other):
            for t in (b.tree, b.other):
                if (
                    s is not None
                    and t is not None
                    and (s, t) != (a.tree, b.tree)
                    and equal_trees(s, t).equal
                ):
                    return unknown("It depends on how far the slash reaches.")
    return first


def _of_unknown_base(a: Scalar, b: Scalar) -> Equality:
    """A logarithm without a base may be of 10 or of e: equal only where they are for every base."""
    verdict = equal_trees(a.tree, b.tree)
    if verdict.equal:
        return verdict
    for base in (Sym("e"), num(10)):
        x, y = (replace(s, tree=replaced(s.tree, {LOG_BASE: base}), other=None) for s in (a, b))
        if equal_values(x, y, None).equal is not False:
            return unknown("It depends on the base of the logarithm.")
    return no("numeric", "Their values differ, whatever the base of the logarithm.")


def _degrees_left_out(a: Node, b: Node) -> Equality | None:
    """180° - 2β beside 180 - 2β; but a sine of 30 is none of 30 degrees."""
    for tree in (a, b):
        for node in walk(tree):
            if isinstance(node, Op) and node.kind in FUNCTIONS and has(node, "deg"):
                return None
    verdict = equal_trees(_unmarked(a), _unmarked(b))
    return verdict if verdict.equal else None


def _unmarked(tree: Node) -> Node:
    if not isinstance(tree, Op):
        return tree
    args = tuple(_unmarked(arg) for arg in tree.args)
    return args[0] if tree.kind == "deg" else Op(tree.kind, args)


def _within(a: Scalar, b: Scalar, tolerance: float) -> Equality | None:
    x, y = _bounds(a), _bounds(b)
    if x is None or y is None:
        return None
    allowed = Fraction(tolerance) * max(abs(x[0]), abs(x[1]))
    distance = max(abs(x[0] - y[0]), abs(x[1] - y[1]), abs(x[0] - y[1]), abs(x[1] - y[0]))
    if distance <= allowed + Fraction(1, 10**30):
        return yes("tolerance", f"They differ by no more than {tolerance:g} of the reference.")
    return no("tolerance", f"They differ by more than {tolerance:g} of the reference.")


def _bounds(scalar: Scalar) -> tuple[Fraction, Fraction] | None:
    return (scalar.exact, scalar.exact) if scalar.exact is not None else value_of(scalar.tree)


# ---------------------------------------------------------------------------- trees


def equal_trees(a: Node, b: Node) -> Equality:
    """Exact algebra first, then enclosures at points; one point in advance, which may refute."""
    if a == b:
        return yes("exact", "The same expression.")
    if INFINITY in (a, b) or holds(a, "oo") or holds(b, "oo"):
        return _infinite(a, b)
    if differ_at_once(a, b):  # most wrong answers, for a tenth of what algebra costs
        return _apart(a, b)
    try:
        exact = Algebra().same(a, b)
    except Undefined as error:
        return unknown(f"One of them has no value: {error}.")
    except (TooMuch, RecursionError, OverflowError):
        exact = None
    if exact is not None:
        return (
            yes("algebra", "They have the same normal form.")
            if exact
            else no("algebra", "Their difference is not zero.")
        )
    try:
        verdict = compare(a, b)
    except (TooMuch, RecursionError, OverflowError) as error:
        return unknown(f"Neither algebra nor evaluation could tell: {error}.")
    if verdict is True:
        return yes("numeric", "They agree to sixty digits wherever they were evaluated.")
    if verdict is None:
        return unknown("Neither algebra nor evaluation could tell.")
    return _apart(a, b)


def _apart(a: Node, b: Node) -> Equality:
    """They differ; but are they the same but for the case of letters, or a rounded decimal?"""
    mine, theirs = letters(a), letters(b)
    only_case = mine != theirs and {n.lower() for n in mine} == {n.lower() for n in theirs}
    if only_case and equal_trees(_lower(a), _lower(b)).equal:
        return unknown("They differ in the case of letters only.")
    by_decimals = near_by_decimals(a, b)
    return by_decimals or no("numeric", "Their values differ.")


def _lower(tree: Node) -> Node:
    if isinstance(tree, Sym):
        return Sym(tree.name.lower())
    return Op(tree.kind, tuple(_lower(arg) for arg in tree.args)) if isinstance(tree, Op) else tree


def _infinite(a: Node, b: Node) -> Equality:
    x, y = _infinity_sign(a), _infinity_sign(b)
    unclear = any(s == 0 and value_of(t) is None for s, t in ((x, a), (y, b)))
    if x is None or y is None or unclear:
        return unknown("An expression with infinity is not evaluated.")
    return (
        yes("exact", "Both are infinite.")
        if x == y
        else no("exact", "Only one of them is infinite, or the signs differ.")
    )


def _infinity_sign(tree: Node) -> int | None:
    """1 and -1 for plus and minus infinity, 0 for what is finite, None for what is unclear."""
    if tree == INFINITY:
        return 1
    if isinstance(tree, Op) and tree.kind == "neg" and tree.args[0] == INFINITY:
        return -1
    if isinstance(tree, Op) and tree.kind == "add" and tree.args == (INFINITY,):
        return 1
    return None if holds(tree, "oo") else 0
