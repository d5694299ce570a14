"""Two models, checkpoints, arms or studies on the same items: what changed, where, and is it chance?

    a = side(records.read("before"), "before")
    b = side(records.read("after"), "after")
    compared = compare(a, b)
    compared.contrasts[0]   -> Contrast("joint", a=0.62, b=0.58, difference=..., says="worse")
    compared.slices["family"]

The first outcome is the primary one and its p stands as it is; all others are adjusted by Holm, the
lines of each table among themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from bridle.analysis.contrasts import MARGIN, Contrast, Side, adjusted, contrast, pair
from bridle.analysis.narrow import light
from bridle.analysis.rates import NO_NAME
from bridle.analysis.side_columns import identity, outcome_columns, verdicts_by_place
from bridle.analysis.twins import without_twins
from bridle.analysis.ways import COLUMN, way, ways_compared
from bridle.errors import BridleError, nearest
from bridle.outcomes import OUTCOMES, TRUNCATED

if TYPE_CHECKING:
    import polars as pl

    from bridle.records import Table

SELECTABLE = ("model", "arm", "benchmark", "source", "group", "condition")
SLICES = ("source", "n_constraints", "difficulty")
MOST_LINES = 60  # of one table of slices; a slice by an id is no slice


@dataclass(frozen=True)
class Comparison:
    """Everything that is printed; `contrasts` begin with the primary one."""

    a: str
    b: str
    items: int
    problems: int
    samples: int
    notes: list[str]
    contrasts: list[Contrast]
    complete: list[Contrast]
    slices: dict[str, list[Contrast]] = field(default_factory=dict[str, list[Contrast]])
    margin: float = MARGIN

    def _repr_html_(self) -> str:
        """Every outcome on both sides, as a notebook shows it."""
        from html import escape

        head = f"A: {self.a}; B: {self.b}"
        notes = "".join(f"<p>{escape(text)}</p>" for text in (head, *self.notes))
        rows = "".join(
            f"<tr><th>{escape(c.label)}</th><td>{100 * c.a:.1f}</td><td>{100 * c.b:.1f}</td><td>"
            + (escape(d) if isinstance(d := c.difference, str) else d._repr_html_())
            + f"</td><td>{escape(c.says)}</td></tr>"
            for c in self.contrasts
        )
        return f"{notes}<table><tr><th></th><th>A, %</th><th>B, %</th><th>B − A</th><th></th></tr>{rows}</table>"

    def to_dict(self) -> dict[str, Any]:
        return {
            "a": self.a,
            "b": self.b,
            "items": self.items,
            "problems": self.problems,
            "samples": self.samples,
            "margin": self.margin,
            "notes": self.notes,
            "contrasts": [c.to_dict() for c in self.contrasts],
            "among_complete": [c.to_dict() for c in self.complete],
            "by": {key: [c.to_dict() for c in lines] for key, lines in self.slices.items()},
        }


def side(table: Table, name: str, *, where: Mapping[str, str] | None = None) -> Side:
    """One side from a table of records: one model under one arm.

    Raises:
        BridleError: a column that cannot be chosen by, a value that is not there, or several models
            or arms left over.
    """
    import polars as pl

    frame = without_twins(light(table.frame))
    for key, value in (where or {}).items():
        frame = _chosen(frame, key, value, name)
    for key in ("model", "arm"):
        there = frame[key].unique().sort().to_list()
        if len(there) > 1:
            raise BridleError(
                f"{name} holds {len(there)} {key}s.",
                expected=f"one of them: {', '.join(there)}",
                hint=f"--a {key}={there[0]} --b {key}={there[1]}",
            )
    notes: list[str] = []
    if gate := table.gate():
        notes.append(f"{name}: {gate}")
    errors = frame.filter(pl.col("status") == "error").height
    if errors:
        notes.append(
            f"{name}: {errors:,} record{'s are errors' if errors > 1 else ' is an error'}, left out."
        )
    frame = frame.filter(pl.col("status") != "error")
    bare = (pl.col("condition") == "without") | (pl.col("n_constraints") == 0)
    columns, labels = outcome_columns(frame, bare)
    turn = [key for key in ("turn", "fork") if key in frame.columns]
    rows = frame.select(
        pl.concat_str(
            "benchmark", "item", "condition", *turn, separator=" ", ignore_nulls=True
        ).alias("item"),
        pl.struct("benchmark", "problem").alias("cluster"),
        (pl.col("status") == "complete").alias("complete"),
        identity().alias("same"),
        *columns,
        *(pl.col(key).cast(pl.String) for key in SLICES),
        *([pl.when(~bare).then(way()).alias(COLUMN)] if "found_how" in frame.columns else []),
    )
    return Side(
        name,
        rows,
        labels,
        SLICES,
        verdicts_by_place(frame),
        ("class", "family", "constraint"),
        tuple(notes),
    )


def _chosen(frame: pl.DataFrame, key: str, value: str, name: str) -> pl.DataFrame:
    import polars as pl

    able = [*SELECTABLE, *(c for c in frame.columns if c.startswith("factor."))]
    column = key if key in able else f"factor.{key}"
    if column not in able:
        near = nearest(key, able)
        raise BridleError(
            f"{name} cannot be chosen by {key!r}.",
            expected=(f"did you mean {near!r}? " if near else "") + f"One of: {', '.join(able)}",
        )
    there = frame[column].cast(pl.String).unique().drop_nulls().sort().to_list()
    if value not in there:
        raise BridleError(f"{name} has no {key} {value!r}.", expected=f"one of: {', '.join(there)}")
    return frame.filter(pl.col(column).cast(pl.String) == value)


def compare(
    a: Side,
    b: Side,
    *,
    margin: float = MARGIN,
    primary: str | None = None,
    slices: bool = True,
) -> Comparison:
    """B − A on every outcome that both have, and on the primary one slice by slice.

    Raises:
        BridleError: a primary outcome that is not there.
        DataError: nothing can be compared.
    """
    import polars as pl

    keys = [key for key in a.outcomes if key in b.outcomes]
    if primary is not None:
        if primary not in keys:
            near = nearest(primary, keys)
            raise BridleError(
                f"There is no outcome {primary!r} on both sides.",
                expected=(f"did you mean {near!r}? " if near else "")
                + f"One of: {', '.join(keys)}",
            )
        keys = [primary, *(key for key in keys if key != primary)]
    paired = pair(a, b)
    frame = paired.frame
    made: list[Contrast] = []
    for place, key in enumerate(keys):
        kind = OUTCOMES.get(key)
        found = contrast(
            frame, key, a.outcomes[key], samples=paired.samples, margin=margin,
            lower_is_better=kind is not None and kind.better == "lower",
        )  # fmt: skip
        made.append(replace(found, primary=place == 0))
    complete: list[Contrast] = []
    if any(key == TRUNCATED.name for key in keys):
        for key in keys:
            if OUTCOMES.get(key) is TRUNCATED:
                continue
            part = frame.select(
                "cluster",
                pl.col(f"{key}_complete").alias(key),
                pl.col(f"{key}_complete_b").alias(f"{key}_b"),
            )
            complete.append(
                contrast(part, key, a.outcomes[key], samples=paired.samples, margin=margin)
            )
    by_slice: dict[str, list[Contrast]] = {}
    for by in a.slices if slices else ():
        lines = _lines(frame, by, keys[0], samples=paired.samples, margin=margin)
        if lines:
            by_slice[by] = lines
    if slices and a.verdicts is not None and b.verdicts is not None:
        for by in a.verdict_slices:
            lines = _by_verdict(a.verdicts, b.verdicts, frame, by, paired.samples, margin)
            if lines:
                by_slice[by] = lines
    if slices:
        items = frame.select("item", "cluster")
        lines = ways_compared(a.rows, b.rows, items, samples=paired.samples, margin=margin)
        if lines:
            by_slice[COLUMN] = lines
    return Comparison(
        a=a.name,
        b=b.name,
        items=frame.height,
        problems=frame["cluster"].n_unique(),
        samples=paired.samples,
        notes=[*a.notes, *b.notes, *paired.notes],
        contrasts=adjusted(made),
        complete=adjusted(complete),
        slices=by_slice,
        margin=margin,
    )


def _lines(
    frame: pl.DataFrame, by: str, key: str, *, samples: int, margin: float
) -> list[Contrast]:
    """The contrast for each value of a slice, in the order of the values; none where there is one."""
    import polars as pl

    judged = frame.drop_nulls([by, key, f"{key}_b"])
    values = judged[by].unique().to_list()
    if not 2 <= len(values) <= MOST_LINES:
        return []
    found: list[Contrast] = []
    for value in sorted(values, key=_order):
        part = judged.filter(pl.col(by) == value)
        one = contrast(part, key, str(value) or NO_NAME, samples=samples, margin=margin)
        found.append(replace(one, key=str(value)))
    return adjusted(found)


def _order(value: object) -> tuple[float, str]:
    try:
        return float(str(value)), ""
    except ValueError:
        return float("inf"), str(value)


def _by_verdict(
    a: pl.DataFrame, b: pl.DataFrame, frame: pl.DataFrame, by: str, samples: int, margin: float
) -> list[Contrast]:
    """The share obeyed of one type or family of constraints, each constraint of an item a pair."""
    import polars as pl

    items = frame.select("item", "cluster")

    def means(rows: pl.DataFrame) -> pl.DataFrame:
        return rows.group_by("item", "place").agg(pl.col(by).first(), pl.col("obeyed").mean())

    both = (
        means(a)
        .join(means(b).drop(by), on=["item", "place"], how="inner", suffix="_b")
        .join(items, on="item", how="inner")
    )
    if not both.height:
        return []
    lines = _lines(both.sort("item", "place"), by, "obeyed", samples=samples, margin=margin)
    return lines if lines or both[by].n_unique() != 1 else []
