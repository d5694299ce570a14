"""The tables that Markdown and LaTeX share: a title, headers, and cells as the terminal writes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from bridle.analysis.rates import LEADING, WORDS, Row
from bridle.report.compared import TITLES, difference_words, value_words
from bridle.report.figures import NONE, count, p_value, percent

if TYPE_CHECKING:
    from bridle.analysis.compare import Comparison
    from bridle.analysis.contrasts import Contrast
    from bridle.analysis.summary import Summary

BY_TYPE = ("obeyed", "floor")


class Grid(NamedTuple):
    """A table of texts; the first column holds names, the others figures."""

    title: str
    headers: list[str]
    rows: list[list[str]]


def of_summary(summary: Summary) -> list[Grid]:
    """The leaderboard, then the constraints of every model; columns without a figure are left out."""
    found = [_grid("Percent, 95 % intervals, as run", "model", LEADING, summary.overall)]
    for who in summary.whos:
        rows = [row for row in summary.by_type if row.who == who]
        if rows:
            title = "By constraint" if len(summary.whos) == 1 else f"By constraint: {who}"
            found.append(_grid(title, "constraint", BY_TYPE, rows))
    return found


def _grid(title: str, first: str, keys: Sequence[str], rows: Sequence[Row]) -> Grid:
    kept = [key for key in keys if any(not isinstance(row.rates[key].run, str) for row in rows)]
    return Grid(
        title,
        [first, *(WORDS[key] for key in kept), "n"],
        [
            [
                row.label,
                *(percent(row.rates[key].run) for key in kept),
                next(filter(None, (count(row.rates[key].run) for key in kept)), "0"),
            ]
            for row in rows
        ],
    )


def of_comparison(compared: Comparison) -> list[Grid]:
    """Every outcome, then the primary one in slices."""
    found = [_contrasts("Outcomes, as run", "outcome", compared.contrasts)]
    for by, lines in compared.slices.items():
        found.append(_contrasts(TITLES.get(by, by), by.replace("_", " "), lines))
    return found


def _contrasts(title: str, first: str, lines: Sequence[Contrast]) -> Grid:
    rows: list[list[str]] = []
    for one in lines:
        d = one.difference
        if isinstance(d, str):
            rows.append([one.label, NONE, NONE, d, "", ""])
            continue
        p = d.p if one.primary else one.p
        rows.append(
            [
                one.label,
                value_words(one.a, d),
                value_words(one.b, d),
                difference_words(d),
                NONE if p is None else p_value(p),
                one.says,
            ]
        )
    return Grid(title, [first, "A", "B", "B − A", "p", "B is"], rows)
