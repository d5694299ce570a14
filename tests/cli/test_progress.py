"""What is said while a run is on its way: begun, errors, rate, time left, how many of the latest obeyed."""

from __future__ import annotations

from pathlib import Path

import pytest

from bridle import benchmarks
from bridle.calls import Reply
from bridle.cli.progress import Progress, rate_words
from bridle.constraints import witness
from bridle.studies.plan import make_plan
from bridle.studies.study import Study


def study(tmp_path: Path, arm: str = "plain") -> Study:
    items = benchmarks.load("crossed", limit=6, seed=0)
    return Study(tmp_path / "s", make_plan(items, arms=[arm]), items)


@pytest.mark.parametrize(
    ("made", "seconds", "words"),
    [
        (400, 1, "400 of 2,000, 400 a second, 0:04 left"),
        (400, 100, "400 of 2,000, 4.0 a second, 6:40 left"),
        (400, 4_000, "400 of 2,000, 6.0 a minute, 4:26:40 left"),
        (0, 10, "400 of 2,000"),
    ],
)
def test_the_rate_is_said_in_the_unit_that_shows_it(made: int, seconds: float, words: str) -> None:
    assert rate_words(400, 2_000, made, seconds, noun="") == words


def test_the_latest_answers_are_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Progress, "MINUTE", 0.0)
    made = study(tmp_path)
    calls = [call for call in made.plan.calls() if call.condition == "with"]
    progress = Progress(made, 12)
    for number, call in enumerate(calls):
        item = made.items[call.item]
        good = str(witness(item.constraints, item.problem.answer))
        bad = item.constraints[0].violate(good)
        reply = Reply(error="no reply") if number == 5 else Reply(raw=bad if number < 2 else good)
        progress._watch(call, reply)
    assert progress.words(5.0) == "6 of 12, 1 error, 1.0 a second, 0:06 left; obeyed: 60 % of 5"


def test_an_arm_of_several_steps_says_its_calls_and_is_looked_at_when_it_has_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Progress, "MINUTE", 0.0)
    made = study(tmp_path, "wait:times=1")
    call = next(call for call in made.plan.calls() if call.condition == "with")
    progress = Progress(made, 12)
    monkeypatch.setattr(progress, "told", float("inf"))
    known: dict[object, Reply] = {}
    while (drawing := made.drawing(call, known)).pending is not None:  # type: ignore[arg-type]
        reply = Reply(raw="<think>so</think>No, this is it." if known else "<think>so")
        known[drawing.key] = reply
        progress._watch(drawing.key, reply)
        assert progress.looked_at == 0
    progress._look()
    assert len(known) > 1 and progress.looked_at == 1
    assert f"1 of 12, {len(known)} calls" in progress.words(1.0)


def test_what_is_kept_to_be_looked_at_is_bounded(tmp_path: Path) -> None:
    made = study(tmp_path)
    call = next(call for call in made.plan.calls() if call.condition == "with")
    progress = Progress(made, 10_000)
    for sample in range(1_000):
        progress._watch(call._replace(sample=sample), Reply(raw="x"))
    assert len(progress.latest) <= 4 * Progress.LOOKED_AT and progress.begun == 1_000
