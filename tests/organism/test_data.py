"""The honesty of the data: no finding is planted.

Whether an answer obeys must not depend on how long the thinking is, how many steps the problem has,
how many constraints there are or where they stand. The plainest way: it always obeys. And the
length of the thinking must not follow the constraints, or else a model could learn that link.
"""

from __future__ import annotations

import random
import re
import statistics

import pytest

from bridle.maths import equal, find_answer
from bridle.organism.training.data import CHECKS, LONGEST, encoded, sample, think
from bridle.organism.training.rules import FAMILIES, as_mathif_says, draw, worded
from bridle.problems.generated import generate
from bridle.responses import read_response


@pytest.fixture(scope="module")
def stream():
    return [sample(i, seed=4) for i in range(500)]


def test_every_answer_obeys_every_constraint_and_is_right(stream):
    for made in stream:
        read = read_response(made.prompt.rpartition("assistant\n")[2] + made.completion)
        assert read.status == "complete"
        assert read.answer == made.answer.strip()
        assert all(rule.obeyed_by(read.answer) for rule in made.constraints), made
        if made.steps:
            gold = re.search(r"\\boxed\{(\d+)\}", made.answer).group(1)
            found = find_answer(read.answer)
            assert found is not None and equal(gold, found.text).equal


def test_the_answer_is_the_problems(stream):
    # By the thoughts' own last line, which is written from the solution.
    for made in stream:
        if made.steps and "<think>\n" in made.completion:
            said = re.search(r"So (\d+)\.\n</think>", made.completion).group(1)
            assert f"\\boxed{{{said}}}" in made.answer


def test_all_lengths_of_thinking_all_steps_and_all_places_occur_with_constraints(stream):
    asked = [m for m in stream if m.constraints and m.layout != "drill"]
    assert {m.steps for m in asked} == set(range(1, 7))
    assert {m.layout for m in asked} == {"after", "before", "mathif"}
    assert min(m.thoughts for m in asked) == 0 and max(m.thoughts for m in asked) > 800
    assert {len(m.constraints) for m in asked} == {1, 2, 3}
    families = {rule.family for m in asked for rule in m.constraints}
    assert len(families) == len(FAMILIES)


@pytest.mark.parametrize("stage", ["last", "numbers"])
def test_the_last_stages_are_as_honest(stage):
    rules: set[str] = set()
    for made in (sample(i, seed=4, stage=stage) for i in range(250)):
        rules |= {rule.name for rule in made.constraints}
        assert all(rule.obeyed_by(made.answer) for rule in made.constraints), made
    assert len(rules) >= 24


def test_copy_drills_are_copies_and_nothing_else(stream):
    drills = [m for m in stream if m.layout == "drill" and m.constraints]
    assert drills
    for made in drills:
        assert made.thoughts == 0 and made.steps == 0 and len(made.constraints) == 1
        assert made.constraints[0].obeyed_by(made.answer)


def test_effort_says_how_often_the_work_is_checked_and_nothing_of_the_constraints(stream):
    named = [m for m in stream if m.effort]
    assert {m.effort for m in named} == set(CHECKS)
    for made in named:
        assert f"system\nReasoning: {made.effort}<|im_end|>" in made.prompt
        assert made.completion.count("\nCheck ") == CHECKS[made.effort]
    asked = [len(m.constraints) > 0 for m in stream if m.layout != "drill" and m.steps > 1]
    with_effort = [len(m.constraints) > 0 for m in named if m.steps > 1]
    assert abs(statistics.mean(with_effort) - statistics.mean(asked)) < 0.2


def test_thinking_is_as_long_with_constraints_as_without(stream):
    # The difference in standard errors, steps held fixed; by chance it is of the order of one.
    total = 0.0
    for steps in range(1, 7):
        few = [m.thoughts for m in stream if m.steps == steps and len(m.constraints) < 2]
        many = [m.thoughts for m in stream if m.steps == steps and len(m.constraints) > 1]
        spread = statistics.stdev(few + many)
        error = spread * (1 / len(few) + 1 / len(many)) ** 0.5
        total += (statistics.mean(many) - statistics.mean(few)) / error
    assert abs(total) / 6**0.5 < 4


def test_thoughts_are_drawn_without_a_look_at_the_constraints():
    steps = generate(3, seed=1, steps=4).steps
    assert think(random.Random(5), steps) == think(random.Random(5), steps)
    lengths = {len(think(random.Random(i), steps)) for i in range(60)}
    assert max(lengths) > 3 * min(lengths)


def test_the_stream_is_the_same_again_and_another_with_another_seed():
    assert [sample(i, seed=9) for i in range(12)] == [sample(i, seed=9) for i in range(12)]
    assert sample(0, seed=9) != sample(0, seed=10)


def test_constraints_are_said_in_all_their_phrasings_and_mathifs():
    rng = random.Random(0)
    said: dict[str, set[str]] = {}
    mathif = 0
    for i in range(900):
        for rule in draw(rng, generate(i % 40, seed=3).problem, 2):
            words = worded(rng, rule)
            mathif += words == as_mathif_says(rule)
            for index in range(len(rule.phrasings())):
                if words == rule.describe(index):
                    said.setdefault(rule.name, set()).add(str(index))
            assert words in {*rule.phrasings(), as_mathif_says(rule)}
    assert mathif > 30
    assert all(len(seen) >= 3 for seen in said.values()), said
    assert len(said) == 27


def test_samples_fit_the_training_window():
    fit = [encoded(i, 4, "late") is not None for i in range(120)]
    assert sum(fit) > 110
    row = next(r for i in range(9) if (r := encoded(i, 4, stage="early")) is not None)
    assert 0 < row[1] < len(row[0]) <= LONGEST
