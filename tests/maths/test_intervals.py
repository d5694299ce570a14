"""Every enclosure holds the true value (mpmath at 400 bits is the oracle), and is narrow."""

from __future__ import annotations

from fractions import Fraction

import mpmath
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridle.maths.algebra.intervals import Interval, NotReal, Reals, Unsure
from bridle.maths.algebra.sampling import compare, value_of
from bridle.maths.read.parser import parse

BITS = 160
R = Reals(BITS)
values = st.fractions(min_value=-300, max_value=300, max_denominator=10**9)


def encloses(interval: Interval, true: mpmath.mpf) -> None:
    with mpmath.workprec(400):
        low, high = mpmath.mpf(interval[0]) / R.one, mpmath.mpf(interval[1]) / R.one
        assert low <= true <= high
    assert interval[1] - interval[0] <= max(64, abs(interval[1]) >> (BITS - 24))


@settings(derandomize=True, deadline=None, max_examples=60)
@given(values)
def test_functions_of_one_number(value: Fraction) -> None:
    x = R.exact(value)
    with mpmath.workprec(400):
        true = mpmath.mpf(value.numerator) / value.denominator
        encloses(R.exp(x), mpmath.exp(true))
        sine, cosine = R.sin_cos(x)
        encloses(sine, mpmath.sin(true))
        encloses(cosine, mpmath.cos(true))
        encloses(R.atan(x), mpmath.atan(true))
        if value > 0:
            encloses(R.ln(x), mpmath.log(true))
            encloses(R.sqrt(x), mpmath.sqrt(true))
        encloses(R.pi(), +mpmath.pi)


@settings(derandomize=True, deadline=None, max_examples=80)
@given(values, values)
def test_arithmetic(a: Fraction, b: Fraction) -> None:
    x, y = R.exact(a), R.exact(b)
    for interval, true in (
        (R.add(x, y), a + b),
        (R.sub(x, y), a - b),
        (R.mul(x, y), a * b),
        *([(R.div(x, y), a / b)] if abs(b) > Fraction(1, 1000) else []),
    ):
        assert Fraction(interval[0], R.one) <= true <= Fraction(interval[1], R.one)
    if a and b:
        with mpmath.workprec(400):
            pair = [mpmath.mpf(v.numerator) / v.denominator for v in (a, b)]
            encloses(R.atan2(x, y), mpmath.atan2(*pair))


def test_what_is_not_real_or_not_known_is_said() -> None:
    with pytest.raises(NotReal):
        R.sqrt(R.exact(Fraction(-1)))
    with pytest.raises(NotReal):
        R.ln(R.exact(Fraction(-1)))
    with pytest.raises(Unsure):
        R.div((1, 1), (-1, 1))
    with pytest.raises(Unsure):
        R.sign((-1, 1))


@pytest.mark.parametrize(
    ("a", "b", "want"),
    [
        ("\\arcsin\\frac{1}{2}", "\\frac{\\pi}{6}", True),
        ("\\arccos 0", "\\frac{\\pi}{2}", True),
        ("\\tanh 1", "\\frac{e^2-1}{e^2+1}", True),
        ("\\text{arcsinh}(1)", "\\ln(1+\\sqrt{2})", True),
        ("\\sec x", "\\frac{1}{\\cos x}", True),
        ("\\sqrt[3]{-8}", "-2", True),
        ("e^{\\pi\\sqrt{163}}", "262537412640768744", False),  # differs in the 31st digit
        ("\\frac{22}{7}", "\\pi", False),
        ("\\gcd(12,18)", "6", True),
        ("\\max(2,3)", "3", True),
        ("7 \\bmod 3", "1", True),
        ("i^i", "e^{-\\pi/2}", True),
        ("\\sqrt{x}", "\\sqrt{-x}", None),  # nowhere are both real
    ],
)
def test_comparison_at_points(a: str, b: str, want: bool | None) -> None:
    assert compare(parse(a)[0], parse(b)[0]) is want
    assert compare(parse(b)[0], parse(a)[0]) is want


def test_bounds_of_a_constant() -> None:
    low, high = value_of(parse("\\sqrt{2}")[0]) or (Fraction(0), Fraction(0))
    assert low**2 <= 2 <= high**2
    assert high - low < Fraction(1, 2**100)
    assert value_of(parse("x")[0]) is None
    assert value_of(parse("i")[0]) is None
