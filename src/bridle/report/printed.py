"""The summary as printed: readable at 80 columns, plain text when it goes into a pipe."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress
from typing import TYPE_CHECKING

from bridle.analysis.beside import KEYS
from bridle.analysis.four_figures import FIGURES
from bridle.analysis.rates import OF_A_MODEL, WORDS, Cell, Row
from bridle.analysis.slices import NOT_ASKED
from bridle.analysis.summary import Summary
from bridle.outcomes import HARD, JOINT, OUTCOMES, SOFT
from bridle.records import notes_of
from bridle.report.compared import difference_words
from bridle.report.figures import NONE, be, count, percent, plural, sentence
from bridle.report.grid import Grid
from bridle.report.untrusted import line

if TYPE_CHECKING:
    from rich.console import Console

# header → the rate under it, and its denominator
Columns = dict[str, tuple[str, str]]
SPLIT: Columns = {
    HARD.label: ("hacc", "run"),
    "floor": ("floor", "run"),
    WORDS[JOINT.name]: (JOINT.name, "run"),
    "correct": ("correct_with", "run"),
}
TYPE: Columns = {
    "obeyed": ("obeyed", "run"),
    "floor": ("floor", "run"),
    "lift": ("lift", "run"),
}
MODELS: Columns = {
    HARD.label: ("hacc", "run"),
    SOFT.label: ("sacc", "run"),
    WORDS[JOINT.name]: (JOINT.name, "run"),
    "correct": ("correct_with", "run"),
}
MOST_PARTINGS = 20
MOST_NAMED = 6  # instructions that are named in one line


def print_summary(
    summary: Summary,
    console: Console,
    *,
    names: Sequence[str],
    lead: Sequence[str] | None = None,
    verdict: Sequence[str] = (),
) -> None:
    """Print it: what is missing first, then each model, what splits it, and where the rules part.

    `lead` are the first lines, in place of those that name the studies; `verdict` the sentences
    that answer first (`report.verdict`).
    """
    first, second = [line(text) for text in verdict], opening(summary, names, lead)
    if summary.missing:  # a study that lacks records says so before anything else
        first, second = second, first
    for text in first:
        _say(console, text)
    if first and second:
        console.print()
    for text in second:
        _say(console, text)
    if summary.errors == summary.records:
        return
    console.print()
    if len(summary.whos) > 1:
        _say(console, _counts(summary.records, summary.problems))
        console.print(_split("model", MODELS, summary.overall))
        console.print()
    for row in summary.overall:
        _print_model(summary, row, console)
    _print_four_figures(summary, console)
    _print_published(summary, console)
    _print_rules(summary, console)


def opening(summary: Summary, names: Sequence[str], lead: Sequence[str] | None = None) -> list[str]:
    """The first lines of every report: what is missing or left out, and how to read the figures."""
    if summary.errors == summary.records:
        what = (
            "The only record is an error"
            if summary.records == 1
            else f"All {summary.records:,} records are errors"
        )
        return [line(f"{what}: there is no response to judge.")] + [
            line(t) for t in lead or summary.gates
        ]
    lines = list(summary.gates) if lead is None else list(lead)
    if lead is not None:
        pass
    elif summary.missing:
        lines.append("The figures below are of the records that are there.")
    else:
        lines.append(f"All {summary.planned:,} planned records are there: {', '.join(names)}.")
    if summary.errors:
        s = "s are errors and are" if summary.errors != 1 else " is an error and is"
        lines.append(f"{summary.errors:,} record{s} in no rate.")
    lines += [text for about in summary.about for text in notes_of(about)]
    if summary.not_judged:
        named = [f"{name} ({plural(n, 'record')})" for name, n in summary.not_judged.items()]
        more = f" and {len(named) - MOST_NAMED} more" if len(named) > MOST_NAMED else ""
        lines.append(
            f"Not judged, since no constraint type here is their like: "
            f"{', '.join(named[:MOST_NAMED])}{more}; {plural(summary.not_wholly_judged, 'record')} "
            f"with such an instruction {be(summary.not_wholly_judged)} in no HAcc."
        )
    if summary.undecided:
        lines.append(
            f"{plural(summary.undecided, 'final answer')} could not be judged (undecided): "
            "in no rate of correctness."
        )
    judged = "bridle's own rules" if summary.rules == "ours" else "the benchmark's published rules"
    lines.append(f"Judged by {judged}. Percent with 95 % intervals; n counts responses.")
    if any(_few(row) for row in (*summary.overall, *summary.by_source, *summary.by_type)):
        lines.append("Fewer than 5 problems: the count alone (3 of 3), without an interval.")
    return [line(text) for text in lines]


def _few(row: Row) -> bool:
    return any(
        not isinstance(cell, str) and cell.few
        for both in row.rates.values()
        for cell in (both.run, both.complete)
    )


def _counts(records: int, problems: int) -> str:
    return f"n = {plural(records, 'response')}, {plural(problems, 'problem')}"


def _print_model(summary: Summary, row: Row, console: Console) -> None:
    console.print(_title(row.who))
    counts = _counts(row.records, row.problems)
    _say(console, counts)
    console.print(_overall(row))
    compared = any(
        not isinstance(row.rates[key].run, str) for key in ("correct_with", "correct_without")
    )
    if compared and row.change:
        text = f"correct, with − without constraints: {sentence(row.change)}"
        _say(console, text)
    for why, what in _reasons(row).items():
        _say(console, f"{NONE} {', '.join(what)}: {line(why)}")
    console.print()
    for title, columns, rows in (
        ("source", SPLIT, summary.by_source),
        ("constraints", SPLIT, summary.by_count),
        ("constraint", TYPE, summary.by_type),
    ):
        mine = [r for r in rows if r.who == row.who]
        if len(mine) > 1 or (mine and columns is TYPE):  # a lone slice is the whole
            _say(console, f"by {title}, {counts}")
            console.print(_split(title, columns, mine))
            console.print()
    _print_ways(summary, row, console)


def _print_ways(summary: Summary, row: Row, console: Console) -> None:
    """How the final answers were found, where there is more than one way."""
    mine = [r for r in summary.by_way if r.who == row.who]
    if not mine:
        return
    _say(console, "how the final answer was found, of complete answers")
    both = all(not isinstance(r.change, str) for r in mine)
    grid = Grid(
        "found", [(WORDS["way_with"], WORDS["way_without"]), *([("change",)] if both else [])]
    )
    for r in mine:
        cells = [percent(r.rates[key].complete, short=True) for key in ("way_with", "way_without")]
        if both and not isinstance(r.change, str):
            cells.append(difference_words(r.change))
        grid.add(line(r.label), *cells)
    console.print(grid)
    console.print()


def _reasons(row: Row) -> dict[str, list[str]]:
    """Why a figure is not there → the names of those figures; a column without any figure has one reason."""
    found: dict[str, list[str]] = {}
    for key in OF_A_MODEL:
        run, complete = row.rates[key].run, row.rates[key].complete
        if isinstance(run, str) and isinstance(complete, str):
            found.setdefault(complete if run in NOT_ASKED else run, []).append(WORDS[key])
        elif isinstance(complete, str) and complete not in NOT_ASKED:
            found.setdefault(f"{complete}, so nothing among complete ones", []).append(WORDS[key])
    return found


def _overall(row: Row) -> Grid:
    grid = Grid("", [("as run", "n"), ("complete only", "n")])
    for key in OF_A_MODEL:
        both = row.rates[key].run, row.rates[key].complete
        if all(isinstance(cell, str) for cell in both):
            continue  # said in words under the table
        cells: list[str] = []
        for cell in both:
            # no dash where there is nothing to ask: "truncated" among complete answers
            cells += ["", ""] if cell in NOT_ASKED else [percent(cell), count(cell)]
        grid.add(WORDS[key], *cells)
    for name, rate in row.others.items():
        cells = [
            text for cell in (rate.run, rate.complete) for text in (percent(cell), count(cell))
        ]
        grid.add(line(OUTCOMES[name].label), *cells)
    for status, n in row.statuses.items():
        if status not in ("complete", "truncated"):
            grid.add(line(status.replace("_", " ")), f"{n:,} of {row.records:,}", "", "", "")
    return grid


def _split(title: str, columns: Columns, rows: Sequence[Row]) -> Grid:
    cells: list[list[Cell]] = [
        [getattr(row.rates[key], denominator) for key, denominator in columns.values()]
        for row in rows
    ]
    kept = [any(not isinstance(every[i], str) for every in cells) for i in range(len(columns))]
    grid = Grid(title, [("n",), *((head,) for head in compress(columns, kept))])
    for row, every in zip(rows, cells, strict=True):
        mine = list(compress(every, kept))
        shown = [percent(cell, short=True) for cell in mine]
        grid.add(line(row.label), next(filter(None, map(count, mine)), "0"), *shown)
    return grid


def _print_four_figures(summary: Summary, console: Console) -> None:
    """IFEval's figures: over responses and over single instructions, strict and loose."""
    if not summary.lenient:
        return
    grid = Grid("model", [("figure", "as run", "n")])
    for row in summary.lenient:
        for key, figure in row.figures.items():
            grid.add(line(row.who), FIGURES[key], percent(figure), count(figure))
    console.print(grid)
    if left_out := sum(row.left_out for row in summary.lenient):
        _say(console, f"{plural(left_out, 'response')} not wholly judged: in none of these.")
    console.print()


