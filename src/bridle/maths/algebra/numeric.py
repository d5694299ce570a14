"""Trees evaluated at points, in complex interval arithmetic, and what follows from it.

Two enclosures that do not meet prove that two expressions differ. Enclosures that agree to some
sixty digits at several unrelated points are taken as equality: exact algebra has had its turn
before, and an accident of that size does not happen to answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import comb, gcd, lcm

from bridle.maths.algebra.exact import Algebra
from bridle.maths.algebra.intervals import Interval, NotReal, Reals, Unsure
from bridle.maths.algebra.ratios import Undefined
from bridle.maths.tree import WHOLE, Node, Num, Op, Sym, TooMuch, num, radians, replaced

ZERO: Interval = (0, 0)


@dataclass(frozen=True, slots=True)
class Box:
    """A complex enclosure: a rectangle."""

    re: Interval
    im: Interval = ZERO

    @property
    def real(self) -> bool:
        return self.im == ZERO


class Evaluator:
    """Evaluates trees at one precision; letters are bound to exact numbers or to intervals."""

    def __init__(self, bits: int, values: Mapping[str, Fraction | Interval]) -> None:
        self.r = Reals(bits)
        self.values = values
        self.work = 0

    def box(self, node: Node) -> Box:
        self.work += 1
        if self.work > 4000:
            raise TooMuch("an expression of too many parts")
        r = self.r
        if isinstance(node, Num):
            return Box(r.exact(node.value))
        if isinstance(node, Sym):
            return self.letter(node.name)
        kind, args = node.kind, node.args
        if kind == "add":
            total = self.box(args[0])
            for arg in args[1:]:
                other = self.box(arg)
                total = Box(r.add(total.re, other.re), r.add(total.im, other.im))
            return total
        if kind == "mul":
            total = self.box(args[0])
            for arg in args[1:]:
                total = self.times(total, self.box(arg))
            return total
        if kind == "neg":
            inner = self.box(args[0])
            return Box(r.neg(inner.re), r.neg(inner.im))
        if kind == "div":
            return self.over(self.box(args[0]), self.box(args[1]))
        if kind == "pow":
            return self.power(args[0], args[1])
        if kind == "root":
            return self.root(args[0], args[1])
        if kind == "deg":
            return self.box(radians(args[0]))
        if kind in WHOLE:
            return Box(r.exact(self.whole(kind, args)))
        if kind in ("max", "min"):
            boxes = [self.box(arg) for arg in args]
            if not all(b.real for b in boxes):
                raise Unsure("the largest of complex numbers")
            pick = max if kind == "max" else min
            return Box((pick(b.re[0] for b in boxes), pick(b.re[1] for b in boxes)))
        if kind == "log":
            return self.over(self.ln(self.box(args[0])), self.ln(self.box(args[1])))
        if len(args) != 1:
            raise TooMuch(f"{kind} is not evaluated")
        return self.function(kind, self.box(args[0]))

    def letter(self, name: str) -> Box:
        if name == "pi":
            return Box(self.r.pi())
        if name == "e":
            return Box(self.r.exp((self.r.one, self.r.one)))
        if name == "i":
            return Box(ZERO, (self.r.one, self.r.one))
        if name not in self.values:
            raise TooMuch(f"{name} has no value")
        value = self.values[name]
        return Box(self.r.exact(value) if isinstance(value, Fraction) else value)

    def times(self, a: Box, b: Box) -> Box:
        r = self.r
        if a.real and b.real:
            return Box(r.mul(a.re, b.re))
        re = r.sub(r.mul(a.re, b.re), r.mul(a.im, b.im))
        return Box(re, r.add(r.mul(a.re, b.im), r.mul(a.im, b.re)))

    def over(self, a: Box, b: Box) -> Box:
        r = self.r
        if b.real:
            return Box(r.div(a.re, b.re), ZERO if a.real else r.div(a.im, b.re))
        size = r.add(r.mul(b.re, b.re), r.mul(b.im, b.im))
        top = self.times(a, Box(b.re, r.neg(b.im)))
        return Box(r.div(top.re, size), r.div(top.im, size))

    # -- powers, roots, logarithms
    def power(self, base: Node, exponent: Node) -> Box:
        rational = _rational(exponent)
        if isinstance(base, Sym) and base.name == "e":
            return self.exp(self.box(exponent))
        if rational is None and (inner := self.box(exponent)).real and inner.re[0] == inner.re[1]:
            rational = Fraction(inner.re[0], self.r.one)
            if rational.denominator > 8:
                rational = None
        if rational is not None:
            if rational.denominator == 1:
                return self.whole_power(self.box(base), int(rational))
            root = self.root(base, num(rational.denominator))
            return self.whole_power(root, rational.numerator)
        below = self.box(base)
        if below == Box(ZERO):
            raise Unsure("a power of zero")
        return self.exp(self.times(self.box(exponent), self.ln(below)))

    def whole_power(self, base: Box, exponent: int) -> Box:
        if exponent < 0:
            return self.over(Box((self.r.one, self.r.one)), self.whole_power(base, -exponent))
        if exponent > 100_000:
            raise TooMuch("a power beyond all bounds")
        made = Box((self.r.one, self.r.one))
        while exponent:
            if exponent & 1:
                made = self.times(made, base)
            exponent >>= 1
            if exponent:
                base = self.times(base, base)
        return made

    def root(self, of: Node, degree: Node) -> Box:
        n = _rational(degree)
        inner = self.box(of)
        if n is None or n.denominator != 1 or n < 2:
            return self.exp(self.over(self.ln(inner), self.box(degree)))
        if inner == Box(ZERO):
            return inner
        r = self.r
        if inner.real and (n == 2 or inner.re[0] > 0):
            if inner.re[1] < 0:
                return Box(ZERO, r.sqrt(r.neg(inner.re)))
            if n == 2 and inner.re[0] >= 0:
                return Box(r.sqrt(inner.re))
            if inner.re[0] <= 0:
                raise Unsure("a root near zero")
        if inner.real and n % 2 and inner.re[1] < 0:  # the real root, as -2 for the cube root of -8
            positive = self.exp(self.over(Box(r.ln(r.neg(inner.re))), self.box(degree)))
            return Box(r.neg(positive.re))
        return self.exp(self.over(self.ln(inner), self.box(degree)))

    def exp(self, a: Box) -> Box:
        r = self.r
        size = r.exp(a.re)
        if a.real:
            return Box(size)
        sine, cosine = r.sin_cos(a.im)
        return Box(r.mul(size, cosine), r.mul(size, sine))

    def ln(self, a: Box) -> Box:
        r = self.r
        if a.real:
            if a.re[0] > 0:
                return Box(r.ln(a.re))
            if a.re[1] < 0:
                return Box(r.ln(r.neg(a.re)), r.pi())
            raise Unsure("a logarithm near zero")
        size = r.ln(r.add(r.mul(a.re, a.re), r.mul(a.im, a.im)))
        return Box((size[0] >> 1, (size[1] + 1) >> 1), r.atan2(a.im, a.re))

    # -- functions of one argument
    def function(self, kind: str, a: Box) -> Box:
        if kind == "sqrt":
            raise TooMuch("a root without a degree")
        r = self.r
        if kind in ("exp", "ln"):
            return self.exp(a) if kind == "exp" else self.ln(a)
        if kind in ("re", "im", "conj"):
            return {"re": Box(a.re), "im": Box(a.im), "conj": Box(a.re, r.neg(a.im))}[kind]
        if kind == "abs":
            if not a.real:
                return Box(r.sqrt(r.add(r.mul(a.re, a.re), r.mul(a.im, a.im))))
            if a.re[0] >= 0:
                return a
            return Box(r.neg(a.re) if a.re[1] <= 0 else (0, max(-a.re[0], a.re[1])))
        if kind == "arg":
            return Box(r.atan2(a.im, a.re))
        if kind == "sign" and a.real:
            return Box(r.exact(Fraction(r.sign(a.re))))
        if kind.startswith("arc"):
            return self.inverse_function(kind[3:], a)
        name = kind
        if kind.endswith("h"):
            name = kind[:-1]
            forward = self.exp(a)
            back = self.exp(Box(r.neg(a.re), r.neg(a.im)))
            two = Box(r.exact(Fraction(2)))
            cosine = self.over(Box(r.add(forward.re, back.re), r.add(forward.im, back.im)), two)
            sine = self.over(Box(r.sub(forward.re, back.re), r.sub(forward.im, back.im)), two)
        elif a.real:
            s, c = r.sin_cos(a.re)
            sine, cosine = Box(s), Box(c)
        else:
            turned = self.times(a, Box(ZERO, (r.one, r.one)))
            forward, back = self.exp(turned), self.exp(Box(r.neg(turned.re), r.neg(turned.im)))
            two = Box(r.exact(Fraction(2)))
            cosine = self.over(Box(r.add(forward.re, back.re), r.add(forward.im, back.im)), two)
            difference = Box(r.sub(forward.re, back.re), r.sub(forward.im, back.im))
            sine = self.over(difference, Box(ZERO, r.exact(Fraction(2))))
        one = Box((r.one, r.one))
        makers = {"sin": (sine, one), "cos": (cosine, one), "tan": (sine, cosine)}
        makers |= {"cot": (cosine, sine), "sec": (one, cosine), "csc": (one, sine)}
        if name not in makers:
            raise TooMuch(f"{kind} is not evaluated")
        top, bottom = makers[name]
        return top if bottom is one else self.over(top, bottom)

    def inverse_function(self, name: str, a: Box) -> Box:
        r = self.r
        if not a.real:
            raise Unsure("an inverse function of a complex number")
        x, one = a.re, (r.one, r.one)
        quarter = r.div(r.pi(), r.exact(Fraction(2)))
        if name in ("sec", "csc"):
            x, name = r.div(one, x), {"sec": "cos", "csc": "sin"}[name]
        if name in ("sin", "cos"):
            if x[0] > r.one or x[1] < -r.one:
                raise NotReal("the angle of a sine beyond 1")
            if abs(x[0]) == abs(x[1]) == r.one:
                sine = quarter if x[0] > 0 else r.neg(quarter)
            else:
                below = r.sqrt(r.mul(r.sub(one, x), r.add(one, x)))
                sine = r.atan(r.div(x, below))
            return Box(sine if name == "sin" else r.sub(quarter, sine))
        if name == "tan":
            return Box(r.atan(x))
        if name == "cot":
            return Box(r.sub(quarter, r.atan(x)))
        if name in ("sinh", "cosh"):
            shift = one if name == "sinh" else r.neg(one)
            return Box(r.ln(r.add(x, r.sqrt(r.add(r.mul(x, x), shift)))))
        if name == "tanh":
            return Box(r.div(r.ln(r.div(r.add(one, x), r.sub(one, x))), r.exact(Fraction(2))))
        raise TooMuch(f"arc{name} is not evaluated")

    # -- functions of whole numbers, computed exactly
    def whole(self, kind: str, args: tuple[Node, ...]) -> Fraction:
        if kind in ("floor", "ceil"):
            return Fraction(self.rounded(args[0], kind == "floor"))
        numbers = [self.exactly(arg) for arg in args]
        if any(n.denominator != 1 for n in numbers):
            raise Unsure(f"{kind} of a number that is not whole")
        n = [int(value) for value in numbers]
        if kind == "fact" and 0 <= n[0] <= 400:
            value = 1
            for k in range(2, n[0] + 1):
                value *= k
            return Fraction(value)
        if kind == "binom" and 0 <= n[0] <= 1000 and n[1] <= 1000:
            return Fraction(comb(n[0], n[1]) if n[1] >= 0 else 0)
        if kind == "mod" and n[1]:
            return Fraction(n[0] % n[1])
        if kind in ("gcd", "lcm"):
            return Fraction(gcd(*n) if kind == "gcd" else lcm(*n))
        raise Unsure(f"{kind} of these numbers")

    def rounded(self, node: Node, down: bool) -> int:
        box = self.box(node)
        if not box.real:
            raise Unsure("the whole part of a complex number")
        low, high = box.re[0] >> self.r.bits, box.re[1] >> self.r.bits
        if not down:
            low, high = -(-box.re[0] >> self.r.bits), -(-box.re[1] >> self.r.bits)
        if low == high:
            return low
        exact = self.exactly(node)
        return exact.__floor__() if down else exact.__ceil__()

    def exactly(self, node: Node) -> Fraction:
        bound: dict[str, Node] = {
            name: Num(value) for name, value in self.values.items() if isinstance(value, Fraction)
        }
        try:
            value = Algebra().number(replaced(node, bound))
        except Undefined:
            value = None
        if value is None:
            raise Unsure("a number that is not known exactly")
        return value


def _rational(node: Node) -> Fraction | None:
    if isinstance(node, Num):
        return node.value
    if isinstance(node, Op) and node.kind == "neg":
        inner = _rational(node.args[0])
        return None if inner is None else -inner
    if isinstance(node, Op) and node.kind == "div":
        top, bottom = _rational(node.args[0]), _rational(node.args[1])
        return top / bottom if top is not None and bottom else None
    return None
