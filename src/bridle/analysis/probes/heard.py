"""The four cells of heard and heeded, rule by rule: an answer's verdicts beside its side question.

cells(frame)   -> heeded, heard but not heeded (disregard), not heard (forgetting), heeded by luck
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bridle.analysis.probes.base import Finding, Findings, percent, share
from bridle.probes.heard import FORK

if TYPE_CHECKING:
    import polars as pl

CELLS = {
    "heeded": "heard and heeded",
    "disregarded": "heard, not heeded (disregard)",
    "forgotten": "not heard, not heeded (forgetting)",
    "luck": "not heard, heeded by luck",
}
KEY = ["item", "condition", "arm", "factors", "sample", "turn"]


def rules(frame: pl.DataFrame) -> pl.DataFrame:
    """One row a rule of each answer that was followed by the side question: heard and heeded."""
    import polars as pl

    forks = frame.filter(pl.col("fork") == FORK)
    if "heard_rules" not in frame.columns or not forks.height:
        return pl.DataFrame(
            schema={"problem": pl.String, "heard": pl.Boolean, "heeded": pl.Boolean}
        )
    answers = frame.filter(pl.col("fork") == "").select(*KEY, "problem", "verdicts")
    named = forks.select(*KEY, "heard_rules").drop_nulls("heard_rules")
    both = answers.join(named, on=KEY)
    rows: list[dict[str, object]] = []
    for row in both.iter_rows(named=True):
        for verdict, heard in zip(row["verdicts"], row["heard_rules"], strict=False):
            rows.append(
                {
                    "problem": row["problem"],
                    "turn": row["turn"],
                    "constraint": verdict["constraint"],
                    "heard": heard == "1",
                    "heeded": verdict["obeyed"] is True,
                }
            )
    return pl.DataFrame(rows, schema_overrides={"problem": pl.String})


def cells(frame: pl.DataFrame) -> list[Finding]:
    """The four cells as shares of all rules asked about, and the share of foils named."""
    import polars as pl

    each = rules(frame)
    if not each.height:
        return [Finding("heard", "rules named in the side question", "no side question was asked")]
    heard, heeded = pl.col("heard"), pl.col("heeded")
    each = each.with_columns(
        disregarded=heard & ~heeded,
        forgotten=~heard & ~heeded,
        luck=~heard & heeded,
        heeded_=heard & heeded,
    )
    columns = {"heeded": "heeded_", **{k: k for k in CELLS if k != "heeded"}}
    found = [share("heard", "rules named in the side question", each, "heard")]
    found += [share(f"cell_{k}", CELLS[k], each, columns[k]) for k in CELLS]
    found.append(share("foils", "foils named", frame.filter(pl.col("fork") == FORK), "heard_foils"))
    return found


def clause(found: Findings) -> str:
    """What the four cells say, as the end of a sentence."""
    if "cell_forgotten" not in found or found["cell_forgotten"].estimate is None:
        return ""
    return (
        f" Of the rules asked about, {percent(found, 'cell_disregarded')} were named and broken "
        f"(disregard), {percent(found, 'cell_forgotten')} neither named nor obeyed (forgetting)."
    )
