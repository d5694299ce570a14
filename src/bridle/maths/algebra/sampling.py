"""Are two expressions the same function of their letters? Asked at points.

compare(a, b)  ->  True: they agree to sixty digits wherever both are defined
                   False: somewhere the enclosures of their values do not meet
                   None: no point was found at which it could be told
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction

from bridle.maths.algebra.intervals import NotReal, Unsure
from bridle.maths.algebra.numeric import ZERO, Box, Evaluator
from bridle.maths.algebra.ratios import is_real
from bridle.maths.tree import Node, Num, Op, Sym, TooMuch, has, holds, letters, walk

COARSE, FINE = 128, 320  # bits
ZERO_BOX = Box(ZERO, ZERO)
_PRECISIONS = (COARSE, FINE, 1280, 4096)  # the last two for what is tiny, such as e^(-500)
_DIGITS_AGREE = 150  # bits, relative to the size of the value
_NEEDED = 3  # points that must agree where there are letters
# Letters that stand for whole numbers where whole parts are taken.
_COUNTING = frozenset("nkmijlNKM")
_OF_WHOLE = ("fact", "binom", "mod", "gcd", "lcm")
# Functions that may agree with others near zero and part from them further off.
_BROKEN = ("abs", "sign", "max", "min", "root", "floor", "ceil", "mod", "arg", "arcsin", "arccos", "arctan")  # fmt: skip
_MAGNITUDES = (10, 100, 1_000, 10_000, 10**6, 10**9, 10**12)
_MOST_FAR_POINTS = 48

# Unrelated rationals with no pattern; the k-th letter at the j-th point takes one of them.
_POINTS = [
    Fraction(n, 1 << 12)
    for n in (
        6173,
        3251,
        9743,
        2179,
        7411,
        5023,
        11927,
        1693,
        8581,
        4507,
        10459,
        2851,
        6991,
        3917,
        9001,
        5557,
    )
]
_WHOLES = (5, 8, 3, 16, 7, 1, 12, 2, 9, 4, 31, 6, 10, 17, 13, 64)


def compare(a: Node, b: Node) -> bool | None:
    """Whether two expressions agree; see the module's docstring."""
    a, b, strange = without_calls(a, b)
    names = sorted(letters(a) | letters(b))
    if not names:
        return _at(a, b, {}, complex_too=True, fine=True)
    if len(names) > 24:
        return None
    wanted_complex = holds(a, "i") or holds(b, "i")
    points = list(_points(names, _whole_letters(a, b, names)))
    told = 0
    for values in points:
        verdict = _at(a, b, values, wanted_complex, fine=False)
        if verdict is False:
            return None if strange else False
        told += verdict is True
    if told < _NEEDED:
        return None
    if _is_broken(a) or _is_broken(b):
        for values in _far_points(a, b, names):
            with suppress(TooMuch):
                if _at(a, b, values, wanted_complex, fine=False) is False:
                    return None if strange else False
    agreed = sum(_at(a, b, values, wanted_complex, fine=True) is True for values in points[:6])
    return True if agreed >= 2 else None


def differ_at_once(a: Node, b: Node) -> bool:
    """Whether the first point already proves that they differ."""
    a, b, strange = without_calls(a, b)
    names = sorted(letters(a) | letters(b))
    if strange or not names or len(names) > 24:
        return False
    complex_too = holds(a, "i") or holds(b, "i")
    values = next(_points(names, _whole_letters(a, b, names)))
    try:
        return _at(a, b, values, complex_too, fine=False) is False
    except TooMuch:
        return False


def _whole_letters(a: Node, b: Node, names: list[str]) -> frozenset[str]:
    """All of them inside factorials; n and k, but not x, inside whole parts."""
    if has(a, *_OF_WHOLE) or has(b, *_OF_WHOLE):
        return frozenset(names)
    if has(a, "floor", "ceil") or has(b, "floor", "ceil"):
        return frozenset(names) & _COUNTING
    return frozenset()


def _points(names: list[str], whole: frozenset[str]) -> Iterator[dict[str, Fraction]]:
    count = 14 if whole else 7
    for j in range(count):
        values: dict[str, Fraction] = {}
        for k, name in enumerate(names):
            if name in whole:
                values[name] = Fraction(_WHOLES[(j + 5 * k) % 16])
                continue
            value = _POINTS[(3 * j + 5 * k) % 16] + Fraction(k, 7)
            negative = j >= 3 and is_real(name) and (j + k) % 2
            values[name] = -value if negative else value
        yield values


def _is_broken(tree: Node) -> bool:
    for node in walk(tree):
        if isinstance(node, Op):
            if node.kind in _BROKEN:
                return True
            if node.kind == "pow" and isinstance(node.args[1], Op):
                return True  # x^(1/2), x^(2/3)
    return False


def _far_points(a: Node, b: Node, names: list[str]) -> Iterator[dict[str, Fraction]]:
    """Points on both sides of the constants that occur, and of several magnitudes."""
    whole = _whole_letters(a, b, names)
    constants = {abs(n.value) for tree in (a, b) for n in walk(tree) if isinstance(n, Num)}
    constants |= {abs(value) for tree in (a, b) for value in _rational_parts(tree)}
    places: list[Fraction] = []
    for constant in sorted(c for c in constants if c and c.numerator.bit_length() < 200)[:6]:
        places += [constant * Fraction(6, 7), constant * Fraction(8, 7)]
    places += [Fraction(magnitude * 9, 7) for magnitude in _MAGNITUDES]
    made = 0
    for place in places:
        for sign in (1, -1):
            for alone in (None, *(names if len(names) > 1 else ())):
                if made == _MOST_FAR_POINTS:
                    return
                made += 1
                values: dict[str, Fraction] = {}
                for k, name in enumerate(names):
                    near = _POINTS[(made + 5 * k) % 16]
                    value = near if alone not in (None, name) else place * (1 + Fraction(k, 11))
                    if name in whole:
                        value = Fraction(max(round(value), 1))
                    values[name] = -value if sign < 0 and is_real(name) else value
                yield values


