"""bridle horizon: up to which x a model is obedient, from records that are there."""

from __future__ import annotations

import json
from pathlib import Path

import click


@click.command("horizon")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--x",
    default="turns",
    show_default=True,
    metavar="NAME",
    help="turns, context, rules, steps, thinking, written, or a factor that is a number.",
)
@click.option("--y", default="hard", show_default=True, metavar="OUTCOME", help="What falls.")
@click.option(
    "--kind",
    type=click.Choice(["marginal", "survival"]),
    default="marginal",
    show_default=True,
    help="The answer at x obeys, or no answer up to x was broken.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text.")
def command(folder: Path, x: str, y: str, kind: str, as_json: bool) -> None:
    """Find the x at which obedience falls to 50 and 80 %, without asking anything.

    A logistic, a Weibull and a threshold are compared by what they predict of problems that they were not
    fitted to. Beyond the x that were asked nothing is said.

    \b
    bridle horizon decay --x turns
    bridle horizon DIR --x rules --y joint
    """
    from bridle import records
    from bridle.analysis.horizon import horizons

    found = horizons(records.read(folder).frame, x=x, y=y, kind=kind)
    if as_json:
        click.echo(json.dumps([reach.to_dict() for reach in found], indent=1))
        return
    from bridle.cli.terminal import console, say
    from bridle.report.grid import Grid
    from bridle.report.untrusted import line

    if not found:
        say(f"No record has {x} and {y}.")
        return
    grid = Grid("model and arm", [("n",), (f"{y} 50 % at",), ("80 % at",), ("shape",)])
    for reach in found:
        half, most = (_words(reach.marks[share]) for share in (0.5, 0.8))
        grid.add(line(reach.who), f"{reach.n:,}", line(half), line(most), line(reach.shape))
    console().print(grid)
    for note in dict.fromkeys(note for reach in found for note in reach.notes):
        say(f"  {note}.")


def _words(mark: object) -> str:
    from bridle.statistics import Estimate

    if isinstance(mark, Estimate):
        value, low, high = (f"{v:,.3g}" for v in (mark.value, mark.low, mark.high))
        return f"{value} {mark.unit} [{low} to {high}]"
    return str(mark)
