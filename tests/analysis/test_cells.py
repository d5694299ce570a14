"""Arms with several levels in one study are told apart, and each is set beside its own control."""

from __future__ import annotations

from pathlib import Path

from bridle import benchmarks, records
from bridle.analysis.cells import by_cell, control_of
from bridle.analysis.why import why
from bridle.studies import study


def test_levels_of_an_arm_are_arms_of_their_own(tmp_path: Path) -> None:
    made = benchmarks.load("crossed", limit=6, seed=1)
    arms = ["plain", "position:where=before", "position:where=system", "rewrite"]
    study.run(
        tmp_path / "s", benchmark=made, models=["scripted/say:4"], arms=arms, conditions=["with"]
    )
    table = records.read(tmp_path / "s")
    assert sorted(by_cell(table).frame["arm"].unique()) == [
        "plain", "position:where=before", "position:where=system", "rewrite",
    ]  # fmt: skip
    assert [arm.arm for arm in why(table).arms] == [
        "position:where=before", "position:where=system", "rewrite",
    ]  # fmt: skip


def test_a_control_has_the_same_levels() -> None:
    there = ["wait:times=2", "wait_neutral:times=2", "wait_neutral:times=4", "plain"]
    assert control_of("wait:times=2", there) == "wait_neutral:times=2"
    assert control_of("wait:times=1", there) == "wait_neutral:times=1"  # which is not in this study
    assert control_of("nobody's", there) == ""
