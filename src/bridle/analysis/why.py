"""Why a model fails: how its failures divide, what goes with them, and what each arm recovers.

    found = why(records.read("study"))
    found.loss.shares      the parts of 1 − joint; they sum to it exactly
    found.findings         [Finding("number", "Each further constraint …", Estimate), …]

The parts are counted, the findings are estimated. Only what an arm changed at random is a cause; what
merely goes with failing (length within an item) is said as that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bridle.analysis.cells import by_cell, control_of
from bridle.analysis.compare import compare, side
from bridle.analysis.contrasts import Contrast
from bridle.analysis.reformat import reformatted, rules_of
from bridle.errors import BridleError, DataError
from bridle.maths import NONE_STATED
from bridle.outcomes import CORRECT, HARD, JOINT
from bridle.statistics import (
    Estimate,
    Loss,
    arm_slope,
    consistency,
    decompose,
    odds_ratio,
    pass_all,
    ratio,
    within_slope,
)

if TYPE_CHECKING:
    import polars as pl

    from bridle.records import Table

PLAIN = "plain"
MOST_REFORMATS = (
    5_000  # answers that are reformatted; beyond it a part of the problems is looked at
)
ENOUGH_SAMPLES = 8  # of an item; fewer say little about length within it
MOVED = 1.2  # ratio of tokens thought under which an arm did not change the thinking
TRIVIAL = "trivial"  # group (or source) of the items that ask the same of a trivial problem
TRUNCATED, UNSTATED, WRONG, FORMAT, UNABLE = (
    "cut off",
    "no answer stated",
    "wrong answer",
    "formatting alone",
    "inability",
)


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


@dataclass(frozen=True)
class Why:
    """All that `bridle why` says of one model."""

    model: str
    arm: str
    outcome: str  # what the loss is of: joint, or HAcc where there is no reference answer
    loss: Loss
    obedience: Loss | None  # the same of HAcc alone
    findings: list[Finding]
    arms: list[ArmFinding]
    notes: list[str]

    def to_dict(self) -> dict[str, Any]:
        return {
            "model": self.model,
            "arm": self.arm,
            "outcome": self.outcome,
            "loss": self.loss.to_dict(),
            "obedience": None if self.obedience is None else self.obedience.to_dict(),
            "findings": [f.to_dict() for f in self.findings],
            "arms": [a.to_dict() for a in self.arms],
            "notes": self.notes,
        }


def why(table: Table, *, model: str | None = None, arm: str | None = None) -> Why:
    """The decomposition, the findings and the arms of one model.

    Raises:
        BridleError: several models and none named, or one that is not there.
        DataError: no response to a constrained prompt.
    """
    import polars as pl

    table = by_cell(table)
    frame = table.frame
    model = _one(frame, "model", model)
    frame = frame.filter(pl.col("model") == model)
    arms = frame["arm"].unique().sort().to_list()
    base = arm or (PLAIN if PLAIN in arms else arms[0])
    base = _one(frame, "arm", base)
    notes = [gate] if (gate := table.gate()) else []
    judged = frame.filter(pl.col("status") != "error").with_columns(
        cluster=pl.struct("benchmark", "problem").rank("dense"),
        bare=(pl.col("condition") == "without") | (pl.col("n_constraints") == 0),
    )
    if errors := frame.height - judged.height:
        notes.append(f"{errors:,} records are errors, left out.")
    every = judged.filter(~pl.col("bare"))
    asked = every.filter(pl.col("arm") == base).drop_nulls(HARD.name)
    if not asked.height:
        raise DataError(
            f"{model} has no judged response to a constrained prompt under the arm {base!r}.",
            expected="records with constraints",
        )
    trivial = _is_trivial(asked)
    unable = _unable(asked.filter(trivial))
    asked = asked.filter(~trivial)
    part, looked = _looked_at(asked)
    if looked:
        notes.append(looked)
    loss, obedience = _losses(part, unable)
    outcome = JOINT.label if part[JOINT.name].is_not_null().any() else HARD.label
    findings = [
        found
        for make in (_number, _distance, _length, _competition, _samples)
        if (found := make(asked)) is not None
    ]
    others = [name for name in arms if name != base]
    findings += [f for name in others if (f := _length_by_arm(every, base, name)) is not None]
    found_arms = [_arm(table, model, base, name, every, arms) for name in others]
    return Why(model, base, outcome, loss, obedience, findings, found_arms, notes)


def _one(frame: pl.DataFrame, key: str, wanted: str | None) -> str:
    there = frame[key].unique().sort().to_list()
    if wanted is None and len(there) == 1:
        return there[0]
    if wanted is None or wanted not in there:
        said = f"There is no {key} {wanted!r}." if wanted else f"There are {len(there)} {key}s."
        raise BridleError(
            said, expected=f"one of: {', '.join(there)}", hint=f"--{key} {(there or ['NAME'])[0]}"
        )
    return wanted


# -- the shares -------------------------------------------------------------------------------------


def _is_trivial(frame: pl.DataFrame) -> pl.Expr:
    import polars as pl

    return (pl.col("group") == TRIVIAL) | (pl.col("source") == TRIVIAL)


def _unable(trivial: pl.DataFrame) -> set[tuple[str, str]]:
    """The instructions (type and parameters) that the model breaks more often than not although
    nothing else is difficult."""
    import polars as pl

    if not trivial.height:
        return set()
    long = trivial.select(pl.col("verdicts")).explode("verdicts").unnest("verdicts")
    kept = long.group_by("constraint", "params").agg(pl.col("obeyed").fill_null(False).mean())
    kept = kept.filter(pl.col("obeyed") < 0.5)
    return set(zip(kept["constraint"].to_list(), kept["params"].to_list(), strict=True))


def _looked_at(asked: pl.DataFrame) -> tuple[pl.DataFrame, str]:
    """All responses, or those of a part of the problems where too many would be reformatted."""
    import polars as pl

    broken = (pl.col(HARD.name) == False) & (pl.col("status") == "complete")  # noqa: E712
    number = asked.filter(broken).height
    if number <= MOST_REFORMATS:
        return asked, ""
    keep = max(1, round(asked["cluster"].n_unique() * MOST_REFORMATS / number))
    chosen = asked.select("cluster").unique().sort(pl.col("cluster").hash(1)).head(keep)
    part = asked.join(chosen, on="cluster", how="semi")
    return part, (
        f"The shares are of {part.height:,} of {asked.height:,} responses: all those to "
        f"{keep:,} problems drawn at random, since each broken answer is reformatted."
    )


def _losses(asked: pl.DataFrame, unable: set[tuple[str, str]]) -> tuple[Loss, Loss | None]:
    import numpy as np
    import polars as pl

    complete = (asked["status"] == "complete").to_numpy()
    hard = asked[HARD.name].to_numpy().astype(bool)
    found = (asked["found"].is_not_null() & asked["found_how"].ne_missing(NONE_STATED)).to_numpy()
    has_reference = asked["reference"].is_not_null().to_numpy()
    formats, cannot = (np.zeros(len(hard), bool) for _ in range(2))
    columns = asked.select("answer", "verdicts").with_row_index("row")
    for row, answer, verdicts in columns.filter(pl.Series(complete & ~hard)).iter_rows():
        formats[row] = reformatted(answer, rules_of(verdicts)) is not None
        cannot[row] = any(
            (v["constraint"], v["params"]) in unable for v in verdicts if v["obeyed"] is not True
        )
    unstated = ~complete & (asked["status"] != "truncated").to_numpy()
    causes: dict[str, Any] = {
        TRUNCATED: (asked["status"] == "truncated").to_numpy(),
        UNSTATED: unstated | (complete & has_reference & ~found),
    }
    keys = asked["cluster"].to_numpy()
    of_hard = {
        TRUNCATED: causes[TRUNCATED],
        UNSTATED: unstated,
        FORMAT: formats,
        **({UNABLE: cannot} if unable else {}),
    }
    obedience = decompose(~hard, of_hard, keys, what=f"1 − {HARD.label}")
    known = asked[JOINT.name].is_not_null().to_numpy()
    if not known.any():
        return obedience, None
    wrong = asked[CORRECT.name].fill_null(True).to_numpy()
    causes[WRONG] = complete & found & ~wrong.astype(bool)
    causes[FORMAT] = formats
    if unable:
        causes[UNABLE] = cannot
    joint = asked[JOINT.name].fill_null(False).to_numpy().astype(bool)
    loss = decompose(
        ~joint[known],
        {name: flags[known] for name, flags in causes.items()},
        keys[known],
        what=f"1 − {JOINT.label}",
    )
    return loss, obedience


# -- what goes with failing -------------------------------------------------------------------------


def points(e: Estimate, scale: float = 100) -> str:
    """ "−3.2 points [−5.0, −1.4]"."""

    def shown(value: float) -> str:
        text = f"{scale * value:.1f}"
        return (text.lstrip("-") if float(text) == 0 else text).replace("-", "−")

    return f"{'+' if e.value > 0 else ''}{shown(e.value)} points [{shown(e.low)}, {shown(e.high)}]"


def _tell(e: Estimate, *, at: float = 0.0) -> str:
    """What may be added to a number: nothing, or that its sign is open."""
    return "" if e.low > at or e.high < at else " (0 is not ruled out)"


def _said(key: str, what: str, make: Callable[[], Finding]) -> Finding:
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
            f"{points(whole)}{_tell(whole)}, the share of constraints obeyed by {points(each)}"
            f"{_tell(each)}: the first falls by counting alone, the second only if each is obeyed less.",
            whole,
            {"share_obeyed": each.to_dict()},
        )

    return _said("number", "Number of constraints", make)


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
            f"changes by {points(found)}{_tell(found)}.",
            found,
        )

    return _said("distance", "Distance of constraints", make)


def _tokens(frame: pl.DataFrame) -> tuple[pl.DataFrame, str]:
    """Rows with a number of tokens, `length` = its log2, and what was counted."""
    import polars as pl

    column, what = "tokens_thinking", "thinking"
    if not (frame[column].fill_null(0) > 0).any():
        column, what = "tokens_out", "the response"
    rows = frame.filter(pl.col(column) > 0)
    return rows.with_columns(length=pl.col(column).cast(pl.Float64).log(2)), what


def _length(asked: pl.DataFrame) -> Finding | None:
    rows, what = _tokens(asked)
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
            f"{points(found)}{_tell(found)}; this shows no cause.{few}",
            found,
            {"samples": samples},
        )

    return _said("length", "Length within an item", make)


def _length_by_arm(every: pl.DataFrame, base: str, name: str) -> Finding | None:
    import polars as pl

    rows, what = _tokens(every.filter(pl.col("arm").is_in([base, name])).drop_nulls(HARD.name))
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
            f"{points(found.estimate)} for each doubling{_tell(found.estimate)}, if the arm changes "
            f"nothing but the length (first-stage F = {found.first_stage_f:.1f}).",
            found.estimate,
            found.to_dict(),
        )

    return _said(f"length:{name}", f"Length by the arm {name}", make)


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

    return _said("competition", "Obeying × being right", make)


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
        f"Samples: {outcome.label} in all of {k} samples {100 * every.value:.1f} % "
        f"[{100 * every.low:.1f}, {100 * every.high:.1f}]; {100 * alike.value:.1f} % "
        f"[{100 * alike.low:.1f}, {100 * alike.high:.1f}] of the items come out alike each time.",
        every,
        {"consistency": alike.to_dict()},
    )


# -- arms -------------------------------------------------------------------------------------------


def _arm(
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
