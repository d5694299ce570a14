"""Our own items: the same generated problem asked under one, two and three constraints.

    load(limit=3, seed=7).items
    -> crossed-7-0-1: the first problem, "Use no commas."
       crossed-7-0-2: the same problem, "Use no commas. Answer with at least 40 words."
       crossed-7-0-3: the same problem, a third constraint more

So the effect of one constraint more is seen within a problem; the bare prompt is the cell without
constraints. The constraints of a problem are of different families, and in every block of eight
problems each family comes first once, second once and third once (as far as they get on with one
another). Every bundle has a witness: a text that obeys all of it and states the answer.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Any

from bridle.benchmarks.base import Benchmark
from bridle.benchmarks.item import Item
from bridle.benchmarks.layout import ask
from bridle.benchmarks.order import first
from bridle.constraints import Constraint, from_peer
from bridle.constraints.witness import Conflict, witness
from bridle.problems.base import Problem
from bridle.problems.generated import generate

SIZE = 240
MOST = 3  # constraints an item
VERSION = 1  # of the drawing: the same seed and version give the same items
TRIES = 6  # parameters drawn anew before another family takes the place

GROUPS = ("single", "double", "triple")

# Words that fit an answer to any small word problem.
WORDS = (
    "total", "altogether", "answer", "because", "therefore", "first", "next", "finally", "problem",
    "number", "result", "solution", "step", "calculate", "means", "start", "then", "value", "amount",
    "together", "left", "each", "after", "now", "so", "count", "carefully", "simple", "check", "know",
)  # fmt: skip
END_PHRASES = (
    "That is my final answer.",
    "I hope this helps.",
    "Thank you for asking.",
    "Any other questions?",
    "Is there anything else I can help with?",
    "Let me know if you need more.",
    "That is all.",
    "Have a nice day!",
)
SECTIONS = ("SECTION", "PART", "STEP", "Section", "Part", "Step")
LANGUAGES = ("es", "de", "fr", "it", "pt")

Drawn = tuple[str, dict[str, Any]]  # MathIF's name for the type, and its arguments
Draw = Callable[[random.Random, Problem], Drawn]


def _fewer_words(rng: random.Random, _: Problem) -> Drawn:
    words = rng.randrange(30, 101, 5)
    return "length_constraint_checkers:number_words", {"num_words": words, "relation": "less than"}


def _more_words(rng: random.Random, _: Problem) -> Drawn:
    words = rng.randrange(20, 61, 5)
    return "length_constraint_checkers:number_words", {"num_words": words, "relation": "at least"}


def _keywords(rng: random.Random, _: Problem) -> Drawn:
    return "keywords:existence", {"keywords": rng.sample(WORDS, rng.choice((1, 2)))}


def _frequent(rng: random.Random, _: Problem) -> Drawn:
    more = {"keyword": rng.choice(WORDS), "frequency": rng.choice((2, 3)), "relation": "at least"}
    return "keywords:frequency", more


def _rare(rng: random.Random, _: Problem) -> Drawn:
    less = {"keyword": rng.choice(WORDS), "frequency": rng.choice((2, 3)), "relation": "less than"}
    return "keywords:frequency", less


def _forbidden(rng: random.Random, _: Problem) -> Drawn:
    return "keywords:forbidden_words", {"forbidden_words": rng.sample(WORDS, rng.choice((1, 2)))}


def _bullets(rng: random.Random, _: Problem) -> Drawn:
    return "detectable_format:number_bullet_lists", {"num_bullets": rng.randint(2, 5)}


def _highlights(rng: random.Random, _: Problem) -> Drawn:
    number = rng.randint(1, 3)
    return "detectable_format:number_highlighted_sections", {"num_highlights": number}


def _sections(rng: random.Random, _: Problem) -> Drawn:
    label = {"section_spliter": rng.choice(SECTIONS), "num_sections": rng.randint(2, 4)}
    return "detectable_format:multiple_sections", label


def _ending(rng: random.Random, _: Problem) -> Drawn:
    return "startend:end_checker", {"end_phrase": rng.choice(END_PHRASES)}


def _quoted(rng: random.Random, _: Problem) -> Drawn:
    return "startend:quotation", {}


def _repeat(_: random.Random, problem: Problem) -> Drawn:
    return "combination:repeat_prompt", {"prompt_to_repeat": problem.question}


def _upper(rng: random.Random, _: Problem) -> Drawn:
    return "change_case:english_capital", {}


def _lower(rng: random.Random, _: Problem) -> Drawn:
    return "change_case:english_lowercase", {}


def _capital_words(rng: random.Random, _: Problem) -> Drawn:
    if rng.random() < 0.5:
        few = {"capital_frequency": rng.randint(1, 3), "capital_relation": "less than"}
    else:
        few = {"capital_frequency": rng.randint(2, 5), "capital_relation": "at least"}
    return "change_case:capital_word_frequency", few


def _no_comma(rng: random.Random, _: Problem) -> Drawn:
    return "punctuation:no_comma", {}


def _language(rng: random.Random, _: Problem) -> Drawn:
    return "language:response_language", {"language": rng.choice(LANGUAGES)}


FAMILIES: dict[str, tuple[Draw, ...]] = {
    "length": (_fewer_words, _more_words),
    "lexical": (_keywords, _frequent, _forbidden, _rare),
    "format": (_bullets, _highlights, _sections),
    "affix": (_ending, _quoted),
    "copy": (_repeat,),
    "case": (_upper, _lower, _capital_words),
    "punctuation": (_no_comma,),
    "language": (_language,),
}


def load(*, limit: int | None = None, seed: int = 0) -> Benchmark:
    """`limit` items (240 without one) of a seed; a longer list begins with the shorter one.

    Raises:
        BridleError: a limit below 1.
    """
    size = SIZE if limit is None else limit
    first((), limit)  # says what is wrong with a limit
    items: list[Item] = []
    for index in range(-(-size // MOST)):
        items += _items(index, seed)
    return Benchmark(
        name="crossed",
        items=first(items, size),
        provenance={"seed": seed, "version": VERSION},
    )


def _items(index: int, seed: int) -> list[Item]:
    problem = generate(index, seed=seed).problem
    constraints = bundle(problem, index, seed)
    rng = random.Random(f"phrasing-{seed}-{index}")
    said = [c.describe(rng.randrange(len(c.phrasings()))) for c in constraints]
    items: list[Item] = []
    for count, group in enumerate(GROUPS, start=1):
        order = rng.sample(range(count), count)  # the newest constraint is not always the last said
        items.append(
            Item(
                id=f"crossed-{seed}-{index}-{count}",
                problem=problem,
                constraints=tuple(constraints[i] for i in order),
                prompt=ask(problem.question, [said[i] for i in order]),
                bare_prompt=ask(problem.question, []),
                benchmark="crossed",
                group=group,
            )
        )
    return items


def bundle(problem: Problem, index: int, seed: int) -> list[Constraint]:
    """Three constraints of different families, such that the first one, the first two and all three
    have a witness with the problem's answer."""
    rng = random.Random(f"bundle-{seed}-{index}")
    chosen: list[Constraint] = []
    taken: set[str] = set()
    for place in range(MOST):
        for family in _turns(index, seed, place):
            if family in taken:
                continue
            found = _fitting(rng, problem, FAMILIES[family], index // len(FAMILIES) + place, chosen)
            if found is not None:
                chosen.append(found)
                taken.add(family)
                break
    return chosen


def _turns(index: int, seed: int, place: int) -> list[str]:
    """The families in the order in which they are tried for a place of a problem's bundle.

    Within a block of eight problems the first ones tried for a place are all different; the next
    ones step in when a family is taken or does not get on with what is there.
    """
    block, turn = divmod(index, len(FAMILIES))
    rng = random.Random(f"families-{seed}-{block}")
    order = rng.sample(list(FAMILIES), len(FAMILIES))
    shifts = [0, *rng.sample(range(1, len(FAMILIES)), MOST - 1)]
    at = turn + shifts[place]
    return [order[(at + step) % len(order)] for step in range(len(order))]


def _fitting(
    rng: random.Random,
    problem: Problem,
    draws: Sequence[Draw],
    turn: int,
    others: list[Constraint],
) -> Constraint | None:
    """A constraint of one family that gets on with the others, its types taking turns."""
    for attempt in range(TRIES):
        draw = draws[(turn + attempt) % len(draws)]
        name, arguments = draw(rng, problem)
        constraint = from_peer(name, arguments, benchmark="mathif")
        if not isinstance(witness([*others, constraint], problem.answer), Conflict):
            return constraint
    return None
