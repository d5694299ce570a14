r"""From the text of an answer to a typed value.

    readings("x = \\frac{3}{4}").first  ->  Relation("=", Scalar(x), Scalar(3/4))
    readings("[0, \\infty)").first      ->  Group((Scalar(0), Scalar(oo)), "[", ")", interval=True)

Some spellings can be read in two ways (5 m: five metres, or five times m); `readings` gives all,
the likeliest first.
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from bridle.maths.read.cleaning import cleaned
from bridle.maths.read.compound import compound
from bridle.maths.read.names import Unread, with_one_counter
from bridle.maths.read.numbers import read_number, ungrouped
from bridle.maths.read.prose import (
    counted,
    has_sentence_words,
    in_signs,
    lone_value,
    without_neutral_words,
)
from bridle.maths.read.relation_reading import as_interval, relation
from bridle.maths.read.scalars import other_scalars, ratio, read_scalar, with_value
from bridle.maths.read.separators import parted, rows_of_system
from bridle.maths.read.structure import top_level, wrapped
from bridle.maths.read.vectors import as_vector
from bridle.maths.read.words import choice, is_prose, is_words, moment, words
from bridle.maths.tree import Sym, TooMuch, has, holds, letters, signs
from bridle.maths.values import (
    Choice,
    Group,
    Matrix,
    Named,
    Scalar,
    Union,
    Unreadable,
    Value,
    Words,
)

LONGEST = 6000  # characters

_TEXT_WRAP = re.compile(r"\\(?:text|mathbf|mathrm|textbf)\s*\{([^{}]*)\}\.?")
_AND = re.compile(
    r"\\text\s*\{\s*,?\s*(?:and|or)\s*\}|(?<=[\s\d})])(?:and|or|und|oder|et|ou)(?=[\s\d\\({$])",
    re.I,
)
_JOINS = re.compile(r"(?<![A-Za-z])(?:and|or|und|oder|et|ou|\\land|\\lor)(?![A-Za-z])", re.I)
_SPACED = re.compile(r"[-+]?\d[\d.,]* +[A-Za-z]")
DOTS = "..."  # what stands for elements left out of a list
# 0.5 (or 50%), 1/2 (that is, 0.5): the same answer in two spellings
_ALSO = re.compile(
    r"(.+?[^\s(,])\s*\(\s*(?:or|i\.e\.,?|that is,?|=|\\approx|about|equivalently)\s*([^()]+)\)"
)
_MATRIX = re.compile(
    r"\\begin\{([pbvBV]?)((?:small)?matrix|array)\}(?:\s*\{[lcr|\s]*\})?(.*)\\end\{\1\2\}",
    re.DOTALL,
)
_ROW = re.compile(r"\\cr(?![A-Za-z])\s*(?:\[-?[\d.]+ ?(?:mm|cm|pt|em|ex|in)\])?")
_NAMED_SETS = {
    "\\mathbb{R}": "R", "\\mathbb{Z}": "Z", "\\mathbb{N}": "N", "\\mathbb{Q}": "Q", "\\mathbb{C}": "C",
    "\\emptyset": "empty", "\\{\\}": "empty", "\\{ \\}": "empty", "R": "", "all real numbers": "R",
}  # fmt: skip
_A_TO_B = re.compile(r"(\d{1,9}) to (\d{1,9})")
# Several options of a multiple choice: A, C; A and C; (A) and (C)
_OPTIONS = re.compile(r"(\([A-J]\)|[A-J])(?:\s*(?:,|;|&|,?\s(?:and|or)\s)\s*(?:\([A-J]\)|[A-J]))+")
_RATIO = re.compile(r"[\d.]+(?: ?: ?[\d.]+){1,9}")


class Readings(NamedTuple):
    """What a text can mean: `first` is the likeliest; `listed` where its commas may separate
    instead of joining digits (1,234); `others` where a letter may be a unit, or a time a ratio.
    `spaced`: the letter stands apart from the digits (5 m), as units do and factors do not."""

    first: Value
    listed: Value | None = None
    others: tuple[Value, ...] = ()
    spaced: bool = False


def readings(text: str) -> Readings:
    """All readings of a spelling. Never raises for any text."""
    if len(text) > LONGEST:
        return Readings(Unreadable(f"longer than {LONGEST} characters", given_up=True))
    try:
        clean = with_one_counter(cleaned(text))
        first = _value(ungrouped(clean), True)
        listed = _value(ungrouped(clean, False), False) if "," in clean else None
        others = tuple(other_scalars(clean, first))
        spaced = bool(others) and _SPACED.fullmatch(clean) is not None
        return Readings(first, None if listed == first else listed, others, spaced)
    except (TooMuch, RecursionError) as error:
        return Readings(Unreadable(str(error) or "nested too deeply", given_up=True))


def _value(text: str, grouped: bool) -> Value:
    text = text.strip()
    if not text:
        return Unreadable("nothing is there")
    if _NAMED_SETS.get(text):
        return Named(_NAMED_SETS[text])
    if text[-1].isalnum() and " " in text:
        text = in_signs(text)
        if match := _A_TO_B.fullmatch(text):
            return ratio([Fraction(match[1]), Fraction(match[2])])
    if _OPTIONS.fullmatch(text):
        picked: list[Value] = [Choice(letter) for letter in text if "A" <= letter <= "J"]
        return _group(picked, "", "", _joined_by(text))
    if text in ("\\ldots", "..."):
        return Scalar(Sym(DOTS))
    if match := _TEXT_WRAP.fullmatch(text):
        return _of_text(match[1].strip(), grouped)
    if is_words(text):
        said = words(text)
        if isinstance(said, Words) and said.text in ("all real numbers", "empty set"):
            return Named("R" if said.text[0] == "a" else "empty")
        return said
    if "\\begin" in text:
        if match := _MATRIX.fullmatch(text):
            if rows := rows_of_system(text):
                return _parts(rows, text, grouped)
            return _matrix(match, grouped)
        if rows := rows_of_system(text):
            return _parts(rows, text, grouped)
    parts = parted(text)
    if len(parts) > 1:
        several = _parts(parts, text, grouped)
        if not isinstance(several, Unreadable):
            return several
    for reader in (_set_minus, _union, _choice_or_moment, _compound, _relation, _list, _brackets):
        value = reader(text, grouped)
        if value is not None:
            return value
    return _scalar_or_words(text, grouped)


def _parts(parts: list[str], text: str, grouped: bool) -> Value:
    """Several answers or relations as a bare list."""
    if len(parts) == 1:
        return _value(parts[0], grouped)
    return _group(_flat([_value(part, grouped) for part in parts]), "", "", _joined_by(text))


def _scalar_or_words(text: str, grouped: bool) -> Value:
    try:
        scalar = read_scalar(text)
    except Unread as error:
        plain = without_neutral_words(text)
        if plain != text:
            return _value(plain, grouped)
        said = words(text)
        if isinstance(said, Words) and (value := lone_value(text)):
            return _value(value, grouped)
        maths = "\\" in text or not is_prose(text)
        return Unreadable(str(error)) if isinstance(said, Words) and maths else said
    # a sentence is no product of its letters, and no unit of many words
    many = scalar.unit is not None and not scalar.unit.known and " " in scalar.unit.text.strip()
    if (many or letters(scalar.tree)) and has_sentence_words(text):
        plain = without_neutral_words(text)
        if plain != text:
            return _value(plain, grouped)
        if of := counted(text):
            return _value(f"{of[0]} {of[1]}", grouped)
        if value := lone_value(text):
            return _value(value, grouped)
        if not many or letters(scalar.tree):
            return words(text)
    if has(scalar.tree, "pm", "mp"):
        return _both_signs(scalar)
    return as_vector(scalar)


def _compound(text: str, grouped: bool) -> Value | None:
    return compound(text) if text[0].isdigit() and not text[-1].isdigit() else None


def _relation(text: str, grouped: bool) -> Value | None:
    return relation(text, lambda side: _value(side, grouped), _commas)


def _of_text(inside: str, grouped: bool) -> Value:
    if len(inside) == 1 and inside.isalpha():
        return Choice(inside) if inside.isupper() and inside < "K" else Words(inside)
    return _value(inside, grouped) if inside else Unreadable("nothing is there")


def _choice_or_moment(text: str, grouped: bool) -> Value | None:
    may_be_option = text[0] in "([ABCDEFGHIJoOc\\" or text[-1] in ").:" or ":" in text
    if may_be_option and (picked := choice(text)):
        return replace(picked, said=_value(picked.rest, grouped)) if picked.rest else picked
    if when := moment(text):
        return when
    if ":" in text and _RATIO.fullmatch(text):
        found = [read_number(part.strip()) for part in text.split(":")]
        return ratio([n.value for n in found if n is not None]) if all(found) else None
    return None


def _both_signs(scalar: Scalar) -> Value:
    plus = Scalar(signs(scalar.tree, True), unit=scalar.unit)
    minus = Scalar(signs(scalar.tree, False), unit=scalar.unit)
    return Group((with_value(plus), with_value(minus)))


def _set_minus(text: str, grouped: bool) -> Value | None:
    if "\\setminus" not in text and "\\backslash" not in text:
        return None
    parts = top_level(text, frozenset({"\\setminus", "\\backslash"}))
    if len(parts) != 2:
        return None
    base, without = _value(parts[0][1], grouped), _value(parts[1][1], grouped)
    if isinstance(base, Named) and isinstance(without, Group):
        return Named(base.name, without.items)
    return None


def _union(text: str, grouped: bool) -> Value | None:
    if "\\cup" not in text and not re.search(r"[)\]}] ?[uU] ?[(\[]", text):
        return None
    text = re.sub(r"(?<=[)\]}]) ?[uU] ?(?=[(\[])", "\\\\cup ", text)
    parts = top_level(text, frozenset({"\\cup"}))
    if len(parts) < 2:
        return None
    values = tuple(as_interval(_value(part, grouped)) for _, part in parts)
    if any(isinstance(v, Unreadable) for v in values):
        return next(v for v in values if isinstance(v, Unreadable))
    return Union(values)


_LIST = frozenset({",", ";"})


def _commas(text: str) -> list[str]:
    """The parts of a bare list, or nothing where there is one part."""
    if " and " in text or " or " in text or "\\text" in text or "\\l" in text or _AND.search(text):
        text = re.sub(r"\\l(?:or|and)(?![A-Za-z])", " , ", _AND.sub(" , ", text))
    if "," not in text and ";" not in text:
        return []
    parts = top_level(text, frozenset({";"}))
    if len(parts) == 1:
        parts = top_level(text, _LIST)
    found = [part.strip() for _, part in parts]
    found = [part for part in found if part]
    return found if len(found) > 1 else []


def _list(text: str, grouped: bool) -> Value | None:
    if match := _ALSO.fullmatch(text):
        return _group([_value(match[1], grouped), _value(match[2], grouped)], "", "", "or")
    parts = _commas(text)
    if not parts or len(parts) > 400:
        return None
    if any(is_prose(part) for part in parts) and not any(ch.isdigit() for ch in text):
        return words(text)
    return _group(_flat([_value(part, grouped) for part in parts]), "", "", _joined_by(text))


def _joined_by(text: str) -> str:
    said = {word.lower() for word in _JOINS.findall(text)}
    if said <= {"or", "oder", "ou", "\\lor"} and said:
        return "or"
    return "and" if said and not said & {"or", "oder", "ou", "\\lor"} else ""


def _flat(items: list[Value]) -> list[Value]:
    """-1, ±2 are three answers."""
    flat: list[Value] = []
    for item in items:
        flat.extend(item.items if isinstance(item, Group) and not item.opening else [item])
    return flat


def _group(items: list[Value], opening: str, closing: str, joined: str = "") -> Value:
    bad = next((item for item in items if isinstance(item, Unreadable)), None)
    if bad is not None:
        return bad
    infinite = any(isinstance(i, Scalar) and holds(i.tree, "oo") for i in items)
    mixed = (opening, closing) in (("(", "]"), ("[", ")"))
    return Group(
        tuple(items),
        opening,
        closing,
        interval=len(items) == 2 and (mixed or (infinite and opening in ("(", "["))),
        joined=joined,
    )


def _brackets(text: str, grouped: bool) -> Value | None:
    pair = wrapped(text)
    if pair is None:
        return None
    opening, inside, closing = pair
    if not inside.strip():
        return Named("empty") if opening == "{" else None
    parts = _commas(inside)
    if opening == "{" and not text.startswith("\\"):
        return (
            _value(inside, grouped)
            if not parts
            else _group([_value(p, False) for p in parts], "", "")
        )
    if not parts:
        if opening == "(" and closing == ")":
            inner = _value(inside, grouped)
            return inner if not isinstance(inner, Scalar) or inner.unit else None
        if opening == "{" and ("|" in inside or ":" in inside):
            return _described(inside, grouped)
        if opening not in "[{":
            return None
        only = _value(inside, grouped)
        return only if isinstance(only, Matrix) else _group([only], opening, closing)
    if len(parts) > 400:
        return Unreadable("more than 400 elements")
    items = [_value(part, False) for part in parts]
    if opening == "{":
        items = _flat(items)
    if opening == "[" and all(isinstance(i, Group) and i.opening == "[" for i in items):
        rows = tuple(i.items for i in items if isinstance(i, Group))
        if len({len(row) for row in rows}) == 1:
            return Matrix(rows)
    return _group(items, opening, closing)


def _described(inside: str, grouped: bool) -> Value:
    """{x : 0 < x < 1} and {x | x > 2}: the condition alone."""
    for separator in ("|", ":"):
        left, found, right = inside.partition(separator)
        if found and re.fullmatch(r"\s*[A-Za-z]\s*(?:\\in\s*\\mathbb\{R\}\s*)?", left):
            return _value(right, grouped)
    return Unreadable("a set described by a condition that is not understood")


def _matrix(match: re.Match[str], grouped: bool) -> Value:
    rows: list[tuple[Value, ...]] = []
    body = _ROW.sub("\x01", match[3].replace("\\hline", ""))
    for line in body.split("\x01"):
        if not line.strip():
            continue
        cells = [_value(cell, False) for cell in line.split("&")]
        bad = next((cell for cell in cells if isinstance(cell, Unreadable)), None)
        if bad:
            return bad
        rows.append(tuple(cells))
    if not rows or len({len(row) for row in rows}) != 1 or len(rows) * len(rows[0]) > 400:
        return Unreadable("a matrix with rows of different lengths")
    return Matrix(tuple(rows), bars=match[1] in ("v", "V"))
