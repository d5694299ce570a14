r"""Number literals: separators, decimal marks, scientific notation, repeating decimals, bases.

    read_number("1.234.567,89")  ->  Literal(Fraction(123456789, 100), step=Fraction(1, 100), ...)

A comma is a thousands separator where groups of three follow, a decimal mark where nothing else
is possible ("3,75 km" is decided by the reader, which sees what stands behind). Inside brackets a
comma always separates: (0,10) is a pair, (1,234) as well; only {,} joins digits there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from bridle.maths.read.words import SMALL_NUMBERS
from bridle.maths.tree import TooMuch


@dataclass(frozen=True, slots=True)
class Literal:
    """A value, one unit in its last place (None for exact spellings), its significant digits."""

    value: Fraction
    step: Fraction | None = None
    digits: int | None = None
    base: int | None = None


# Between groups of three digits: , {,} ,\! and (respelled) thin spaces.
_GROUPS = re.compile(r"(?<![\d.,}])([1-9]\d{0,2})((?:(?:\{,\}|,)\d{3}){1,12})(?![\d]|,\d|\{,\}\d)")
_SPACED = re.compile(r"(?<![\d.,/])([1-9]\d{0,2})((?: \d{3}){1,12})(?![\d/]| \d)")
_INDIAN = re.compile(r"(?<![\d.,])([1-9]\d?)((?:,\d\d)+,\d{3})(?![\d,])")
_APOSTROPHES = re.compile(r"(?<!\d)([1-9]\d{0,2})((?:'\d{3})+)(?!\d)")
_UNDERSCORES = re.compile(r"(?<![\w\\])([1-9]\d{0,2})((?:_\d{3})+)(?![\d{])")
_EUROPEAN = re.compile(r"(?<![\d.,])(\d{1,3}(?:\.\d{3})+),(\d+)(?![\d.,])")
_POINTS = re.compile(r"(?<![\d.,])([1-9]\d{0,2})((?:\.\d{3}){2,})(?![\d.,])")
_BRACED_GROUPS = re.compile(r"(?<![\d.,}])([1-9]\d{0,2})((?:\{,\}\d{3}){1,12})(?!\d|\{,\}\d)")
_BRACED_DECIMAL = re.compile(r"(?<=\d)\{,\}(?=\d)")
# 5,05 and 0,05: no second number would begin with 0 and go on. Groups of three are left out: 5,050.
_COMMA_DECIMAL = re.compile(r"(?<![\d.,])(\d+),(0\d|0\d{3,}|(?<=0,)0\d+)(?![\d.,])")
_ZERO_DECIMAL = re.compile(r"(?<![\d.,])0,([1-9]\d+)(?![\d.,])")  # 0,333, or 0 and 333
_BRACKET = re.compile(r"\{,\}|\\[{}]|[()\[\]{}]")


def ungrouped(text: str, grouped: bool = True) -> str:
    """The text with plain numbers: no separators, decimal points; `grouped` says whether a comma
    outside of brackets that may join digits (1,234 or 0,333) does."""
    if "," not in text:
        return _joined(text)
    made: list[str] = []
    start, inside = 0, [text.startswith("]")]  # ]0,1[ is an interval
    for match in _BRACKET.finditer(text):
        mark = match[0]
        if mark == "{,}":
            continue
        made.append(_commas_read(text[start : match.start()], grouped, inside[-1]))
        made.append(mark)
        if mark[-1] in "([{":
            # the braces of an argument (\frac{1,000}{3}) are none of a list
            argument = mark == "{" and bool(re.search(r"[\w}\]^]\s*$", text[start : match.start()]))
            argument = argument or (
                mark == "{" and 0 < start == match.start() and text[start - 1] == "}"
            )
            inside.append(not argument)
        elif len(inside) > 1:
            inside.pop()
        start = match.end()
    made.append(_commas_read(text[start:], grouped, inside[-1]))
    return _joined("".join(made))


def _commas_read(part: str, grouped: bool, inside: bool) -> str:
    """One stretch between brackets."""
    if "," not in part:
        return part
    if not inside:
        part = _EUROPEAN.sub(lambda m: m[1].replace(".", "") + "." + m[2], part)
        if grouped:
            part = _GROUPS.sub(_digits, part)
            part = _INDIAN.sub(_digits, part)
            part = _ZERO_DECIMAL.sub(r"0.\1", part)
        part = _COMMA_DECIMAL.sub(r"\1.\2", part)
    if "{,}" in part:
        part = _BRACED_GROUPS.sub(_digits, part)
        part = _BRACED_DECIMAL.sub(".", part)
    return part


def _joined(text: str) -> str:
    """Without the separators that are no commas: 1.234.567, 1'234, 1_234, 1 234."""
    if "." in text:
        text = _POINTS.sub(_digits, text)
    if "_" in text:
        text = _UNDERSCORES.sub(_digits, text)
    if "'" in text:
        text = _APOSTROPHES.sub(_digits, text)
    if " " in text:
        text = _SPACED.sub(_digits, text)
    return text


