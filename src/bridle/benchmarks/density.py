"""How many rules a model can hold: a word problem under 1, 2, 4 … 128 rules about words, nested.

    load(limit=8, seed=7).items
    -> density-7-0-1: one rule, density-7-0-2: the same and another one, …, density-7-0-128

The rules take turns: a word that must occur, one that must not, one that must occur twice, one more
that must not. No word is in two rules or in the question, so that every item has a witness, and all rules
are of one kind of difficulty, so that their number is what differs. After IFScale (arXiv 2507.11538),
which asks for up to 500 keywords in a report.
"""

from __future__ import annotations

import dataclasses
import random

from bridle.benchmarks.base import Benchmark
from bridle.benchmarks.item import Item, group_of
from bridle.benchmarks.order import first
from bridle.benchmarks.prompts import ask
from bridle.benchmarks.seeds import Seed, public
from bridle.constraints import Constraint, get
from bridle.problems.base import Problem
from bridle.problems.generated import generate
from bridle.text import read_text
from bridle.text.find import has_phrase

COUNTS = (1, 2, 4, 8, 16, 32, 64, 128)
SIZE = 240
VERSION = 1  # of the drawing: the same seed and version give the same items

# Plain nouns that no solution of a small word problem needs and that are no form of one another.
_NOUNS = """
    anchor antler apron arrow attic autumn axle badge bagpipe balcony bamboo banner barrel
    basil beacon beehive bellows bishop blanket blossom bonfire border bracelet bramble brick
    bridle broom bucket buckle bugle burrow butter cabin cactus camel canal candle canoe
    canvas carpet castle cavern cedar cellar chalk chapel cherry chimney cider cinder citadel
    clover cobbler compass copper cottage cradle crater cricket crown crystal curtain cushion
    daisy dagger denim desert dolphin donkey dragon drizzle drum eagle easel eclipse elbow elm
    ember emerald engine falcon feather fennel ferry fiddle flannel flute fountain fox garlic
    geyser ginger glacier goblet granite gravel hammer hammock harbour harvest hawk hazel
    helmet heron hinge honey hornet iceberg igloo indigo island ivory ivy jacket jasmine
    jungle kettle kiln kitten lagoon lantern lavender leather lemon lever library lighthouse
    lilac lizard locket magnet mammoth maple marble meadow mint mirror mitten monsoon moss
    muffin mustard nectar needle nutmeg oasis oboe olive onion opal orchard orchid otter oven
    owl paddle panther parlour parsley peacock pebble pepper piano pigeon pillow plateau plum
    pocket pottery prairie pumpkin quarry quartz quill
"""
WORDS = tuple(_NOUNS.split())


def load(*, limit: int | None = None, seed: Seed | int = 0) -> Benchmark:
    """`limit` items (240 without one: 30 problems) of a seed; a longer list begins with the shorter one.

    Raises:
        BridleError: a limit below 1.
    """
    seed = public(seed) if isinstance(seed, int) else seed
    size = SIZE if limit is None else limit
    first((), limit)  # says what is wrong with a limit
    items: list[Item] = []
    for index in range(-(-size // len(COUNTS))):
        items += _items(index, seed)
    return Benchmark(
        name="density", items=first(items, size), provenance={**seed.known, "version": VERSION}
    )


def _items(index: int, seed: Seed) -> list[Item]:
    problem = generate(index, seed=seed.number).problem
    problem = dataclasses.replace(problem, id=f"gen-{seed.label}-{index}")
    rng = random.Random(f"density-{seed.number}-{index}")
    rules = _rules(rng, problem)
    return [
        Item(
            id=f"density-{seed.label}-{index}-{count}",
            problem=problem,
            constraints=tuple(rules[:count]),
            prompt=ask(problem.question, [_list(rules[:count])]),
            bare_prompt=ask(problem.question, []),
            benchmark="density",
            group=group_of(count),
        )
        for count in COUNTS
    ]


def _rules(rng: random.Random, problem: Problem) -> list[Constraint]:
    asked = read_text(problem.question).kept
    free = [word for word in WORDS if not has_phrase(asked, word)]
    rules: list[Constraint] = []
    for place, word in enumerate(rng.sample(free, COUNTS[-1])):
        if place % 4 == 0:
            rules.append(get("keywords", keywords=[word]))
        elif place % 4 == 2:
            rules.append(get("keyword_count", keyword=word, at_least=2))
        else:
            rules.append(get("forbidden_words", words=[word]))
    return rules


def _list(rules: list[Constraint]) -> str:
    """One rule a line and one wording for all, so that nothing but their number differs."""
    lines = [f"{place}. {rule.describe()}" for place, rule in enumerate(rules, start=1)]
    return "\n".join(["Follow all of these rules:", *lines])
