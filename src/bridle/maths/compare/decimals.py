"""When a decimal says the same as the reference: the rule of precision, the same everywhere.

The reference (`a`, always the first) says how exact an answer must be:

- a whole number, 1.0 and 18.00 among them, is compared exactly;
- a decimal reference is met by every finer decimal that rounds to it, if it has two digits or more
  (3.14 by 3.14159, 9.8 by 9.81), and by an exact value if it has three (0.286 by 2/7); with fewer
  digits rounding confirms nothing, and the verdict is open;
- an answer coarser than a decimal reference is wrong (6.8 is not 6.75), but open from five digits
  on (0.33333 for 0.333333), and from three for a reference of eight and more (0.4167 for
  0.4166666667);
- an exact reference without an end (1/3, pi) is met by a decimal of three digits or more to which
  it rounds; one that ends (27/4 = 6.75) is a decimal itself, and a rounding of it is open.
"""

from __future__ import annotations

from fractions import Fraction

from bridle.maths.algebra.sampling import compare, relative_distance, value_of
from bridle.maths.tree import Node, Num, TooMuch, walk
from bridle.maths.values import Scalar
from bridle.maths.verdicts import Equality, no, unknown, yes

TRUSTED_DIGITS = 3  # of a decimal to which an exact value rounds
_TRUSTED_BETWEEN_DECIMALS = 2  # of a decimal to which a longer one rounds
_NEARLY_ALL = 5  # digits of an answer that is coarser than the reference and still open
_MANY = 8  # digits of a reference that is itself the rounding of something
_MOST_PLACES = 4  # an exact reference with no more decimals than these is a decimal itself


def equal_decimals(a: Scalar, x: Fraction, b: Scalar, y: Fraction) -> Equality:
    """Two different exact values, at least one of them written as a decimal; `a` is the reference."""
    distance = abs(x - y)
    if a.step is None:
        if x.denominator == 1:
            return no("exact", "A whole number is compared exactly.")
        verdict = _rounds(b, distance, distance)
        if verdict.equal and _ends(x):
            return unknown("The answer is a rounding of a number that could be written in full.")
        return verdict
    if _written_whole(a) or (y.denominator == 1 and b.step is None and a.step < 1):
        return no("exact", "A whole number is compared exactly.")
    if b.step is not None and b.step >= a.step:
        if b.step > a.step and 2 * distance <= b.step and _nearly_all(a.digits or 1, b.digits or 1):
            return unknown("The answer agrees as far as it goes, but has fewer digits.")
        return no("precision", f"The reference is written to {shown(a.step)}, and they differ.")
    enough = TRUSTED_DIGITS if b.step is None else _TRUSTED_BETWEEN_DECIMALS
    return _rounds(a, distance, distance, enough)


def equal_decimal_and_constant(a: Scalar, b: Scalar) -> Equality:
    """A decimal and a constant such as pi; `a` is the reference."""
    decimal, other = (a, b) if a.exact is not None else (b, a)
    value = decimal.exact or Fraction(0)
    try:
        bounds = value_of(other.tree)
    except TooMuch:
        bounds = None
    if bounds is None:
        verdict = compare(decimal.tree, other.tree)
        if verdict is False:
            return no("numeric", "Their values differ.")
        return unknown("The value of one of them cannot be computed.")
    low, high = bounds
    least = Fraction(0) if low <= value <= high else min(abs(value - low), abs(value - high))
    if decimal is a and _written_whole(a) and least > 0:
        return no("exact", "A whole number is compared exactly.")
    return _rounds(decimal, least, max(abs(value - low), abs(value - high)))


def _nearly_all(wanted: int, given: int) -> bool:
    """Whether so few digits are missing, or so many asked for, that the answer is no clear error."""
    return given >= _NEARLY_ALL or (wanted >= _MANY and given >= TRUSTED_DIGITS)


def _written_whole(scalar: Scalar) -> bool:
    """1.0 and 18.00, but not 1.20e3."""
    exact, step = scalar.exact, scalar.step
    return exact is not None and step is not None and step < 1 and exact.denominator == 1


def _ends(value: Fraction) -> bool:
    return (value * 10**_MOST_PLACES).denominator == 1


def _rounds(
    decimal: Scalar, least: Fraction, most: Fraction, enough: int = TRUSTED_DIGITS
) -> Equality:
    """Whether a value at a distance between `least` and `most` rounds to the decimal."""
    step = decimal.step or Fraction(0)
    if 2 * least > step:
        return no("precision", f"They differ by more than half of the last digit ({shown(step)}).")
    if 2 * most > step:
        return unknown("The exact value lies on the edge of what the decimal says.")
    if (decimal.digits or 1) >= enough:
        return yes("precision", f"The finer one rounds to the decimal ({shown(step)}).")
    return unknown("The finer one rounds to the decimal, but that has too few digits to tell.")


def shown(step: Fraction) -> str:
    """A step in a sentence."""
    try:
        return f"{float(step):g}"
    except OverflowError:
        return f"about 10^{len(str(int(step))) - 1}"


# ---------------------------------------------------------------------------- inside expressions


def near_by_decimals(a: Node, b: Node) -> Equality | None:
    """The verdict on two different expressions by the decimals in them (3.14r^2 and pi r^2), by the
    same rule; None where the decimals do not account for the difference."""
    mine, theirs = _decimals_inside(a), _decimals_inside(b)
    if mine == theirs or (mine is None and theirs is None):
        return None
    if mine is not None and theirs is not None and theirs[0] < mine[0]:
        return None  # coarser than the reference
    digits, slack = mine if mine is not None else theirs or (0, Fraction(0))
    distance = relative_distance(a, b)
    if distance is None or distance > slack:
        return None
    if digits >= TRUSTED_DIGITS:
        return yes("precision", "They agree at the precision of their decimals.")
    return unknown("They agree as far as their decimals say, but those have few digits.")


def _decimals_inside(tree: Node) -> tuple[int, Fraction] | None:
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