def _digits(match: re.Match[str]) -> str:
    return match[1] + re.sub(r"\D", "", match[2])


_MANTISSA = r"([-+]*)\s*(\d*)(?:\.(\d*))?"
_POWER = r"(?:\s*(?:\\times|\*|x|X)\s*10\s*(?:\^|\*\*)\s*(?:\{\s*([-+]?\s?\d+)\s*\}|\(\s*([-+]?\d+)\s*\)|([-+]?\d+))|\s?[eE]([-+]?\d+))?"
_DECIMAL = re.compile(_MANTISSA + _POWER)
_POWER_ONLY = re.compile(r"([-+]*)\s*10\s*(?:\^|\*\*)\s*(?:\{\s*(-\s?\d+)\s*\}|(-\d+))")
_REPEATING = re.compile(
    r"([-+]?)(\d*)\.(\d*?)(?:\\(?:overline|bar|dot)\s*\{?(\d+)\}?|\((\d+)\)|(?:(\d{1,6}?)\6{2,}|(\d{3,6})\7)(?:\.\.\.|\\ldots))(?:\.\.\.)?"
)
_BASE = re.compile(
    r"([-+]?)\(?([0-9A-Za-z]+)\)?\s*_\s*(?:\{\s*(?:\\text\s*\{\s*(\w+)\s*\}|(\w+))\s*\}|(\d\d?|\w+))"
)
_IN_BASE = re.compile(
    r"([0-9A-Fa-f]+),?\s*(?:\(\s*)?(?:\\text\s*\{\s*)?\(?\s*(?:in )?base[ -]?(\d+|\w+)\s*\)?\s*\}?\)?"
)
_BASE_NAMES = {SMALL_NUMBERS[base]: base for base in range(2, 17)}


def read_number(text: str) -> Literal | None:
    """The number that the whole (respelled, ungrouped) text is, or None."""
    if len(text) > 2000:
        return None
    match = _DECIMAL.fullmatch(text)
    if match and (match[2] or match[3]):
        return _decimal(match)
    if text.startswith(("10", "-10", "+10")) and (match := _POWER_ONLY.fullmatch(text)):
        power = _exponent(match[2] or match[3])
        value = Fraction(10) ** power
        return Literal(-value if match[1].count("-") % 2 else value)
    if "." in text and len(text) < 300 and (match := _REPEATING.fullmatch(text)):
        return _repeating(match)
    if "_" in text and (match := _BASE.fullmatch(text)):
        return _based(match[1], match[2], match[3] or match[4] or match[5])
    if "base" in text and (match := _IN_BASE.fullmatch(text)):
        return _based("", match[1], match[2])
    return None


def _exponent(text: str) -> int:
    digits = text.replace(" ", "")
    if len(digits) > 5 or abs(int(digits)) > 2000:
        raise TooMuch("an exponent beyond 2000")
    return int(digits)


def _decimal(match: re.Match[str]) -> Literal:
    sign, whole, part = match[1], match[2], match[3]
    exponent_text = next((match[k] for k in range(4, 8) if match[k]), None)
    exponent = _exponent(exponent_text) if exponent_text else 0
    shift = exponent - len(part or "")
    value = Fraction(int(whole + (part or "") or "0")) * Fraction(10) ** shift
    if sign.count("-") % 2:
        value = -value
    if part is None and exponent_text is None:
        return Literal(value)
    digits = len((whole + (part or "")).lstrip("0")) or 1
    if not part and exponent_text is None:
        return Literal(value)  # "42." ends a sentence
    return Literal(value, Fraction(10) ** shift, digits)


def _repeating(match: re.Match[str]) -> Literal | None:
    sign, whole, head = match[1], match[2], match[3]
    cycle = match[4] or match[5] or match[6] or match[7]
    if len(head) + len(cycle) > 60:
        return None
    value = Fraction(int(whole + head or "0"), 10 ** len(head))
    value += Fraction(int(cycle), (10 ** len(cycle) - 1) * 10 ** len(head))
    return Literal(-value if sign == "-" else value)


def _based(sign: str, digits: str, base_text: str) -> Literal | None:
    base = (
        int(base_text)
        if base_text.isdigit() and len(base_text) < 3
        else _BASE_NAMES.get(base_text.lower(), 0)
    )
    if not 2 <= base <= 36 or len(digits) > 200 or not digits[0].isalnum():
        return None
    try:
        value = int(digits, base)
    except ValueError:
        return None
    hexadecimal = base == 16 and len(digits) > 1 and digits.isupper()
    if not any(c.isdigit() for c in digits) and not hexadecimal:
        return None  # a letter with an index, such as n_2
    return Literal(Fraction(-value if sign == "-" else value), base=base)
