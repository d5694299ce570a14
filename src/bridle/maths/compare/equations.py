"""Equations and inequalities in general form: the same solutions, or a solution of one alone.

`left = right` is compared by its difference: equations are the same where the differences are
proportional, and different where a root of one (enclosed by a change of sign) is none of the other.
"""

from __future__ import annotations

from contextvars import ContextVar
from fractions import Fraction

from bridle.maths.algebra.exact import Algebra
from bridle.maths.algebra.intervals import Interval, NotReal, Unsure
from bridle.maths.algebra.numeric import Evaluator
from bridle.maths.algebra.polynomial import ONE, Atoms, Poly
from bridle.maths.algebra.ratios import Undefined, is_real
from bridle.maths.algebra.sampling import without_calls
from bridle.maths.tree import Node, TooMuch, letters
from bridle.maths.verdicts import Equality, no, unknown, yes

_BITS = 192
_GRID = sorted({Fraction(k * 3 + 1, 8) for k in range(-24, 25)} | set(map(Fraction, range(-3, 4))))
# Parts of a side evaluated at a point, in one comparison of answers: below half a second.
MOST_EVALUATIONS = 50_000
_OTHERS = (Fraction(13, 8), Fraction(29, 16), Fraction(11, 16), Fraction(37, 16), Fraction(7, 8))


_left: ContextVar[int] = ContextVar("evaluations left", default=MOST_EVALUATIONS)


def renew_budget() -> None:
    """A new comparison of answers begins: its equations may take so many evaluations again."""
    _left.set(MOST_EVALUATIONS)


def equal_equations(f: Node, g: Node, directed: bool = False) -> Equality:
    """Whether f = 0 and g = 0 have the same solutions; `directed`: f < 0 and g < 0."""
    if not letters(f) or not letters(g):
        return unknown("Statements about numbers are compared side by side only.")
    factor = _proportion(f, g, directed)
    if factor is not None and (factor > 0 or not directed):
        return yes("algebra", "One is a multiple of the other.")
    if factor is not None:
        return no("algebra", "The relation is turned round.")
    f, g, _ = without_calls(f, g)
    names = sorted(letters(f) | letters(g))
    if not names or len(names) > 12:
        return unknown("The equations cannot be compared.")
    for a, b in ((f, g), (g, f)):
        for shift in range(3):
            if _root_of_one_alone(a, b, names, shift):
                return no("numeric", "A solution of one is none of the other.")
    return unknown("No solution of one alone was found, but that is no proof.")


def _proportion(f: Node, g: Node, directed: bool) -> Fraction | None:
    """c where g = c*f once the letters below fraction bars are multiplied up, or None.

    A letter that is a factor is never divided out: x(x-1) = 0 has one solution more than x-1 = 0.
    """
    algebra = Algebra()
    try:
        one, other = algebra.normal(f), algebra.normal(g)
        p = _multiplied_up(algebra.atoms, one[0], directed)
        q = _multiplied_up(algebra.atoms, other[0], directed)
    except (TooMuch, Undefined, RecursionError, OverflowError):
        return None
    if not p or not q or len(p) != len(q) or set(p) == {ONE}:
        return None
    first = next(iter(p))
    if first not in q:
        return None
    factor = q[first] / p[first]
    if all(q.get(mono) == coefficient * factor for mono, coefficient in p.items()):
        return factor
    return None


def _multiplied_up(atoms: Atoms, poly: Poly, directed: bool) -> Poly:
    """Without negative powers of letters; of positive ones only where a sign matters."""
    least: dict[int, Fraction] = {}
    for atom in {a for mono in poly for a, _ in mono if atoms.keys[a][0] == "sym"}:
        power = min(dict(mono).get(atom, Fraction(0)) for mono in poly)
        if power < 0 and not (directed and is_real(str(atoms.keys[atom][1]))):
            least[atom] = power
    made: Poly = {}
    for mono, coefficient in poly.items():
        exponents = dict(mono)
        for atom, exponent in least.items():
            exponents[atom] = exponents.get(atom, Fraction(0)) - exponent
        made[tuple(sorted((a, e) for a, e in exponents.items() if e))] = coefficient
    return made


def _root_of_one_alone(a: Node, b: Node, names: list[str], shift: int) -> bool:
    for name in names:
        values: dict[str, Fraction | Interval] = {
            other: _OTHERS[(k + shift) % 5] for k, other in enumerate(names) if other != name
        }
        root = _bracket(a, name, values)
        if root is not None:
            try:
                box = Evaluator(_BITS, {**values, name: root}).box(b)
            except (NotReal, Unsure, TooMuch, RecursionError):
                continue
            return box.re[0] > 0 or box.re[1] < 0
    return False


def _bracket(a: Node, name: str, values: dict[str, Fraction | Interval]) -> Interval | None:
    """An enclosure of a root of `a` in one letter, where its sign changes without a pole."""
    before: tuple[Fraction, int] | None = None
    for point in _GRID:
        sign = _sign(a, name, point, values)
        if sign is None:
            before = None
            continue
        if sign == 0:
            return Evaluator(_BITS, {}).r.exact(point)
        if before is not None and before[1] != sign:
            low, high = before[0], point
            for _ in range(90):
                middle = (low + high) / 2
                here = _sign(a, name, middle, values)
                if here is None:
                    return None
                if here == before[1]:
                    low = middle
                else:
                    high = middle
            r = Evaluator(_BITS, {}).r
            enclosure = (r.exact(low)[0], r.exact(high)[1])
            try:
                Evaluator(_BITS, {**values, name: enclosure}).box(a)  # defined throughout: no pole
            except (NotReal, Unsure, TooMuch, RecursionError):
                return None
            return enclosure
        before = (point, sign)
    return None


def _sign(a: Node, name: str, at: Fraction, values: dict[str, Fraction | Interval]) -> int | None:
    if _left.get() < 0:
        raise TooMuch("too many equations with too many letters")
    evaluator = Evaluator(_BITS, {**values, name: at})
    try:
        box = evaluator.box(a)
        return evaluator.r.sign(box.re) if box.real else None
    except (NotReal, Unsure, TooMuch, RecursionError):
        return None
    finally:
        _left.set(_left.get() - evaluator.work)
