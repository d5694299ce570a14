"""Numbers and expressions with what stands around them: units, currencies, percent, degrees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from bridle.maths.read.names import Unread
from bridle.maths.read.numbers import Literal, read_number, ungrouped
from bridle.maths.read.parser import parse_tokens
from bridle.maths.read.tokens import tokens
from bridle.maths.tree import Node, Num, Op, Sym, TooMuch, num
from bridle.maths.units import CURRENCIES, Unit, is_unit, read_unit
from bridle.maths.values import Group, Moment, Scalar, Value

_CURRENCY = re.compile(
    rf"([-+]?)\s*(?:US|USD|A|C|EUR|GBP|Rs\.?)?\s*([{CURRENCIES}])\s*(?=[\d.\\(-])"
)
_MONEY_WORD = re.compile(r"([-+]?)\s*(USD|EUR|GBP|INR|JPY|Rs\.?|RM|CHF)\s*(?=\d)")
_TEXT_UNIT = re.compile(
    r"(?P<rest>.*?[\d})\]!\w])\s*(?P<unit>(?:(?:\\mu\s*)?\\text\s*\{[^{}]*\}\s*(?:\^\s*\{?-?\d\}?)?\s*(?:[/*]|\\times|\\slash)?\s*){1,6}(?:\^\s*\{?\s*\\circ\s*\}?)?)",
    re.DOTALL,
)
_UNIT_FRACTION = re.compile(
    r"(?P<rest>[-+\d.,]*\d)\s*\\frac\s*\{\s*(?P<top>(?:\\text\s*\{[^{}]*\}|[A-Za-z]+)(?:\^\d)?)\s*\}"
    r"\s*\{\s*(?P<bottom>(?:\\text\s*\{[^{}]*\}|[A-Za-z]+)(?:\^\{?\d\}?)?)\s*\}"
)
_DEGREES = re.compile(
    r"(?P<rest>.*?\S)\s*(?:\^\s*\{?\s*\\(?:circ|degree)\s*\}?|\\degree|\\text\s*\{\s*(?:degrees?|deg|\\degree)\s*\}|(?<![A-Za-z])(?:degrees?|deg))\s*(?:\\text\s*\{\s*)?(?P<scale>[CFK]|Celsius|Fahrenheit)?\s*\}?",
    re.DOTALL,
)
# composition of functions, and the sine of an angle, are no angles
_NO_ANGLE = r"\\circ\s*\(|[A-Za-z]\s*\\circ|sin|cos|tan|cot|sec|csc"
_PERCENT = re.compile(
    r"(?P<rest>.*?\S)\s*(?:\\?%|\\text\s*\{\s*(?:\\?%|percent|per cent)\s*\}|percent|per cent)",
    re.DOTALL,
)
_SCALED = re.compile(
    r"(?P<rest>[-+]?[\d.]+)\s*(?:\\text\s*\{\s*)?(?P<scale>(?:hundred|thousand|million|billion|trillion|dozen|lakh|crore)\b|[万萬亿億만억])(?P<tail>.*)",
    re.DOTALL,
)
_SCALES = {
    "hundred": 100,
    "thousand": 1000,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "dozen": 12,
    "lakh": 10**5,
    "crore": 10**7,
    **dict.fromkeys("万萬만", 10**4),
    **dict.fromkeys("亿億억", 10**8),
}
_PLAIN_UNIT = re.compile(
    r"(?P<rest>[-+]?[\d.,/ ]*\d(?:\s*(?:\*|\\times|x)\s*10\s*\^\s*\{?-?\d+\}?)?|.*[\d})\]]|.*\\pi)(?P<gap>\s*)(?P<unit>(?:[^\W\d_]|[€£¥₹₽₩¢$°])[^{}\\=()]*(?:\{-?\d\}[^{}\\=()]*)*)",
    re.DOTALL,
)
_MIXED_COMMA = re.compile(r"[-+]?\d+,\d{1,2}(?!\d)")
_FUNCTION_WORD = re.compile(
    r"(?:np|math)\.|(?:sqrt|sin|cos|tan|log|ln|exp|pi|mod|choose|e|i)(?![A-Za-z])"
)


def read_scalar(text: str) -> Scalar:
    """A number or an expression with its unit. Raises Unread or TooMuch."""
    text = text.strip()
    literal = read_number(text)
    if literal:
        return from_literal(literal)
    rest, unit = _currency(text)
    if match := _PERCENT.fullmatch(rest):
        inner = _number(match["rest"])
        value = inner.exact
        if value is None:
            return Scalar(Op("div", (inner.tree, num(100))), percent=True, unit=unit)
        step = inner.step / 100 if inner.step is not None else None
        return Scalar(num(value / 100), value / 100, step, inner.digits, unit, percent=True)
    if "circ" in rest or "deg" in rest:
        match = _DEGREES.fullmatch(rest)
        # 180° - 30° is a difference of angles, which the parser reads
        if (
            match
            and not re.search(_NO_ANGLE + r"|\\circ|\\degree", match["rest"])
            and not re.search(_NO_ANGLE, rest)
        ):
            return _in_degrees(match)
    if scaled := _SCALED.fullmatch(rest):
        return _scaled(scaled, unit)
    if unit is None:
        rest, unit = _split_unit(rest)
    elif match := _PLAIN_UNIT.fullmatch(rest):  # $5 per hour, $5 dollars
        behind = read_unit(match["unit"])
        if behind is not None and match["gap"]:
            rest = match["rest"]
            unit = unit if behind.dims == unit.dims or not behind.known else _joined(unit, behind)
    inner = _number(rest)
    if unit is None:
        return inner
    return Scalar(
        inner.tree, inner.exact, inner.step, inner.digits, unit, other=inner.other, base=inner.base
    )


def _scaled(match: re.Match[str], unit: Unit | None) -> Scalar:
    """1.5 million, 460 thousand dollars."""
    inner = _number(match["rest"])
    factor, tail = _SCALES[match["scale"]], match["tail"].strip(" }")
    behind = read_unit(tail) if tail else None
    if inner.exact is None or (tail and behind is None):
        raise Unread("a number word behind something that is no number")
    value = inner.exact * factor
    step = inner.step * factor if inner.step is not None else None
    return Scalar(num(value), value, step, inner.digits, unit or behind)


def _joined(a: Unit, b: Unit) -> Unit:
    dims = dict(a.dims)
    for dim, exponent in b.dims:
        dims[dim] = dims.get(dim, 0) + exponent
    return Unit(tuple(sorted(dims.items())), a.factor * b.factor, a.text + b.text, b.known)


def _currency(text: str) -> tuple[str, Unit | None]:
    if match := _CURRENCY.match(text) or _MONEY_WORD.match(text):
        return match[1] + text[match.end() :], read_unit(match[2].rstrip("."))
    if text and text[-1] in CURRENCIES:
        return text[:-1].rstrip(), read_unit(text[-1])
    return text, None


def _in_degrees(match: re.Match[str]) -> Scalar:
    inner = _number(match["rest"])
    scale = (match["scale"] or "")[:1]
    if scale in ("C", "F"):
        unit = Unit(((f"degrees {scale}", 1),), Fraction(1), f"degrees {scale}")
        return Scalar(inner.tree, inner.exact, inner.step, inner.digits, unit)
    return Scalar(inner.tree, inner.exact, inner.step, inner.digits, degrees=True)


def _split_unit(text: str) -> tuple[str, Unit | None]:
    if text.endswith("}") and (match := _UNIT_FRACTION.fullmatch(text)):
        parts = [re.sub(r"\\text\s*\{([^{}]*)\}", r"\1", match[k]) for k in ("top", "bottom")]
        unit = read_unit("/".join(parts))
        if unit is not None and unit.known:
            return match["rest"], unit
    if "\\text" in text and (match := _TEXT_UNIT.fullmatch(text)):
        words = re.sub(r"\\text\s*\{([^{}]*)\}", r"\1 ", match["unit"])
        unit = read_unit(words)
        if unit is not None:
            return match["rest"], unit
    if not text[-1].isalnum() and text[-1] not in "}.":
        return text, None
    match = _PLAIN_UNIT.fullmatch(text)
    if match:
        unit_text = match["unit"].strip()
        if not _FUNCTION_WORD.match(unit_text) and _is_unit_here(
            unit_text, bool(match["gap"]), match["rest"]
        ):
            unit = read_unit(unit_text)
            if unit is not None:
                return match["rest"], unit
    return text, None


def _is_unit_here(unit: str, gap: bool, rest: str) -> bool:
    """Whether letters behind a number are a unit: x, ab and xyz are letters, cm and apples are not."""
    first = re.match(r"[^\W\d_]+", unit)
    word = first[0] if first else unit
    if (
        unit[0] in CURRENCIES
        or not unit[0].isascii()
        or (gap and word in ("sq", "square", "cubic"))
        or (len(word) > 3 and (gap or is_unit(word)))
    ):
        return True
    plain = bool(
        re.fullmatch(r"[-+]?[\d.,/ ]*\d(?:\s*(?:\*|\\times|x)\s*10\s*\^\s*\{?-?\d+\}?)?", rest)
    )
    if len(word) > 1 and is_unit(word):
        return plain or gap
    if re.fullmatch(r"[A-Za-z]{1,3}(?:\^?\d)?\s?/\s?[A-Za-z]{1,3}(?:\^\{?-?\d\}?|\d)?", unit):
        return plain and gap and all(is_unit(part) for part in re.findall(r"[A-Za-z]+", unit))
    return len(word) == 3 and gap and plain and word.isalpha()


def _number(text: str) -> Scalar:
    """A number or an expression without a unit."""
    text = text.strip()
    literal = read_number(text)
    if literal is None and "," in text:
        if _MIXED_COMMA.fullmatch(text):
            text = text.replace(",", ".")  # what stands behind it says that it is one number
        literal = read_number(ungrouped(text))
    if literal:
        return from_literal(literal)
    while text.startswith("(") and text.endswith(")") and _one_pair(text):
        text = text[1:-1].strip()
        literal = read_number(text)
        if literal:
            return from_literal(literal)
    found = tokens(text)
    tree, ambiguous = parse_tokens(found)
    other = parse_tokens(found, tight=True)[0] if ambiguous else None
    return with_value(Scalar(tree, other=other))


def _one_pair(text: str) -> bool:
    depth = 0
    for k, c in enumerate(text):
        depth += (c == "(") - (c == ")")
        if depth == 0:
            return k == len(text) - 1
    return False


def from_literal(literal: Literal) -> Scalar:
    return Scalar(
        num(literal.value), literal.value, literal.step, literal.digits, base=literal.base
    )


def with_value(scalar: Scalar) -> Scalar:
    """With the exact value of a tree of plain numbers, where it has one that is cheap."""
    value = _folded(scalar.tree)
    if value is None:
        return scalar
    return Scalar(
        num(value),
        value,
        scalar.step,
        scalar.digits,
        scalar.unit,
        scalar.percent,
        scalar.degrees,
        scalar.other,
    )


def _folded(tree: Node) -> Fraction | None:
    if isinstance(tree, Num):
        return tree.value
    if isinstance(tree, Sym):
        return None
    if tree.kind not in ("add", "mul", "neg", "div", "pow"):
        return None
    values: list[Fraction] = []
    for arg in tree.args:
        value = _folded(arg)
        if value is None:
            return None
        values.append(value)
    if tree.kind == "add":
        return sum(values, Fraction(0))
    if tree.kind == "neg":
        return -values[0]
    if tree.kind == "mul":
        product = Fraction(1)
        for value in values:
            product *= value
        return product
    if tree.kind == "div":
        return values[0] / values[1] if values[1] else None
    base, exponent = values
    if exponent.denominator != 1 or (base == 0 and exponent < 0):
        return None
    size = max(base.numerator.bit_length(), base.denominator.bit_length())
    if abs(exponent) * size > 20_000:
        raise TooMuch("a power of too many digits")
    return base ** int(exponent)


def ratio(parts: list[Fraction]) -> Value:
    """a : b is the number a/b; of three and more, only their proportion matters."""
    if len(parts) == 2 and parts[1]:
        return Scalar(num(parts[0] / parts[1]), parts[0] / parts[1])
    first = next((part for part in parts if part), Fraction(1))
    return Group(tuple(Scalar(num(p / first), p / first) for p in parts), ":", ":")


def other_scalars(clean: str, first: Value) -> Iterator[Value]:
    """5 m as five metres, 3:45 as a ratio."""
    if (
        isinstance(first, Moment)
        and first.minutes is not None
        and (m := re.fullmatch(r"(\d+):(\d+)", clean))
    ) and int(m[2]):
        yield ratio([Fraction(int(m[1])), Fraction(int(m[2]))])
    if not isinstance(first, Scalar) or first.unit is not None:
        return
    match = re.fullmatch(
        r"(?P<rest>.*[\d})])\s*(?P<unit>[A-Za-z])(?:\^\{?([23])\}?)?", clean, re.DOTALL
    )
    if match and is_unit(match["unit"]):
        try:
            inner = _number(match["rest"])
        except Unread:
            return
        unit = read_unit(match["unit"] + (f"^{match[3]}" if match[3] else ""))
        yield Scalar(inner.tree, inner.exact, inner.step, inner.digits, unit)
