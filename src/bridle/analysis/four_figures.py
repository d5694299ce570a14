"""IFEval's four figures: responses and single instructions, each judged strictly and loosely.

    four_figures(frame)[0].figures["prompt_strict"]     -> Estimate(0.77, …, n=541)
    four_figures(frame)[0].figures["instruction_loose"] -> Estimate(0.85, …, n=834)

Source: Zhou et al. 2023, arXiv 2311.07911, section 2.2 and table 3. Instructions are pooled over the
responses, as there: an item with three weighs three times. Only responses whose instructions were all
judged are in any of the four, so that all are of the same responses.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bridle.outcomes import HARD, HARD_LOOSE, SOFT, SOFT_LOOSE
from bridle.statistics import Estimate, rate

if TYPE_CHECKING:
    import polars as pl

# key → how it is called
FIGURES = {
    "prompt_strict": "prompt-level, strict",
    "instruction_strict": "instruction-level, strict",
    "prompt_loose": "prompt-level, loose",
    "instruction_loose": "instruction-level, loose",
}


@dataclass(frozen=True, slots=True)
class FourFigures:
    """The figures of one model's responses to such a benchmark, as run."""

    who: str
    responses: int
    instructions: int
    left_out: int  # responses with an instruction that could not be judged
    figures: dict[str, Estimate]

    def to_dict(self) -> dict[str, Any]:
        return {
            "who": self.who,
            "responses": self.responses,
            "instructions": self.instructions,
            "left_out": self.left_out,
            **{key: figure.to_dict() for key, figure in self.figures.items()},
        }


def four_figures(frame: pl.DataFrame) -> list[FourFigures]:
    """A row for each model with lenient verdicts, by the rules in force; empty where there are none."""
    import polars as pl

    columns = [kind.name for kind in (HARD, SOFT, HARD_LOOSE, SOFT_LOOSE)]
    if not set(columns) <= set(frame.columns):
        return []
    lenient = pl.col("benchmark").is_in(
        frame.drop_nulls(HARD_LOOSE.name)["benchmark"].unique().to_list()
    )
    asked = frame.filter(lenient & ~pl.col("bare") & (pl.col("status") != "error"))
    found: list[FourFigures] = []
    for who in asked["who"].unique(maintain_order=True):
        mine = asked.filter(pl.col("who") == who)
        whole = mine.drop_nulls(columns)
        if not whole.height:
            continue
        figures: dict[str, Estimate] = {}
        for manner, hard, soft in (
            ("strict", HARD.name, SOFT.name),
            ("loose", HARD_LOOSE.name, SOFT_LOOSE.name),
        ):
            prompts, single = f"prompt_{manner}", f"instruction_{manner}"
            figures[prompts] = rate(
                whole[hard].to_numpy(), whole["cluster"].to_numpy(), what=FIGURES[prompts]
            )
            each = _single(whole, soft)
            figures[single] = rate(
                each["obeyed"].to_numpy(), each["cluster"].to_numpy(), what=FIGURES[single]
            )
        found.append(
            FourFigures(
                who=who,
                responses=whole.height,
                instructions=int(whole["n_constraints"].sum()),
                left_out=mine.height - whole.height,
                figures={key: figures[key] for key in FIGURES},
            )
        )
    return found


def _single(whole: pl.DataFrame, share: str) -> pl.DataFrame:
    """A row an instruction; of a response it is known how many were obeyed, which is all that counts."""
    import polars as pl

    n = pl.col("n_constraints")
    return (
        whole.select(
            "cluster",
            place=pl.int_ranges(n),
            passed=(pl.col(share) * n).round().cast(pl.Int64),
        )
        .explode("place")
        .select("cluster", obeyed=pl.col("place") < pl.col("passed"))
    )
