"""Two numbers or expressions: units, percent, degrees, bases, precision, then the values."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from bridle.maths.algebra import Algebra
from bridle.maths.ratios import Undefined
from bridle.maths.sampling import compare, differ_at_once, relative_distance, value_of
from bridle.maths.tree import INFINITY, Node, Num, Op, Sym, TooMuch, holds, letters, mul, num, walk
from bridle.maths.units import Unit
from bridle.maths.values import Scalar
from bridle.maths.verdicts import Equality, no, unknown, yes

_TRUSTED_DIGITS = 3  # of a decimal that stands for an exact value
_TRUSTED_BOTH = 2  # of the coarser of two decimals


def equal_scalars(a: Scalar, b: Scalar, tolerance: float | None) -> Equality:
    """Compares with what stands around the numbers."""
    if a.unit is not None and b.unit is not None:
        return _with_units(a, a.unit, b, b.unit, tolerance)
    if a.unit is not None or b.unit is not None:
        a, b = _without_unit(a), _without_unit(b)
    if a.degrees != b.degrees:
        return _one_in_degrees(a, b, tolerance)
    if a.percent != b.percent:
        plain, marked = (a, b) if b.percent else (b, a)
        as_value = equal_values(plain, marked, tolerance)
        return as_value if as_value.equal else equal_values(plain, _times(marked, 100), tolerance)
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
    marked, other = (a, b) if a.degrees else (b, a)
    if holds(other.tree, "pi"):
        radians = Scalar(Op("div", (mul(marked.tree, Sym("pi")), num(180))))
        return equal_values(radians, other, tolerance)
    return equal_values(marked, other, tolerance)


# ---------------------------------------------------------------------------- values


def equal_values(a: Scalar, b: Scalar, tolerance: float | None) -> Equality:
    """Compares the values alone. Symmetric where there is no tolerance; `a` is the reference."""
    x, y = a.exact, b.exact
    if tolerance is not None and (verdict := _within(a, b, tolerance)) is not None:
        return verdict
    if x is not None and y is not None:
        if x == y:
            return yes("exact", "The same number.")
        if a.step is None and b.step is None:
            return no("exact", "Different numbers.")
        return _decimals(a, x, b, y)
    if x is not None and a.step is not None and not letters(b.tree):
        return _decimal_and_constant(a, x, b)
    if y is not None and b.step is not None and not letters(a.tree):
        return _decimal_and_constant(b, y, a)
    first = equal_trees(a.tree, b.tree)
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


def _decimals(a: Scalar, x: Fraction, b: Scalar, y: Fraction) -> Equality:
    distance = abs(x - y)
    if a.step is not None and b.step is not None:
        coarse = a if a.step >= b.step else b
        step, digits = coarse.step or Fraction(0), coarse.digits or 1
        if a.step == b.step or 2 * distance > step:
            return no(
                "precision", f"They differ by more than half of the last digit ({_plain(step)})."
            )
        if digits >= _TRUSTED_BOTH:
            return yes("precision", f"Equal at the precision of the coarser one ({_plain(step)}).")
        return unknown("They agree as far as the coarser one says, but that is one digit.")
    decimal, exact = (a, y) if a.step is not None else (b, x)
    if exact.denominator == 1:
        return no("exact", "A whole number is compared exactly.")
    return _near(decimal, distance, distance)


def _decimal_and_constant(decimal: Scalar, value: Fraction, other: Scalar) -> Equality:
    bounds = value_of(other.tree)
    if bounds is None:
        verdict = compare(decimal.tree, other.tree)
        if verdict is False:
            return no("numeric", "Their values differ.")
        return unknown("The value of one of them cannot be computed.")
    low, high = bounds
    nearest = Fraction(0) if low <= value <= high else min(abs(value - low), abs(value - high))
    return _near(decimal, nearest, max(abs(value - low), abs(value - high)))


def _near(decimal: Scalar, least: Fraction, most: Fraction) -> Equality:
    step = decimal.step or Fraction(0)
    if 2 * least > step:
        return no(
            "precision",
            f"The exact value is further away than half of the last digit ({_plain(step)}).",
        )
    if 2 * most > step:
        return unknown("The exact value lies on the edge of what the decimal says.")
    if (decimal.digits or 1) >= _TRUSTED_DIGITS:
        return yes("precision", f"The exact value rounds to the decimal ({_plain(step)}).")
    return unknown("The exact value rounds to the decimal, but that has too few digits to tell.")


def _plain(step: Fraction) -> str:
    try:
        return f"{float(step):g}"
    except OverflowError:
        return f"about 10^{len(str(int(step))) - 1}"


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
    one, other = _decimal_inside(a), _decimal_inside(b)
    if (one is None) != (other is None) or (one and other and one[0] != other[0]):
        slack = max(d[1] for d in (one, other) if d is not None)
        digits = min(d[0] for d in (one, other) if d is not None)
        distance = relative_distance(a, b)
        if distance is not None and distance <= slack:
            if digits >= _TRUSTED_DIGITS:
                return yes("precision", "They agree at the precision of their decimals.")
            return unknown("They agree as far as their decimals say, but those have few digits.")
    return no("numeric", "Their values differ.")


def _lower(tree: Node) -> Node:
    if isinstance(tree, Sym):
        return Sym(tree.name.lower())
    return Op(tree.kind, tuple(_lower(arg) for arg in tree.args)) if isinstance(tree, Op) else tree


def _decimal_inside(tree: Node) -> tuple[int, Fraction] | None:
    """The fewest digits of the decimals in an expression, and half a last digit relative to one."""
    digits: list[int] = []
    slack = Fraction(0)
    for node in walk(tree):
        if isinstance(node, Num) and node.value.denominator > 1:
            scaled, places = abs(node.value), 0
            while scaled.denominator > 1 and places < 30:
                scaled, places = scaled * 10, places + 1
            if scaled.denominator == 1:
                digits.append(len(str(scaled.numerator)))
                slack = max(slack, Fraction(1, 2 * scaled.numerator))
    return (min(digits), slack) if digits else None


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
