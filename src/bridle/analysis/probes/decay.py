"""decay: survival and marginal curves, the turn until half are left, recovery, contagion, reminders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bridle.analysis.probes import heard
from bridle.analysis.probes.base import Finding, Findings, number, paired, percent, said, share
from bridle.statistics import Estimate
from bridle.statistics.survival import half_life, survive

if TYPE_CHECKING:
    import polars as pl

CONVERSATION = ["item", "arm", "factors", "sample"]
LATE = 8  # turns at the end, and at the beginning, that are compared


def findings(frame: pl.DataFrame) -> list[Finding]:
    import polars as pl

    answers = frame.filter(pl.col("fork") == "")
    arms = {
        h: answers.filter(
            _is("factor.history", h, answers) & _is("factor.rules", "stated", answers)
        )
        for h in ("own", "obedient", "poisoned")
    }
    own = arms["own"]
    if "factor.remind" in own.columns:
        reminded = own.filter(pl.col("factor.remind") > 0)
        own = own.filter(pl.col("factor.remind") == 0)
    else:
        reminded = own.clear()
    if not own.height:
        own = next((a for a in arms.values() if a.height), answers)
    turns = int(own["turn"].max() or 0) + 1  # pyright: ignore[reportArgumentType]
    found = [
        share("hard", "all rules obeyed, over all turns", own, "hard"),
        share("first", "all rules obeyed, first turn", own.filter(pl.col("turn") == 0), "hard"),
        share(
            "last", "all rules obeyed, last turn", own.filter(pl.col("turn") == turns - 1), "hard"
        ),
        Finding("h50", "turns until half have a violation", said(lambda: _h50(own, turns))),
        _recovery(own),
        paired(
            "contagion",
            "obedient minus poisoned history (contagion)",
            arms["obedient"],
            arms["poisoned"],
            "hard",
        ),
        paired("own_effect", "own minus obedient history", own, arms["obedient"], "hard"),
        paired("reminder", "reminded minus not", reminded, own, "hard"),
        share("correct", "correct", own, "correct"),
    ]
    floor = answers.filter(_is("factor.rules", "unstated", answers))
    if floor.height:
        found.append(share("floor", "floor: obeyed though not stated", floor, "hard"))
    return found + heard.cells(frame)


def curves(frame: pl.DataFrame) -> list[dict[str, float]]:
    """For each turn (from 1) the share still without a violation, and the share obeyed in it."""
    import polars as pl

    answers = frame.filter(pl.col("fork") == "")
    if not answers.height:
        return []
    turns = int(answers["turn"].max()) + 1  # pyright: ignore[reportArgumentType]
    alive = survive(_first(answers), turns)
    means = dict(answers.drop_nulls("hard").group_by("turn").agg(pl.col("hard").mean()).iter_rows())
    return [
        {"turn": t + 1, "survival": alive[t], "marginal": means.get(t, float("nan"))}
        for t in range(turns)
    ]


def _is(column: str, level: str, frame: pl.DataFrame) -> pl.Expr:
    import polars as pl

    return (
        pl.col(column) == level if column in frame.columns else pl.lit(level in ("own", "stated"))
    )


def _first(frame: pl.DataFrame) -> list[int | None]:
    """The turn (from 1) of the first violation of each conversation."""
    import polars as pl

    broken = pl.col("turn").filter(pl.col("hard").not_()).min()
    return [
        None if t is None else int(t) + 1
        for t in frame.drop_nulls("hard")
        .group_by(CONVERSATION, maintain_order=True)
        .agg(broken.alias("first"))["first"]
    ]


def _h50(frame: pl.DataFrame, turns: int) -> Estimate:
    return half_life(_first(frame), turns)


def _recovery(frame: pl.DataFrame) -> Finding:
    """Obeyed in the turn after a violation."""
    import polars as pl

    following = (
        frame.sort([*CONVERSATION, "turn"])
        .with_columns(before=pl.col("hard").shift(1).over(CONVERSATION))
        .filter(pl.col("before").not_())
    )
    return share("recovery", "obeyed in the turn after a violation", following, "hard")


def sentence(found: Findings) -> str:
    lasts = found["h50"].estimate
    half = (
        f"half of the conversations have a violation by turn {number(found, 'h50')}"
        if lasts is not None
        else "there is no turn by which half of the conversations have a violation "
        f"({str(found['h50'].cell).rstrip('.').lower()})"
    )
    return (
        f"All rules were obeyed in {percent(found, 'first')} of first turns and "
        f"{percent(found, 'last')} of last turns; {half}." + heard.clause(found)
    )
