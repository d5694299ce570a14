"""trace: obedience of thinking and answer above their floors, the gap, and what the rule costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bridle.analysis.probes.base import Finding, Findings, paired, percent, share

if TYPE_CHECKING:
    import polars as pl


def findings(frame: pl.DataFrame) -> list[Finding]:
    import polars as pl

    def to(target: str) -> pl.DataFrame:
        # one key for the four items that ask one problem under one rule
        return frame.filter(pl.col("group") == target).with_columns(
            item=pl.col("item").str.strip_suffix(f"-{target}")
        )

    on = ("item",)
    thought, answered, none = to("thinking"), to("answer"), to("none")
    gap = thought.with_columns(kept=pl.col("trace_thinking"))
    return [
        share("thinking", "asked of the thinking: kept there", thought, "trace_thinking"),
        share("answer", "asked of the answer: kept there", answered, "trace_answer"),
        paired(
            "gap",
            "thinking minus answer",
            gap,
            answered.with_columns(kept=pl.col("trace_answer")),
            "kept",
            on=on,
        ),
        share("floor_thinking", "floor: thinking, not asked", none, "trace_thinking"),
        share("floor_answer", "floor: answer, not asked", none, "trace_answer"),
        paired("lift", "thinking, asked minus floor", thought, none, "trace_thinking", on=on),
        share("leak", "asked of the answer alone: kept in the thinking", answered, "trace_thinking"),
        share("both", "asked of both: both keep it", to("both"), "hard"),
        share("empty", "no thinking came back", frame, "trace_empty"),
        paired("cost", "correct, asked of the thinking minus not asked", thought, none, "correct", on=on),
    ]  # fmt: skip


def sentence(found: Findings) -> str:
    return (
        f"A rule asked of the thinking was kept there in {percent(found, 'thinking')} (floor "
        f"{percent(found, 'floor_thinking')}), the same rule asked of the answer in "
        f"{percent(found, 'answer')}; {percent(found, 'empty')} of responses held no thinking."
    )
