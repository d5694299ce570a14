"""A comparison as printed: 80 columns, plain text in a pipe."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bridle.analysis.compare import Comparison
from bridle.analysis.contrasts import Contrast, could_see
from bridle.report.figures import NONE, number, p_value
from bridle.report.grid import Grid
from bridle.report.untrusted import line
from bridle.statistics import Difference

if TYPE_CHECKING:
    from rich.console import Console

TITLES = {
    "source": "by source",
    "n_constraints": "by number of constraints",
    "difficulty": "by difficulty",
    "class": "by class of constraint",
    "family": "by family of constraint",
    "constraint": "by constraint",
    "way": "how found, complete",
}


def print_comparison(compared: Comparison, console: Console, *, brief: bool = False) -> None:
    """Print it: who is compared, what cannot be, every outcome, then the primary one in slices."""

    def say(text: str) -> None:
        console.print(line(text), markup=False, highlight=False)

    say(f"A  {compared.a}")
    say(f"B  {compared.b}")
    samples = f", {compared.samples} samples each" if compared.samples > 1 else ""
    say(f"{compared.items:,} items of {compared.problems:,} problems are in both{samples}.")
    for note in compared.notes:
        say(note)
    say("Percent; B − A in points with 95 % intervals; items that gained and lost.")
    parts = [("outcome, as run", compared.contrasts), ("among complete", compared.complete)]
    if not brief:
        parts += [(TITLES.get(by, by), lines) for by, lines in compared.slices.items()]
    for title, lines in parts:
        if not lines:
            continue
        console.print()
        grid = _table(title, lines)
        console.print(grid if grid.rows else title)
        for why, labels in _not_there(lines).items():
            say(f"{NONE} {', '.join(labels)}: {why}")
    console.print()
    for text in sentences(compared):
        say(text)


def sentences(compared: Comparison) -> list[str]:
    """What may be concluded, and what may not."""
    found: list[str] = []
    first = compared.contrasts[0]
    if isinstance(first.difference, str):
        found.append(f"{first.label} (primary): {first.difference}.")
    else:
        e = first.difference.estimate
        scale = 100 if e.unit == "points" else 1
        margin = f"{scale * compared.margin:g} points"
        said = {
            "better": "B is better.",
            "worse": "B is worse.",
            "alike": f"no difference of more than {margin}.",
            "cannot tell": f"cannot tell. A difference of {scale * could_see(e):.1f} would be "
            "found four times in five with so many items; a smaller one may be there.",
            "too few": "too few problems for a conclusion.",
        }[first.says]
        test = "" if first.difference.p is None else f", {p_value(first.difference.p)}"
        found.append(f"{first.label} (primary{test}): {said}")
    others = [c for c in compared.contrasts[1:] if not isinstance(c.difference, str)]
    clear = [c for c in others if c.says in ("better", "worse") and c.p is not None and c.p < 0.05]
    if others:
        what = ", ".join(f"{c.label} {c.says}" for c in clear) or "none"
        found.append(f"Beyond chance among the others, adjusted for all of them (Holm): {what}.")
    return found


def _not_there(contrasts: Sequence[Contrast]) -> dict[str, list[str]]:
    """Why a line has no figures → the lines of which that is true."""
    found: dict[str, list[str]] = {}
    for c in contrasts:
        if isinstance(c.difference, str):
            found.setdefault(c.difference, []).append(c.label + " *" * c.primary)
    return found


def _table(title: str, contrasts: Sequence[Contrast]) -> Grid:
    """The lines that have figures."""
    grid = Grid(title, [("A", "B", "B − A"), ("+ / −", "p", "B is")])
    for c in contrasts:
        if isinstance(c.difference, str):
            continue
        label = line(c.label) + (" *" if c.primary else "")
        d = c.difference
        p = d.p if c.primary else c.p
        shown = (
            NONE if p is None else p_value(p).removeprefix("p\u00a0=\u00a0").removeprefix("p\u00a0")
        )
        grid.add(
            label, value_words(c.a, d), value_words(c.b, d), difference_words(d), f"{d.gained:,}/{d.lost:,}",
            shown, c.says,
        )  # fmt: skip
    return grid


def value_words(value: float, d: Difference) -> str:
    return number(value) if d.estimate.unit == "points" else f"{value:.3g}"


def difference_words(d: Difference) -> str:
    e = d.estimate
    sign = "+" if e.value > 0 else ""
    if e.unit != "points":
        return f"{sign}{e.value:.3g} [{e.low:.3g}, {e.high:.3g}]".replace("-", "−")
    if e.few:
        return f"{sign}{number(e.value)}"
    return f"{sign}{number(e.value)} [{number(e.low)}, {number(e.high)}]"
