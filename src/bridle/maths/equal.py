r"""Are two answers the same? True, False, or None where it cannot be decided; never a guess.

    equal("\\frac{1}{2}", "0.5")      ->  Equality(equal=True, how="exact", ...)
    equal("(1, 2)", "(2, 1)")         ->  Equality(equal=False, how="exact", ...)

The way: identical text; plain numbers; typed reading with exact algebra and enclosures; and, where
the text was not understood or could not be evaluated, Math-Verify in a worker process.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from bridle.errors import BridleError
from bridle.maths.read.plain import plain
from bridle.maths.tree import TooMuch
from bridle.maths.verdicts import Equality, no, unknown, yes

if TYPE_CHECKING:
    from bridle.maths.read.reading import Readings
    from bridle.maths.values import Value

_SAME = yes("identical", "The same text.")
_EQUAL_NUMBERS = yes("exact", "The same number.")
_DIFFERENT_NUMBERS = no("exact", "Different numbers.")


def equal(
    gold: str, answer: str, *, tolerance: float | None = None, patient: bool = False
) -> Equality:
    """Whether `answer` says the same as the reference `gold`.

    Without `tolerance` the verdict is symmetric: decimals are compared at the precision of the
    coarser one, whole numbers exactly. `tolerance` is relative to the reference and holds for every
    real number in the answer. Never raises for any text; raises BridleError for a negative
    tolerance. Takes microseconds for plain numbers, and never more than about a second; but where
    `patient`, the first question of a process that needs Math-Verify waits until that has started
    (a second or two), so that the verdict does not depend on what was asked before.
    """
    if tolerance is not None and not 0 <= tolerance < 1:
        raise BridleError(
            f"The tolerance {tolerance!r} makes no sense.",
            expected="a number from 0 up to 1, relative to the reference",
            hint="tolerance=1e-4",
        )
    a, b = plain(gold), plain(answer)
    if a is not None and b is not None and tolerance is None:
        if a[0] == b[0]:
            return _EQUAL_NUMBERS
        if a[1] is None and b[1] is None:
            return _DIFFERENT_NUMBERS
    if not gold.strip() or not answer.strip():
        return unknown("There is no answer.")
    if gold == answer or gold.strip() == answer.strip():
        return _SAME
    verdict = _by_reading(gold, answer, tolerance)
    if verdict.how == "unreadable" and _spelling(gold) == _spelling(answer):
        return yes("identical", "The same text but for spaces.")
    if verdict.equal is None and verdict.how == "unreadable" and tolerance is None:
        asked = _ask_worker(gold, answer, patient)
        if asked is not None:
            return asked
    return verdict


def _spelling(text: str) -> str:
    """An answer in one spelling, without the spaces that part no words or digits."""
    from bridle.maths.read.cleaning import cleaned

    bare = re.sub(r"\\mid(?![A-Za-z])", "|", cleaned(text[:_LONGEST_ASKED]))
    return re.sub(r"(?<!\w)\s+|\s+(?!\w)", "", bare)


def _by_reading(gold: str, answer: str, tolerance: float | None) -> Equality:
    from bridle.maths.compare.equations import renew_budget

    renew_budget()
    try:
        return _by_all_readings(_readings(gold), _readings(answer), tolerance)
    except (RecursionError, MemoryError):
        return unknown("Nested too deeply.")
    except (TooMuch, ArithmeticError, ValueError) as error:  # beyond what floats or str() can hold
        return unknown(f"Too large to compare ({error}).")
    except Exception as error:  # a fault of ours must not drop the row that it happens in
        return unknown(f"They could not be compared ({type(error).__name__}: {error}).")


def _by_all_readings(a: Readings, b: Readings, tolerance: float | None) -> Equality:
    from bridle.maths.compare.typed import equal_readings
    from bridle.maths.values import Group

    verdict = equal_readings(a.first, b.first, tolerance)
    if verdict.equal and a.listed is not None and b.listed is not None:
        # 0,10 and 0,100: the same number, but not the same list
        if equal_readings(a.listed, b.listed, tolerance).equal is False:
            return unknown("Their commas may be decimal marks or stand between numbers.")
        return verdict
    if verdict.equal:
        return verdict
    for x, y in ((a.listed, b.listed), (a.listed, b.first), (a.first, b.listed)):
        if x is not None and y is not None and isinstance(x, Group) and isinstance(y, Group):
            other = equal_readings(x, y, tolerance)
            if other.equal and not (x.opening or y.opening):
                return other  # 100,200 beside 100, 200 is a list
            if other.equal:
                return unknown("The commas of one may join digits or stand between numbers.")
    for x in (a.first, *a.others):
        for y in (b.first, *b.others):
            if x is a.first and y is b.first:
                continue
            other = equal_readings(x, y, tolerance)
            if other.equal:
                if (
                    _both_have_units(x, y)
                    or (a.spaced and _is_number(y))
                    or (b.spaced and _is_number(x))
                ):
                    return other
                return unknown("It depends on how one of them is read: " + other.reason)
    return verdict


def _both_have_units(a: Value, b: Value) -> bool:
    from bridle.maths.values import Scalar

    return (
        isinstance(a, Scalar)
        and isinstance(b, Scalar)
        and a.unit is not None
        and b.unit is not None
    )


def _is_number(value: Value) -> bool:
    """A number in digits alone: no letter, no unit."""
    from bridle.maths.tree import Num
    from bridle.maths.values import Scalar

    return isinstance(value, Scalar) and value.unit is None and isinstance(value.tree, Num)


@lru_cache(maxsize=2048)
def _short_readings(text: str) -> Readings:
    from bridle.maths.read.reading import readings

    return readings(text)


def _readings(text: str) -> Readings:
    # Long texts are not kept: a reference is short and asked again and again.
    return _short_readings(text) if len(text) <= 400 else _short_readings.__wrapped__(text)


def forget() -> None:
    """Empties the cache of readings."""
    _short_readings.cache_clear()


# What may go to the worker: short, and maths rather than prose or code.
_PROSE = r"(?<![\\A-Za-z])[A-Za-z]{4,}"
_LONGEST_ASKED = 500


def _ask_worker(gold: str, answer: str, patient: bool) -> Equality | None:
    for text in (gold, answer):
        if re.search(r"\d\s*_", text):  # a base: Math-Verify drops it
            return None
        if re.search(r"\\text\w*\s*\{[^{}]*[A-Za-z]{2}", text):
            return None
        if len(text) > _LONGEST_ASKED or not re.search(r"[\\\d]", text):
            return None
        if re.search(_PROSE, re.sub(r"\\[A-Za-z]+", " ", text)) or "__" in text or "[[" in text:
            return None
    from bridle.maths.math_verify.worker import ask

    return ask(gold, answer, patient=patient)
