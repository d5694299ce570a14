"""A study that stops when its question is answered, and what it costs before it begins."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from bridle import benchmarks, records
from bridle.cli import main
from bridle.studies.cost import can_see, estimate, fits
from bridle.studies.deciding import decide
from bridle.studies.plan import make_plan
from bridle.studies.question import read_question
from bridle.studies.study import Study


def study(tmp_path: Path, arms: list[str], items: int = 150, samples: int = 1) -> Study:
    made = benchmarks.load("crossed", limit=items, seed=1)
    plan = make_plan(
        made, models=["scripted/say:\\boxed{1}"], arms=arms, conditions=["with"], samples=samples,
        max_tokens=100,
    )  # fmt: skip
    return Study(tmp_path / "s", plan, made)


@pytest.mark.parametrize("any_time", [False, True])
def test_no_difference_stops_early_and_says_so(any_time: bool, tmp_path: Path) -> None:
    one = study(tmp_path, ["plain", "reminder"])
    said: list[str] = []
    found = decide(
        one, read_question("reminder vs plain on hard"), run=lambda items: one.run(only=items),
        any_time=any_time, say=said.append,
    )  # fmt: skip
    # the same text under both arms: nothing flips
    assert found.value == 0 and found.verdict in ("too small to matter", "futile", "cannot tell")
    assert any("% flip" in line for line in said)
    assert records.read(tmp_path / "s", texts=False).frame.height == 2 * found.pairs


def test_it_goes_on_where_it_stopped_and_draws_whole_problems(tmp_path: Path) -> None:
    one = study(tmp_path, ["plain", "position:where=before"], items=12)
    first = one.run(only=set(list(one.items)[:3]))
    assert (first.answered, first.missing) == (6, 18)
    assert one.run().complete


def test_a_question_of_arms_that_are_not_there_is_refused(tmp_path: Path) -> None:
    one = study(
        tmp_path, ["plain", "wait:times=1,seam=template", "wait:times=2,seam=template"], items=3
    )
    with pytest.raises(Exception, match="0 arms 'rewrite'"):
        decide(one, read_question("rewrite vs plain on hard"), run=lambda _: one.run())
    with pytest.raises(Exception, match="2 arms 'wait'"):
        decide(one, read_question("wait vs plain on hard"), run=lambda _: one.run())


def test_price_counts_every_step_and_a_budget_says_how_many_items_fit(tmp_path: Path) -> None:
    prices = {"scripted/say:\\boxed{1}": (0.0, 10.0)}
    plain = study(tmp_path, ["plain"], items=30)
    both = study(tmp_path, ["plain", "rewrite"], items=30)
    one = estimate(plain.plan, plain.items, prices)
    three = estimate(both.plan, both.items, prices)
    assert (one.requests, three.requests) == (30, 90)
    assert one.usd == pytest.approx(30 * 100 * 10 / 1e6)
    assert three.usd == pytest.approx(3 * one.usd)
    assert fits(three.usd / 2, both.plan, both.items, prices) == 15
    wait = study(tmp_path, ["plain", "cap:seam=template"], items=30)
    assert estimate(wait.plan, wait.items, prices).requests == 30 + 60


def test_what_it_can_see_is_the_design_tables() -> None:
    for items, seen in ((150, (0.089, 0.114)), (750, (0.040, 0.051)), (3000, (0.020, 0.026))):
        plan = make_plan(benchmarks.load("crossed", limit=3), models=["scripted/echo"])
        plan = type(plan)(
            **{f: getattr(plan, f) for f in plan.__slots__} | {"item_ids": ("i",) * items}
        )
        # the table has no design effect, of which the smallest panel gets less
        assert can_see(plan) == pytest.approx([s * 1.1**0.5 for s in seen], rel=0.04)


FILE = """\
models: ["scripted/say:4"]
benchmark: crossed
items: 30
conditions: with
max_tokens: 100
arms: [plain, rewrite]
primary: rewrite vs plain on joint
prices: {"scripted/say:4": {in: 0, out: 10}}
"""


def test_a_study_file_runs_by_one_command_and_keeps_a_budget(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def bridle(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["bridle", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        return (int(ended.value.code or 0), *capsys.readouterr())

    (tmp_path / "s.yaml").write_text(FILE, encoding="utf-8")
    base = ["run", str(tmp_path / "s.yaml"), "--out", str(tmp_path / "o")]
    code, out, err = bridle(*base, "--dry-run")
    assert code == 0, err
    for part in ("at most 0.09 USD", "about 90,", "points where", "rewrite vs plain on joint"):
        assert part in out, out
    code, _, err = bridle(*base, "--budget", "0.03")
    assert code == 2 and "10 of its 30 items" in err
    assert not (tmp_path / "o").exists()
    code, out, err = bridle(*base, "--budget", "0.03", "--shrink", "--json")
    assert code == 0 and json.loads(out)["answered"] == 20, err
    again = [*base[:3], str(tmp_path / "d"), "--decide", "rewrite vs plain on hard", "--json"]
    code, out, err = bridle(*again)
    assert code == 0 and json.loads(out)["value"] == 0, err
