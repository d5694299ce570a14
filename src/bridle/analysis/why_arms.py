"""What each arm of a study recovers: beside the plain one, beside its control, and at which price in tokens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bridle.analysis.cells import control_of
from bridle.analysis.compare import compare, side
from bridle.analysis.contrasts import Contrast
from bridle.errors import DataError
from bridle.outcomes import CORRECT, HARD, JOINT
from bridle.statistics import (
    Estimate,
    ratio,
)

if TYPE_CHECKING:
    import polars as pl

    from bridle.records import Table

MOVED = 1.2  # ratio of tokens thought under which an arm did not change the thinking


@dataclass(frozen=True)
class ArmFinding:
    """What one arm did beside the plain one, and beside its control."""

    arm: str
    contrasts: list[Contrast]
    tokens: Estimate | str  # ratio of tokens written, arm over plain
    thought: Estimate | str  # ratio of tokens thought: the manipulation check
    control: str = ""
    beyond_control: list[Contrast] = field(default_factory=list[Contrast])
    per_success: Estimate | str = ""
    control_missing: str = ""  # the control that the registry names and the study lacks

    def to_dict(self) -> dict[str, Any]:
        def shown(cell: Estimate | str) -> Any:
            return {"value": None, "why": cell} if isinstance(cell, str) else cell.to_dict()

        return {
            "arm": self.arm,
            "contrasts": [c.to_dict() for c in self.contrasts],
            "tokens": shown(self.tokens),
            "thought": shown(self.thought),
            "control": self.control,
            "beyond_control": [c.to_dict() for c in self.beyond_control],
            "tokens_per_joint_success": shown(self.per_success),
        }


def arm_finding(
    table: Table, model: str, base: str, name: str, every: pl.DataFrame, arms: Sequence[str]
) -> ArmFinding:
    def against(other: str) -> list[Contrast]:
        a, b = (side(table, arm, where={"model": model, "arm": arm}) for arm in (other, name))
        wanted = {JOINT.name, HARD.name, CORRECT.name}
        return [c for c in compare(a, b, slices=False).contrasts if c.key in wanted]

    control = control_of(name, arms)
    return ArmFinding(
        arm=name,
        contrasts=against(base),
        tokens=_tokens_ratio(every, base, name, "tokens_out"),
        thought=_tokens_ratio(every, base, name, "tokens_thinking"),
        control=control if control in arms else "",
        beyond_control=against(control) if control in arms and control != base else [],
        per_success=_per_success(every, name),
        control_missing=control if control not in ("", *arms) else "",
    )


def _tokens_ratio(every: pl.DataFrame, base: str, name: str, column: str) -> Estimate | str:
    import polars as pl

    rows = every.drop_nulls(column).group_by("benchmark", "item", "arm").agg(
        pl.col(column).mean(), pl.col("cluster").first()
    )  # fmt: skip
    both = rows.filter(pl.col("arm") == name).join(
        rows.filter(pl.col("arm") == base), on=["benchmark", "item"], suffix="_base"
    )
    if not both.height:
        return "no tokens counted in both"
    try:
        return ratio(
            both[column].to_numpy(), both[f"{column}_base"].to_numpy(), both["cluster"].to_numpy(),
            what=f"{column.replace('_', ' ')}, {name} / {base}",
        )  # fmt: skip
    except DataError as error:
        return error.what


def _per_success(every: pl.DataFrame, name: str) -> Estimate | str:
    import polars as pl

    rows = every.filter(pl.col("arm") == name).drop_nulls(["tokens_out", JOINT.name])
    if not rows.height:
        return "no tokens counted"
    try:
        return ratio(
            rows["tokens_out"].cast(float).to_numpy(), rows[JOINT.name].cast(float).to_numpy(),
            rows["cluster"].to_numpy(), what="tokens per joint success", unit="tokens",
        )  # fmt: skip
    except DataError as error:
        return error.what
