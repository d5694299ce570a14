"""All samples packed for the page: gzip of JSON, first the columns, then packets of texts.

for name, data in packed(frames, rules="ours"): ...     # "columns", "0", "1", …

Samples of one item stand together, so that a prompt that many of them share compresses to nearly
nothing and those that are set side by side come from one packet.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from bridle.analysis.rules import under
from bridle.analysis.summary import gather
from bridle.report.samples.columns import columns
from bridle.report.samples.texts import texts

if TYPE_CHECKING:
    import polars as pl

PACKET = 400_000  # characters of JSON: milliseconds to unpack, and gzip finds what repeats
MOST_SAMPLES = 200_000  # a list of more is of no use to anyone, and no browser holds the texts
_AT_ONCE = 2_000  # rows that are Python objects at a time


def packed(frames: Sequence[pl.DataFrame], *, rules: str = "ours") -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of every packet of texts, "0", "1", …, and at the end of "columns".

    The columns say how many samples each packet holds (`packets`) and how many were left out.
    """
    import polars as pl

    frame = under(gather(frames), rules).sort(
        "cluster", "turn", "item", "bare", "who", "sample", maintain_order=True
    )
    left_out = max(0, frame.height - MOST_SAMPLES)
    frame = frame.head(MOST_SAMPLES)
    bare = _bare_prompts(frame)
    counts: list[int] = []
    waiting: list[str] = []
    size = 0

    def packet() -> tuple[str, bytes]:
        counts.append(len(waiting))
        return str(len(counts) - 1), _gzip("[" + ",".join(waiting) + "]")

    for part in frame.iter_slices(_AT_ONCE):
        for row in part.iter_rows(named=True):
            text = json.dumps(
                texts(row, bare.get((row["cluster"], row["turn"]))),
                ensure_ascii=False,
                separators=(",", ":"),
            )
            waiting.append(text)
            size += len(text)
            if size >= PACKET:
                yield packet()
                waiting, size = [], 0
    if waiting:
        yield packet()
    found = columns(frame.select(pl.exclude("prompt", "thinking", "answer", "raw", "sent")))
    found |= {"packets": counts, "left_out": left_out}
    yield "columns", _gzip(json.dumps(found, ensure_ascii=False, separators=(",", ":")))


def _bare_prompts(frame: pl.DataFrame) -> dict[tuple[Any, Any], str]:
    """The prompt without constraints of each problem and turn, where somebody was asked it."""

    asked = frame.filter("bare").unique(["cluster", "turn"], keep="first", maintain_order=True)
    rows = asked.select("cluster", "turn", "prompt").iter_rows()
    return {(cluster, turn): prompt for cluster, turn, prompt in rows}


def _gzip(text: str) -> bytes:
    # no time in the header: the same records make the same page
    return gzip.compress(text.encode("utf-8", "replace"), compresslevel=6, mtime=0)
