"""Why a model fails: how its failures divide, what goes with them, and what each arm recovers.

    found = why(records.read("study"))
    found.loss.shares      the parts of 1 − joint; they sum to it exactly
    found.findings         [Finding("number", "Each further constraint …", Estimate), …]

The parts are counted, the findings are estimated. Only what an arm changed at random is a cause; what
merely goes with failing (length within an item) is said as that.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from bridle.analysis.cells import by_cell
from bridle.analysis.narrow import light
from bridle.analysis.primary import question_of
from bridle.analysis.reformat import reformatted, rules_of
from bridle.analysis.why_arms import ArmFinding, arm_finding
from bridle.analysis.why_findings import Finding, findings, length_by_arm
from bridle.errors import BridleError, DataError
from bridle.maths import NONE_STATED
from bridle.outcomes import CORRECT, HARD, JOINT
from bridle.statistics import (
    Loss,
    decompose,
)

if TYPE_CHECKING:
    import polars as pl

    from bridle.records import Table

PLAIN = "plain"
# Answers that are reformatted; beyond it a part of the problems is looked at (known to two points then).
MOST_REFORMATS = 2_000
TRIVIAL = "trivial"  # group (or source) of the items that ask the same of a trivial problem
TRUNCATED, UNSTATED, WRONG, FORMAT, UNABLE = (
    "cut off",
    "no answer stated",
    "wrong answer",
    "formatting alone",
    "inability",
)


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

    table = by_cell(replace(table, frame=light(table.frame, keep=("answer",))))
    frame = table.frame
    model = _one(frame, "model", model)
    frame = frame.filter(pl.col("model") == model)
    arms = frame["arm"].unique().sort().to_list()
    asked_for = question_of(table)
    named = None if asked_for is None else asked_for.base
    base = arm or (
        named if named is not None and named in arms else PLAIN if PLAIN in arms else arms[0]
    )
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
    found = findings(asked)
    others = [name for name in arms if name != base]
    if asked_for is not None:  # what the study was run for stands first
        others.sort(key=lambda name: name not in (asked_for.arm, asked_for.arm.partition(":")[0]))
        notes.append(f"Primary contrast, named before the study: {asked_for}.")
    found += [f for name in others if (f := length_by_arm(every, base, name)) is not None]
    found_arms = [arm_finding(table, model, base, name, every, arms) for name in others]
    return Why(model, base, outcome, loss, obedience, found, found_arms, notes)


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
