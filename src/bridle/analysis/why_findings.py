"""What goes with failing, each as a sentence with its estimate: number, distance, length, competition, samples.

    findings(asked)   -> [Finding("number", "Number: with each further constraint …", Estimate), …]

None of it is a cause: what an arm changed at random is (`why_arms`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bridle.errors import DataError
from bridle.outcomes import CORRECT, HARD, JOINT
from bridle.statistics import (
    Estimate,
    arm_slope,
    consistency,
    odds_ratio,
    pass_all,
    within_slope,
)

if TYPE_CHECKING:
    import polars as pl

ENOUGH_SAMPLES = 8  # of an item; fewer say little about length within it


@dataclass(frozen=True)
class Finding:
    """One thing that goes with failing, in a sentence; `estimate` is None where nothing can be said."""

    key: str
    sentence: str
    estimate: Estimate | None = None
    data: Mapping[str, Any] = field(default_factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        shown = None if self.estimate is None else self.estimate.to_dict()
        return {"key": self.key, "sentence": self.sentence, "estimate": shown, **self.data}


def points(e: Estimate, scale: float = 100) -> str:
    """ "−3.2 points [−5.0, −1.4]"; of fewer than five problems "−3.2 points" alone."""

    def shown(value: float) -> str:
        text = f"{scale * value:.1f}"
        return (text.lstrip("-") if float(text) == 0 else text).replace("-", "−")

    value = f"{'+' if e.value > 0 else ''}{shown(e.value)} points"
    return value if e.few else f"{value} [{shown(e.low)}, {shown(e.high)}]"


def _percent(e: Estimate) -> str:
    value = f"{100 * e.value:.1f} %"
    return value if e.few else f"{value} [{100 * e.low:.1f}, {100 * e.high:.1f}]"


def _open_sign(e: Estimate, *, at: float = 0.0) -> str:
    """What may be added to a number: nothing, or that its sign is open."""
    if e.few:
        return " (too few problems to tell)"
    return "" if e.low > at or e.high < at else " (0 is not ruled out)"


def _or_why_not(key: str, what: str, make: Callable[[], Finding]) -> Finding:
    try:
        return make()
    except DataError as error:
        return Finding(key, f"{what}: nothing can be said. {error.what}")


def _number(asked: pl.DataFrame) -> Finding | None:
    """HAcc and the share obeyed by the number of constraints, within a problem."""
    if asked["n_constraints"].n_unique() < 2:
        return None

    def make() -> Finding:
        x = asked["n_constraints"].cast(float).to_numpy()
        keys = asked["cluster"].to_numpy()
        whole = within_slope(
            asked[HARD.name].cast(float).to_numpy(), x, keys, keys, what="HAcc by number"
        )
        each = within_slope(asked["soft"].to_numpy(), x, keys, keys, what="share obeyed by number")
        return Finding(
            "number",
            f"Number: with each further constraint on the same problem HAcc changes by "
            f"{points(whole)}{_open_sign(whole)}, the share of constraints obeyed by {points(each)}"
            f"{_open_sign(each)}: the first falls by counting alone, the second only if each is obeyed less.",
            whole,
            {"share_obeyed": each.to_dict()},
        )

    return _or_why_not("number", "Number of constraints", make)


def _distance(asked: pl.DataFrame) -> Finding | None:
    """A constraint by how many others are said after it, within a response."""
    import polars as pl

    several = asked.filter(pl.col("n_constraints") > 1)
    if not several.height:
        return None

    def make() -> Finding:
        long = (
            several.select("cluster", "verdicts", pl.col("verdicts").list.len().alias("n"))
            .with_row_index("row")
            .with_columns(place=pl.int_ranges(pl.col("n").cast(pl.Int64)))
            .explode("verdicts", "place")
            .with_columns(
                after=(pl.col("n").cast(pl.Int64) - 1 - pl.col("place")).cast(pl.Float64),
                obeyed=pl.col("verdicts").struct.field("obeyed").fill_null(False).cast(pl.Float64),
            )
        )
        found = within_slope(
            long["obeyed"].to_numpy(), long["after"].to_numpy(), long["row"].to_numpy(),
            long["cluster"].to_numpy(), what="obeyed by place",
        )  # fmt: skip
        return Finding(
            "distance",
            f"Distance: with each constraint said after it in the prompt the share that obeys one "
            f"changes by {points(found)}{_open_sign(found)}.",
            found,
        )

    return _or_why_not("distance", "Distance of constraints", make)


def _with_length(frame: pl.DataFrame) -> tuple[pl.DataFrame, str]:
    """Rows with a number of tokens, `length` = its log2, and what was counted."""
    import polars as pl

    column, what = "tokens_thinking", "thinking"
    if not (frame[column].fill_null(0) > 0).any():
        column, what = "tokens_out", "the response"
    rows = frame.filter(pl.col(column) > 0)
    return rows.with_columns(length=pl.col(column).cast(pl.Float64).log(2)), what


def _length(asked: pl.DataFrame) -> Finding | None:
    rows, what = _with_length(asked)
    if not rows.height:
        return Finding("length", "Length: no tokens were counted, so nothing can be said.")

    def make() -> Finding:
        item = rows.select("benchmark", "item").to_struct().rank("dense").to_numpy()
        found = within_slope(
            rows[HARD.name].cast(float).to_numpy(), rows["length"].to_numpy(), item,
            rows["cluster"].to_numpy(), what="HAcc by length",
        )  # fmt: skip
        samples = rows.height / len(set(item.tolist()))
        few = (
            f" With {samples:.0f} samples an item this says little: {ENOUGH_SAMPLES} are needed."
            if samples < ENOUGH_SAMPLES
            else ""
        )
        return Finding(
            "length",
            f"Length: between samples of one item, {what} twice as long goes with a change of HAcc by "
            f"{points(found)}{_open_sign(found)}; this shows no cause.{few}",
            found,
            {"samples": samples},
        )

    return _or_why_not("length", "Length within an item", make)


def length_by_arm(every: pl.DataFrame, base: str, name: str) -> Finding | None:
    import polars as pl

    rows, what = _with_length(every.filter(pl.col("arm").is_in([base, name])).drop_nulls(HARD.name))
    if rows["arm"].n_unique() < 2:
        return None

    def make() -> Finding:
        found = arm_slope(
            rows[HARD.name].cast(float).to_numpy(),
            rows["length"].to_numpy(),
            (rows["arm"] == name).cast(float).to_numpy(),
            rows.select("benchmark", "item").to_struct().rank("dense").to_numpy(),
            rows["cluster"].to_numpy(),
            what=f"HAcc by length, {name}",
        )
        ratio_ = 2**found.shift
        return Finding(
            f"length:{name}",
            f"Length by the arm {name} ({what} {ratio_:.2f} times as long as {base}): HAcc "
            f"{points(found.estimate)} for each doubling{_open_sign(found.estimate)}, if the arm changes "
            f"nothing but the length (first-stage F = {found.first_stage_f:.1f}).",
            found.estimate,
            found.to_dict(),
        )

    return _or_why_not(f"length:{name}", f"Length by the arm {name}", make)


def _competition(asked: pl.DataFrame) -> Finding | None:
    import polars as pl

    rows = asked.filter(pl.col("status") == "complete").drop_nulls([HARD.name, CORRECT.name])
    if not rows.height:
        return None

    def make() -> Finding:
        strata = rows.select("source", "difficulty", "n_constraints").to_struct().rank("dense")
        found = odds_ratio(
            rows[HARD.name].cast(float).to_numpy(), rows[CORRECT.name].cast(float).to_numpy(),
            strata.to_numpy(), rows["cluster"].to_numpy(), what="obeyed × correct",
        )  # fmt: skip
        e = found.estimate
        if e.low > 1:
            meaning = "they go together: no trade-off between obeying and being right"
        elif e.high < 1:
            meaning = "they compete: obedient answers are less often right"
        else:
            meaning = "it cannot be told whether they go together or compete"
        return Finding(
            "competition",
            f"Obeying × being right: odds ratio {e.value:.2f} [{e.low:.2f}, {e.high:.2f}] within source, "
            f"difficulty and number of constraints ({found.used} of {found.strata} strata speak): {meaning}.",
            e,
            found.to_dict(),
        )

    return _or_why_not("competition", "Obeying × being right", make)


def _samples(asked: pl.DataFrame) -> Finding | None:
    outcome = JOINT if asked[JOINT.name].is_not_null().all() else HARD
    rows = asked.drop_nulls(outcome.name)
    items = rows.select("benchmark", "item").to_struct().rank("dense").to_numpy()
    k = round(rows.height / len(set(items.tolist())))
    if k < 2:
        return None
    y, keys = rows[outcome.name].cast(float).to_numpy(), rows["cluster"].to_numpy()
    every = pass_all(y, items, k=k, problems=keys, what=f"pass^{k}")
    alike = consistency(y, items, problems=keys, what="all samples alike")
    return Finding(
        "samples",
        f"Samples: {outcome.label} in all of {k} samples {_percent(every)}; {_percent(alike)} of the "
        "items come out alike each time.",
        every,
        {"consistency": alike.to_dict()},
    )


def findings(asked: pl.DataFrame) -> list[Finding]:
    """All that can be said of the responses to constrained prompts under one arm."""
    makers = (_number, _distance, _length, _competition, _samples)
    return [found for make in makers if (found := make(asked)) is not None]
