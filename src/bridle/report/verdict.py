"""The answer first: what a study says, in a sentence or two with numbers.

    sentences(summary, tables)
    -> ["organism obeys all instructions in 90.0 % [77.6, 95.9] of 60 answers to 20 problems (6.7 % of
         answers written without them would); obeyed and right: 90.0 %.",
        "Least obeyed: highlights 60.0 %, capital words 75.0 %."]

One model is described; two are compared on the same items, with what the difference is made of; of
more, the first and the last are named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from bridle import outcomes
from bridle.analysis.compare import Comparison, compare, side
from bridle.analysis.contrasts import Contrast, Side
from bridle.analysis.labels import differing
from bridle.analysis.primary import primary
from bridle.analysis.summary import gather
from bridle.errors import BridleError
from bridle.outcomes import JOINT
from bridle.report.figures import number, p_value, percent, plural
from bridle.statistics import Difference, Estimate

if TYPE_CHECKING:
    from bridle.analysis.rates import Cell, Row
    from bridle.analysis.summary import Summary
    from bridle.records import Table

MOST_NAMED = 3  # constraints that are named in a sentence
WORTH_NAMING = 0.9  # a constraint obeyed oftener is no weakness worth a word


def sentences(summary: Summary, tables: Sequence[Table]) -> list[str]:
    """The first sentences of a report, plain text; none where there is nothing to say yet."""
    rows = [row for row in summary.overall if isinstance(row.rates["hacc"].run, Estimate)]
    if not rows:
        return []
    settings = differing(tables)
    return [
        *(line for table in tables for line in asked_for(table)),
        *_answer(summary, tables, rows),
        *([f"Run otherwise: {settings}."] if settings else []),
    ]


def asked_for(table: Table) -> list[str]:
    """The answer to the question that the study names before it is run, a sentence a model."""
    lines: list[str] = []
    for one in primary(table):
        head = f"{one.model}, {one.arm} against {one.base} (primary)"
        if isinstance(one.found, str):
            lines.append(f"{head}: {one.found}")
        elif isinstance(one.found.difference, str):
            lines.append(f"{head}: {one.found.label} {one.found.difference}.")
        else:
            d = one.found.difference
            says = {
                "better": "better",
                "worse": "worse",
                "alike": "no difference worth speaking of",
            }
            told = says.get(one.found.says, "it cannot be told")
            p = "" if d.p is None else f", {p_value(d.p)}"
            lines.append(f"{head}: {one.found.label} {_points(d.estimate)}{p}: {told}.")
    return lines


def _answer(summary: Summary, tables: Sequence[Table], rows: Sequence[Row]) -> list[str]:
    if len(rows) == 1:
        return _described(summary, rows[0])
    ordered = sorted(rows, key=lambda row: -_value(row.rates["hacc"].run))
    if len(rows) == 2:
        try:
            return _compared(_sides(tables, rows[0].who, rows[1].who), ordered)
        except BridleError as error:  # other items, too few in common: said, not hidden
            why = f"Not compared item by item (A is {rows[0].who}, B {rows[1].who}): {error.what}"
            return [*_ranked(ordered), why]
    return _ranked(ordered)


def _described(summary: Summary, row: Row) -> list[str]:
    rates = row.rates
    hacc = rates["hacc"].run
    share = _share(hacc) if _few(hacc) else f"{_share(hacc)} of {_n(hacc):,}"
    text = (
        f"{row.who} obeys all instructions in {share} answers to {plural(row.problems, 'problem')}"
    )
    if isinstance(floor := rates["floor"].run, Estimate):
        text += f" ({number(floor.value)} % of answers written without them would)"
    if isinstance(joint := rates[JOINT.name].run, Estimate):
        text += f"; obeyed and right: {_share(joint) if joint.few else f'{number(joint.value)} %'}"
    found = [f"{text}."]
    if row.change and not isinstance(row.change, str):
        found.append(f"With the instructions it is {_changed(row.change)}.")
    weak = [
        (r.label, r.rates["obeyed"].run)
        for r in summary.by_type
        if r.who == row.who and isinstance(r.rates["obeyed"].run, Estimate)
    ]
    weak = [w for w in weak if not w[1].few and w[1].value < WORTH_NAMING]
    if weak:
        worst = sorted(weak, key=lambda w: w[1].value)[:MOST_NAMED]
        named = ", ".join(f"{_words(label)} {number(cell.value)} %" for label, cell in worst)
        found.append(f"Least obeyed: {named}.")
    if isinstance(cut := rates["truncated_with"].run, Estimate) and cut.value >= 0.01:
        share = f"{_share(cut)} answers" if cut.few else f"{number(cut.value)} % of the answers"
        found.append(f"{share} were cut off and count as failures.")
    return found


def _changed(change: Difference) -> str:
    e = change.estimate
    if e.few:
        how = "oftener than" if e.value > 0 else "less often than"
        by = f"{number(abs(e.value))} points {how}" if e.value else "as often as"
        return f"right {by} without; too few problems to tell"
    if e.low <= 0 <= e.high:
        return f"right about as often as without ({_points(e)})"
    more = "oftener" if e.value > 0 else "less often"
    return f"right {more}: {_points(e)}"


def _points(e: Estimate) -> str:
    """The difference with its interval; of few problems alone, which give none worth reading."""
    value = f"{number(e.value)} points"
    return value if e.few else f"{value} [{number(e.low)}, {number(e.high)}]"


def _compared(sides: tuple[Side, Side], ordered: Sequence[Row]) -> list[str]:
    """B against A on the same items, where A stands first in the study."""
    a, b = sides[0].name, sides[1].name
    found = compare(*sides, primary=outcomes.HARD.name)
    hard = found.contrasts[0]
    if isinstance(hard.difference, str):
        return [*_ranked(ordered), f"On the same items: {hard.difference}."]
    e = hard.difference.estimate
    text = (
        f"{b} obeys all instructions in {number(hard.b)} % of its answers, {a} in {number(hard.a)} %: "
        f"{_points(e)} on the same items "
        f"({plural(found.problems, 'problem')})"
    )
    says = {
        "better": "not noise",
        "worse": "not noise",
        "alike": "no difference worth speaking of",
        "cannot tell": "too few items to tell",
        "too few": "too few problems to tell",
    }[hard.says]
    lines = [f"{text}; {says}."]
    if hard.says in ("better", "worse") and (parts := _made_of(found, e.value)):
        lines.append(parts)
    if (joint := _of(found, outcomes.JOINT.name)) is not None:
        lines.append(f"Obeyed and right: {joint}.")
    return lines


def _made_of(found: Comparison, total: float) -> str:
    """The constraints that moved most in the direction of the whole, and the part of truncation."""
    sign = -1 if total < 0 else 1
    moved = [
        (c.label, c.difference.estimate.value)
        for c in found.slices.get("constraint", ())
        if not isinstance(c.difference, str) and not c.difference.estimate.few
    ]
    most = sorted((m for m in moved if sign * m[1] >= 0.05), key=lambda m: -sign * m[1])
    said: list[str] = []
    if most:
        verb = "loses" if sign < 0 else "gains"
        named = ", ".join(
            f"{_words(label)} ({number(value)})" for label, value in most[:MOST_NAMED]
        )
        said.append(f"It {verb} most on {named}")
    cut = next((c for c in found.contrasts if c.key == outcomes.TRUNCATED.name), None)
    if cut is not None and not isinstance(cut.difference, str) and sign < 0 and total:
        share = cut.difference.estimate.value / -total
        if share >= 0.1:
            said.append(
                f"answers that were cut off are up to {number(min(share, 1.0), 0)} % of the loss"
            )
    return "; ".join(said) + "." if said else ""


def _of(found: Comparison, key: str) -> str | None:
    c: Contrast | None = next((c for c in found.contrasts if c.key == key), None)
    if c is None or isinstance(c.difference, str):
        return None
    e = c.difference.estimate
    return f"{number(c.b)} % beside {number(c.a)} %, {_points(e)}"


def _ranked(ordered: Sequence[Row]) -> list[str]:
    first, last = ordered[0], ordered[-1]
    most, least = first.rates["hacc"].run, last.rates["hacc"].run
    if _value(most) == _value(least):
        both = "Both" if len(ordered) == 2 else f"All {len(ordered)}"
        told = f"{first.who} in {_of_its(most)}, {last.who} in {_of_its(least)}"
        return [f"{both} obey all instructions equally often: {told}."]
    return [
        f"Of {len(ordered)}, {first.who} obeys all instructions most often, in {_of_its(most)}, "
        f"and {last.who} least often, in {_of_its(least)}."
    ]


def _sides(tables: Sequence[Table], a: str, b: str) -> tuple[Side, Side]:
    """The records of two rows of the summary."""
    import polars as pl

    frame = gather([table.frame for table in tables])

    def one(who: str) -> Side:
        rows = frame.filter(pl.col("who") == who)
        return side(replace(tables[0], frame=rows, planned=rows.height), who)

    return one(a), one(b)


def _few(cell: Cell) -> bool:
    return isinstance(cell, Estimate) and cell.few


def _of_its(cell: Cell) -> str:
    """`95.8 % [74.3, 99.5] of its answers`; of few problems `3 of its 4 answers`."""
    if not _few(cell):
        return f"{_share(cell)} of its answers"
    return f"{_share(cell).replace(' of ', ' of its ')} answers"


def _share(cell: Cell) -> str:
    """`95.8 % [74.3, 99.5]`; of few problems the count alone, `3 of 4`."""
    if _few(cell):
        return percent(cell, short=True)
    figure = percent(cell)
    head, _, interval = figure.partition(" [")
    return f"{head} % [{interval}" if interval else figure


def _words(label: str) -> str:
    return label.replace("_", " ")


def _value(cell: Cell) -> float:
    return cell.value if isinstance(cell, Estimate) else -1.0


def _n(cell: Cell) -> int:
    return cell.n if isinstance(cell, Estimate) else 0
