"""The plan: which calls, under which seeds, and when a folder holds another study."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from types import ModuleType

import pytest

from bridle.benchmarks.base import Benchmark, Decoding
from bridle.benchmarks.item import Item
from bridle.errors import BridleError, DataError
from bridle.problems.base import Problem
from bridle.studies.plan import Call, Plan, load_plan, make_plan


def plan(tiny: ModuleType, count: int = 3, **options) -> Plan:
    return make_plan(tiny.sums(count), **options)


def test_every_call_is_planned_once(tiny: ModuleType) -> None:
    made = plan(tiny, 3, models=["organism", "scripted/echo"], samples=2)
    calls = made.calls()
    assert len(calls) == len(set(calls)) == made.planned == 2 * 3 * 2 * 2
    assert calls[0] == Call("organism", "sum:0", "with", "plain", 0)
    assert plan(tiny, 3, conditions=["without"]).planned == 3


def one_text() -> Benchmark:
    """A benchmark whose prompts are one text with their constraints, as IFEval's."""
    item = Item(
        id="1",
        problem=Problem(id="1", question="Say pi in capitals.", answer=None),
        constraints=(),
        prompt="Say pi in capitals.",
        bare_prompt=None,
        benchmark="one",
    )
    return Benchmark(name="one", items=(item,))


def test_without_bare_prompts_there_is_one_condition() -> None:
    made = make_plan(one_text())
    assert [c.condition for c in made.calls()] == ["with"]
    assert made.tokens()[0] == len("Say pi in capitals.") // 4
    assert make_plan(one_text(), conditions=["with"]) == made
    for conditions in (["without"], ["with", "without"]):
        with pytest.raises(BridleError, match="no form without constraints") as caught:
            make_plan(one_text(), conditions=conditions)
        assert caught.value.hint == "--conditions with, or leave it out"


def test_seeds_depend_on_seed_item_condition_and_sample_alone(tiny: ModuleType) -> None:
    first = plan(tiny, 20, models=["organism", "scripted/echo"], samples=3, seed=5)
    seeds = {c[1:]: first.seed_of(c) for c in first.calls()}
    assert len(set(seeds.values())) == 20 * 2 * 3  # distinct, and the same for both models
    assert all(0 <= s < 2**31 for s in seeds.values())
    longer = plan(tiny, 25, samples=4, seed=5)
    assert all(longer.seed_of(c) == seeds[c[1:]] for c in longer.calls() if c[1:] in seeds)
    other = plan(tiny, 20, samples=3, seed=6)
    assert all(other.seed_of(c) != seeds[c[1:]] for c in other.calls())


def test_decoding_is_the_benchmarks_own_unless_said_otherwise(tiny: ModuleType) -> None:
    own = plan(tiny).decoding
    assert own == {
        "temperature": 1.0,
        "top_p": None,
        "max_tokens": 64,
        "reasoning_effort": None,
    }
    greedy = plan(tiny, temperature=0.0, top_p=0.5).decoding
    assert (greedy["temperature"], greedy["top_p"], greedy["max_tokens"]) == (0.0, 0.5, 64)


def test_the_file_holds_the_plan(tiny: ModuleType, tmp_path: Path) -> None:
    made = plan(tiny, 4, models=["a/b"], samples=2, seed=-3, temperature=0.7)
    made.save(tmp_path / "study.json")
    assert load_plan(tmp_path / "study.json") == made
    assert json.loads((tmp_path / "study.json").read_text())["planned"] == made.planned
    assert [p.name for p in tmp_path.iterdir()] == ["study.json"]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"planned": 1}', '{"planned": 1, "models": 3}'])
def test_a_file_that_is_no_plan_is_named(text: str, tmp_path: Path) -> None:
    (tmp_path / "study.json").write_text(text)
    with pytest.raises(DataError, match=r"study\.json"):
        load_plan(tmp_path / "study.json")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"models": ["scripted/echo"]}, "models: organism there, scripted/echo now"),
        ({"samples": 2}, "samples: 1 there, 2 now"),
        ({"seed": 1}, "seed: 0 there, 1 now"),
        ({"conditions": ["with"]}, "conditions: with, without there, with now"),
        ({"temperature": 0.0}, "temperature: 1.0 there, 0.0 now"),
        ({"reasoning_effort": "low"}, "reasoning_effort: None there, 'low' now"),
        ({"count": 4}, "items: 3 there, 4 now"),
    ],
)
def test_another_study_is_told_by_what_differs(tiny: ModuleType, change, words: str) -> None:
    assert plan(tiny).differences(plan(tiny, **change)) == [words]


def test_other_prompts_under_the_same_ids_are_another_study(tiny: ModuleType) -> None:
    mine = tiny.sums(2)
    item = dataclasses.replace(mine.items[1], bare_prompt="What?")
    theirs = dataclasses.replace(mine, items=(mine.items[0], item))
    assert make_plan(mine).differences(make_plan(theirs)) == [
        "items: the same ids, but other prompts"
    ]


def test_what_decides_nothing_is_not_compared(tiny: ModuleType) -> None:
    made = plan(tiny)
    other = dataclasses.replace(made, bridle_version="9.9", loaded={"data": "elsewhere"})
    assert made.differences(other) == []


def test_tokens_are_estimated(tiny: ModuleType) -> None:
    made = plan(tiny, 10, samples=2)
    into, most = made.tokens()
    characters = sum(len(i.prompt) + len(i.bare_prompt) for i in tiny.sums(10).items)
    assert into == 2 * characters // 4 and most == 64 * made.planned
    unlimited = make_plan(tiny.sums(1, decoding=Decoding()))
    assert unlimited.tokens()[1] is None


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"models": []}, "at least one model"),
        ({"models": ["a/b", "a/b"]}, "given twice"),
        ({"conditions": []}, "at least one condition"),
        ({"samples": 0}, "samples=0"),
        ({"models": ["organsim"]}, "Did you mean 'organism'"),
        ({"models": ["openai-api/x"]}, "openai-api/local/x"),
    ],
)
def test_impossible_plans_say_why(tiny: ModuleType, options, words: str) -> None:
    with pytest.raises(BridleError, match=words):
        plan(tiny, **options)


def test_no_items_no_study() -> None:
    with pytest.raises(BridleError, match="no items"):
        make_plan(Benchmark(name="empty", items=()))
