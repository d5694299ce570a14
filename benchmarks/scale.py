"""How long do all analyses of a large study take, and how much memory?

    python benchmarks/scale.py                    1,000,000 records of 8 constraints each
    python benchmarks/scale.py --records 100000

The records are simulated in the table's own columns: two arms, four samples of each item, an eighth of
the prompts bare. Each analysis runs on the frame as `records.read` gives it, without the texts; `bridle
why` gets short answers, since it reformats some. The aim is a minute and 4 GB on two cores, linear.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl

from bridle.analysis.compare import compare, side
from bridle.analysis.summary import summarise
from bridle.analysis.why import why
from bridle.records import Table, schema
from bridle.records.wide import widen

CONSTRAINTS = 8
SAMPLES = 4
TYPES = (
    ("no_comma", "punctuation", {}),
    ("lowercase", "case", {}),
    ("words", "length", {"at_most": 300}),
    ("sentences", "length", {"at_least": 2}),
    ("bullets", "format", {"exactly": 3}),
    ("title", "format", {}),
    ("keywords", "lexical", {"keywords": ["therefore"]}),
    ("end_phrase", "affix", {"phrase": "That is all."}),
)


def simulated(records: int, seed: int = 0) -> pl.DataFrame:
    """A frame with the table's columns; problems differ in difficulty, arms in obedience."""
    rng = np.random.default_rng(seed)
    row = np.arange(records)
    sample, rest = row % SAMPLES, row // SAMPLES
    arm, rest = rest % 2, rest // 2
    bare, item = rest % 8 == 7, rest // 8 * 8 + rest % 8
    problem = item // 8
    skill = rng.normal(size=int(problem.max()) + 1)[problem]
    length = rng.lognormal(6 + 0.3 * arm, 0.5, records)
    chance = 1 / (1 + np.exp(-(2.2 + 0.5 * skill - 0.2 * arm - 2.5 * bare)))
    obeyed = rng.random((records, CONSTRAINTS)) < chance[:, None]
    correct = rng.random(records) < 1 / (1 + np.exp(-0.8 - skill))
    cut = rng.random(records) < 0.02
    obeyed &= ~cut[:, None]
    correct &= ~cut
    hard = obeyed.all(1)
    # all verdicts of one record in one flat column, then a list a record
    flat = pl.DataFrame(
        {
            "constraint": np.tile([t[0] for t in TYPES], records),
            "obeyed": obeyed.ravel(),
            "family": np.tile([t[1] for t in TYPES], records),
            "params": np.tile([json.dumps(t[2]) for t in TYPES], records),
        }
    )
    verdict = schema()["verdicts"].inner.fields  # type: ignore[attr-defined]
    filled = {"observed": "0", "wanted": "as asked", "reason": "", "scope": "answer"}
    struct = flat.select(
        pl.struct(
            *(
                pl.col(f.name)
                if f.name in flat.columns
                else pl.lit(filled.get(f.name), dtype=f.dtype).alias(f.name)
                for f in verdict
            )
        ).alias("verdicts")
    )["verdicts"]
    lists = struct.reshape((records, CONSTRAINTS)).arr.to_list().alias("verdicts")
    frame = pl.DataFrame(
        {
            "benchmark": pl.Series(["crossed"]).new_from_index(0, records),
            "item": pl.Series("item", item).cast(pl.String),
            "problem": pl.Series("problem", problem).cast(pl.String),
            "source": pl.Series("s", problem % 5).cast(pl.String),
            "group": pl.Series(["eight"]).new_from_index(0, records),
            "difficulty": (problem % 6).astype(float),
            "condition": np.where(bare, "without", "with"),
            "arm": np.where(arm == 1, "reminder", "plain"),
            "n_constraints": np.full(records, CONSTRAINTS),
            "reference": pl.Series(["42"]).new_from_index(0, records),
            "model": pl.Series(["simulated"]).new_from_index(0, records),
            "sample": sample,
            "status": np.where(cut, "truncated", "complete"),
            "answer": pl.Series(["We add them, and so it is 42.\n\n\\boxed{42}"]).new_from_index(
                0, records
            ),
            "tokens_in": np.full(records, 200),
            "tokens_out": length.astype(int),
            "tokens_thinking": (0.8 * length).astype(int),
            "verdicts": lists,
            "turn": np.zeros(records, int),
            "fork": pl.Series([""]).new_from_index(0, records),
            "hard": hard,
            "soft": obeyed.mean(1),
            "undetermined": np.zeros(records, int),
            "found": pl.Series(["42"]).new_from_index(0, records),
            "correct": correct,
            "joint": hard & correct,
        }
    )
    rest_of = [
        pl.lit(None, dtype=dtype).alias(name)
        for name, dtype in schema().items()
        if name not in frame.columns
    ]
    frame = frame.with_columns(rest_of)
    return widen(frame.cast(dict(schema())))  # type: ignore[arg-type]


def gigabytes() -> float:
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held / (1e9 if sys.platform == "darwin" else 1e6)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--records", type=int, default=1_000_000)
    records = parser.parse_args().records
    start = time.perf_counter()
    frame = simulated(records)
    table = Table(frame, records, {}, Path("simulated/records.parquet"))
    print(
        f"{records:,} records of {CONSTRAINTS} constraints simulated in "
        f"{time.perf_counter() - start:.1f} s; {gigabytes():.2f} GB held at most"
    )
    plain, reminder = ({"arm": name} for name in ("plain", "reminder"))
    parts: dict[str, Callable[[], object]] = {
        "summary (bridle report)": lambda: summarise([table]),
        "compare (two arms)": lambda: compare(
            side(table, "plain", where=plain), side(table, "reminder", where=reminder)
        ),
        "why": lambda: why(table),
    }
    total = 0.0
    for name, part in parts.items():
        start = time.perf_counter()
        part()
        taken = time.perf_counter() - start
        total += taken
        print(f"  {name:28}{taken:7.1f} s   peak {gigabytes():5.2f} GB", flush=True)
    print(f"  {'all':28}{total:7.1f} s   on {os.cpu_count()} cores")


if __name__ == "__main__":
    main()
