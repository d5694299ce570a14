"""A list of responses on the terminal: whose each is, and a line for everything that is wrong with it."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any

from bridle.analysis.picked import reasons
from bridle.report.figures import plural
from bridle.report.untrusted import line

if TYPE_CHECKING:
    import polars as pl
    from rich.console import Console

MOST_NAME = 200  # characters of a name; a reason has one line of the terminal


def print_list(
    rows: pl.DataFrame, console: Console, *, whole: pl.DataFrame, folder: str, limit: int
) -> None:
    """The first `limit` of the rows; what all rows of the table share is not said of each."""
    from rich.text import Text

    varying = [name for name in ("model", "arm", "condition", "sample", "turn", "fork") if
               whole[name].n_unique() > 1]  # fmt: skip
    shown = rows.head(limit)
    more = f": the first {shown.height:,}." if shown.height < rows.height else ""
    console.print(
        Text(f"{rows.height:,} of {plural(whole.height, 'response')}{more or '.'}"), soft_wrap=True
    )
    width = max(20, console.width - 2)
    for row in shown.iter_rows(named=True):
        console.print(Text(_name(row, varying), style="bold"), soft_wrap=True)
        for reason in reasons(row):
            console.print(Text(f"  {line(reason, most=width)}"), soft_wrap=True)
    if shown.height:
        console.print()
        first = shown["item"][0]
        see = f"bridle show {shlex.quote(folder)} {shlex.quote(line(first))}"
        console.print(Text(f"One of them whole: {see}"), soft_wrap=True)
    if more:
        console.print(Text(f"All of them: --limit {rows.height}"), soft_wrap=True)


def _name(row: dict[str, Any], varying: list[str]) -> str:
    parts = [line(row["item"], most=MOST_NAME)]
    for name in varying:
        value = row[name]
        if name in ("model", "arm"):
            parts.append(line(value, most=MOST_NAME))
        elif name == "condition":
            parts.append(f"{value} constraints")
        elif value or name == "sample":
            parts.append(f"{name} {line(str(value))}")
    return " · ".join(parts)
