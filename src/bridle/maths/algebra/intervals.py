"""Interval arithmetic on whole numbers: every result encloses the true value.

A real interval is a pair (low, high) of integers in units of 2^-bits. Series are summed with 40
guard bits; their error is far below the unit by which results are widened (Taylor's remainder and
one rounding a term; e.g. Brent & Zimmermann, Modern Computer Arithmetic, section 4.4).
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import isqrt

from bridle.maths.tree import TooMuch

Interval = tuple[int, int]
_GUARD = 40


class Unsure(Exception):
    """The interval is too wide or straddles a point where the function jumps."""


class NotReal(Exception):
    """The value is certainly not a real number (a root or logarithm of a negative one)."""


class Reals:
    """Real interval arithmetic at one precision (`bits` behind the binary point)."""

    def __init__(self, bits: int) -> None:
        self.bits = bits
        self.one = 1 << bits

    def exact(self, value: Fraction) -> Interval:
        scaled = value.numerator << self.bits
        low = scaled // value.denominator
        return low, low if low * value.denominator == scaled else low + 1

    def add(self, a: Interval, b: Interval) -> Interval:
        return a[0] + b[0], a[1] + b[1]

    def neg(self, a: Interval) -> Interval:
        return -a[1], -a[0]

    def sub(self, a: Interval, b: Interval) -> Interval:
        return a[0] - b[1], a[1] - b[0]

    def mul(self, a: Interval, b: Interval) -> Interval:
        if a[0].bit_length() + b[0].bit_length() > 40 * self.bits:
            raise TooMuch("numbers beyond all bounds")
        ends = (a[0] * b[0], a[0] * b[1], a[1] * b[0], a[1] * b[1])
        return min(ends) >> self.bits, -(-max(ends) >> self.bits)

    def div(self, a: Interval, b: Interval) -> Interval:
        if b[0] <= 0 <= b[1]:
            raise Unsure("a division by something that may be zero")
        if b[1] < 0:
            a, b = self.neg(a), self.neg(b)
        low, high = a[0] << self.bits, a[1] << self.bits
        return low // b[1 if low >= 0 else 0], -(-high // b[0 if high >= 0 else 1])

    def sqrt(self, a: Interval) -> Interval:
        if a[1] < 0:
            raise NotReal("the root of a negative number")
        low = isqrt(max(a[0], 0) << self.bits)
        return low, isqrt(a[1] << self.bits) + 1

    def sign(self, a: Interval) -> int:
        """-1, 0 or 1. Raises Unsure where the interval holds zero and more."""
        if a == (0, 0):
            return 0
        if a[0] <= 0 <= a[1]:
            raise Unsure("a sign that cannot be told")
        return 1 if a[0] > 0 else -1

    # -- exponential and logarithm
    def exp(self, a: Interval) -> Interval:
        return self._exp(a[0])[0], self._exp(a[1])[1]

    def _exp(self, x: int) -> Interval:
        if x > self.one << 10:
            raise TooMuch("an exponential beyond all bounds")
        if x < -(self.one << 12):
            return 0, 1
        bits = self.bits + _GUARD
        ln2 = _ln2(bits)
        turns, rest = divmod(x << _GUARD, ln2)
        rest >>= 8  # e^r = (e^(r/256))^256
        term = total = 1 << bits
        k = 0
        while term:
            k += 1
            term = (term * rest >> bits) // k
            total += term
        for _ in range(8):
            total = total * total >> bits
        error = 1 << (bits - self.bits - 16 if bits - self.bits > 16 else 0)
        low, high = total - error, total + error
        shift = turns - _GUARD
        if shift >= 0:
            return low << shift, high << shift
        return low >> -shift, -(-high >> -shift)

    def ln(self, a: Interval) -> Interval:
        if a[1] <= 0:
            raise NotReal("the logarithm of a negative number")
        if a[0] <= 0:
            raise Unsure("a logarithm near zero")
        return self._ln(a[0])[0], self._ln(a[1])[1]

    def _ln(self, x: int) -> Interval:
        bits = self.bits + _GUARD
        size = x.bit_length() - self.bits  # x = m * 2^size, 1/2 <= m < 1
        shift = _GUARD - size
        m = x << shift if shift >= 0 else x >> -shift
        one = 1 << bits
        if 3 * m < 2 * one:
            m, size = 2 * m, size - 1
        total = 2 * _atanh(((m - one) << bits) // (m + one), bits) + size * _ln2(bits)
        return (total >> _GUARD) - 1, (total >> _GUARD) + 2

    # -- circular functions
    def pi(self) -> Interval:
        value = _pi(self.bits + _GUARD) >> _GUARD
        return value - 1, value + 2

    def sin_cos(self, a: Interval) -> tuple[Interval, Interval]:
        width = a[1] - a[0]
        if width > self.one:
            raise Unsure("an angle that is not known well enough")
        middle = (a[0] + a[1]) >> 1
        if middle.bit_length() > self.bits + 64:
            raise TooMuch("an angle beyond all bounds")
        bits = self.bits + _GUARD + 64  # the reduction of a large angle costs digits
        quarter = _pi(bits) >> 1
        turns, rest = divmod((middle << (bits - self.bits)) + (quarter >> 1), quarter)
        rest -= quarter >> 1
        sine, cosine = _sin_cos(rest, bits)
        for _ in range(turns % 4):
            sine, cosine = cosine, -sine
        drop = bits - self.bits
        s, c = sine >> drop, cosine >> drop
        slack = width + 3
        return (
            (max(s - slack, -self.one), min(s + slack, self.one)),
            (max(c - slack, -self.one), min(c + slack, self.one)),
        )

    def atan(self, a: Interval) -> Interval:
        return self._atan(a[0])[0], self._atan(a[1])[1]

    def _atan(self, x: int) -> Interval:
        bits = self.bits + _GUARD
        if x < 0:
            low, high = self._atan(-x)
            return -high, -low
        one = 1 << bits
        x <<= _GUARD
        inverted = x > one
        if inverted:
            x = (one << bits) // x
        for _ in range(3):  # atan x = 2 atan(x / (1 + sqrt(1 + x^2)))
            x = (x << bits) // (one + isqrt((one << bits) + x * x))
        square = x * x >> bits
        total, term, k = 0, x, 1
        while term:
            total += term // k if k % 4 == 1 else -(term // k)
            term = term * square >> bits
            k += 2
        total *= 8
        if inverted:
            total = (_pi(bits) >> 1) - total
        return (total >> _GUARD) - 1, (total >> _GUARD) + 2

    def atan2(self, y: Interval, x: Interval) -> Interval:
        """The angle of a point that is not the origin, in (-pi, pi]. Raises Unsure on the cut."""
        if x[0] > 0:
            return self.atan(self.div(y, x))
        quarter = self.pi()[0] >> 1, (self.pi()[1] >> 1) + 1
        if y[0] > 0:
            return self.sub(quarter, self.atan(self.div(x, y)))
        if y[1] < 0:
            return self.sub(self.neg(quarter), self.atan(self.div(x, y)))
        if x[1] < 0 and y == (0, 0):
            return self.pi()
        raise Unsure("an angle on the cut")


def _sin_cos(x: int, bits: int) -> tuple[int, int]:
    square = x * x >> bits
    sine = term = x
    k = 1
    while term:
        term = -(term * square >> bits) // ((k + 1) * (k + 2))
        if term == -1:  # floor division never reaches zero from below
            break
        sine += term
        k += 2
    term = cosine = 1 << bits
    k = 0
    while term:
        term = -(term * square >> bits) // ((k + 1) * (k + 2))
        if term == -1:
            break
        cosine += term
        k += 2
    return sine, cosine


def _atanh(x: int, bits: int) -> int:
    negative = x < 0
    x = abs(x)
    square = x * x >> bits
    total, term, k = 0, x, 1
    while term:
        total += term // k
        term = term * square >> bits
        k += 2
    return -total if negative else total


@lru_cache(maxsize=8)
def _ln2(bits: int) -> int:
    return 2 * _atanh((1 << (bits + 8)) // 3, bits + 8) >> 8


@lru_cache(maxsize=8)
def _pi(bits: int) -> int:
    """Machin's formula: pi/4 = 4 atan(1/5) - atan(1/239)."""
    work = bits + 16

    def atan_inverse(n: int) -> int:
        total, term, k = 0, (1 << work) // n, 1
        while term:
            total += term // k if k % 4 == 1 else -(term // k)
            term //= n * n
            k += 2
        return total

    return 4 * (4 * atan_inverse(5) - atan_inverse(239)) >> 16
