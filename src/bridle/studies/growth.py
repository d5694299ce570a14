"""How a study grows: more items, samples, models, arms, levels or conditions, and nothing asked twice.

    plan = joined(held, asked, items)     # what the folder holds, and what is asked for beyond it
    growth(held, plan)                    -> ["10 items", "the model b"]

Every reply stays what it was: the items that were asked keep their prompts, constraints and answers,
and how responses are drawn (benchmark, seed, decoding) is the same. Anything else is another study.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from bridle.benchmarks.item import CONDITIONS, Item
from bridle.errors import BridleError
from bridle.studies.hashes import digest, item_hash
from bridle.studies.plan import Plan, graded_rows

T = TypeVar("T")
# What a benchmark says of a file: another file may hold the same items and more.
OF_A_FILE = ("file", "sha256", "content_sha256", "modified", "note")


def joined(held: Plan, asked: Plan, items: Mapping[str, Item]) -> Plan:
    """The plan of both; `items` are those of `asked`, by their ids.

    Models, arms and levels are added to those that are there; items, samples and conditions may be
    as they are or more.

    Raises:
        BridleError: it is another study, or less of this one; with what differs.
    """
    found: list[str] = []
    like = dataclasses.replace(asked, models=held.models, arms=held.arms)
    if set(held.conditions) <= set(asked.conditions):
        like = dataclasses.replace(like, conditions=held.conditions)
    if held.samples <= asked.samples:
        like = dataclasses.replace(like, samples=held.samples)
    arms = _union(held.arms, asked.arms)
    factors = {
        name: list(_union(held.factors.get(name, ()), asked.factors.get(name, ())))
        for name in _union(held.factors, asked.factors)
    }
    treated = dataclasses.replace(asked, arms=arms, factors=factors).cells()
    if set(held.cells()) <= set(treated):  # a factor that an arm had not would make it another one
        like = dataclasses.replace(like, factors=held.factors)
    # with other items each shard would be another share of them
    more = held.shard is None and asked.item_ids != held.item_ids
    if more and set(held.item_ids) <= set(asked.item_ids):
        found += _changed(held, items)
        like = dataclasses.replace(
            like,
            item_ids=held.item_ids,
            items_sha256=held.items_sha256,
            provenance=_but_for_the_file(held, asked),
        )
    found += held.differences(like)
    if found:
        raise BridleError(
            f"another study. What differs: {'; '.join(found)}.",
            expected="the options that the study was started with, or more items, samples, models "
            "or arms: a study only grows",
        )
    ids = tuple(dict.fromkeys((*held.item_ids, *asked.item_ids)))
    both = dataclasses.replace(
        asked,
        item_ids=ids,
        items_sha256=held.items_sha256 if ids == held.item_ids else asked.items_sha256,
        item_hashes=tuple(item_hash(items[name]) for name in ids if name in items),
        models=_union(held.models, asked.models),
        arms=arms,
        factors=factors,
        conditions=tuple(c for c in CONDITIONS if c in asked.conditions),
        label=asked.label or held.label,
        model_args=asked.model_args or held.model_args,
        primary=asked.primary or held.primary,
        prices={**held.prices, **asked.prices},
        other={**held.other, **asked.other},
    )
    return dataclasses.replace(both, graded=graded_rows(both, [items[i] for i in both.asked]))


def growth(held: Plan, now: Plan) -> list[str]:
    """What a plan has beyond the one before, in words; none where it is as large."""
    words: list[str] = []
    for noun, before, after in (
        ("item", held.item_ids, now.item_ids),
        ("model", held.models, now.models),
        ("arm", held.arms, now.arms),
        ("condition", held.conditions, now.conditions),
        ("level", _levels(held), _levels(now)),
        ("sample a prompt", range(held.samples), range(now.samples)),
    ):
        new = [one for one in after if one not in set(before)]
        if new and noun in ("item", "sample a prompt"):
            one, _, rest = noun.partition(" ")
            words.append(f"{len(new):,} {one}{'s' * (len(new) != 1)}{rest and ' ' + rest}")
        elif new:
            words.append(f"the {noun}{'s' * (len(new) != 1)} {', '.join(map(str, new))}")
    return words


def _changed(held: Plan, items: Mapping[str, Item]) -> list[str]:
    """The first item that is not what it was when it was asked; none where all are."""
    if not held.item_hashes:  # a plan of an earlier version: their prompts alone can be compared
        same = digest([items[name] for name in held.item_ids]) == held.items_sha256
        return [] if same else ["items: the same ids, but other prompts"]
    for name, known in zip(held.item_ids, held.item_hashes, strict=True):
        if item_hash(items[name]) != known:
            return [f"the item {name}: another prompt, answer or constraint now"]
    return []


def _but_for_the_file(held: Plan, asked: Plan) -> Mapping[str, Any]:
    """The provenance as asked, its words on a file as held: whether the items are the same is known."""
    if not held.item_hashes:
        return asked.provenance
    kept = {k: v for k, v in asked.provenance.items() if k not in OF_A_FILE}
    return kept | {k: v for k, v in held.provenance.items() if k in OF_A_FILE}


def _union(held: Iterable[T], asked: Iterable[T]) -> tuple[T, ...]:
    found = list(held)
    found += [one for one in asked if one not in found]
    return tuple(found)


def _levels(plan: Plan) -> list[str]:
    return [f"{name}={level}" for name, levels in plan.factors.items() for level in levels]
