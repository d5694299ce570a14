"""plan: coverage, order, local values and dive-in by the way that the plan is told, and by its length."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bridle.analysis.probes.base import Finding, Findings, paired, percent, share
from bridle.errors import DataError
from bridle.statistics import Estimate
from bridle.statistics.horizons import horizon

if TYPE_CHECKING:
    import polars as pl


def findings(frame: pl.DataFrame) -> list[Finding]:
    import polars as pl

    ways: dict[str, pl.DataFrame] = {}
    if "factor.way" in frame.columns:
        for way in frame["factor.way"].unique(maintain_order=True).drop_nulls():
            ways[str(way)] = frame.filter(pl.col("factor.way") == way)
    else:
        ways["unnatural"] = frame
    main = ways.get("unnatural", frame)
    empty = frame.clear()
    read = main.filter(pl.col("plan_read") == 1) if "plan_read" in main.columns else main
    found = [
        share("coverage", "steps done", main, "plan_coverage"),
        share("order", "steps in order", main, "plan_order"),
        share("unnatural", "steps that change nothing: done", main, "plan_unnatural"),
        share("local", "values that follow from its own value before", read, "plan_local"),
        share("dive", "dives in: answer before or instead of the last step", main, "plan_dive"),
        share("read", "steps can be read at all", main, "plan_read"),
        share("correct", "result right", main, "correct"),
    ]
    for way, part in ways.items():
        if way in ("natural", "reminder", "detour"):
            found += [
                share(f"coverage_{way}", f"  {way}: steps done", part, "plan_coverage"),
                share(f"dive_{way}", f"  {way}: dives in", part, "plan_dive"),
            ]
    natural, reminded = ways.get("natural", empty), ways.get("reminder", empty)
    found += [
        paired("strange", "steps done: unnatural minus natural plan", main, natural, "plan_coverage"),
        paired("reminder", "steps done: reminded minus not", reminded, main, "plan_coverage"),
        paired("none", "result right: plan minus no plan", main, ways.get("none", empty), "correct"),
        paired("detour", "result right: poor plan minus natural one", ways.get("detour", empty), natural, "correct"),
        share("lines", "own plan: exactly four lines", ways.get("self", empty), "plan_lines"),
        share("own", "own plan: its steps done", ways.get("self", empty), "plan_coverage"),
    ]  # fmt: skip
    for size in sorted({int(g) for g in main["group"].unique()}):
        part = main.filter(pl.col("group") == str(size))
        found.append(share(f"steps_{size}", f"  {size} steps: done", part, "plan_coverage"))
    found.append(Finding("h50", "steps at which half of the steps are done", _half(main)))
    if "turns" in ways:
        found.append(share("turns", "a step a turn: values right", ways["turns"], "correct"))
    return found


def _half(main: pl.DataFrame) -> Estimate | str:
    """Where half of a procedure's steps are done, over its length; not beyond the lengths that were asked."""
    rows = main.drop_nulls(["plan_coverage", "difficulty"])
    try:
        return horizon(
            rows["difficulty"].to_numpy(), rows["plan_coverage"].to_numpy(), rows["problem"].to_list(),
            what="steps done", unit="steps",
        ).place  # fmt: skip
    except DataError as error:
        return error.what


def sentence(found: Findings) -> str:
    return (
        f"Of the steps of a given procedure {percent(found, 'coverage')} were done, of those that change nothing "
        f"{percent(found, 'unnatural')}; {percent(found, 'local')} of values followed from its own value before, "
        f"and it dived in (answer before the last step, or instead of it) in {percent(found, 'dive')}; the result was "
        f"right in {percent(found, 'correct')}."
    )
