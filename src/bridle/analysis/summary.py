"""Records → the figures of the report: every rate with its interval, under either rules.

    summary = summarise([records.read("demo")], rules="ours")
    summary.overall[0].rates["hacc"].run       -> Estimate(value=0.43, low=0.30, high=0.56, n=60, ...)
    summary.overall[0].rates["floor"].run      -> "no record without constraints"   (words, not NaN)

Two denominators stand side by side: `run`, where a response that was cut off counts as a failure
(errors alone are left out), and `complete`, where complete answers alone are counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from bridle.analysis.beside import HAVE, Published, published
from bridle.analysis.four_figures import FourFigures, four_figures
from bridle.analysis.labels import DRAWN, LABEL
from bridle.analysis.ladder import by_class, ladder
from bridle.analysis.narrow import narrow
from bridle.analysis.rates import Row
from bridle.analysis.rules import Parting, RulesRow, by_both_rules, under
from bridle.analysis.slices import slice_of, split, types, verdicts_of
from bridle.analysis.twins import without_twins
from bridle.analysis.ways import by_way
from bridle.errors import BridleError, DataError
from bridle.outcomes import CORRECT

if TYPE_CHECKING:
    import polars as pl

    from bridle.records import Table

Rules = Literal["ours", "upstream"]
RULES: tuple[Rules, ...] = ("ours", "upstream")


@dataclass(frozen=True, slots=True)
class Summary:
    """Everything that the printed summary and the page show."""

    rules: Rules
    planned: int
    records: int
    problems: int  # distinct questions behind the records
    missing: int
    gates: tuple[str, ...]  # what must be said before any figure, one line a study
    whos: tuple[str, ...]
    overall: list[Row]
    by_source: list[Row]
    by_count: list[Row]
    by_type: list[Row]
    both: list[RulesRow]
    partings: list[Parting]
    not_judged: dict[str, int] = field(default_factory=dict[str, int])  # peer's id → records
    not_wholly_judged: int = 0  # records with such an instruction: in no HAcc
    undecided: int = 0  # responses whose final answer could be called neither right nor wrong
    lenient: list[FourFigures] = field(default_factory=list[FourFigures])  # IFEval's four figures
    about: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    ladder: list[Row] = field(default_factory=list[Row])  # by number, on problems that have each
    by_class: list[Row] = field(default_factory=list[Row])  # planning, precision
    by_way: list[Row] = field(default_factory=list[Row])  # how final answers were found
    published: Published | None = None  # results of others, where they were asked for

    @property
    def errors(self) -> int:
        return sum(row.statuses.get("error", 0) for row in self.overall)

    @property
    def statuses(self) -> dict[str, int]:
        """How many records have which status, the commonest first."""
        counts: Counter[str] = Counter()
        for row in self.overall:
            counts.update(row.statuses)
        return dict(counts.most_common())

    def _repr_html_(self) -> str:
        """Its leaderboard and its constraints, as a notebook shows them."""
        from bridle.report.notebook import summary_html

        return summary_html(self)

    def to_dict(self) -> dict[str, Any]:
        return {
            "rules": self.rules,
            "planned": self.planned,
            "records": self.records,
            "problems": self.problems,
            "missing": self.missing,
            "errors": self.errors,
            "not_judged": self.not_judged,
            "not_wholly_judged": self.not_wholly_judged,
            "undecided": self.undecided,
            "overall": [row.to_dict() for row in self.overall],
            "by_source": [row.to_dict() for row in self.by_source],
            "by_number_of_constraints": [row.to_dict() for row in self.by_count],
            "by_way": [row.to_dict() for row in self.by_way],
            "by_constraint": [row.to_dict() for row in self.by_type],
            "by_class": [row.to_dict() for row in self.by_class],
            "ladder": [row.to_dict() for row in self.ladder],
            "published": None if self.published is None else self.published.to_dict(),
            "four_figures": [row.to_dict() for row in self.lenient],
            "rules_compared": [row.to_dict() for row in self.both],
            "rows_where_rules_part": [parting.to_dict() for parting in self.partings],
            "studies": self.about,
        }


def summarise(
    tables: Sequence[Table], *, rules: str = "ours", beside: str | None = None
) -> Summary:
    """The summary of one or several studies; their rows are put together by model.

    `beside="published"` sets the benchmark's published results beside them.

    Raises:
        BridleError: unknown rules, or `upstream` where no record has an upstream judgement.
        DataError: no records, or the same response in two studies.
    """
    import polars as pl

    if rules not in RULES:
        raise BridleError(f"There are no rules {rules!r}.", expected="ours or upstream")
    ours = gather([table.frame for table in tables])
    frame = under(ours, rules)
    others = None
    if beside is not None:
        if beside != "published":
            raise BridleError(
                f"There is nothing called {beside!r} to set beside.", expected="published"
            )
        names = sorted(set(frame["benchmark"].to_list()))
        others = published(next((name for name in names if name in HAVE), names[0]))
    whos = tuple(frame["who"].unique(maintain_order=True).to_list())
    verdicts = verdicts_of(frame)
    if rules == "upstream":  # None there: the rule could not run here, so nothing is known
        verdicts = verdicts.drop_nulls("obeyed")
    cut = narrow(frame)
    # never a row over all of them: models, arms and benchmarks are not draws of one thing
    overall = [slice_of(cut, verdicts, who, change=True) for who in whos]
    both, partings = by_both_rules(ours)
    return Summary(
        rules=rules,
        planned=sum(table.planned for table in tables),
        records=frame.height,
        problems=frame["cluster"].n_unique(),
        missing=sum(table.missing for table in tables),
        gates=tuple(
            f"{table.name}: {gate}" if len(tables) > 1 else gate
            for table in tables
            if (gate := table.gate())
        ),
        whos=whos,
        overall=overall,
        by_source=split(cut, verdicts, "source"),
        by_count=split(cut, verdicts, "n_constraints"),
        by_type=types(verdicts),
        both=both,
        partings=partings,
        not_judged=_not_judged(frame),
        not_wholly_judged=_not_wholly_judged(frame),
        undecided=frame.filter(
            (pl.col("status") == "complete")
            & pl.col("reference").is_not_null()
            & pl.col(CORRECT.name).is_null()
        ).height,
        lenient=four_figures(frame),
        about=[table.about for table in tables],
        ladder=ladder(cut, verdicts),
        by_class=by_class(verdicts),
        by_way=by_way(frame),
        published=others,
    )


def gather(frames: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """The rows of all studies with `who` (model, and what else varies) and `cluster` (the problem)."""
    import polars as pl

    frame = pl.concat(frames, how="diagonal")
    if not frame.height:
        raise DataError(
            "There are no records to report.",
            expected="at least one graded response",
            hint="bridle run --out DIR, or bridle score FILE --out DIR",
        )
    labelled = LABEL in frame.columns
    key = [*DRAWN, *([LABEL] if labelled else [])]
    twice = frame.filter(frame.select(key).is_duplicated())
    if twice.height:
        row = twice.row(0, named=True)
        raise DataError(
            f"{twice.height} records are there twice, the first {row['item']!r} of "
            f"{row['model']!r} (sample {row['sample']}, {row['condition']} constraints).",
            expected="each response once",
            hint="name each study once, each by its own label: bridle report NAME=DIR NAME=DIR",
        )
    # an answer to a side question is not one to the item
    frame = without_twins(frame.filter(pl.col("fork") == ""))
    parts = [pl.col("model")]
    if labelled:  # a label stands for its model, unless it has several
        one = frame.group_by(LABEL).agg(pl.col("model").n_unique())["model"].max() == 1
        parts = [pl.col(LABEL), *([] if one else parts)]
    if frame["benchmark"].n_unique() > 1:
        parts.append(pl.col("benchmark"))
    if frame["arm"].n_unique() > 1:
        parts.append(pl.col("arm"))
    for factor in (c for c in frame.columns if c.startswith("factor.")):
        # what is the same in all answers of an arm belongs to the arm
        if (frame.group_by("arm").agg(pl.col(factor).n_unique())[factor] > 1).any():
            level = pl.col(factor).cast(pl.String).str.strip_suffix(".0")
            # an arm without that factor is not named by it
            parts.append(pl.lit(f"{factor.removeprefix('factor.')}=") + level)
    return frame.with_columns(
        who=pl.concat_str(parts, separator=" · ", ignore_nulls=True),
        cluster=pl.struct("benchmark", "problem").rank("dense"),
        bare=(pl.col("condition") == "without") | (pl.col("n_constraints") == 0),
    )


def _not_judged(frame: pl.DataFrame) -> dict[str, int]:
    """Instructions that no constraint type here judges, with the records that hold them."""
    import polars as pl

    left_out = (
        frame.filter(pl.col("status") != "error")
        .select(pl.col("verdicts").explode())
        .drop_nulls()
        .unnest("verdicts")
        .filter(pl.col("family") == "not judged")
    )
    counts = (
        left_out["constraint"]
        .value_counts(sort=True)
        .sort("count", "constraint", descending=[True, False])
    )
    return dict(counts.iter_rows())


def _not_wholly_judged(frame: pl.DataFrame) -> int:
    import polars as pl

    unjudged = pl.element().struct.field("family") == "not judged"
    return frame.filter(
        (pl.col("status") != "error") & pl.col("verdicts").list.eval(unjudged).list.any()
    ).height
