"""Polynomials over atoms, with rational coefficients and rational exponents, kept reduced.

An atom is a letter, a prime (for roots: 2 to the 1/2), the imaginary unit, an exponential, a
logarithm, another function's value, or a polynomial under a root. A monomial is a sorted tuple of
(atom number, exponent); a polynomial maps monomials to coefficients. Products are reduced at once:
i*i = -1, sqrt(2)*sqrt(2) = 2, e^x * e^-x = 1, so that equal things meet in the same form.
"""

from __future__ import annotations

from collections.abc import Hashable
from fractions import Fraction
from math import isqrt

from bridle.maths.tree import TooMuch

Mono = tuple[tuple[int, Fraction], ...]
Poly = dict[Mono, Fraction]

ONE: Mono = ()
MOST_TERMS = 400
_HALF = Fraction(1, 2)
MOST_BITS = 20_000  # of a coefficient


class Atoms:
    """The atoms of one comparison, numbered in the order in which they are met."""

    def __init__(self) -> None:
        self.numbers: dict[Hashable, int] = {}
        self.keys: list[tuple[str, Hashable]] = []
        self.work = 0

    def number(self, kind: str, what: Hashable) -> int:
        key = (kind, what)
        if key not in self.numbers:
            self.numbers[key] = len(self.keys)
            self.keys.append(key)
        return self.numbers[key]

    def atom(self, kind: str, what: Hashable) -> Poly:
        return {((self.number(kind, what), Fraction(1)),): Fraction(1)}

    # -- arithmetic
    def spend(self, work: int) -> None:
        self.work += work
        if self.work > 60_000:
            raise TooMuch("the algebra grew too large")

    def multiply(self, a: Poly, b: Poly) -> Poly:
        self.spend(len(a) * len(b))
        product: Poly = {}
        for m, c in a.items():
            for n, d in b.items():
                for mono, factor in self.joined(m, n).items():
                    add_term(product, mono, c * d * factor)
        if len(product) > MOST_TERMS:
            raise TooMuch("the algebra grew too large")
        return product

    def joined(self, m: Mono, n: Mono) -> Poly:
        if not m:
            return {n: Fraction(1)}
        if not n:
            return {m: Fraction(1)}
        exponents = dict(m)
        for atom, exponent in n:
            exponents[atom] = exponents.get(atom, Fraction(0)) + exponent
        return self.reduced(exponents)

    def reduced(self, exponents: dict[int, Fraction]) -> Poly:
        """The product of atoms to these exponents, in reduced form."""
        factor = Fraction(1)
        kept: list[tuple[int, Fraction]] = []
        expand: list[Poly] = []
        for atom in sorted(exponents):
            exponent = exponents[atom]
            if exponent == 0:
                continue
            kind, what = self.keys[atom]
            if kind == "prime" and isinstance(what, int):
                whole = exponent.numerator // exponent.denominator
                if abs(whole) * what.bit_length() > MOST_BITS:
                    raise TooMuch("a number of too many digits")
                factor *= Fraction(what) ** whole
                exponent -= whole
            elif kind == "i":
                turns = exponent % 4
                if turns >= 2:
                    factor, turns = -factor, turns - 2
                exponent = turns
            elif kind == "turn":  # e^(i pi): a half turn
                exponent %= 2
                if exponent >= 1:
                    factor, exponent = -factor, exponent - 1
                if exponent in _TURNS:
                    expand.append(self.turned(exponent))
                    continue
            elif kind == "poly" and exponent >= 1:
                whole = exponent.numerator // exponent.denominator
                exponent -= whole
                expand.append(self.power(dict(what), whole))  # type: ignore[call-overload]
            if exponent:
                kept.append((atom, exponent))
        made: Poly = {tuple(kept): factor}
        for poly in expand:
            made = self.multiply(made, poly)
        return made

    def turned(self, exponent: Fraction) -> Poly:
        """e^(i pi q) for q = 1/2, 1/3, 1/4, 1/6 and their complements, in roots."""
        cosine, sine = _TURNS[exponent]
        made: Poly = {}
        for (coefficient, prime), unit in ((cosine, False), (sine, True)):
            if coefficient:
                mono = {self.number("prime", prime): _HALF} if prime else {}
                if unit:
                    mono[self.number("i", 0)] = Fraction(1)
                for m, c in self.reduced(mono).items():
                    add_term(made, m, c * coefficient)
        return made

    def power(self, base: Poly, exponent: int) -> Poly:
        """A non-negative whole power."""
        if exponent > 60 and len(base) > 1:
            raise TooMuch("a power beyond 60")
        if len(base) == 1:
            ((mono, coefficient),) = base.items()
            if (
                exponent
                * max(coefficient.numerator.bit_length(), coefficient.denominator.bit_length())
                > MOST_BITS
            ):
                raise TooMuch("a number of too many digits")
            raised = self.reduced({atom: e * exponent for atom, e in mono})
            return {m: c * coefficient**exponent for m, c in raised.items()}
        made: Poly = {ONE: Fraction(1)}
        while exponent:
            if exponent & 1:
                made = self.multiply(made, base)
            exponent >>= 1
            if exponent:
                base = self.multiply(base, base)
        return made


_R = Fraction
_TURNS: dict[Fraction, tuple[tuple[Fraction, int], tuple[Fraction, int]]] = {
    _R(1, 2): ((_R(0), 0), (_R(1), 0)),
    _R(1, 3): ((_HALF, 0), (_HALF, 3)),
    _R(2, 3): ((-_HALF, 0), (_HALF, 3)),
    _R(1, 4): ((_HALF, 2), (_HALF, 2)),
    _R(3, 4): ((-_HALF, 2), (_HALF, 2)),
    _R(1, 6): ((_HALF, 3), (_HALF, 0)),
    _R(5, 6): ((-_HALF, 3), (_HALF, 0)),
}


def add_term(poly: Poly, mono: Mono, coefficient: Fraction) -> None:
    total = poly.get(mono, 0) + coefficient
    if total:
        poly[mono] = Fraction(total)
    else:
        poly.pop(mono, None)


def added(a: Poly, b: Poly, factor: Fraction = Fraction(1)) -> Poly:
    """a + factor*b."""
    total = dict(a)
    for mono, coefficient in b.items():
        add_term(total, mono, coefficient * factor)
    return total


def constant(poly: Poly) -> Fraction | None:
    """The value of a polynomial without atoms."""
    if not poly:
        return Fraction(0)
    return poly.get(ONE) if len(poly) == 1 else None


_PRIMES = [p for p in range(2, 2000) if all(p % q for q in range(2, isqrt(p) + 1))]


def factored(n: int) -> dict[int, int]:
    """Prime factors of n > 0; a part without factors below 2000 counts as one prime (or a square)."""
    if n.bit_length() > 600:
        raise TooMuch("a root of a number of too many digits")
    found: dict[int, int] = {}
    for p in _PRIMES:
        if p * p > n:
            break
        while n % p == 0:
            n //= p
            found[p] = found.get(p, 0) + 1
    if n > 1:
        root = isqrt(n)
        base, exponent = (root, 2) if root * root == n else (n, 1)
        found[base] = found.get(base, 0) + exponent
    return found
