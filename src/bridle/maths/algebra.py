"""Exact algebra: a tree becomes a quotient of two reduced polynomials.

    same(parse("(x+1)^2"), parse("x^2+2x+1"))  ->  True

Sines and cosines become exponentials, roots of numbers roots of primes, logarithms sums over
primes, factorials products, so that the usual identities hold by themselves. A difference that
reduces to nothing proves equality; one that is a number other than nothing proves the opposite.
Everything else is left to numeric evaluation.

Letters are taken where both sides are real: sqrt(x*y) = sqrt(x)*sqrt(y), ln(x^2) = 2*ln(x);
sqrt(x^2) is |x| unless the letter is positive by custom (`is_real`).
"""

from __future__ import annotations

from fractions import Fraction
from math import factorial

from bridle.maths.polynomial import (
    MOST_BITS,
    ONE,
    Atoms,
    Mono,
    Poly,
    add_term,
    added,
    constant,
    factored,
)
from bridle.maths.tree import Node, Num, Op, Sym, TooMuch

_ONE = Fraction(1)
_HALF = Fraction(1, 2)

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


class Algebra:
    """The normal forms of one comparison; both sides must come from the same one."""

    def __init__(self) -> None:
        self.atoms = Atoms()
        self.depth = 0

    def same(self, a: Node, b: Node) -> bool | None:
        """True or False where exact algebra can tell, else None."""
        difference = self.minus(self.normal(a), self.normal(b))
        value = constant(difference[0])
        if value is None:
            return None
        return value == 0

    def normal(self, node: Node) -> Ratio:
        if isinstance(node, Num):
            return ({ONE: node.value} if node.value else {}), {ONE: _ONE}
        if isinstance(node, Sym):
            if node.name == "oo":
                raise Undefined("infinity is no number")
            kind = "i" if node.name == "i" else "sym"
            if node.name == "e":
                return self.whole(self.atoms.atom("exp", ONE))
            return self.whole(self.atoms.atom(kind, 0 if kind == "i" else node.name))
        self.depth += 1
        if self.depth > 120:
            raise TooMuch("nested too deeply")
        made = self.operation(node)
        self.depth -= 1
        return made

    def operation(self, node: Op) -> Ratio:
        kind, args = node.kind, node.args
        if kind == "add":
            total = self.normal(args[0])
            for arg in args[1:]:
                total = self.plus(total, self.normal(arg))
            return total
        if kind == "mul":
            total = self.normal(args[0])
            for arg in args[1:]:
                total = self.times(total, self.normal(arg))
            return total
        if kind == "neg":
            top, bottom = self.normal(args[0])
            return {m: -c for m, c in top.items()}, bottom
        if kind == "div":
            return self.times(self.normal(args[0]), self.inverse(self.normal(args[1])))
        if kind == "pow":
            return self.power(args[0], args[1])
        if kind == "root" or kind == "sqrt":
            degree = self.number(args[1]) if kind == "root" else Fraction(2)
            if not degree:
                raise TooMuch("a root of unknown degree")
            return self.rational_power(self.normal(args[0]), 1 / degree)
        if kind in ("ln", "log"):
            value = self.logarithm(self.normal(args[0]))
            if kind == "log":
                value = self.times(value, self.inverse(self.logarithm(self.normal(args[1]))))
            return value
        if kind == "exp":
            return self.exponential(self.normal(args[0]))
        if kind in _BY_EXPONENTIALS:
            return self.by_exponentials(kind, self.normal(args[0]))
        if kind == "fact":
            return self.factorial(self.normal(args[0]))
        if kind == "binom":
            top, chosen = self.normal(args[0]), self.normal(args[1])
            below = self.times(self.factorial(chosen), self.factorial(self.minus(top, chosen)))
            return self.times(self.factorial(top), self.inverse(below))
        return self.opaque(kind, args)

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
        content = _content(poly)
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

    def imaginary(self, mono: object) -> bool:
        return isinstance(mono, tuple) and any(
            self.atoms.keys[atom][0] == "i"
            for atom, _ in mono  # type: ignore[misc]
        )

    # -- exponentials and logarithms
    def exponential(self, exponent: Ratio) -> Ratio:
        poly = self.polynomial(exponent)
        if poly is None:
            return self.whole(self.atoms.atom("fn", ("exp", _key(exponent))))
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
        content = next(iter(poly.values())) if len(poly) == 1 else _content(poly)
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
            elif kind == "exp" and isinstance(what, tuple) and not self.imaginary(what):
                inner = {what: _ONE}  # type: ignore[dict-item]
            elif kind in ("i", "turn", "exp"):
                raise TooMuch("the logarithm of a complex number")
            else:
                inner = self.atoms.atom("log", frozenset({(((atom, _ONE),), _ONE)}))
            made = added(made, inner, exponent)
        return made

    def by_exponentials(self, kind: str, of: Ratio) -> Ratio:
        if self.polynomial(of) is None:
            return self.whole(self.atoms.atom("fn", (kind, _key(of))))
        unit = self.whole(self.atoms.atom("i", 0))
        hyperbolic = kind.endswith("h")
        forward = self.exponential(of if hyperbolic else self.times(unit, of))
        minus_one = self.whole({ONE: Fraction(-1)})
        back = self.exponential(self.times(minus_one, of if hyperbolic else self.times(unit, of)))
        half = self.whole({ONE: _HALF})
        cosine = self.times(half, self.plus(forward, back))
        sine = self.times(half, self.minus(forward, back))
        if not hyperbolic:
            sine = self.times(sine, self.inverse(unit))
        name = kind[:-1] if hyperbolic else kind
        if name in ("cos", "sec"):
            return cosine if name == "cos" else self.inverse(cosine)
        if name in ("sin", "csc"):
            return sine if name == "sin" else self.inverse(sine)
        if name == "tan":
            return self.times(sine, self.inverse(cosine))
        return self.times(cosine, self.inverse(sine))

    # -- factorials and all other functions
    def factorial(self, of: Ratio) -> Ratio:
        poly = self.polynomial(of)
        if poly is None:
            return self.whole(self.atoms.atom("fn", ("fact", _key(of))))
        shift = poly.get(ONE, Fraction(0))
        if len(poly) == 0 or (len(poly) == 1 and ONE in poly):
            if shift.denominator != 1 or shift < 0 or shift > 1000:
                raise TooMuch("a factorial of this number")
            return self.whole({ONE: Fraction(factorial(int(shift)))})
        if shift.denominator != 1 or abs(shift) > 20:
            return self.whole(self.atoms.atom("fact", frozenset(poly.items())))
        base = {m: c for m, c in poly.items() if m != ONE}
        made = self.whole(self.atoms.atom("fact", frozenset(base.items())))
        for step in range(1, abs(int(shift)) + 1):  # (n+2)! = n! (n+1)(n+2)
            factor = dict(base)
            add_term(factor, ONE, Fraction(step if shift > 0 else 1 - step))
            made = self.times(
                made, self.whole(factor) if shift > 0 else self.inverse(self.whole(factor))
            )
        return made

    def opaque(self, kind: str, args: tuple[Node, ...]) -> Ratio:
        if kind in ("pm", "mp"):
            raise TooMuch("a plus-minus inside algebra")
        if kind == "call" and isinstance(args[0], Sym):
            kind, args = f"call {args[0].name}", args[1:]
        values = [self.normal(arg) for arg in args]
        if kind in ("floor", "ceil", "abs"):
            value = constant(values[0][0]) if values[0][1] == {ONE: _ONE} else None
            if value is not None:
                exact = (
                    abs(value)
                    if kind == "abs"
                    else Fraction(value.__floor__() if kind == "floor" else value.__ceil__())
                )
                return self.whole({ONE: exact} if exact else {})
        if kind == "abs":
            return self.absolute(values[0])
        return self.whole(self.atoms.atom("fn", (kind, *(_key(value) for value in values))))

    def absolute(self, of: Ratio) -> Ratio:
        poly = self.polynomial(of)
        if poly is None or any(
            self.atoms.keys[a][0] in ("i", "turn", "exp") for m in poly for a, _ in m
        ):
            return self.whole(self.atoms.atom("fn", ("abs", _key(of))))
        if len(poly) > 1:  # |x-1| and |1-x| are one atom
            other = {m: -c for m, c in poly.items()}
            first = min(_key((poly, {ONE: _ONE})), _key((other, {ONE: _ONE})), key=repr)
            return self.whole(self.atoms.atom("fn", ("abs", first)))
        ((mono, coefficient),) = poly.items()
        made: Poly = {ONE: abs(coefficient)}
        for atom, exponent in mono:
            kind, what = self.atoms.keys[atom]
            positive = kind in ("prime", "abs") or (kind == "sym" and not is_real(str(what)))
            even = exponent.denominator == 1 and exponent.numerator % 2 == 0
            key = atom if positive or even else self.atoms.number("abs", ((atom, _ONE),))
            made = self.atoms.multiply(made, self.atoms.reduced({key: exponent}))
        return self.whole(made)


_BY_EXPONENTIALS = frozenset(
    ["sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "coth", "sech", "csch"]
)


def _content(poly: Poly) -> Fraction:
    """The positive rational factor that makes the coefficients whole and without a common factor."""
    from math import gcd, lcm

    top, bottom = 0, 1
    for coefficient in poly.values():
        top = gcd(top, coefficient.numerator)
        bottom = lcm(bottom, coefficient.denominator)
    if bottom.bit_length() > MOST_BITS:
        raise TooMuch("a number of too many digits")
    return Fraction(top, bottom)


def _key(of: Ratio) -> tuple[frozenset[tuple[Mono, Fraction]], frozenset[tuple[Mono, Fraction]]]:
    return frozenset(of[0].items()), frozenset(of[1].items())
