"""Random expressions with a known rewriting are equal; with a planted error they are not."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bridle.maths import equal

quick = settings(derandomize=True, deadline=None, max_examples=80)
few = settings(derandomize=True, deadline=None, max_examples=25)
small = st.integers(1, 12)
numbers = st.integers(-(10**9), 10**9)
letters = st.sampled_from("xyab")


def tex(value: Fraction, scale: int = 1) -> str:
    return f"\\frac{{{value.numerator * scale}}}{{{value.denominator * scale}}}"


terms = st.recursive(
    st.one_of(
        st.integers(2, 9).map(str),
        letters,
        st.sampled_from(["\\pi", "\\sqrt{2}", "\\sqrt{3}", "\\frac{1}{2}"]),
    ),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda p: f"({p[0]}+{p[1]})"),
        st.tuples(inner, inner).map(lambda p: f"({p[0]}-{p[1]})"),
        st.tuples(inner, inner).map(lambda p: f"{p[0]}\\cdot {p[1]}"),
        inner.map(lambda a: f"({a})^2"),
        inner.map(lambda a: f"\\sin({a})"),
        inner.map(lambda a: f"e^{{{a}}}"),
        inner.map(lambda a: f"\\frac{{{a}}}{{3}}"),
    ),
    max_leaves=5,
)


def same(a: str, b: str) -> None:
    there, back = equal(a, b), equal(b, a)
    assert there.equal is True, (a, b, there)
    assert back.equal is True, (b, a, back)


def different(a: str, b: str) -> None:
    there, back = equal(a, b), equal(b, a)
    assert there.equal is False, (a, b, there)
    assert back.equal is False, (b, a, back)


@quick
@given(numbers)
def test_whole_numbers(n: int) -> None:
    same(str(n), f"{n:,}")
    same(str(n), f"\\boxed{{{n}}}.")
    same(str(n), f"{n}.0")
    different(str(n), str(n + 1))
    different(str(n), str(10 * n + 1))
    if n:
        different(str(n), str(-n))


@quick
@given(numbers, st.integers(1, 10**6), small)
def test_fractions(top: int, bottom: int, scale: int) -> None:
    value = Fraction(top, bottom)
    same(tex(value), tex(value, scale))
    same(tex(value), f"{value.numerator * scale}/{value.denominator * scale}")
    same(f"${tex(value)}$", tex(value).replace("frac", "dfrac"))
    different(tex(value), tex(value + Fraction(1, bottom)))
    if value:
        different(tex(value), tex(-value))
    assume(abs(value) != 1 and value)
    different(tex(value), tex(1 / value))


@quick
@given(st.integers(1, 10**7), st.integers(1, 6))
def test_decimals(digits: int, places: int) -> None:
    value = Fraction(digits, 10**places)
    text = f"{digits // 10**places}.{digits % 10**places:0{places}d}"
    same(text, text + "0")
    same(text, f"{digits} \\times 10^{{-{places}}}")
    same(text, tex(value))
    different(text, f"{(digits + 1) // 10**places}.{(digits + 1) % 10**places:0{places}d}")
    assume(digits % 10**places and digits >= 10)  # as precise as two digits, and no whole number
    assert equal(text, text + "3").equal is True, text  # rounds to the reference
    assert equal(text + "3", text).equal is not True, text  # coarser than the reference


@few
@given(terms, terms, terms)
def test_commute_and_distribute(a: str, b: str, c: str) -> None:
    same(f"({a})+({b})", f"({b})+({a})")
    same(f"({a})\\cdot({b})", f"({b})\\cdot({a})")
    same(f"({a})(({b})+({c}))", f"({a})({b})+({a})({c})")


@few
@given(terms, terms)
def test_expand(a: str, b: str) -> None:
    same(f"(({a})+({b}))^2", f"({a})^2+2({a})({b})+({b})^2")
    same(f"({a})^2-({b})^2", f"(({a})-({b}))(({a})+({b}))")


@few
@given(terms, small)
def test_a_planted_error_is_found(a: str, n: int) -> None:
    different(f"2({a})", f"2({a})+{n}")
    different(f"({a})+x", f"({a})+2x")
    different(f"({a})+\\sqrt{{{n}}}", f"({a})+\\sqrt{{{n + 1}}}")


@quick
@given(
    st.lists(st.integers(-50, 50), min_size=2, max_size=6, unique=True),
    st.randoms(use_true_random=False),
)
def test_sets_tuples_and_lists(items: list[int], random) -> None:
    shuffled = items[:]
    random.shuffle(shuffled)
    written, other = ", ".join(map(str, items)), ", ".join(map(str, shuffled))
    same(f"\\{{{written}\\}}", f"\\{{{other}\\}}")
    same(written, other)
    if shuffled != items:
        different(f"({written})", f"({other})")
    different(f"\\{{{written}\\}}", f"\\{{{', '.join(map(str, items[1:]))}, 51\\}}")
    different(f"({written})", f"({written}, 51)")


@quick
@given(st.integers(-50, 50), st.integers(1, 50), st.sampled_from("(["), st.sampled_from(")]"))
def test_intervals(low: int, width: int, opening: str, closing: str) -> None:
    high = low + width
    signs = ("<" if opening == "(" else "\\le", "<" if closing == ")" else "\\le")
    text = f"{opening}{low},{high}{closing}"
    same(text, f"{low} {signs[0]} x {signs[1]} {high}")
    other = "[" if opening == "(" else "("
    different(f"x\\in {text}", f"x\\in {other}{low},{high}{closing}")
    different(text, f"{opening}{low},{high + 1}{closing}")


@quick
@given(numbers, numbers, st.sampled_from([None]))
def test_symmetric_on_numbers(a: int, b: int, _: None) -> None:
    for x, y in ((str(a), str(b)), (f"{a}.5", str(b)), (f"{a}.25", f"{b}.31"), (f"{a}%", str(b))):
        assert equal(x, y).equal == equal(y, x).equal


def test_tolerance_is_relative_to_the_reference() -> None:
    assert equal("100", "101", tolerance=0.01).equal is True
    assert equal("100", "102", tolerance=0.01).equal is False
    assert equal("\\pi", "3.1", tolerance=0.02).equal is True
    assert equal("(1, 100)", "(1, 100.5)", tolerance=0.01).equal is True
    assert equal("(1, 100)", "(100.5, 1)", tolerance=0.01).equal is False
    assert equal("0", "0", tolerance=0.0).equal is True
    assert equal("5 km", "5010 m", tolerance=0.01).equal is True
