"""A study grows in items, samples, models, arms and levels, and nothing is asked twice."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from bridle import records
from bridle.benchmarks.base import Benchmark
from bridle.constraints import get
from bridle.errors import BridleError
from bridle.studies.growth import growth, joined
from bridle.studies.plan import Plan, load_plan, make_plan
from bridle.studies.study import Study, run

ME = "openai-api/local/m"


def ask(out: Path, url: str, benchmark: Benchmark, **options: Any) -> Any:
    given = {"models": [ME], "conditions": ["with"], **options}
    return run(out, benchmark=benchmark, base_url=url, **given)


def test_what_was_paid_for_is_never_asked_again(
    tiny: ModuleType, chat_server: Callable[..., Any], tmp_path: Path
) -> None:
    server = chat_server()
    steps: list[tuple[int, dict[str, Any], int, int]] = [
        (2, {}, 2, 2),  # items, options, calls made, records then
        (4, {}, 2, 4),
        (4, {"samples": 2}, 4, 8),
        (4, {"samples": 2, "arms": ["reminder"]}, 8, 16),
        (4, {"samples": 2, "conditions": ["with", "without"]}, 16, 32),
        (4, {"samples": 2, "conditions": ["with", "without"]}, 0, 32),
    ]
    for count, options, made, planned in steps:
        state = ask(tmp_path, server.url, tiny.sums(count), **options)
        assert state.complete and (state.made, state.planned) == (made, planned), options
        assert records.read(tmp_path).frame.height == planned
    assert set(server.calls().values()) == {1}
    other = ask(tmp_path, server.url, tiny.sums(4), samples=2, models=["openai-api/local/n"],
                conditions=["with", "without"])  # fmt: skip
    assert other.complete and other.planned == 64
    assert load_plan(tmp_path / "study.json").models == (ME, "openai-api/local/n")


def test_a_label_is_written_down_and_may_be_changed(tiny: ModuleType, tmp_path: Path) -> None:
    for label in ("first", None, "second"):
        run(tmp_path, benchmark=tiny.sums(1), models=["scripted/say:1"], label=label)
        assert records.read(tmp_path).name == (label or "first")


def rules(benchmark: Benchmark, change: Callable[[Any], Any]) -> Benchmark:
    first, *rest = benchmark.items
    return dataclasses.replace(benchmark, items=(change(first), *rest))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda i: dataclasses.replace(i, prompt="Other?"), "the item sum:0: another prompt"),
        (lambda i: dataclasses.replace(i, constraints=(get("no_comma"),)), "the item sum:0"),
        (
            lambda i: dataclasses.replace(i, problem=dataclasses.replace(i.problem, answer="7")),
            "the item sum:0",
        ),
        (lambda i: dataclasses.replace(i, id="else"), "items: 2 there, 3 now"),
    ],
)
def test_an_item_that_was_asked_stays_what_it_was(
    tiny: ModuleType, tmp_path: Path, change: Callable[[Any], Any], said: str
) -> None:
    held = make_plan(tiny.sums(2))
    held.save(tmp_path / "study.json")
    before = (tmp_path / "study.json").read_bytes()
    grown = rules(tiny.sums(3), change)
    with pytest.raises(BridleError, match="a study only grows") as caught:
        Study(tmp_path, make_plan(grown), grown)
    assert said in caught.value.what and "holds another study" in caught.value.what
    assert (tmp_path / "study.json").read_bytes() == before


def plan(tiny: ModuleType, count: int, **options: Any) -> tuple[Plan, dict[str, Any]]:
    made = tiny.sums(count)
    return make_plan(made, **options), {item.id: item for item in made.items}


def test_a_file_that_holds_more_items_is_growth_where_each_is_known(tiny: ModuleType) -> None:
    """The file's checksum is another one; that its first items are the same is known from their hashes."""
    made = [
        dataclasses.replace(tiny.sums(n), provenance={"file": "x.jsonl", "sha256": str(n)})
        for n in (2, 3)
    ]
    held, asked = map(make_plan, made)
    items = {item.id: item for item in made[1].items}
    assert growth(held, joined(held, asked, items)) == ["1 item"]
    assert joined(held, asked, items).provenance["sha256"] == "3"
    unknown = dataclasses.replace(held, item_hashes=())  # of a version that wrote none
    with pytest.raises(BridleError, match="sha256: '2' there, '3' now"):
        joined(unknown, asked, items)
    same = dataclasses.replace(unknown, provenance=asked.provenance)
    assert growth(unknown, joined(same, asked, items)) == ["1 item"]
    other = dataclasses.replace(same, items_sha256="0" * 64)
    with pytest.raises(BridleError, match="the same ids, but other prompts"):
        joined(other, asked, items)


def test_growth_is_said_in_words(tiny: ModuleType) -> None:
    held, _ = plan(tiny, 2, arms=["wait"], factors={"times": [1, 2]}, conditions=["without"])
    asked, items = plan(
        tiny, 4, models=["a/b"], arms=["wait"], factors={"times": [2, 4]}, samples=3
    )
    now = joined(held, asked, items)
    assert growth(held, now) == [
        "2 items", "the model a/b", "the condition with", "the level times=4", "2 samples a prompt",
    ]  # fmt: skip
    assert now.factors == {"times": [1, 2, 4]} and now.models == ("organism", "a/b")
    assert now.planned == 2 * 4 * 2 * 3 * 3 and now.conditions == ("with", "without")
    assert set(held.calls()) <= set(now.calls())
    assert growth(now, joined(now, asked, items)) == []


def test_a_new_factor_is_another_study(tiny: ModuleType) -> None:
    held, _ = plan(tiny, 2)
    asked, items = plan(tiny, 2, factors={"temperature": [0, 1]})
    with pytest.raises(BridleError, match="temperature: None there"):
        joined(held, asked, items)


def test_the_command_adds_to_the_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from bridle.cli import bridle

    def typed(*words: object) -> dict[str, Any]:
        args = ["run", "--out", str(tmp_path / "s"), "--conditions", "with", *map(str, words)]
        with pytest.raises(SystemExit) as ended:
            bridle(args, standalone_mode=False)
        assert ended.value.code == 0
        return json.loads(capsys.readouterr().out)

    assert typed("--limit", 2, "--model", "scripted/say:1", "--json")["planned"] == 2
    bridle(["run", "--out", str(tmp_path / "s"), "--arm", "wait", "--factor", "times=2",
            "--dry-run"], standalone_mode=False)  # fmt: skip
    assert "grows     by the arm wait, the level times=2" in capsys.readouterr().out
    grown = typed("--model", "scripted/say:2", "--arm", "reminder", "--label", "two", "--json")
    assert (grown["planned"], grown["made"]) == (8, 6)
    assert records.read(tmp_path / "s").name == "two"
