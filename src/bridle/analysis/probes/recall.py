"""recall: the shape over length, the place of the cliff, breadth against depth, the planted rule."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from bridle.analysis.probes.base import Cell, Finding, Findings, percent, said, share
from bridle.errors import DataError
from bridle.probes.recall import PIECES
from bridle.statistics import Estimate
from bridle.statistics.cliffs import Shapes

if TYPE_CHECKING:
    import polars as pl

EFFECTIVE = 0.85  # of the level at the shortest length


def findings(frame: pl.DataFrame) -> list[Finding]:
    import polars as pl

    lists, sums = (frame.filter(pl.col("turn") % 2 == odd) for odd in (0, 1))
    # texts of one series share nothing but the stations' names: each is a problem of its own
    lists, sums = (
        part.with_columns(text=pl.col("item") + "/" + (pl.col("turn") // 2).cast(pl.String))
        for part in (lists, sums)
    )
    breadth = lists.select("text", "recall_breadth").drop_nulls()
    whole = breadth.filter(pl.col("recall_breadth") == 1)
    used = sums.join(whole, on="text", how="semi")
    shapes = shapes_of(lists)
    return [
        share("breadth", "codes cited exactly", lists, "recall_breadth", by="text"),
        share("depth", "sum right, where all codes are cited", used, "correct", by="text"),
        share("invented", "of the cited codes: not in the text", lists, "recall_invented", by="text"),
        share("mark", "the first line was seen", lists, "recall_mark", by="text"),
        share("rule_list", "planted rule kept, listing", lists, "hard", by="text"),
        share("rule_sum", "planted rule kept, summing", sums, "hard", by="text"),
        Finding("shape", "shape over length", _shape(shapes)),
        Finding("cliff", "place of the cliff", said(lambda: _place(shapes))),
        Finding("effective", f"longest length above {EFFECTIVE:.0%} of the shortest", _effective(shapes)),
        share("cut", "cut off (window or limit, not recall)",
              frame.with_columns(cut=pl.col("status") == "truncated"), "cut"),
    ]  # fmt: skip


def shapes_of(lists: pl.DataFrame) -> Shapes | None:
    """The posterior of all texts together; None with fewer than three lengths."""
    rows = lists.select("recall_length", "recall_breadth").drop_nulls().sort("recall_length")
    seen = [(float(x), round(share * PIECES)) for x, share in rows.iter_rows()]
    try:
        held = Shapes(sorted({x for x, _ in seen}), PIECES)
    except DataError:
        return None
    for length, hits in seen:
        held.see(length, hits)
    return held


def _shape(held: Shapes | None) -> Cell:
    if held is None:
        return "fewer than three lengths were answered"
    return ", ".join(f"{name} {share:.2f}" for name, share in held.shares().items())


def _place(held: Shapes | None) -> Estimate:
    if held is None:
        raise DataError("fewer than three lengths were answered")
    return held.place()


def _effective(held: Shapes | None) -> Cell:
    if held is None:
        return "fewer than three lengths were answered"
    first = held.level(held.lengths[0])
    good = [x for x in held.lengths if held.level(x) >= EFFECTIVE * first]
    return f"{max(good):,.0f} tokens" if not math.isnan(first) else "not known"


def sentence(found: Findings) -> str:
    place = found["cliff"].estimate
    where = (
        f"a cliff at {place.value:,.0f} tokens ({place.low:,.0f} to {place.high:,.0f})"
        if place is not None
        else f"no cliff (shapes: {found['shape'].cell})"
    )
    return (
        f"{percent(found, 'breadth')} of the codes were cited exactly, {where}; with all of them cited the "
        f"sum was right in {percent(found, 'depth')}; the planted rule was kept in "
        f"{percent(found, 'rule_list')} of listings and {percent(found, 'rule_sum')} of sums."
    )
