"""What the arms learn from: the same problems whatever the arm, right answers, a panel with its cells."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import data

from bridle import benchmarks
from bridle.maths import find_answer

PANEL = Path(__file__).parents[2] / "studies" / "training" / "panel.jsonl"


def test_arms_share_their_problems_and_differ_in_the_share_of_constraints() -> None:
    bare = data.prompts(20, (4, 5), seed=1)
    some = data.prompts(20, (4, 5), seed=1, constrained=0.3)
    assert [i.problem.question for i in bare] == [i.problem.question for i in some]
    assert not any(i.constraints for i in bare)
    assert sum(bool(i.constraints) for i in some) == 6
    assert {i.problem.difficulty for i in bare} == {4.0, 5.0}
    assert [i.prompt for i in data.prompts(20, (4, 5), seed=2)] != [i.prompt for i in bare]


def test_long_thoughts_work_every_step_out_check_it_and_end_in_the_answer() -> None:
    for row in data.long_thoughts(20, (4, 8), seed=1):
        found = find_answer(row.answer)
        assert found is not None
        assert row.thought.endswith(f"So {found.text}.")
        assert row.thought.count("=") >= 2 * 4
        assert 1 <= row.thought.count("Check ") <= 3
        for equation in row.thought.split("Check 1:")[1].split("\n")[0].split():
            left, _, right = equation.partition("=")
            assert eval(left, {"__builtins__": {}}) == int(right)  # our own text: sums of numbers


def test_the_panel_has_its_cells() -> None:
    items = benchmarks.load("custom", data=PANEL).items
    crossed = [i for i in items if i.group != "trivial"]
    cells = Counter((i.problem.difficulty, len(i.constraints)) for i in crossed)
    assert set(cells) == {(float(d), n) for d in range(1, 9) for n in range(4)}
    assert set(cells.values()) == {10}
    trivial = [i for i in items if i.group == "trivial"]
    assert len(trivial) == 40 and all(i.constraints for i in trivial)
    assert len({i.problem.id for i in crossed}) == 80  # a problem under 0, 1, 2 and 3 constraints
    trained_on = {
        i.problem.question for s in (1, 2, 3) for i in data.prompts(96, range(4, 9), seed=s)
    }
    assert not trained_on & {json.loads(line)["question"] for line in PANEL.open()}
