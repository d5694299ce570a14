"""Quantities in several units: 2 hours 30 minutes, 5 ft 3 in, 1 km 200 m, 2 dollars and 50 cents."""

from __future__ import annotations

import re
from fractions import Fraction

from bridle.maths.tree import num
from bridle.maths.units import read_unit
from bridle.maths.values import Scalar

_TEXT = re.compile(r"\\text\s*\{([^{}]*)\}")
_PART = re.compile(r"\s*(?:,|and|und|et|y)?\s*(\d+(?:\.\d+)?)\s*([^\W\d_]+\.?)\s*", re.I)
_FEET = re.compile(r"(\d+)\s*(?:'|\\prime)\s*(\d+(?:\.\d+)?)\s*(?:''|\")")
_MOST_PARTS = 4


def compound(text: str) -> Scalar | None:
    """The sum in the first unit, or None where a text is no such quantity."""
    text = _TEXT.sub(r" \1 ", text).strip()
    if len(text) > 80:
        return None
    if match := _FEET.fullmatch(text):
        text = f"{match[1]} ft {match[2]} in"
    at, first, total, factor, count = 0, None, Fraction(0), Fraction(0), 0
    while at < len(text):
        match = _PART.match(text, at)
        unit = read_unit(match[2]) if match else None
        if match is None or unit is None or not unit.known or len(match[1]) > 12:
            return None
        if first is None:
            first = unit
        elif unit.dims != first.dims or unit.factor >= factor:
            return None  # 2 m 3 km is two lengths, not one
        factor = unit.factor
        total += Fraction(match[1]) * unit.factor
        count += 1
        at = match.end()
    if first is None or not 2 <= count <= _MOST_PARTS:
        return None
    value = total / first.factor
    return Scalar(num(value), value, unit=first)
