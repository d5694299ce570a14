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

from bridle.maths.algebra.polynomial import ONE, Poly, add_term, constant
from bridle.maths.algebra.ratios import Ratio, Ratios, Undefined, is_real, key_of
from bridle.maths.tree import Node, Num, Op, Sym, TooMuch, radians

_ONE = Fraction(1)
_HALF = Fraction(1, 2)


class Algebra(Ratios):
    """The normal forms of one comparison; both sides must come from the same one."""

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
        if kind == "deg":
            return self.normal(radians(args[0]))
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

    def by_exponentials(self, kind: str, of: Ratio) -> Ratio:
        if self.polynomial(of) is None:
            return self.whole(self.atoms.atom("fn", (kind, key_of(of))))
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
            return self.whole(self.atoms.atom("fn", ("fact", key_of(of))))
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
        return self.whole(self.atoms.atom("fn", (kind, *(key_of(value) for value in values))))

    def absolute(self, of: Ratio) -> Ratio:
        poly = self.polynomial(of)
        if poly is None or any(
            self.atoms.keys[a][0] in ("i", "turn", "exp") for m in poly for a, _ in m
        ):
            return self.whole(self.atoms.atom("fn", ("abs", key_of(of))))
        if len(poly) > 1:  # |x-1| and |1-x| are one atom
            other = {m: -c for m, c in poly.items()}
            first = min(key_of((poly, {ONE: _ONE})), key_of((other, {ONE: _ONE})), key=repr)
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
