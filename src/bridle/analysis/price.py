"""What an obedient and correct answer costs, by configuration; which ones nobody should choose. No calls.

    price(frame, {"openai/gpt-5": (1.25, 10.0)}, tries=3)
    -> [Option(who="openai/gpt-5 · plain", success=Estimate(0.62, …), spent=Estimate(…), per_success=…, front=0.97)]

Obedience is checked by program, so an application can verify and ask again: cost and seconds until the first answer
that obeys, with so many tries, and the share that none of them does. Tries of one item are taken to be independent
given the item where it has several samples, and given the average rate where it has one (then it is a lower bound
for the failures that are left, since items differ).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from bridle.errors import DataError
from bridle.outcomes import HARD, JOINT
from bridle.statistics import Estimate, rate, ratio

if TYPE_CHECKING:
    import numpy as np
    import polars as pl
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]

DRAWS = 400
PER_MILLION = 1e6


@dataclass(frozen=True, slots=True)
class Option:
    """One model under one arm; `unit` is what `spent` is counted in: USD, or tokens where no price is known.

    `front` is how often, over problems drawn again, no other option succeeds at least as often for less;
    `first_cost` and `first_seconds` are those until the first obedient answer of at most `tries`, `left` the
    share of items without one.
    """

    who: str
    success: Estimate
    outcome: str
    unit: str
    spent: Estimate | str
    per_success: Estimate | str
    seconds: float | None
    slow: float | None  # 95th percentile of the seconds
    tries: int
    first_cost: float | None
    first_seconds: float | None
    left: float | None
    front: float = 0.0

    def to_dict(self) -> dict[str, Any]:
        def cell(x: Estimate | str) -> Any:
            return {"value": None, "why": x} if isinstance(x, str) else x.to_dict()

        return {
            "who": self.who, "outcome": self.outcome, "success": self.success.to_dict(), "unit": self.unit,
            "spent": cell(self.spent), "per_success": cell(self.per_success), "seconds": self.seconds,
            "seconds_p95": self.slow, "tries": self.tries, "first_cost": self.first_cost,
            "first_seconds": self.first_seconds, "left": self.left, "on_front": self.front,
        }  # fmt: skip


def price(
    frame: pl.DataFrame,
    prices: Mapping[str, tuple[float, float]] | None = None,
    *,
    tries: int = 3,
) -> list[Option]:
    """An option for each model and arm of `records.read(DIR).frame`; prices are USD a million tokens in and out.

    In USD where every model has a price, else all in tokens written, so that options can be compared.

    Raises:
        DataError: no record has both a verdict and its tokens.
    """
    import polars as pl

    rows = frame.filter(
        (pl.col("fork") == "") & (pl.col("status") != "error") & (pl.col("condition") == "with")
    )
    priced = prices is not None and all(m in prices for m in rows["model"].unique())
    outcome = JOINT if JOINT.name in rows.columns and rows[JOINT.name].is_not_null().any() else HARD
    rows = with_spent(rows, prices or {}, priced).drop_nulls([outcome.name, "spent"])
    if not rows.height:
        raise DataError(
            "No record has both a verdict and its tokens counted.",
            expected="a study of bridle run, or responses with usage",
        )
    parts = rows.partition_by(["model", "arm", "factors"], maintain_order=True)
    unit = "USD" if priced else "tokens"
    found = [_option(part, outcome.name, outcome.label, unit, tries) for part in parts]
    fronts = _fronts(parts, outcome.name)
    return [replace(option, front=share) for option, share in zip(found, fronts, strict=True)]


def with_spent(
    rows: pl.DataFrame, prices: Mapping[str, tuple[float, float]], priced: bool
) -> pl.DataFrame:
    """The rows with `spent`: USD where `priced`, else tokens written."""
    import polars as pl

    if not priced:
        return rows.with_columns(spent=pl.col("tokens_out").cast(pl.Float64))
    model = pl.col("model")
    into, out = ({m: p[k] for m, p in prices.items()} for k in (0, 1))
    spent = pl.col("tokens_in") * model.replace_strict(into, default=None, return_dtype=pl.Float64)
    spent += pl.col("tokens_out") * model.replace_strict(out, default=None, return_dtype=pl.Float64)
    return rows.with_columns(spent=spent / PER_MILLION)


def _option(part: pl.DataFrame, outcome: str, label: str, unit: str, tries: int) -> Option:
    import numpy as np
    import polars as pl

    ok = part[outcome].cast(pl.Float64).to_numpy()
    spent, problems = part["spent"].to_numpy(), part["problem"].to_list()
    seconds = part["latency_s"].drop_nulls().to_numpy()
    accepted = part.with_columns(ok=pl.col(HARD.name).cast(pl.Float64)).drop_nulls("ok")
    first = _until_first(accepted, tries) if accepted.height else None
    mean_seconds = float(seconds.mean()) if len(seconds) else None
    mean_spent = float(spent.mean())
    name = " · ".join(
        str(w)
        for w in (
            part["model"][0],
            part["arm"][0].split(":")[0],
            *(
                f"{c.removeprefix('factor.')} {part[c][0]}"
                for c in part.columns
                if c.startswith("factor.") and part[c].null_count() < part.height
            ),
        )
    )
    return Option(
        who=name,
        success=rate(ok, problems, what=label),
        outcome=label,
        unit=unit,
        spent=_tried(lambda: ratio(spent, np.ones_like(ok), problems, what=f"{unit} an answer", unit=unit)),
        per_success=_tried(lambda: ratio(spent, ok, problems, what=f"{unit} a success", unit=unit)),
        seconds=mean_seconds,
        slow=float(np.quantile(seconds, 0.95)) if len(seconds) else None,
        tries=tries,
        first_cost=mean_spent * first[0] if first else None,
        first_seconds=mean_seconds * first[0] if first and mean_seconds is not None else None,
        left=first[1] if first else None,
    )  # fmt: skip


def _tried(make: Any) -> Estimate | str:
    try:
        return make()
    except DataError as error:
        return error.what


def _until_first(rows: pl.DataFrame, tries: int) -> tuple[float, float]:
    """Mean tries until the first obedient answer (at most `tries`), and the share without one."""
    import polars as pl

    each = rows.group_by("item").agg(pl.col("ok").mean(), pl.len().alias("k"))
    single = each["k"].max() == 1
    rates = [float(each["ok"].mean())] if single else each["ok"].to_list()  # pyright: ignore[reportArgumentType]
    asked = [(1 - (1 - p) ** tries) / p if p > 0 else float(tries) for p in rates]
    return sum(asked) / len(asked), sum((1 - p) ** tries for p in rates) / len(rates)


def _fronts(parts: list[pl.DataFrame], outcome: str) -> list[float]:
    """How often each option is on the front of success and cost, over problems drawn again."""
    import numpy as np
    import polars as pl

    problems = sorted({p for part in parts for p in part["problem"].unique()})
    place = {p: k for k, p in enumerate(problems)}
    sums = np.zeros((len(parts), len(problems), 3))
    for k, part in enumerate(parts):
        each = part.group_by("problem").agg(
            pl.col(outcome).cast(pl.Float64).sum().alias("ok"), pl.col("spent").sum(), pl.len()
        )
        for problem, ok, spent, n in each.iter_rows():
            sums[k, place[problem]] = ok, spent, n
    rng = np.random.default_rng(0)
    on = np.zeros(len(parts))
    many = len(problems)
    for _ in range(DRAWS):
        weights = rng.multinomial(many, np.full(many, 1 / many))
        totals: Matrix = np.tensordot(sums, weights, axes=([1], [0]))
        with np.errstate(invalid="ignore", divide="ignore"):
            ok, spent = totals[:, 0] / totals[:, 2], totals[:, 1] / totals[:, 2]
        for k in range(len(parts)):
            better = (ok >= ok[k]) & (spent <= spent[k]) & ((ok > ok[k]) | (spent < spent[k]))
            on[k] += not better.any()
    return [float(x) / DRAWS for x in on]


def cheapest(options: list[Option], least: float) -> Option | None:
    """The one that costs least an answer among those whose whole interval is at or above `least`."""
    good = [o for o in options if o.success.low >= least and isinstance(o.spent, Estimate)]
    return min(good, key=lambda o: o.spent.value if isinstance(o.spent, Estimate) else math.inf, default=None)  # fmt: skip
