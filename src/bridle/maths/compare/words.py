"""Options, dates and words: when they say the same."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction

from bridle.maths.tree import CONSTANTS, Sym
from bridle.maths.values import Choice, Moment, Named, Scalar, Truth, Value, Words
from bridle.maths.verdicts import Equality, no, unknown, yes


def equal_choices(a: Value, b: Value, compared: Callable[[Value, Value], Equality]) -> Equality:
    """An option with another, or with what may be its text; `compared` compares two values."""
    if isinstance(a, Choice) and isinstance(b, Choice):
        if a.letter.upper() != b.letter.upper():
            return no("words", "Different options.")
        if a.said is not None and b.said is not None and not compared(a.said, b.said).equal:
            return unknown("The same letter with different texts.")
        return yes("words", "The same option.")
    picked, other = (a, b) if isinstance(a, Choice) else (b, a)
    if isinstance(picked, Choice):
        if isinstance(other, Scalar) and isinstance(other.tree, Sym) and len(other.tree.name) == 1:
            same = picked.letter == other.tree.name.upper()
            return yes("words", "The same letter.") if same else no("words", "Different letters.")
        if isinstance(other, Scalar) and other.tree in (Sym("e"), Sym("i")):
            return unknown("An option and a constant.")
        if isinstance(other, Words) and picked.letter.lower() == other.text:
            return yes("words", "The same option.")
        if picked.said is not None:
            return compared(picked.said, b) if picked is a else compared(a, picked.said)
    return unknown("An option and something else: the options are not known here.")


def equal_moments(a: Moment, b: Moment) -> Equality:
    if a.date and b.date:
        same = a.date[1:] == b.date[1:] and (a.date[0] == b.date[0] or 0 in (a.date[0], b.date[0]))
        return yes("words", "The same date.") if same else no("words", "Different dates.")
    if a.minutes is not None and b.minutes is not None:
        if a.minutes == b.minutes:
            return yes("words", "The same time.")
        if "unknown" not in (a.half, b.half) or (a.minutes - b.minutes) % 720:
            return no("words", "Different times.")
        if "marked" in (a.half, b.half):
            return yes("words", "The same time, with and without its half of the day.")
        return unknown("The same time in the other half of the day, perhaps.")
    return no("structure", "A date and a time.")


def equal_words(a: Words, b: Words) -> Equality:
    if a.text == b.text:
        return yes("words", "The same words.")
    x, y = a.text.split(), b.text.split()
    if not x or not y:
        return unknown("Nothing is left of one of them.")
    if sorted(x) == sorted(y):
        return unknown("The same words in another order.")
    if (
        set(x) & set(y)
        or a.text.replace(" ", "") in b.text.replace(" ", "")
        or b.text.replace(" ", "") in a.text
    ):
        return unknown("Words that overlap: they may or may not mean the same.")
    if len(x) == len(y) == 1:
        return no("words", "Different words.")
    return unknown("Different words may mean the same.")


def different_kinds(a: Value, b: Value) -> Equality:
    """The verdict on two values of different types, at least one of them in words."""
    for said, other in ((a, b), (b, a)):
        if isinstance(said, (Words, Truth, Moment)):
            if isinstance(said, Words) and isinstance(other, Named):
                if other.name == "empty" and not other.without and said.text == "none":
                    return yes("words", "Both say that there is none.")
                return unknown("Words and a set are not compared.")
            if isinstance(said, Moment) and isinstance(other, Words):
                return unknown("Words and a date are not compared.")
            if (
                isinstance(other, Scalar)
                and isinstance(other.tree, Sym)
                and isinstance(said, Words)
                and other.tree.name not in CONSTANTS
            ):
                same = said.text == other.tree.name.lower()
                return yes("words", "The same name.") if same else unknown("A letter and a word.")
            if isinstance(said, Words) and _denies(said, other):
                return no("words", "One says that it is not so.")
            if isinstance(said, Words) and any(c.isdigit() for c in said.text):
                return unknown("Words with numbers in them are not compared with a number.")
            return no("structure", f"One is a {a.kind}, the other a {b.kind}.")
    return no("structure", f"One is a {a.kind}, the other a {b.kind}.")


def _denies(said: Words, other: Value) -> bool:
    """Whether the words say "not 5" of the number 5."""
    word, _, rest = said.text.partition(" ")
    if word != "not" or not isinstance(other, Scalar) or other.exact is None:
        return False
    return (
        re.fullmatch(r"-?\d{1,40}(?:\.\d{1,40})?", rest) is not None
        and Fraction(rest) == other.exact
    )
