"""Panels of all problem families: nested, balanced, satisfiable, private where they are to be."""

from __future__ import annotations

import collections
import itertools
import json

import pytest

from bridle import benchmarks
from bridle.benchmarks.crossed.spec import Panel, read
from bridle.benchmarks.manifest import digest, lines, manifest, remade
from bridle.benchmarks.prompts import ask
from bridle.constraints import Conflict, witness
from bridle.errors import BridleError, DataError
from bridle.problems.family import families
from bridle.studies.plan import Call, make_plan

ALL = "crossed:problems=all,constraints=0-3"
SECRET = "a long secret text"


@pytest.mark.parametrize(
    ("name", "limit"),
    [(ALL, 64), ("crossed:problems=rates+ages,constraints=0-8", 27),
     ("crossed:problems=rates+units,languages=all", 24), ("density", 16)],
)  # fmt: skip
def test_nested_and_with_a_witness(name: str, limit: int) -> None:
    loaded = benchmarks.load(name, limit=limit)
    assert len({item.id for item in loaded.items}) == limit
    nested: dict[str, list[set[object]]] = {}
    for item in loaded.items:
        nested.setdefault(item.problem.id, []).append(set(item.constraints))
        text = witness(item.constraints, item.problem.answer, language=item.problem.language)
        assert not isinstance(text, Conflict), (item.id, str(text))
        assert all(rule.obeyed_by(text) for rule in item.constraints), (item.id, text)
        assert item.bare_prompt == ask(item.problem.question, [])
    for sets in nested.values():
        for less, more in itertools.pairwise(sets):
            assert less < more
    assert benchmarks.load(loaded.name, limit=limit // 2).items == loaded.items[: limit // 2]


def test_every_family_and_difficulty_has_its_turn() -> None:
    chosen = "crossed:problems=all,difficulty=2+5-6,constraints=0"
    items = benchmarks.load(chosen, limit=3 * len(families())).items
    cells = collections.Counter((i.problem.family, i.problem.difficulty) for i in items)
    assert set(cells) == {(name, float(d)) for name in families() for d in (2, 5, 6)}
    assert len({item.problem.question for item in items}) == len(items)


def test_density_doubles() -> None:
    items = benchmarks.load("density", limit=8).items
    assert [len(i.constraints) for i in items] == [1, 2, 4, 8, 16, 32, 64, 128]
    assert len({i.bare_prompt for i in items}) == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("crossed", "crossed"),
        ("crossed:constraints=3-1", None),
        ("crossed:constraints=0-9", None),
        ("crossed:problems=rates+ages", "crossed:problems=ages+rates,difficulty=1-8,languages=en"),
        ("crossed:problems=rates,difficulty=2+1+5,constraints=0+2-3",
         "crossed:problems=rates,difficulty=1-2+5,languages=en,constraints=0+2-3"),
        ("crossed:difficulty=3", None),
        ("crossed:problem=rates", None),
        ("crossed:problems=rate", None),
        ("crossed:problems=ages,languages=de", None),
        ("crossed:problems=rates,problems=ages", None),
        ("crossed:problems=", None),
    ],
)  # fmt: skip
def test_a_panel_is_read_and_written_in_one_syntax(text: str, said: str | None) -> None:
    if said is None:
        with pytest.raises(BridleError):
            read(text)
        return
    assert str(read(text)) == said and read(said) == read(text)
    assert read("crossed") == Panel()


def test_a_secret_seed_makes_other_items_and_is_written_nowhere() -> None:
    for name in ("crossed", "density", ALL):
        mine = benchmarks.load(name, limit=8, secret=SECRET)
        assert mine.items == benchmarks.load(name, limit=8, secret=SECRET).items
        other = benchmarks.load(name, limit=8, secret=SECRET + ".")
        asked = {i.problem.question for i in mine.items}
        assert not asked & {i.problem.question for i in other.items}
        assert not asked & {i.problem.question for i in benchmarks.load(name, limit=8).items}
        from bridle.benchmarks.seeds import secret

        written = "".join(lines(mine.items)) + json.dumps(dict(mine.provenance))
        assert SECRET not in written and str(secret(SECRET).number) not in written
        assert "seed" not in mine.provenance and len(mine.provenance["seed_hash"]) == 64
    with pytest.raises(BridleError, match="guessed"):
        benchmarks.load("crossed", secret="short")
    with pytest.raises(BridleError, match="not generated"):
        benchmarks.load("custom", secret=SECRET)


def test_a_manifest_makes_the_items_again_to_the_byte() -> None:
    loaded = benchmarks.load(ALL, limit=12, seed=5)
    row = json.loads(json.dumps(manifest(loaded, seed=5)))
    assert list(lines(remade(row).items)) == list(lines(loaded.items))
    with pytest.raises(DataError, match="other items"):
        remade({**row, "seed": 6})
    with pytest.raises(DataError, match="no manifest"):
        remade({})
    private = manifest(benchmarks.load(ALL, limit=4, secret=SECRET))
    assert digest(remade(private, secret=SECRET).items) == private["items_sha256"]
    with pytest.raises(BridleError, match="secret seed"):
        remade(private)
    with pytest.raises(BridleError, match="another secret"):
        remade(private, secret=SECRET + "!")


def test_an_item_without_constraints_is_the_bare_prompt_of_its_problem() -> None:
    """Same request, same seed: the runner asks it once for all items of the problem."""
    loaded = benchmarks.load(ALL, limit=4)
    plan = make_plan(loaded)
    none, *rest = loaded.items
    assert none.prompt == none.bare_prompt
    seeds = {
        plan.seed_of(Call("organism", item.id, "without", "plain", 0), item)
        for item in loaded.items
    }
    assert seeds == {plan.seed_of(Call("organism", none.id, "with", "plain", 0), none)}
    assert plan.seed_of(Call("organism", rest[0].id, "with", "plain", 0), rest[0]) not in seeds
