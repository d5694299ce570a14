"""Crossed items: the same from the same seed, balanced, nested, and each of them satisfiable."""

from __future__ import annotations

import collections
from typing import Any

import pytest

from bridle import benchmarks
from bridle.benchmarks.prompts import ask
from bridle.constraints import Conflict, witness
from bridle.errors import BridleError
from bridle.grading import grade
from bridle.responses import read_response


@pytest.fixture(scope="module")
def items() -> Any:
    return benchmarks.load("crossed").items


def problems(items: Any) -> dict[str, list[Any]]:
    grouped: dict[str, list[Any]] = {}
    for item in items:
        grouped.setdefault(item.problem.id, []).append(item)
    return grouped


def test_the_size(items: Any) -> None:
    assert len({i.id for i in items}) == len(items) == 240
    assert collections.Counter(i.group for i in items) == {"single": 80, "double": 80, "triple": 80}


def test_the_same_seed_gives_the_same_items(items: Any) -> None:
    again = benchmarks.load("crossed", limit=31).items
    assert again == items[:31]
    other = benchmarks.load("crossed", limit=31, seed=1).items
    assert not {i.problem.question for i in other} & {i.problem.question for i in again}
    assert not {i.id for i in other} & {i.id for i in again}


def test_a_problem_is_asked_under_one_two_and_three_constraints(items: Any) -> None:
    for one, two, three in problems(items).values():
        assert [len(i.constraints) for i in (one, two, three)] == [1, 2, 3]
        assert set(one.constraints) < set(two.constraints) < set(three.constraints)
        assert one.bare_prompt == two.bare_prompt == three.bare_prompt
        assert one.bare_prompt == ask(one.problem.question, [])
        for item in (one, two, three):
            assert item.prompt.startswith(item.bare_prompt + "\n")
            for constraint in item.constraints:
                said = [constraint.describe(i) for i in range(len(constraint.phrasings()))]
                assert sum(s in item.prompt for s in said) >= 1


def test_families_take_turns(items: Any) -> None:
    bundles = list(problems(items).values())[:64]  # eight blocks of eight
    first = collections.Counter(one.constraints[0].family for one, _, _ in bundles)
    assert len(first) >= 7
    assert max(first.values()) - min(first.values()) <= 8
    kinds = collections.Counter(c.name for _, _, three in bundles for c in three.constraints)
    assert len(kinds) >= 15
    for _, _, three in bundles:
        assert len({c.name for c in three.constraints}) == 3


def test_phrasings_vary(items: Any) -> None:
    said = collections.Counter(i.prompt.rsplit("\n", 1)[1] for i in items if i.group == "single")
    assert len(said) > 40


@pytest.mark.parametrize("part", [0, 1, 2])
def test_every_item_has_a_witness(items: Any, part: int) -> None:
    for item in items[part::9]:
        text = witness(item.constraints, item.problem.answer)
        assert not isinstance(text, Conflict), item.id
        assert all(c.obeyed_by(text) for c in item.constraints), (item.id, text)
        assert f"\\boxed{{{item.problem.answer}}}" in text
        judged = grade(item, read_response(f"<think>So.</think>{text}"), condition="with")
        assert judged.joint is True, (item.id, text)


def test_difficulty_and_number_of_constraints_are_not_tied(items: Any) -> None:
    for group in ("single", "double", "triple"):
        steps = collections.Counter(i.problem.difficulty for i in items if i.group == group)
        assert len(steps) == 6
        assert max(steps.values()) - min(steps.values()) <= 1


def test_bad_arguments() -> None:
    with pytest.raises(BridleError, match="leaves nothing"):
        benchmarks.load("crossed", limit=0)
    with pytest.raises(BridleError, match="reads no data"):
        benchmarks.load("crossed", data="somewhere")
