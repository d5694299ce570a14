"""intent: d' and c for each framing, steerability, and the priority of the system's rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bridle.analysis.probes import heard
from bridle.analysis.probes.base import Finding, Findings, number, paired, percent, said, share
from bridle.errors import DataError
from bridle.statistics.detection import detect

if TYPE_CHECKING:
    import polars as pl


def findings(frame: pl.DataFrame) -> list[Finding]:
    import polars as pl

    rows = frame.filter(pl.col("fork") == "").with_columns(
        kind=pl.col("group").str.split(":").list.first()
    )
    for column in ("intent_reading", "intent_followed"):
        if column not in rows.columns:
            rows = rows.with_columns(pl.lit(None, dtype=pl.String).alias(column))
    rows = rows.with_columns(
        literally=pl.col("intent_reading") == "literal",
        priority=pl.col("intent_followed") == "system",
    )
    found: list[Finding] = []
    framed = "factor.framing" in rows.columns
    framings = (
        rows["factor.framing"].drop_nulls().unique(maintain_order=True) if framed else ["none"]
    )
    parts: dict[str, pl.DataFrame] = {}
    for framing in framings:
        part = rows.filter(pl.col("factor.framing") == framing) if framed else rows
        parts[str(framing)] = part
        found += _readings(part, str(framing))
    if {"tool", "partner"} <= parts.keys():
        literal = [parts[f].filter(pl.col("kind") == "literal") for f in ("tool", "partner")]
        found.append(
            paired("steerability", "literal items: tool minus partner framing", literal[0], literal[1], "literally", on=("item",))
        )  # fmt: skip
    conflict = rows.filter(pl.col("kind") == "conflict")
    found.append(share("priority", "conflicts: the system's rule is kept", conflict, "priority"))
    found += _bias(conflict)
    alone = rows.filter(pl.col("kind") == "alone")
    if alone.height:
        found.append(share("alone", "the same rules alone: obeyed", alone, "hard"))
    return found + heard.cells(frame)


def _readings(part: pl.DataFrame, framing: str) -> list[Finding]:
    import polars as pl

    read = part.drop_nulls("intent_reading")
    literal, twins = (read.filter(pl.col("kind") == k) for k in ("literal", "typo"))
    counts = (
        int(literal["literally"].sum()),
        literal.height,
        int(twins["literally"].sum()),
        twins.height,
    )
    label = f"framing {framing}"
    try:
        both = detect(*counts, what=label)
        cells = (both.sensitivity, both.bias)
    except DataError as error:
        cells = (error.what, error.what)
    return [
        Finding(f"d_{framing}", f"{label}: d', literal items and typo twins told apart", cells[0]),
        Finding(f"c_{framing}", f"{label}: c, above 0 leans to the inferred reading", cells[1]),
        share(f"literal_{framing}", f"{label}: literal items read literally", literal, "literally"),
        share(f"typo_{framing}", f"{label}: typo twins read literally", twins, "literally"),
    ]


def _bias(conflict: pl.DataFrame) -> list[Finding]:
    """How much of the priority is a liking for one of the two rules: the two directions apart."""
    import polars as pl

    ways = [conflict.filter(pl.col("group").str.ends_with(f":{way}")) for way in (0, 1)]
    rates = [said(lambda w=w: share("", "", w, "priority").cell) for w in ways]
    return [
        Finding(f"priority_{way}", f"conflicts, {name} way round", rate)
        for way, name, rate in zip((0, 1), ("first", "other"), rates, strict=True)
    ]


def sentence(found: Findings) -> str:
    first = next((k.removeprefix("d_") for k in found if k.startswith("d_")), "none")
    steered = found.get("steerability")
    change = f", {steered.words()} more under a tool's framing than a partner's" if steered else ""
    return (
        f"Literal items were read literally in {percent(found, f'literal_{first}')} and typo twins in "
        f"{percent(found, f'typo_{first}')} (d' {number(found, f'd_{first}')}, c "
        f"{number(found, f'c_{first}')}){change}; in conflicts the system's rule was kept in "
        f"{percent(found, 'priority')}." + heard.clause(found)
    )
