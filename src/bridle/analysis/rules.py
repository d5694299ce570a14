"""Two rules of judgement on the same responses: ours, and those the benchmark's authors published.

`under` puts one of them in force; `by_both_rules` sets them side by side and lists where they part.
Correctness of the final answer is always ours.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from bridle.errors import BridleError
from bridle.outcomes import CORRECT, HARD, JOINT, OUTCOMES, SOFT
from bridle.records.record import PUBLISHED
from bridle.records.wide import PREFIX
from bridle.statistics import Estimate, rate

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class RulesRow:
    """One model under both rules, on the responses that both have judged."""

    who: str
    records: int
    not_judged: int  # responses to constrained prompts that upstream's rules could not judge here
    ours: dict[str, Estimate]  # hacc, sacc; as run
    upstream: dict[str, Estimate]
    parted: int  # responses on which at least one verdict differs

    def to_dict(self) -> dict[str, Any]:
        return {
            "who": self.who,
            "records": self.records,
            "not_judged": self.not_judged,
            "ours": {name: e.to_dict() for name, e in self.ours.items()},
            "upstream": {name: e.to_dict() for name, e in self.upstream.items()},
            "parted": self.parted,
        }


@dataclass(frozen=True, slots=True)
class Parting:
    """One verdict on which the rules part: `ours` may be None (undetermined)."""

    who: str
    item: str
    sample: int
    status: str
    constraint: str
    ours: bool | None
    upstream: bool
    reason: str  # ours

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


def under(frame: pl.DataFrame, rules: str) -> pl.DataFrame:
    """The frame judged by those rules, with `judged`: whether each constraint was obeyed.

    Raises:
        BridleError: upstream's rules are asked for and judged no record.
    """
    import polars as pl

    ours = frame.with_columns(
        judged=pl.col("verdicts").list.eval(pl.element().struct.field("obeyed"))
    )
    if rules == "ours":
        return ours
    if not frame[_theirs(HARD.name)].is_not_null().any():
        raise BridleError(
            "No record has an upstream judgement.",
            expected="records of a peer's benchmark (mathif), scored with the extra 'upstream'",
            hint="pip install 'bridle-eval[upstream]' and score again, or leave out --rules upstream",
        )
    right, hard = pl.col(CORRECT.name), pl.col(_theirs(HARD.name))
    # one broken instruction settles that a response fails; to count it where another verdict is
    # missing, and never a response that passes, would bend the rate
    whole = pl.when(pl.col(_theirs(SOFT.name)).is_not_null())
    published = [kind.name for kind in OUTCOMES.values() if kind.published]
    return ours.with_columns(
        whole.then(pl.col(_theirs(name))).alias(name)
        for name in published
        if _theirs(name) in frame.columns
    ).with_columns(
        pl.when(pl.col("n_constraints") == 0)
        .then(right)
        .when(pl.col("reference").is_not_null())
        .then(whole.then(hard) & right)
        .alias(JOINT.name),
        judged=pl.col("upstream_verdicts"),
    )


def _theirs(name: str) -> str:
    """The column of an outcome by the published rules."""
    return PREFIX[PUBLISHED] + name


def by_both_rules(frame: pl.DataFrame) -> tuple[list[RulesRow], list[Parting]]:
    """Each model under both rules, and every verdict on which they part; empty without a peer's."""
    import polars as pl

    asked = frame.filter((pl.col("status") != "error") & ~pl.col("bare"))
    shared = asked.drop_nulls([_theirs(SOFT.name), HARD.name])  # wholly judged by both
    if not shared.height:
        return [], []
    partings = _partings(shared)
    rows: list[RulesRow] = []
    for who in shared["who"].unique(maintain_order=True):
        mine = shared.filter(pl.col("who") == who)
        keys = mine["cluster"].to_numpy()

        def of(column: str, what: str, mine: pl.DataFrame = mine, keys: Any = keys) -> Estimate:
            return rate(mine[column].to_numpy(), keys, what=what)

        rows.append(
            RulesRow(
                who=who,
                records=mine.height,
                not_judged=asked.filter(pl.col("who") == who).height - mine.height,
                ours={"hacc": of(HARD.name, HARD.label), "sacc": of(SOFT.name, SOFT.label)},
                upstream={
                    "hacc": of(_theirs(HARD.name), f"{HARD.label}, upstream's rules"),
                    "sacc": of(_theirs(SOFT.name), f"{SOFT.label}, upstream's rules"),
                },
                parted=len({(p.item, p.sample) for p in partings if p.who == who}),
            )
        )
    return rows, partings


def _partings(shared: pl.DataFrame) -> list[Parting]:
    """An undetermined verdict of ours does not pass, so it parts from a pass and not from a failure."""
    found: list[Parting] = []
    columns = ["who", "item", "sample", "status", "verdicts", "upstream_verdicts"]
    for who, item, sample, status, verdicts, theirs in shared.select(columns).iter_rows():
        for mine, other in zip(verdicts, theirs or (), strict=False):
            if other is None or (mine["obeyed"] is True) == other:
                continue
            found.append(
                Parting(
                    who,
                    item,
                    sample,
                    status,
                    mine["constraint"],
                    mine["obeyed"],
                    other,
                    mine["reason"],
                )
            )
    return found