def _print_published(summary: Summary, console: Console) -> None:
    """Results of others by the published judge, the smallest models first."""
    found = summary.published
    if found is None:
        return
    _say(
        console,
        f"Published: {found.source}, by the judge {found.judge}, n = {found.n}, by size of model",
    )
    grid = Grid("published", [("size",), *((word,) for word in KEYS.values())])
    for row in found.rows:
        figures = (percent(row.rates[key].run, short=True) for key in KEYS)
        grid.add(line(row.label), f"{found.sizes[row.who]:g}B", *figures)
    console.print(grid)
    console.print()


def _print_rules(summary: Summary, console: Console) -> None:
    if not summary.both:
        return
    grid = Grid("model", [("n",), ("HAcc ours", "upstream"), ("SAcc ours", "upstream")])
    for row in summary.both:
        grid.add(
            line(row.who),
            f"{row.records:,}",
            *(
                percent(rules[key], short=True)
                for key in ("hacc", "sacc")
                for rules in (row.ours, row.upstream)
            ),
        )
    console.print(grid)
    parted = sum(row.parted for row in summary.both)
    judged = sum(row.records for row in summary.both)
    skipped = sum(row.not_judged for row in summary.both)
    text = f"The rules part on {parted:,} of {judged:,} responses ({len(summary.partings):,} verdicts)."
    if skipped:
        text += f" {skipped:,} more could not be judged by both."
    _say(console, text)
    if summary.rules != "upstream":
        if parted:
            _say(console, "Which: bridle report --rules upstream")
        return
    for parting in summary.partings[:MOST_PARTINGS]:
        mine = {True: "obeyed", False: "broken", None: "undetermined"}[parting.ours]
        theirs = "obeyed" if parting.upstream else "broken"
        head = f"{line(parting.item)}  {line(parting.constraint)}: ours {mine}, upstream {theirs}."
        _say(console, f"  {head}\n    {line(parting.reason, most=200)}")
    rest = len(summary.partings) - MOST_PARTINGS
    if rest > 0:
        text = f"  … and {rest:,} more: on the page, and all of them with --json."
        _say(console, text)


def _say(console: Console, text: str) -> None:
    from rich.text import Text

    console.print(Text(text))


def _title(who: str):
    from rich.text import Text

    return Text(line(who), style="bold")
