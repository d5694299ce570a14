"""Quotients of reduced polynomials: arithmetic, powers, roots, exponentials, logarithms.

What a tree means in them is said by `algebra`, which is built on this.
"""

from __future__ import annotations

from collections.abc import Hashable
from fractions import Fraction
from math import gcd, lcm
from typing import cast

from bridle.maths.algebra.polynomial import (
    MOST_BITS,
    ONE,
    Atoms,
    Mono,
    Poly,
    added,
    constant,
    factored,
)
from bridle.maths.tree import Node, Sym, TooMuch

_ONE = Fraction(1)

# Letters that people use for any real number; all others stand for positive quantities.
_REAL = frozenset(
    [
        "x",
        "y",
        "z",
        "t",
        "u",
        "v",
        "w",
        "a",
        "b",
        "c",
        "s",
        "p",
        "q",
        "alpha",
        "beta",
        "gamma",
        "theta",
        "phi",
    ]
)


def is_real(name: str) -> bool:
    """Whether a letter may be negative by custom (x, y, a, ...) rather than a positive quantity."""
    return name.partition("_")[0].partition("'")[0] in _REAL


class Undefined(Exception):
    """A division by nothing, a logarithm of nothing."""


Ratio = tuple[Poly, Poly]


class Ratios:
    """What is computed with quotients; `normal` of a tree is the algebra's."""

    def __init__(self) -> None:
        self.atoms = Atoms()
        self.depth = 0

    def normal(self, node: Node) -> Ratio:
        raise NotImplementedError

    # -- arithmetic of quotients
    def whole(self, poly: Poly) -> Ratio:
        return poly, {ONE: _ONE}

    def times(self, a: Ratio, b: Ratio) -> Ratio:
        return self.settled(self.atoms.multiply(a[0], b[0]), self.atoms.multiply(a[1], b[1]))

    def plus(self, a: Ratio, b: Ratio) -> Ratio:
        if a[1] == b[1]:
            return self.settled(added(a[0], b[0]), a[1])
        left, right = self.atoms.multiply(a[0], b[1]), self.atoms.multiply(b[0], a[1])
        return self.settled(added(left, right), self.atoms.multiply(a[1], b[1]))

    def minus(self, a: Ratio, b: Ratio) -> Ratio:
        return self.plus(a, ({m: -c for m, c in b[0].items()}, b[1]))

    def inverse(self, a: Ratio) -> Ratio:
        if not a[0]:
            raise Undefined("a division by zero")
        return self.settled(a[1], a[0])

    def settled(self, top: Poly, bottom: Poly) -> Ratio:
        """Divides by a bottom of one term, so that most bottoms are 1."""
        if len(bottom) != 1:
            return top, bottom
        ((mono, coefficient),) = bottom.items()
        if not mono:
            return ({m: c / coefficient for m, c in top.items()} if coefficient != 1 else top), {
                ONE: _ONE
            }
        if any(self.atoms.keys[atom][0] == "poly" for atom, _ in mono):
            return top, bottom
        inverse = self.atoms.reduced({atom: -e for atom, e in mono})
        return self.atoms.multiply(top, {m: c / coefficient for m, c in inverse.items()}), {
            ONE: _ONE
        }

    def number(self, node: Node) -> Fraction | None:
        top, bottom = self.normal(node)
        value, below = constant(top), constant(bottom)
        return value / below if value is not None and below else None

    def polynomial(self, a: Ratio) -> Poly | None:
        return a[0] if a[1] == {ONE: _ONE} else None

    # -- powers
    def power(self, base: Node, exponent: Node) -> Ratio:
        value = self.number(exponent)
        if isinstance(base, Sym) and base.name == "e":
            return self.exponential(self.normal(exponent))
        if value is not None:
            return self.rational_power(self.normal(base), value)
        # b^(m + 3) = e^((m + 3) ln b): the whole part is taken out by the exponential
        return self.exponential(
            self.times(self.normal(exponent), self.logarithm(self.normal(base)))
        )

    def rational_power(self, base: Ratio, exponent: Fraction) -> Ratio:
        if exponent < 0:
            return self.inverse(self.rational_power(base, -exponent))
        if exponent == 0:
            return self.whole({ONE: _ONE})
        whole = exponent.numerator // exponent.denominator
        part = exponent - whole
        if part == 0:
            return self.settled(self.atoms.power(base[0], whole), self.atoms.power(base[1], whole))
        top, bottom = self.root(base[0], exponent), self.root(base[1], exponent)
        return self.times(top, self.inverse(bottom))

    def root(self, poly: Poly, exponent: Fraction) -> Ratio:
        if not poly:
            return self.whole({})
        if len(poly) == 1:
            ((mono, coefficient),) = poly.items()
            made = self.whole(self.number_root(coefficient, exponent))
            for atom, power in mono:
                made = self.times(made, self.whole(self.atom_root(atom, power, exponent)))
            return made
        content = content_of(poly)
        atom = self.atoms.number("poly", frozenset((m, c / content) for m, c in poly.items()))
        root = self.whole(self.number_root(content, exponent))
        return self.times(root, self.whole(self.atoms.reduced({atom: exponent})))

    def number_root(self, value: Fraction, exponent: Fraction) -> Poly:
        exponents: dict[int, Fraction] = {}
        if value < 0:
            if exponent.denominator % 2 == 0:
                turn = self.atoms.number("i", 0)
                if exponent.denominator != 2:
                    raise TooMuch("an even root of a negative number")
                exponents[turn] = Fraction(exponent.numerator)
                sign = _ONE
            else:
                sign = Fraction(-1 if exponent.numerator % 2 else 1)
        else:
            sign = _ONE
        for number, direction in ((abs(value.numerator), 1), (value.denominator, -1)):
            for prime, count in factored(number).items():
                atom = self.atoms.number("prime", prime)
                exponents[atom] = exponents.get(atom, Fraction(0)) + exponent * count * direction
        return {m: c * sign for m, c in self.atoms.reduced(exponents).items()}

    def atom_root(self, atom: int, power: Fraction, exponent: Fraction) -> Poly:
        kind, what = self.atoms.keys[atom]
        positive = kind in ("prime", "abs") or (kind == "sym" and not is_real(str(what)))
        positive = positive or (kind == "exp" and not self.imaginary(what))
        result = power * exponent
        if positive or power.denominator != 1 or power.numerator % 2 or kind == "poly":
            if kind == "i" or (kind in ("exp", "turn") and not positive):
                raise TooMuch("a root of a complex number")
            return self.atoms.reduced({atom: result})
        if result.denominator == 1 and result.numerator % 2 == 0:
            return self.atoms.reduced({atom: result})
        return self.atoms.reduced({self.atoms.number("abs", ((atom, _ONE),)): result})

    def imaginary(self, mono: Hashable) -> bool:
        """Whether a monomial holds the imaginary unit."""
        atoms = cast(Mono, mono) if isinstance(mono, tuple) else ()
        return any(self.atoms.keys[atom][0] == "i" for atom, _ in atoms)

    # -- exponentials and logarithms
    def exponential(self, exponent: Ratio) -> Ratio:
        poly = self.polynomial(exponent)
        if poly is None:
            return self.whole(self.atoms.atom("fn", ("exp", key_of(exponent))))
        made: Poly = {ONE: _ONE}
        for mono, coefficient in poly.items():
            made = self.atoms.multiply(made, self.one_exponential(mono, coefficient))
        return self.whole(made)

    def one_exponential(self, mono: Mono, coefficient: Fraction) -> Poly:
        kinds = [(self.atoms.keys[atom], exponent) for atom, exponent in mono]
        if len(mono) == 1 and kinds[0][0][0] == "log" and mono[0][1] == 1:
            inner = kinds[0][0][1]
            if isinstance(inner, int):
                return self.number_root(Fraction(inner), coefficient)
            return self.rational_power(self.whole(dict(inner)), coefficient)[0]  # type: ignore[call-overload]
        if {key for key, _ in kinds} == {("i", 0), ("sym", "pi")} and all(e == 1 for _, e in kinds):
            return self.atoms.reduced({self.atoms.number("turn", 0): coefficient})
        return self.atoms.reduced({self.atoms.number("exp", mono): coefficient})

    def logarithm(self, of: Ratio) -> Ratio:
        top, bottom = self.one_logarithm(of[0]), self.one_logarithm(of[1])
        return self.whole(added(top, bottom, Fraction(-1)))

    def one_logarithm(self, poly: Poly) -> Poly:
        if not poly:
            raise Undefined("the logarithm of zero")
        content = next(iter(poly.values())) if len(poly) == 1 else content_of(poly)
        made: Poly = {}
        if content < 0:
            made = self.atoms.multiply(self.atoms.atom("i", 0), self.atoms.atom("sym", "pi"))
        for number, direction in ((abs(content.numerator), 1), (content.denominator, -1)):
            for prime, count in factored(number).items():
                made = added(made, self.atoms.atom("log", prime), Fraction(count * direction))
        if len(poly) > 1:
            primitive = frozenset((m, c / abs(content)) for m, c in poly.items())
            return added(made, self.atoms.atom("log", primitive))
        for atom, exponent in next(iter(poly)):
            kind, what = self.atoms.keys[atom]
            if kind == "prime" and isinstance(what, int):
                inner: Poly = self.atoms.atom("log", what)
            elif kind == "exp" and not self.imaginary(what):
                inner = {cast(Mono, what): _ONE}  # type: ignore[dict-item]
            elif kind in ("i", "turn", "exp"):
                raise TooMuch("the logarithm of a complex number")
            else:
                inner = self.atoms.atom("log", frozenset({(((atom, _ONE),), _ONE)}))
            made = added(made, inner, exponent)
        return made


def content_of(poly: Poly) -> Fraction:
    """The positive rational factor that makes the coefficients whole and without a common factor."""
    top, bottom = 0, 1
    for coefficient in poly.values():
        top = gcd(top, coefficient.numerator)
        bottom = lcm(bottom, coefficient.denominator)
    if bottom.bit_length() > MOST_BITS:
        raise TooMuch("a number of too many digits")
    return Fraction(top, bottom)


def key_of(of: Ratio) -> tuple[frozenset[tuple[Mono, Fraction]], frozenset[tuple[Mono, Fraction]]]:
    return frozenset(of[0].items()), frozenset(of[1].items())
