r"""Units and currencies: what stands behind (or before) a number, as a factor and dimensions.

    read_unit("km/h")  ->  Unit(dims=(("length", 1), ("time", -1)), factor=Fraction(5, 18))

A word that is no unit ("apples") is a dimension of its own, in the singular.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

Dims = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """`value * factor` is the quantity in the base units of `dims`; `known` is False for nouns."""

    dims: Dims
    factor: Fraction
    text: str
    known: bool = True
    offset: Fraction = Fraction(0)  # of temperatures: added before the factor


F = Fraction
_PREFIXES = {
    "p": F(1, 10**12), "n": F(1, 10**9), "μ": F(1, 10**6), "u": F(1, 10**6), "m": F(1, 1000), "c": F(1, 100),
    "d": F(1, 10), "k": F(1000), "M": F(10**6), "G": F(10**9), "T": F(10**12),
}  # fmt: skip
_LONG_PREFIXES = {
    "pico": F(1, 10**12), "nano": F(1, 10**9), "micro": F(1, 10**6), "milli": F(1, 1000), "centi": F(1, 100),
    "deci": F(1, 10), "kilo": F(1000), "mega": F(10**6), "giga": F(10**9), "tera": F(10**12),
}  # fmt: skip
_L, _T, _M = (("length", 1),), (("time", 1),), (("mass", 1),)
_FORCE: Dims = (("length", 1), ("mass", 1), ("time", -2))
_ENERGY: Dims = (("length", 2), ("mass", 1), ("time", -2))
_POWER: Dims = (("length", 2), ("mass", 1), ("time", -3))
_PRESSURE: Dims = (("length", -1), ("mass", 1), ("time", -2))
_VOLUME: Dims = (("length", 3),)
# symbol -> dims, factor; these take the prefixes above
_METRIC: dict[str, tuple[Dims, Fraction]] = {
    "m": (_L, F(1)), "s": (_T, F(1)), "g": (_M, F(1, 1000)), "L": (_VOLUME, F(1, 1000)), "l": (_VOLUME, F(1, 1000)),
    "N": (_FORCE, F(1)), "J": (_ENERGY, F(1)), "W": (_POWER, F(1)), "Pa": (_PRESSURE, F(1)), "Hz": ((("time", -1),), F(1)),
    "A": ((("current", 1),), F(1)), "V": ((("voltage", 1),), F(1)), "C": ((("charge", 1),), F(1)), "K": ((("temperature", 1),), F(1)),
    "mol": ((("amount", 1),), F(1)), "eV": ((("electronvolt", 1),), F(1)), "F": ((("capacity", 1),), F(1)),
    "T": ((("induction", 1),), F(1)), "bit": ((("information", 1),), F(1)), "B": ((("information", 1),), F(8)),
    "pc": (_L, F(30856775814913673)), "Ohm": ((("resistance", 1),), F(1)), "Ω": ((("resistance", 1),), F(1)),
    "cal": (_ENERGY, F(4184, 1000)),
}  # fmt: skip
_LONG_METRIC = {
    "meter": "m", "metre": "m", "second": "s", "gram": "g", "gramme": "g", "liter": "L", "litre": "L", "newton": "N",
    "joule": "J", "watt": "W", "pascal": "Pa", "hertz": "Hz", "ampere": "A", "amp": "A", "volt": "V", "coulomb": "C",
    "kelvin": "K", "mole": "mol", "bit": "bit", "byte": "B", "parsec": "pc", "ohm": "Ohm", "tesla": "T", "farad": "F",
    "calorie": "cal", "electronvolt": "eV",
}  # fmt: skip
_OTHERS: dict[str, tuple[Dims, Fraction]] = {
    "sec": (_T, F(1)), "min": (_T, F(60)), "minute": (_T, F(60)), "mins": (_T, F(60)), "h": (_T, F(3600)), "hr": (_T, F(3600)),
    "hour": (_T, F(3600)), "day": (_T, F(86400)), "week": (_T, F(604800)), "month": ((("month", 1),), F(1)),
    "year": ((("month", 1),), F(12)), "yr": ((("month", 1),), F(12)), "decade": ((("month", 1),), F(120)),
    "century": ((("month", 1),), F(1200)),
    "inch": (_L, F(254, 10000)), "in": (_L, F(254, 10000)), "foot": (_L, F(3048, 10000)), "feet": (_L, F(3048, 10000)),
    "ft": (_L, F(3048, 10000)), "yard": (_L, F(9144, 10000)), "yd": (_L, F(9144, 10000)), "mile": (_L, F(1609344, 1000)),
    "mi": (_L, F(1609344, 1000)), "Å": (_L, F(1, 10**10)), "angstrom": (_L, F(1, 10**10)), "ly": (_L, F(9460730472580800)),
    "AU": (_L, F(149597870700)), "au": (_L, F(149597870700)),
    "mph": ((("length", 1), ("time", -1)), F(1609344, 3600000)), "kph": ((("length", 1), ("time", -1)), F(5, 18)),
    "kmh": ((("length", 1), ("time", -1)), F(5, 18)),
    "acre": ((("length", 2),), F(40468564224, 10**7)), "hectare": ((("length", 2),), F(10000)), "ha": ((("length", 2),), F(10000)),
    "pound": (_M, F(45359237, 10**8)), "lb": (_M, F(45359237, 10**8)), "ounce": (_M, F(45359237, 16 * 10**8)),
    "oz": (_M, F(45359237, 16 * 10**8)), "ton": (_M, F(1000)), "tonne": (_M, F(1000)), "stone": (_M, F(635029318, 10**8)),
    "gallon": (_VOLUME, F(3785411784, 10**12)), "quart": (_VOLUME, F(946352946, 10**12)), "pint": (_VOLUME, F(473176473, 10**12)),
    "cup": (_VOLUME, F(2365882365, 10**13)), "cc": (_VOLUME, F(1, 10**6)), "tablespoon": ((("tablespoon", 1),), F(3)),
    "teaspoon": ((("tablespoon", 1),), F(1)), "atm": (_PRESSURE, F(101325)), "bar": (_PRESSURE, F(100000)),
    "erg": (_ENERGY, F(1, 10**7)), "dyne": (_FORCE, F(1, 10**5)), "kWh": (_ENERGY, F(3600000)), "horsepower": (_POWER, F(7457, 10)),
    "radian": ((("angle", 1),), F(1)), "rad": ((("angle", 1),), F(1)),
    "dollar": ((("dollar", 1),), F(1)), "usd": ((("dollar", 1),), F(1)), "USD": ((("dollar", 1),), F(1)), "buck": ((("dollar", 1),), F(1)),
    "cent": ((("dollar", 1),), F(1, 100)), "¢": ((("dollar", 1),), F(1, 100)), "$": ((("dollar", 1),), F(1)),
    "euro": ((("euro", 1),), F(1)), "EUR": ((("euro", 1),), F(1)), "€": ((("euro", 1),), F(1)),
    "£": ((("sterling", 1),), F(1)), "GBP": ((("sterling", 1),), F(1)), "yen": ((("yen", 1),), F(1)), "¥": ((("yen", 1),), F(1)),
    "JPY": ((("yen", 1),), F(1)), "₹": ((("rupee", 1),), F(1)), "rupee": ((("rupee", 1),), F(1)), "INR": ((("rupee", 1),), F(1)),
    "₽": ((("rouble", 1),), F(1)), "₩": ((("won", 1),), F(1)), "yuan": ((("yuan", 1),), F(1)), "peso": ((("peso", 1),), F(1)),
    "dozen": ((), F(12)), "pair": ((("pair", 1),), F(1)),
}  # fmt: skip
_SQUARE, _CUBE = (("length", 2),), (("length", 3),)
# Chinese and Japanese, Korean, Russian; more words of these languages are nouns of their own.
_OTHER_SCRIPTS: dict[str, tuple[Dims, Fraction]] = {
    "米": (_L, F(1)), "公尺": (_L, F(1)), "メートル": (_L, F(1)), "미터": (_L, F(1)), "м": (_L, F(1)),
    "厘米": (_L, F(1, 100)), "公分": (_L, F(1, 100)), "см": (_L, F(1, 100)), "センチ": (_L, F(1, 100)),
    "毫米": (_L, F(1, 1000)), "мм": (_L, F(1, 1000)), "千米": (_L, F(1000)), "公里": (_L, F(1000)), "км": (_L, F(1000)),
    "平方米": (_SQUARE, F(1)), "平方厘米": (_SQUARE, F(1, 10**4)), "平方公里": (_SQUARE, F(10**6)),
    "立方米": (_CUBE, F(1)), "立方厘米": (_CUBE, F(1, 10**6)), "升": (_CUBE, F(1, 1000)), "毫升": (_CUBE, F(1, 10**6)), "л": (_CUBE, F(1, 1000)),
    "秒": (_T, F(1)), "초": (_T, F(1)), "分钟": (_T, F(60)), "分鐘": (_T, F(60)), "분": (_T, F(60)), "мин": (_T, F(60)),
    "小时": (_T, F(3600)), "小時": (_T, F(3600)), "時間": (_T, F(3600)), "시간": (_T, F(3600)), "ч": (_T, F(3600)),
    "час": (_T, F(3600)), "часа": (_T, F(3600)), "часов": (_T, F(3600)), "天": (_T, F(86400)), "일": (_T, F(86400)),
    "克": (_M, F(1, 1000)), "г": (_M, F(1, 1000)), "千克": (_M, F(1)), "公斤": (_M, F(1)), "кг": (_M, F(1)), "吨": (_M, F(1000)), "т": (_M, F(1000)),
    "元": ((("yuan", 1),), F(1)), "美元": ((("dollar", 1),), F(1)), "円": ((("yen", 1),), F(1)), "원": ((("won", 1),), F(1)),
    "руб": ((("rouble", 1),), F(1)), "рублей": ((("rouble", 1),), F(1)), "рубля": ((("rouble", 1),), F(1)), "рубль": ((("rouble", 1),), F(1)),
}  # fmt: skip
_PLURAL = {"feet": "foot", "inches": "inch", "centuries": "century", "lbs": "lb", "hrs": "hr", "yrs": "yr", "people": "person",
           "men": "man", "women": "woman", "children": "child", "mice": "mouse", "geese": "goose", "halves": "half",
           "wolves": "wolf", "knives": "knife", "leaves": "leaf", "loaves": "loaf", "dice": "die"}  # fmt: skip
CURRENCIES = "$€£¥₹₽₩¢"

_PART = re.compile(
    r"(?P<name>(?:[^\W\d_]|[°$€£¥₹₽₩¢])+)\.?\s*(?:(?:\^\s*\{?\s*|(?=[23](?![\d.])))(?P<power>-?\d)\s*\}?)?|(?P<op>/|\*|\\times|·|-|\\slash|\s)"
)


def read_unit(text: str) -> Unit | None:
    """The unit that a short text names, or None where it names none."""
    text = text.strip().strip(".")
    if not text or len(text) > 60:
        return None
    total: dict[str, int] = {}
    factor, known, direction, power_ahead = Fraction(1), True, 1, 1
    at, count = 0, 0
    text = re.sub(r"\\mu\s?|\\degree\s?", lambda m: "μ" if "mu" in m[0] else "°", text)
    for match in _PART.finditer(text):
        if match.start() != at:
            return None
        at = match.end()
        op = match["op"]
        if op is not None:
            if op in ("/", "\\slash"):
                direction = -1
            continue
        name = match["name"]
        low = name.lower()
        if low in (
            "per",
            "a",
            "an",
            "of",
            "the",
            "square",
            "sq",
            "squared",
            "cubic",
            "cubed",
            "each",
            "every",
        ):
            if low in ("per", "each", "every"):
                direction = -1
            elif low in ("square", "sq"):
                power_ahead = 2
            elif low == "cubic":
                power_ahead = 3
            elif low in ("squared", "cubed") and count:
                return read_unit(
                    text[: match.start()]
                    + ("^2" if low == "squared" else "^3")
                    + text[match.end() :]
                )
            continue
        one = _one(name)
        power = int(match["power"] or 1) * power_ahead * direction
        power_ahead = 1
        if one is None:
            if name.isascii() and len(name) < 3 and name.lower() not in ("pt", "pts"):
                return None
            known = False
            one = (((f"noun {singular(name.lower())}", 1),), Fraction(1))
        count += 1
        if abs(power) > 9 or count > 8:
            return None
        for dim, exponent in one[0]:
            total[dim] = total.get(dim, 0) + exponent * power
        factor *= one[1] ** power
    if at != len(text) or not count:
        return None
    dims = tuple(sorted((d, e) for d, e in total.items() if e))
    return Unit(dims, factor, text, known)


def singular(word: str) -> str:
    """A noun in the singular, near enough to compare with."""
    if word in _PLURAL:
        return _PLURAL[word]
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("ches", "shes", "sses", "xes", "zes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _one(name: str) -> tuple[Dims, Fraction] | None:
    if name in _OTHERS:
        return _OTHERS[name]
    if name in _METRIC:
        return _METRIC[name]
    if name in _OTHER_SCRIPTS:
        return _OTHER_SCRIPTS[name]
    single = singular(name.lower())
    if single in _OTHERS and (len(single) > 2 or name.lower() in _PLURAL):
        return _OTHERS[single]
    if single in _LONG_METRIC:
        return _METRIC[_LONG_METRIC[single]]
    for prefix, factor in _LONG_PREFIXES.items():
        if single.startswith(prefix) and single[len(prefix) :] in _LONG_METRIC:
            dims, base = _METRIC[_LONG_METRIC[single[len(prefix) :]]]
            return dims, base * factor
    if len(name) > 1 and name[0] in _PREFIXES and name[1:] in _METRIC:
        dims, base = _METRIC[name[1:]]
        return dims, base * _PREFIXES[name[0]]
    if name.lower() in ("kg", "km", "cm", "mm", "ml", "kj", "hz"):
        return _one(
            {"kg": "kg", "km": "km", "cm": "cm", "mm": "mm", "ml": "mL", "kj": "kJ", "hz": "Hz"}[
                name.lower()
            ]
        )
    return None


def is_unit(name: str) -> bool:
    """Whether a word is a unit by itself."""
    return _one(name) is not None
