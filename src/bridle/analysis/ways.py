"""How final answers were found, in a box or in a sentence, with constraints and without: did constraints make
a model stop boxing?

    by_way(frame)[0]    -> Row(who, "boxed", rates={"way_with": …, "way_without": …}, change=Difference(…))

Of complete answers to items that have a reference answer; "none stated" is an answer that states none.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bridle.analysis.contrasts import Contrast, adjusted, contrast
from bridle.analysis.rates import Rate, Row
from bridle.analysis.slices import ONLY_COMPLETE, cell_of, change_of
from bridle.maths import HOWS, NONE_STATED

if TYPE_CHECKING:
    import polars as pl

NOT_FOUND = "not found"
COLUMN = "way"
_SAYS = {"better": "more", "worse": "less"}
_ORDER = (*HOWS, NONE_STATED, NOT_FOUND)


def way() -> pl.Expr:
    """How the final answer of a row was found; null where nothing was looked for or nothing came back whole."""
    import polars as pl

    looked = (pl.col("status") == "complete") & pl.col("reference").is_not_null()
    # tables of earlier versions say what was found, and not how
    looked &= pl.col("found_how").is_not_null() | pl.col("found").is_null()
    return pl.when(looked).then(pl.col("found_how").cast(pl.String).fill_null(NOT_FOUND))


def _ordered(ways: list[str]) -> list[str]:
    return sorted(ways, key=lambda w: (_ORDER.index(w) if w in _ORDER else len(_ORDER), w))


def by_way(frame: pl.DataFrame) -> list[Row]:
    """A row for each way within each model; `change` is the share with minus without constraints on the
    same problems. Empty for a model whose answers were all found in one way.

    `frame` has who, cluster and bare, as `summary.gather` makes them.
    """
    import polars as pl

    facts = ("who", "cluster", "bare", "status", "benchmark", "item")
    found: list[Row] = []
    for who in frame["who"].unique(maintain_order=True):
        mine = frame.filter(pl.col("who") == who).select(*facts, way().alias(COLUMN))
        mine = mine.drop_nulls(COLUMN)
        ways = _ordered(mine[COLUMN].unique().to_list())
        if len(ways) < 2:
            continue
        for name in ways:
            rows = mine.with_columns((pl.col(COLUMN) == name).cast(pl.Float64).alias("hit"))
            asked, bare = rows.filter(~pl.col("bare")), rows.filter(pl.col("bare"))
            rates = {
                "way_with": Rate(
                    ONLY_COMPLETE,
                    cell_of(asked, "hit", name, "no complete answer with constraints"),
                ),
                "way_without": Rate(
                    ONLY_COMPLETE,
                    cell_of(bare, "hit", name, "no complete answer without constraints"),
                ),
            }
            hits = rows.filter(pl.col("hit") > 0)
            found.append(
                Row(
                    who,
                    name,
                    {"complete": hits.height},
                    rates,
                    hits["cluster"].n_unique(),
                    change=change_of(rows, "hit", f"{name}, with − without constraints"),
                )
            )
    return found


def ways_compared(
    a: pl.DataFrame, b: pl.DataFrame, items: pl.DataFrame, *, samples: int, margin: float
) -> list[Contrast]:
    """B − A of the share of each way, item by item; `items` has the items that both sides share, and
    their clusters. Empty where all answers were found in one way."""
    import polars as pl

    if COLUMN not in a.columns or COLUMN not in b.columns:
        return []
    sides = [rows.drop_nulls(COLUMN).select("item", COLUMN) for rows in (a, b)]
    ways = _ordered(pl.concat(sides)[COLUMN].unique().to_list())
    if len(ways) < 2:
        return []
    means = [
        rows.group_by("item").agg((pl.col(COLUMN) == name).mean().alias(name) for name in ways)
        for rows in sides
    ]
    both = (
        means[0].join(means[1], on="item", suffix="_b").join(items, on="item", how="inner")
    ).sort("item")
    made = [contrast(both, name, name, samples=samples, margin=margin) for name in ways]
    # no way is better than another
    return adjusted([replace(c, says=_SAYS.get(c.says, c.says)) for c in made])
