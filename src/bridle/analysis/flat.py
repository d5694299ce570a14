"""Every figure of a summary or a comparison as one flat row: what the CSV holds, and tests compare.

    figures(summary)[0]
    -> {"table": "overall", "who": "organism", "label": "organism", "outcome": "hacc", "of": "run",
        "value": 0.9, "low": 0.776, "high": 0.959, "n": 60, "problems": 20, "unit": "share", …}

A figure that does not exist has no value, and says why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bridle.analysis.rates import Cell, Rate, Row

if TYPE_CHECKING:
    from bridle.analysis.compare import Comparison
    from bridle.analysis.contrasts import Contrast
    from bridle.analysis.summary import Summary

FIGURE = (
    "table", "who", "label", "outcome", "of", "value", "low", "high", "n", "problems", "unit",
    "method", "why",
)  # fmt: skip
CONTRAST = (
    "table", "label", "outcome", "a", "b", "difference", "low", "high", "unit", "pairs", "gained",
    "lost", "p", "p_adjusted", "says", "why",
)  # fmt: skip


def figures(summary: Summary) -> list[dict[str, Any]]:
    """One row a figure, with the keys of `FIGURE`; values are shares or points as fractions."""
    rows: list[dict[str, Any]] = []
    for table, lines in (
        ("overall", summary.overall),
        ("source", summary.by_source),
        ("n_constraints", summary.by_count),
        ("constraint", summary.by_type),
        ("way", summary.by_way),
    ):
        for line in lines:
            for outcome, rate in {**line.rates, **line.others}.items():
                rows += _both(table, line, outcome, rate)
    return rows


def _both(table: str, row: Row, outcome: str, rate: Rate) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    cells: tuple[tuple[str, Cell], ...] = (("run", rate.run), ("complete", rate.complete))
    for of, cell in cells:
        made: dict[str, Any] = dict.fromkeys(FIGURE)
        made |= {"table": table, "who": row.who, "label": row.label, "outcome": outcome, "of": of}
        if isinstance(cell, str):
            made["why"] = cell
        else:
            e = cell
            made |= {
                "value": e.value, "low": e.low, "high": e.high, "n": e.n, "problems": e.problems,
                "unit": e.unit, "method": e.method,
            }  # fmt: skip
        found.append(made)
    return found


def contrasts(compared: Comparison) -> list[dict[str, Any]]:
    """One row an outcome or line of a slice, with the keys of `CONTRAST`."""
    tables = {
        "run": compared.contrasts,
        "complete": compared.complete,
        **compared.slices,
    }
    return [_contrast(table, one) for table, lines in tables.items() for one in lines]


def _contrast(table: str, one: Contrast) -> dict[str, Any]:
    made: dict[str, Any] = dict.fromkeys(CONTRAST)
    made |= {
        "table": table, "label": one.label, "outcome": one.key, "says": one.says,
        "p_adjusted": one.p,
    }  # fmt: skip
    if isinstance(one.difference, str):
        return made | {"why": one.difference}
    e = one.difference.estimate
    return made | {
        "a": one.a, "b": one.b, "difference": e.value, "low": e.low, "high": e.high,
        "unit": e.unit, "pairs": e.n, "gained": one.difference.gained, "lost": one.difference.lost,
        "p": one.difference.p,
    }  # fmt: skip
