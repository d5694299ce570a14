"""A figure of a probe in words: with its interval, and of few problems without one."""

from __future__ import annotations

import polars as pl

from bridle.analysis.probes.base import paired, share


def rows(problems: int, value: float) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "problem": [f"p{i}" for i in range(problems)],
            "item": [f"i{i}" for i in range(problems)],
            "turn": [0] * problems,
            "hard": [value] * (problems - 1) + [0.0],
        }
    )


def test_few_problems_have_no_interval() -> None:
    few, many = (share("k", "obeyed", rows(n, 1.0), "hard").words() for n in (3, 12))
    assert few == "66.7 %, n 3: too few problems for an interval"
    assert many.startswith("91.7 % [") and many.endswith("], n 12")
    less = paired("k", "obeyed", rows(3, 0.0), rows(3, 1.0), "hard").words()
    assert less == "−66.7 points, n 3: too few problems for an interval"
