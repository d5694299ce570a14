"""Length: bins hold every answer once, and the three slopes tell difficulty from what an arm does."""

from __future__ import annotations

import itertools

import numpy as np
import polars as pl
import pytest

from bridle.analysis.arm_effects import effects
from bridle.analysis.lengths import ACROSS, WITHIN, bins, slopes
from bridle.statistics import Estimate


@pytest.fixture(scope="module")
def frame() -> pl.DataFrame:
    """Hard items get long thoughts and are failed; within an item length does nothing; the arm "long"
    doubles it and costs a tenth."""
    rng = np.random.default_rng(5)
    rows: list[dict[str, object]] = []
    for item in range(120):
        hard = item / 120
        for arm, factor, loss in (("plain", 1, 0.0), ("long", 2, 0.1), ("idle", 1, 0.0)):
            for sample in range(8):
                tokens = factor * 50 * 2 ** (3 * hard + rng.normal() * 0.5)
                obeyed = bool(rng.random() < 0.95 - 0.6 * hard - loss)
                rows.append(
                    {
                        "model": "m", "arm": arm, "who": f"m · {arm}", "benchmark": "b", "item": str(item),
                        "cluster": item, "status": "complete", "bare": False, "hard": obeyed,
                        "correct": True, "joint": obeyed, "tokens_thinking": int(tokens),
                        "tokens_out": int(tokens) + 10, "sample": sample,
                    }
                )  # fmt: skip
    return pl.DataFrame(rows)


def test_bins_hold_every_answer_once_and_are_as_large(frame: pl.DataFrame) -> None:
    found = bins(frame.filter(pl.col("arm") == "plain"))
    assert len(found) == 6 and sum(b.obeyed.n for b in found) == 120 * 8
    assert all(150 <= b.obeyed.n <= 170 for b in found)
    for a, b in itertools.pairwise(found):
        assert a.low <= a.middle <= a.high < b.low
    assert found[0].obeyed.value > found[-1].obeyed.value + 0.3


def test_few_answers_or_one_length_make_no_bins(frame: pl.DataFrame) -> None:
    plain = frame.filter(pl.col("arm") == "plain")
    assert bins(plain.head(20)) == []
    (one,) = bins(plain.with_columns(tokens_thinking=pl.lit(7)))
    assert (one.low, one.high, one.obeyed.n) == (7, 7, 960)


def test_the_slopes_mean_different_things(frame: pl.DataFrame) -> None:
    found = {s.how: s.change for s in slopes(frame)}
    across, within, arm = found[ACROSS], found[WITHIN], found["by the arm long"]
    assert isinstance(across, Estimate) and across.high < -0.1
    assert isinstance(within, Estimate) and within.low < 0 < within.high
    assert isinstance(arm, Estimate) and arm.low < -0.1 < arm.high
    assert (
        isinstance(found["by the arm idle"], str) and "hardly changes" in found["by the arm idle"]
    )


def test_arms_are_paired_with_the_plain_one(frame: pl.DataFrame) -> None:
    found = {effect.arm: effect for effect in effects(frame)}
    assert list(found) == ["idle", "long"]  # the one that recovers most goes first
    change = found["long"].changes["joint"].estimate
    assert change.low < -0.1 < change.high and change.n == 120
    tokens = found["long"].tokens
    assert tokens is not None and tokens.value == pytest.approx(1.95, abs=0.1)
    idle = found["idle"].changes["hard"].estimate
    assert idle.low < 0 < idle.high


def test_without_a_plain_arm_nothing_is_paired(frame: pl.DataFrame) -> None:
    assert effects(frame.filter(pl.col("arm") != "plain")) == []
