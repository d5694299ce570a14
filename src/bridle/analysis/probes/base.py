"""A probe's records, read: one `Reading` a model, with its findings and the sentence that they make.

    readings("decay", frame)[0].findings   -> [Finding("h50", "turns until half …", Estimate(...)), ...]

An analysis is a function of one model's rows, found by the probe's name in `analysis/probes/NAME.py`:
`findings(frame) -> list[Finding]` and `sentence(found) -> str`, where `found` maps keys to findings.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bridle.errors import BridleError, DataError
from bridle.statistics import Difference, Estimate, difference, rate

if TYPE_CHECKING:
    import polars as pl

Cell = Estimate | Difference | str  # a number, or in words why there is none


@dataclass(frozen=True, slots=True)
class Finding:
    """One figure of a probe; `key` is unique within a reading."""

    key: str
    label: str
    cell: Cell
    # the mean of each problem, where the figure is a rate: what two models are paired by
    by_problem: Mapping[str, float] | None = field(default=None, compare=False, repr=False)

    @property
    def estimate(self) -> Estimate | None:
        if isinstance(self.cell, Difference):
            return self.cell.estimate
        return self.cell if isinstance(self.cell, Estimate) else None

    def words(self) -> str:
        """The figure with its interval as reports print it; of fewer than five problems alone."""
        found = self.estimate
        if found is None:
            return str(self.cell)
        if found.unit in ("share", "points"):
            sign, unit = ("+", "points") if found.unit == "points" else ("", "%")
            shown = [f"{100 * x:{sign}.1f}" for x in (found.value, found.low, found.high)]
        else:
            unit = found.unit
            shown = [f"{x:,.3g}" for x in (found.value, found.low, found.high)]
        value, low, high = (text.replace("-", "−") for text in shown)
        if found.few:
            return f"{value} {unit}, n {found.n:,}: too few problems for an interval"
        return f"{value} {unit} [{low} to {high}], n {found.n:,}"

    def to_dict(self) -> dict[str, Any]:
        head: dict[str, Any] = {"key": self.key, "label": self.label}
        if isinstance(self.cell, str):
            return head | {"value": None, "why": self.cell}
        return head | self.cell.to_dict()


Findings = Mapping[str, Finding]


@dataclass(frozen=True, slots=True)
class Reading:
    """What one model's records of a probe say."""

    probe: str
    model: str
    findings: tuple[Finding, ...]
    sentence: str
    records: int
    truncated: int
    errors: int

    def to_dict(self) -> dict[str, Any]:
        return {
            "probe": self.probe,
            "model": self.model,
            "records": self.records,
            "truncated": self.truncated,
            "errors": self.errors,
            "sentence": self.sentence,
            "findings": [f.to_dict() for f in self.findings],
        }


def readings(probe: str, frame: pl.DataFrame) -> list[Reading]:
    """A reading for each model of the frame (`records.read(DIR).frame`).

    Raises:
        BridleError: nothing here reads that probe.
    """
    import polars as pl

    name = f"bridle.analysis.probes.{probe}"
    try:
        analysis = importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        raise BridleError(f"There is no analysis of the probe {probe!r}.") from error
    found: list[Reading] = []
    for model in frame["model"].unique(maintain_order=True):
        rows = frame.filter(pl.col("model") == model)
        judged = rows.filter(pl.col("status") != "error")
        findings = tuple(analysis.findings(judged)) if judged.height else ()
        said = {f.key: f for f in findings}
        found.append(
            Reading(
                probe=probe,
                model=str(model),
                findings=findings,
                sentence=analysis.sentence(said) if findings else "No answer came back.",
                records=rows.height,
                truncated=rows.filter(pl.col("status") == "truncated").height,
                errors=rows.height - judged.height,
            )
        )
    return found


# -- what analyses share -------------------------------------------------------------------------------


def said(make: Callable[[], Cell]) -> Cell:
    """The figure, or in words why there is none."""
    try:
        return make()
    except DataError as error:
        return error.what


def share(
    key: str, label: str, frame: pl.DataFrame, column: str, *, by: str = "problem"
) -> Finding:
    """The rate of a column over the rows that have a value; rows of one `by` are a cluster."""
    import polars as pl

    if column not in frame.columns:
        return Finding(key, label, "nothing to judge")
    rows = frame.select(pl.col(column).cast(pl.Float64), by).drop_nulls(column)
    if not rows.height:
        return Finding(key, label, "nothing to judge")
    cell = said(lambda: rate(rows[column].to_numpy(), rows[by].to_list(), what=label))
    means = rows.group_by(by, maintain_order=True).agg(pl.col(column).mean())
    return Finding(key, label, cell, dict(zip(means[by], means[column], strict=True)))


def paired(
    key: str,
    label: str,
    treated: pl.DataFrame,
    control: pl.DataFrame,
    column: str,
    *,
    on: Sequence[str] = ("item", "turn"),
    by: str = "problem",
) -> Finding:
    """Treated minus control on the same items."""
    import polars as pl

    keys = list(dict.fromkeys([*on, by]))

    def means(frame: pl.DataFrame) -> pl.DataFrame:
        rows = frame.with_columns(pl.col(column).cast(pl.Float64)).drop_nulls(column)
        return rows.group_by(keys, maintain_order=True).agg(pl.col(column).mean())

    if column not in treated.columns or column not in control.columns:
        return Finding(key, label, "nothing to compare")
    both = means(treated).join(means(control), on=keys, suffix="_control").sort(keys)
    if not both.height:
        return Finding(key, label, "no item was asked both ways")
    return Finding(
        key,
        label,
        said(
            lambda: difference(
                both[column].to_numpy(),
                both[f"{column}_control"].to_numpy(),
                both[by].to_list(),
                what=label,
            )
        ),
    )


def typical(
    key: str,
    label: str,
    frame: pl.DataFrame,
    column: str,
    unit: str,
    *,
    plus: float = 1.0,
    by: str = "problem",
) -> Finding:
    """The geometric mean of a column over the rows that have a value."""
    import polars as pl

    from bridle.statistics.means import geometric

    if column not in frame.columns:
        return Finding(key, label, "nothing to judge")
    rows = frame.select(pl.col(column).cast(pl.Float64), by).drop_nulls(column)
    if not rows.height:
        return Finding(key, label, "nothing to judge")
    values, keys = rows[column].to_numpy(), rows[by].to_list()
    return Finding(
        key, label, said(lambda: geometric(values, keys, what=label, unit=unit, plus=plus))
    )


def percent(found: Findings, key: str) -> str:
    """A share in a sentence: "41 %", or "(not known)"."""
    one = found[key].estimate if key in found else None
    return "(not known)" if one is None else f"{100 * one.value:.0f} %"


def number(found: Findings, key: str, digits: int = 1) -> str:
    """A figure in a sentence."""
    one = found[key].estimate if key in found else None
    return "(not known)" if one is None else f"{one.value:.{digits}f}"
