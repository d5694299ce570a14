"""Up to which x is a model obedient: the horizon over turns, tokens, rules or steps. No calls.

    horizons(frame, x="turns")
    -> [Reach(who="m · decay", x="turns", marks={0.5: Estimate(9.1, …), 0.8: "…"}, shape="logistic", …)]

Marginal: the answer at x obeys. Survival (over turns alone): no turn up to x was broken; these are different
horizons. An x that the study did not set (tokens thought) is observed: it goes with difficulty, and says nothing
of cause.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bridle.errors import BridleError, DataError, nearest
from bridle.outcomes import HARD
from bridle.statistics import Estimate
from bridle.statistics.horizons import Horizon, horizon
from bridle.statistics.survival import half_life

if TYPE_CHECKING:
    import polars as pl

SHARES = (0.5, 0.8)
# name → (column, what it is counted in, whether the study sets it)
AXES = {
    "turns": ("turn", "turns", True),
    "context": ("tokens_in", "tokens", True),
    "rules": ("n_constraints", "rules", True),
    "steps": ("difficulty", "steps", True),
    "thinking": ("tokens_thinking", "tokens thought", False),
    "written": ("tokens_out", "tokens written", False),
}
KINDS = ("marginal", "survival")
Mark = Estimate | str


@dataclass(frozen=True, slots=True)
class Reach:
    """The horizons of one model under one arm; a mark is words where there is no number."""

    who: str
    x: str
    y: str
    kind: str
    marks: dict[float, Mark]
    shape: str
    scores: dict[str, float]
    slope: float | None  # logits a doubling of x
    n: int
    notes: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        marks = {
            f"{share:g}": {"value": None, "why": mark} if isinstance(mark, str) else mark.to_dict()
            for share, mark in self.marks.items()
        }
        return {"who": self.who, "x": self.x, "y": self.y, "kind": self.kind, "marks": marks, "shape": self.shape,
                "held_out_log_likelihood": self.scores, "slope": self.slope, "n": self.n, "notes": list(self.notes)}  # fmt: skip


def horizons(
    frame: pl.DataFrame, *, x: str = "turns", y: str = HARD.name, kind: str = "marginal"
) -> list[Reach]:
    """A reach for each model and arm of the frame (`records.read(DIR).frame`).

    Raises:
        BridleError: an x, y or kind that there is not in this table.
    """
    import polars as pl

    column, unit, is_set = _axis(frame, x)
    if y not in frame.columns or (not frame[y].dtype.is_numeric() and frame[y].dtype != pl.Boolean):
        near = nearest(y, frame.columns)
        raise BridleError(
            f"There is no outcome {y!r} in this table.",
            expected=f"did you mean {near!r}?" if near else None,
        )
    if kind not in KINDS:
        raise BridleError(f"There is no kind of horizon {kind!r}.", expected=" or ".join(KINDS))
    if kind == "survival" and x != "turns":
        raise BridleError("Survival is counted over turns.", expected="--x turns")
    rows = frame.filter(
        (pl.col("fork") == "") & (pl.col("status") != "error") & (pl.col("condition") == "with")
    ).with_columns(
        x=pl.col(column).cast(pl.Float64) + (1 if x == "turns" else 0),
        y=pl.col(y).cast(pl.Float64),
    )
    by = ["model", "arm"] if column.startswith("factor.") else ["model", "arm", "factors"]
    found: list[Reach] = []
    for _, part in rows.drop_nulls(["x", "y"]).filter(pl.col("x") > 0).group_by(by, maintain_order=True):  # fmt: skip
        who = _who(part, column)
        notes = () if is_set else (f"{x} were observed, not set: no cause follows",)
        if part["y"].min() == part["y"].max() and part["y"][0] in (0, 1):
            always = part["y"][0] == 1
            word = f"more than {part['x'].max():g} {unit}, the most that was asked" if always else f"{y} never holds"  # fmt: skip
            found.append(Reach(who, x, y, kind, dict.fromkeys(SHARES, word), "", {}, None, part.height, notes))  # fmt: skip
            continue
        if kind == "survival":
            found.append(_survival(part, who, y, unit))
        else:
            found.append(_marginal(part, who, x, y, unit, notes))
    return found


def _axis(frame: pl.DataFrame, x: str) -> tuple[str, str, bool]:
    if x in AXES:
        return AXES[x]
    if f"factor.{x}" in frame.columns and frame[f"factor.{x}"].dtype.is_numeric():
        return f"factor.{x}", x, True
    factors = [c.removeprefix("factor.") for c in frame.columns if c.startswith("factor.") and frame[c].dtype.is_numeric()]  # fmt: skip
    raise BridleError(
        f"There is no axis {x!r}.", expected=f"one of: {', '.join([*AXES, *sorted(factors)])}"
    )


def _who(part: pl.DataFrame, column: str) -> str:
    """Model and arm, with the levels of the arm's factors."""
    levels = [
        f"{c.removeprefix('factor.')} {part[c][0]}"
        for c in part.columns
        if c.startswith("factor.") and c != column and part[c].null_count() < part.height
    ]
    return " · ".join(str(w) for w in (part["model"][0], part["arm"][0].split(":")[0], *levels))


def _marginal(
    part: pl.DataFrame, who: str, x: str, y: str, unit: str, notes: tuple[str, ...]
) -> Reach:
    marks: dict[float, Mark] = {}
    last: Horizon | None = None
    for share in SHARES:
        try:
            last = horizon(
                part["x"].to_numpy(), part["y"].to_numpy(), part["problem"].to_list(),
                what=f"{x} at which {y} falls to {share:.0%}", unit=unit, share=share,
            )  # fmt: skip
            marks[share] = last.place
        except DataError as error:
            marks[share] = error.what
    if last is not None and last.slope > 0:
        notes = (*notes, f"{y} rises with {x}: there is no horizon to speak of")
    return Reach(
        who, x, y, "marginal", marks, last.shape if last else "", dict(last.scores) if last else {},
        last.slope if last else None, part.height, notes,
    )  # fmt: skip


def _survival(part: pl.DataFrame, who: str, y: str, unit: str) -> Reach:
    import polars as pl

    turns = int(part["x"].max())  # pyright: ignore[reportArgumentType]
    first = [
        None if t is None else int(t)
        for t in part.group_by(["item", "sample"], maintain_order=True)
        .agg(pl.col("x").filter(pl.col("y") < 1).min().alias("at"))["at"]
    ]  # fmt: skip
    marks: dict[float, Mark] = {}
    for share in SHARES:
        what = f"turns until {share:.0%} are without a violation"
        try:
            marks[share] = half_life(first, turns, share=share, what=what)
        except DataError as error:
            marks[share] = error.what
    return Reach(who, "turns", y, "survival", marks, "weibull", {}, None, len(first))
