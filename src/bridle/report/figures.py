"""Numbers as the report writes them: percent, one decimal, the interval in brackets.

percent(Estimate(0.433, 0.316, 0.559, ...))        -> "43.3 [31.6, 55.9]"
percent(Estimate(0.433, ...), short=True)          -> "43.3 [32–56]"
"""

from __future__ import annotations

from bridle.analysis.rates import Cell
from bridle.statistics import Difference, Estimate

NONE = "–"


def percent(cell: Cell, *, short: bool = False) -> str:
    """The estimate in percent with its interval; a dash where there is none.

    Of fewer than five problems it is the count alone ("3 of 3"), or the value where the outcomes are
    no truth values: so few give no interval worth reading. A difference in points is marked "pt".
    """
    if isinstance(cell, str):
        return NONE
    if cell.few:
        return _of_few(cell) if short else f"{_of_few(cell)}, {_problems(cell.problems)}"
    value = number(cell.value)
    if cell.unit == "points":
        value = f"{'+' if cell.value > 0 else ''}{value} pt"
    if short:
        # A lift is unbounded below; beyond −100 its bound says no more than that.
        low = number(cell.low, 0) if cell.low >= -1 else "<−100"
        high = number(cell.high, 0)
        return f"{value} [{low}{' to ' if '−' in low + high else '–'}{high}]"
    return f"{value} [{number(cell.low)}, {number(cell.high)}]"


def _of_few(cell: Estimate) -> str:
    if cell.unit == "points":
        return f"{'+' if cell.value > 0 else ''}{number(cell.value)} pt"
    hits = cell.value * cell.n
    if cell.unit == "share" and 0 <= cell.value <= 1 and abs(hits - round(hits)) < 1e-6:
        return f"{round(hits)} of {cell.n}"
    return number(cell.value)


def _problems(number: int | None) -> str:
    return f"{number} problem{'s' * (number != 1)}"


def count(cell: Cell) -> str:
    return "" if isinstance(cell, str) else f"{cell.n:,}"


def number(value: float, places: int = 1) -> str:
    """A share in percent; a true minus sign, and no negative zero."""
    text = f"{100 * value:.{places}f}"
    if float(text) == 0:
        text = text.lstrip("-")
    return text.replace("-", "−")


def plural(n: int, what: str) -> str:
    """`1 problem`, `1,200 problems`."""
    return f"{n:,} {what}{'' if n == 1 else 's'}"


def be(n: int) -> str:
    return "is" if n == 1 else "are"


def sentence(change: Difference | str) -> str:
    """The paired difference in words, or why there is none."""
    if isinstance(change, str):
        return change
    e = change.estimate
    sign = "+" if e.value > 0 else ""
    tested = change.test if change.p is None else f"{p_value(change.p)} ({change.test})"
    interval = "" if e.few else f" [{number(e.low)}, {number(e.high)}]"
    return (
        f"{sign}{number(e.value)} points{interval}, "
        f"{tested}; of {e.n:,} pairs "
        f"{change.gained:,} gained, {change.lost:,} lost"
    )


def p_value(p: float) -> str:
    """`p = .013`, held together by no-break spaces."""
    if p < 0.001:
        return "p\u00a0<\u00a0.001"
    return "p\u00a0=\u00a0" + ("1" if p >= 0.9995 else f"{p:.3f}".lstrip("0"))