def _rational_parts(tree: Node) -> Iterator[Fraction]:
    """Powers of numbers in an expression, such as 10^6."""
    for node in walk(tree):
        if isinstance(node, Op) and node.kind == "pow":
            base, exponent = node.args
            if isinstance(base, Num) and isinstance(exponent, Num):
                n = exponent.value
                small = abs(n) * base.value.numerator.bit_length() < 200
                if base.value and n.denominator == 1 and small:
                    yield base.value ** int(n)


def _at(
    a: Node, b: Node, values: dict[str, Fraction], complex_too: bool, fine: bool
) -> bool | None:
    """Whether the values agree at one point, None where that cannot be told there: one of them is
    not defined, or holds zero however closely it is looked at."""
    for bits in _PRECISIONS:
        try:
            evaluator = Evaluator(bits, values)
            x, y = evaluator.box(a), evaluator.box(b)
        except NotReal:
            return _only_one_real(a, b, bits) if not values else None
        except (Unsure, RecursionError):
            if bits >= FINE:
                return None
            continue
        if not complex_too and not (x.real and y.real):
            return None
        if apart(x, y):
            return False
        if x == y == ZERO_BOX:
            return True
        if not fine and not (_may_be_zero(x) and _may_be_zero(y)):
            return True
        if _close(x, y) and (values or bits == _PRECISIONS[-1]):
            return True  # constants are looked at as closely as can be: 1 and 2^(1/2^1000)
    return None


def _only_one_real(a: Node, b: Node, bits: int) -> bool | None:
    """False where one constant is real and the other, such as arcsin 2, certainly is not."""
    real = 0
    for node in (a, b):
        try:
            real += Evaluator(bits, {}).box(node).real
        except NotReal:
            continue
        except (Unsure, RecursionError):
            return None
    return False if real == 1 else None


def apart(x: Box, y: Box) -> bool:
    """Whether two enclosures do not meet, so that the values differ for certain."""
    return x.re[0] > y.re[1] or y.re[0] > x.re[1] or x.im[0] > y.im[1] or y.im[0] > x.im[1]


def _may_be_zero(x: Box) -> bool:
    return x.re[0] <= 0 <= x.re[1] and x.im[0] <= 0 <= x.im[1]


def _close(x: Box, y: Box) -> bool:
    """Whether two enclosures agree to many digits of their own size."""
    size = min(max(abs(end) for end in (*box.re, *box.im)) for box in (x, y))
    widths = (x.re[1] - x.re[0], y.re[1] - y.re[0], x.im[1] - x.im[0], y.im[1] - y.im[0])
    return max(widths) <= size >> _DIGITS_AGREE


def without_calls(a: Node, b: Node) -> tuple[Node, Node, bool]:
    """f(x) of an unknown f becomes a letter of its own, the same for the same argument.

    f(0) and f(1) are unrelated for an f of which nothing is known; the last value says that it is a
    delta function, of which something is.
    """
    known: dict[Node, str] = {}

    def visit(node: Node) -> Node:
        if not isinstance(node, Op):
            return node
        if node.kind == "call":
            name = known.setdefault(node, f"call{len(known)}")
            return Sym(name)
        return Op(node.kind, tuple(visit(arg) for arg in node.args))

    if has(a, "call") or has(b, "call"):
        a, b = visit(a), visit(b)
    delta = any(isinstance(node, Op) and node.args[0] == Sym("delta") for node in known)
    return a, b, delta and len(known) > 1


def value_of(node: Node) -> tuple[Fraction, Fraction] | None:
    """Rational bounds of a real constant, or None where it is not one."""
    if any(isinstance(n, Sym) and n.name == "oo" for n in walk(node)) or letters(node):
        return None
    for bits in _PRECISIONS:
        try:
            box = Evaluator(bits, {}).box(node)
        except (NotReal, TooMuch, RecursionError):
            return None
        except Unsure:
            continue
        if not box.real:
            return None
        if _may_be_zero(box) and box.re != (0, 0) and bits < _PRECISIONS[-1]:
            continue
        one = 1 << bits
        return Fraction(box.re[0], one), Fraction(box.re[1], one)
    return None


def relative_distance(a: Node, b: Node) -> Fraction | None:
    """The largest distance of two expressions at points, relative to the first; None if unknown."""
    a, b, _ = without_calls(a, b)
    names = sorted(letters(a) | letters(b))
    worst = Fraction(0)
    for values in list(_points(names, frozenset()))[:3]:
        try:
            evaluator = Evaluator(COARSE, values)
            x, y = evaluator.box(a), evaluator.box(b)
        except (NotReal, Unsure, TooMuch, RecursionError):
            return None
        size = max(abs(x.re[0]), abs(x.im[0]), abs(y.re[0]), abs(y.im[0]))
        if size == 0:
            return None
        worst = max(worst, Fraction(max(abs(x.re[0] - y.re[0]), abs(x.im[0] - y.im[0])), size))
    return worst
