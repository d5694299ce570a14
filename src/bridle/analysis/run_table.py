"""A training run as one table: a row an answer, with its step, item and numeric outcomes.

    read_run("runs/")            # a folder of studies, one a checkpoint: the step is the last number
    read_run("run.parquet")      # or .csv, .jsonl: columns step, item, and any outcomes

What is half written (a checkpoint's study that lacks records) is left out, and said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bridle.analysis.why import TRIVIAL
from bridle.errors import BridleError, DataError, first_line, nearest

if TYPE_CHECKING:
    import polars

# columns that are no outcome, though they are numbers
NO_OUTCOME = frozenset(
    ("step", "seed", "sample", "turn", "steps", "n_constraints", "difficulty", "latency_s", "tokens_in",
     "tokens_out", "tokens_thinking", "tokens_answer", "undetermined", "upstream_hard", "upstream_soft", "index")
)  # fmt: skip


@dataclass(frozen=True)
class Run:
    """`frame` has step, item, problem and one float column an outcome, null where it does not apply."""

    name: str
    frame: polars.DataFrame
    outcomes: tuple[str, ...]
    notes: tuple[str, ...] = ()

    def outcome(self, name: str, option: str) -> str:
        """The column of that name.

        Raises:
            BridleError: there is none.
        """
        if name in self.outcomes:
            return name
        near = nearest(name, self.outcomes)
        raise BridleError(
            f"{self.name} has no outcome {name!r}.",
            expected=(f"did you mean {near!r}? " if near else "")
            + f"One of: {', '.join(self.outcomes)}",
            hint=f"{option} {self.outcomes[0] if self.outcomes else 'NAME'}",
        )


def read_run(path: Path | str, *, only: Mapping[str, str] | None = None) -> Run:
    """The run in a folder of studies or in a table; `only` takes the rows with these values.

    Raises:
        DataError: nothing there, no step, a table that cannot be read, no row with such a value.
    """
    from bridle import records

    path = Path(path)
    if path.is_dir() and not records.is_table(path):
        return _studies(path, only or {})
    return table_run(path, needs=("step", "item"), only=only)


def read_only(given: Sequence[str]) -> dict[str, str]:
    """`--only COLUMN=VALUE` as a mapping.

    Raises:
        BridleError: no such pair, or a column twice.
    """
    found: dict[str, str] = {}
    for text in given:
        column, equals, value = text.partition("=")
        if not equals or not column or column in found:
            what = "names a column twice" if column in found else "is no COLUMN=VALUE"
            raise BridleError(f"--only {text} {what}.", hint="--only arm=rl --only seed=1")
        found[column] = value
    return found


def _chosen(frame: polars.DataFrame, only: Mapping[str, str], where: str) -> polars.DataFrame:
    """The rows whose columns have these values, compared as text."""
    import polars as pl

    for column, value in only.items():
        if column not in frame.columns:
            near = nearest(column, frame.columns)
            raise DataError(
                f"{where} has no column {column!r}.",
                expected=(f"did you mean {near!r}? " if near else "")
                + f"One of: {', '.join(frame.columns[:30])}",
                hint=f"--only {near or frame.columns[0]}=VALUE",
            )
        try:
            known = frame[column].cast(pl.String)
        except pl.exceptions.PolarsError:
            raise DataError(
                f"The column {column!r} of {where} holds no plain values.",
                expected="a column of texts or numbers",
            ) from None
        frame = frame.filter(known == value)
        if not frame.height:
            there = ", ".join(str(v) for v in known.unique().sort()[:20])
            raise DataError(f"No row of {where} has {column}={value}.", expected=f"of: {there}")
    return frame


def table_run(path: Path, *, needs: Sequence[str], only: Mapping[str, str] | None = None) -> Run:
    """The run of one file or study that has the columns `needs`; `only` as in `read_run`.

    Raises:
        DataError: it cannot be read, lacks one of them, has no row with a value of `only`.
    """
    import polars as pl

    frame = _chosen(_table(Path(path)), only or {}, str(path))
    if missing := [name for name in needs if name not in frame.columns]:
        raise DataError(
            f"{path} has no column {missing[0]!r}.",
            expected=f"the columns {', '.join(needs)} and at least one outcome; there are: "
            + ", ".join(frame.columns[:30]),
        )
    if not frame.height:
        raise DataError(f"{path} holds no rows.", expected="one row an answer")
    if "step" in needs:
        try:
            frame = frame.with_columns(pl.col("step").cast(pl.Float64))
        except pl.exceptions.PolarsError:
            raise DataError(
                f"A step in {path} is no number.", expected="a number in each row"
            ) from None
        if frame["step"].is_null().any():
            raise DataError(f"A step in {path} is missing.", expected="a number in each row")
    return run_of_frame(str(path), frame, ())


def _table(path: Path) -> polars.DataFrame:
    import polars as pl

    from bridle import records

    if path.is_dir():
        return records.read(path, texts=False).frame
    try:
        if path.suffix == ".parquet":
            if "verdicts" in pl.read_parquet_schema(path):
                return records.read(path, texts=False).frame
            return pl.read_parquet(path)
        if path.suffix == ".csv":
            return pl.read_csv(path, infer_schema_length=None)
        if path.suffix in (".jsonl", ".ndjson"):
            return pl.read_ndjson(path, infer_schema_length=None)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise DataError(f"{path} cannot be read: {first_line(error)}.") from None
    raise DataError(
        f"{path} is no table that is known.",
        expected="a folder of studies, .parquet, .csv or .jsonl",
    )


def _studies(folder: Path, only: Mapping[str, str]) -> Run:
    import polars as pl

    from bridle import records

    frames: list[polars.DataFrame] = []
    notes: list[str] = []
    found = sorted(p for p in folder.iterdir() if records.is_table(p))
    waiting = [p.name for p in sorted(folder.glob("*/study.json")) if p.parent not in found]
    steps: dict[float, str] = {}
    for study in found:
        step = _step(study.name)
        if step in steps:
            raise DataError(
                f"{study.name} and {steps[step]} both stand for step {step:g}.",
                expected="one study a checkpoint, named by its step: step-100, step-200",
            )
        try:
            table = records.read(study, texts=False)
        except DataError as error:
            notes.append(f"{study.name} is left out: {error}")
            continue
        if gate := table.gate():
            notes.append(f"{study.name} is left out, not yet whole: {gate}")
            continue
        steps[step] = study.name
        frames.append(table.frame.with_columns(pl.lit(step).alias("step")))
    notes += [f"{name} is left out: it has no table yet." for name in waiting]
    if not frames:
        raise DataError(
            f"{folder} holds no whole study." + (f" {notes[0]}" if notes else ""),
            expected="a folder with one study a checkpoint, named by its step: step-100, step-200",
            hint="bridle run … --out RUN/step-100",
        )
    whole = pl.concat(frames, how="diagonal_relaxed")
    return run_of_frame(str(folder), _chosen(whole, only, str(folder)), tuple(notes))


def _step(name: str) -> float:
    numbers = re.findall(r"\d+(?:\.\d+)?", name[:200])
    if not numbers:
        raise DataError(
            f"The folder {name!r} names no step.", expected="a number in its name: step-100"
        )
    return float(numbers[-1])


def run_of_frame(name: str, frame: polars.DataFrame, notes: tuple[str, ...]) -> Run:
    import polars as pl

    said = list(notes)
    if "status" in frame.columns:
        errors = frame.filter(pl.col("status") == "error").height
        if errors:
            said.append(f"{errors:,} records are errors, left out.")
            frame = frame.filter(pl.col("status") != "error")
    if {"group", "source", "hard"} <= set(frame.columns):
        easy = (pl.col("group") == TRIVIAL) | (pl.col("source") == TRIVIAL)
        frame = frame.with_columns(
            pl.when(easy).then(pl.col("hard").cast(pl.Float64)).alias(TRIVIAL)
        )
    keys = [
        key for key in ("benchmark", "item", "condition", "turn", "fork") if key in frame.columns
    ]
    numeric = [
        column
        for column, kind in frame.schema.items()
        if (kind.is_numeric() or kind == pl.Boolean)
        and column not in NO_OUTCOME
        and column not in keys
        and column != "problem"
        and frame[column].is_not_null().any()
    ]
    chosen = [pl.concat_str(*keys, separator=" ", ignore_nulls=True).alias("item")] if keys else []
    problem = "problem" if "problem" in frame.columns else "item"
    if problem in frame.columns:
        chosen.append(pl.col(problem).cast(pl.String).alias("problem"))
    if "step" in frame.columns:
        chosen.append(pl.col("step"))
    out = frame.select(*chosen, *(pl.col(c).cast(pl.Float64) for c in numeric))
    return Run(name, out, tuple(numeric), tuple(said))


def matrix(frame: polars.DataFrame, outcome: str) -> tuple[list[float], Any, list[str]]:
    """(steps, problems × steps of means, problems); every problem with a value at every step.

    Raises:
        DataError: the checkpoints have not the same items.
    """
    import polars as pl

    rows = frame.drop_nulls(outcome)
    steps = rows["step"].unique().sort().to_list()
    per_item = rows.group_by("step", "item", "problem").agg(pl.col(outcome).mean())
    counts = per_item.group_by("item").len()
    unequal = counts.filter(pl.col("len") != len(steps))
    if unequal.height:
        missing = str(unequal["item"].sort()[0])
        raise DataError(
            f"The checkpoints have not the same items: {unequal.height:,} of {counts.height:,} are "
            f"not at all {len(steps)} steps, such as {missing!r} ({outcome}).",
            expected="one frozen panel for every checkpoint",
            hint="--shared counts only the items that are at every step",
        )
    means = per_item.group_by("step", "problem").agg(pl.col(outcome).mean())
    wide = means.sort("step").pivot("step", index="problem", values=outcome).sort("problem")
    return steps, wide.select(wide.columns[1:]).to_numpy(), wide["problem"].to_list()


def shared(run: Run) -> Run:
    """The run with the items that are at every step, and a note of how many are left out."""
    import polars as pl

    steps = run.frame["step"].n_unique()
    there = run.frame.group_by("item").agg(pl.col("step").n_unique().alias("n"))
    kept = there.filter(pl.col("n") == steps)["item"]
    left = there.height - kept.len()
    if not kept.len():
        raise DataError("No item is at every checkpoint.", expected="one panel for all checkpoints")
    if not left:
        return run
    note = f"{left:,} of {there.height:,} items are not at every step, left out."
    frame = run.frame.filter(pl.col("item").is_in(kept.implode()))
    return Run(run.name, frame, run.outcomes, (*run.notes, note))
