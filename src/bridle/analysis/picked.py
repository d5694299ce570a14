"""The responses of a table that someone wants to look at: those that failed, broke a constraint, are wrong.

picked(frame, failed=True, broken=("words",))   -> the rows that did both
reasons(row)                                     -> ["broken words: 341 words, …", "wrong: …"]
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from bridle.errors import BridleError, nearest

if TYPE_CHECKING:
    import polars as pl


def picked(
    frame: pl.DataFrame,
    *,
    failed: bool = False,
    broken: Sequence[str] = (),
    wrong: bool = False,
    undecided: bool = False,
) -> pl.DataFrame:
    """The rows that have all that was asked for, in the order of the table.

    `failed`: the instructions were not all obeyed (an answer that was cut off counts as that).
    `broken`: the answer breaks a constraint of each of these types or families. Both are asked of the
    responses whose prompt held the instructions, where there are any.
    `wrong`: the final answer is not the reference. `undecided`: a verdict or the correctness of a
    complete answer could not be decided.

    Raises:
        BridleError: no verdict of the table is about a type or family of that name.
    """
    import polars as pl

    verdict = pl.element().struct
    for name in broken:
        _known(frame, name)
    demanded = frame.filter(pl.col("condition") == "with")
    if (failed or broken) and demanded.height:
        frame = demanded
    if failed:
        frame = frame.filter(pl.col("hard").not_())
    for name in broken:
        named = (verdict.field("constraint") == name) | (verdict.field("family") == name)
        held = pl.col("verdicts").list.eval(named & verdict.field("obeyed").not_()).list.any()
        frame = frame.filter(held)
    if wrong:
        frame = frame.filter(pl.col("correct").not_())
    if undecided:
        unknown = pl.col("verdicts").list.eval(verdict.field("obeyed").is_null()).list.any()
        no_value = pl.col("correct").is_null() & pl.col("reference").is_not_null()
        frame = frame.filter((pl.col("status") == "complete") & (unknown | no_value))
    return frame


def _known(frame: pl.DataFrame, name: str) -> None:
    verdicts = frame.select("verdicts").explode("verdicts").drop_nulls().unnest("verdicts")
    there = {*verdicts["constraint"].unique(), *verdicts["family"].unique()}
    if name not in there:
        near = nearest(name, sorted(there))
        raise BridleError(
            f"No response was asked for {name!r}.",
            expected=(f"did you mean {near!r}? " if near else "")
            + f"One of: {', '.join(sorted(verdicts['constraint'].unique())) or 'nothing'}",
        )


def reasons(row: dict[str, Any]) -> list[str]:
    """Why a response failed, a line each: what came back, what it breaks, what it got wrong."""
    if row["status"] != "complete":
        return [f"{row['status']}: {row['error']}" if row["error"] else str(row["status"])]
    # what was not demanded is not broken
    broken = "broken" if row["condition"] == "with" else "not demanded,"
    found = [
        f"{broken if v['obeyed'] is False else 'undetermined'} {v['constraint']}: {v['reason']}"
        for v in row["verdicts"]
        if v["obeyed"] is not True
    ]
    if row["reference"] is not None and row["correct"] is not True:
        word = "wrong" if row["correct"] is False else "undecided"
        answer = "no final answer" if row["found"] is None else f"found {row['found']}"
        found.append(f"{word}: {answer}, the reference is {row['reference']}")
    return found
