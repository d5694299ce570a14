"""Our own items: the same generated problem asked under one, two and three constraints, or up to eight.

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

import dataclasses
import itertools
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bridle.benchmarks import sources
from bridle.benchmarks.base import Benchmark
from bridle.benchmarks.crossed.spec import USUAL, Panel
from bridle.benchmarks.item import Item, group_of
from bridle.benchmarks.order import first, spread
from bridle.benchmarks.prompts import ask
from bridle.benchmarks.seeds import Seed, public
from bridle.constraints import Conflict, Constraint, get, witness
from bridle.problems.base import Problem
from bridle.problems.family import VERSION as PROBLEMS
from bridle.problems.family import families, make
from bridle.problems.generated import generate

SIZE = 240
VERSION = 2  # of the drawing: the same seed and version give the same items
TRIES = 6  # parameters drawn anew before another family takes the place

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
START_PHRASES = (
    "Here is my answer:",
    "Let us work it out.",
    "Thank you for the question.",
    "Sure, here we go:",
    "The solution is simple.",
    "Good question!",
)
SECTIONS = ("SECTION", "PART", "STEP", "Section", "Part", "Step")
MARKERS = ("->", ">>", "=>", "~")  # of list items that are no Markdown bullets
SIGNS = ("!", "?", ";", ":")  # that may be forbidden
LANGUAGES = ("es", "de", "fr", "it", "pt")

Draw = Callable[[random.Random, Problem], Constraint]


def _words(rng: random.Random, _: Problem) -> Constraint:
    if rng.random() < 0.5:
        return get("words", less_than=rng.randrange(30, 101, 5))
    return get("words", at_least=rng.randrange(20, 61, 5))


def _sentences(rng: random.Random, _: Problem) -> Constraint:
    if rng.random() < 0.5:
        return get("sentences", less_than=rng.randint(4, 8))
    return get("sentences", at_least=rng.randint(3, 6))


def _paragraphs(rng: random.Random, _: Problem) -> Constraint:
    return get("paragraphs", exactly=rng.randint(2, 4), separator=rng.choice(("blank", "***")))


def _often(rng: random.Random, _: Problem) -> Constraint:
    return get("keyword_count", keyword=rng.choice(WORDS), at_least=rng.choice((2, 3)))


def _rarely(rng: random.Random, _: Problem) -> Constraint:
    return get("keyword_count", keyword=rng.choice(WORDS), less_than=rng.choice((2, 3)))


def _capital_words(rng: random.Random, _: Problem) -> Constraint:
    if rng.random() < 0.5:
        return get("capital_words", less_than=rng.randint(2, 4))
    return get("capital_words", at_least=rng.randint(2, 5))


def _sections(rng: random.Random, _: Problem) -> Constraint:
    return get("sections", number=rng.randint(2, 4), label=rng.choice(SECTIONS))


def _marked_list(rng: random.Random, _: Problem) -> Constraint:
    return get("list_marker", marker=rng.choice(MARKERS), exactly=rng.randint(2, 4))


# The types of a family take turns; MathIF's fifteen are all here, and twelve more.
FAMILIES: dict[str, tuple[Draw, ...]] = {
    "length": (_words, _sentences, _words, _paragraphs),
    "lexical": (
        lambda rng, _: get("keywords", keywords=rng.sample(WORDS, rng.choice((1, 2)))),
        _often,
        lambda rng, _: get("forbidden_words", words=rng.sample(WORDS, rng.choice((1, 2)))),
        _rarely,
    ),
    "format": (
        lambda rng, _: get("bullets", exactly=rng.randint(2, 5)),
        lambda rng, _: get("highlights", at_least=rng.randint(1, 3)),
        _sections,
        lambda rng, _: get("title"),
        lambda rng, _: get("placeholders", at_least=rng.randint(1, 3)),
        _marked_list,
        lambda rng, _: get("sub_bullets"),
    ),
    "affix": (
        lambda rng, _: get("end_phrase", phrase=rng.choice(END_PHRASES)),
        lambda rng, _: get("quoted"),
        lambda rng, _: get("start_phrase", phrase=rng.choice(START_PHRASES)),
        lambda rng, _: get("postscript"),
        lambda rng, _: get("hash_answer"),
    ),
    "copy": (lambda rng, problem: get("repeat_prompt", prompt=problem.question),),
    "case": (
        lambda rng, _: get("uppercase"),
        lambda rng, _: get("lowercase"),
        _capital_words,
        lambda rng, _: get("title_case"),
    ),
    "punctuation": (
        lambda rng, _: get("no_comma"),
        lambda rng, _: get(
            "characters_forbidden", characters=rng.sample(SIGNS, rng.choice((1, 2)))
        ),
        lambda rng, _: get("emoji_ends"),
    ),
    "language": (lambda rng, _: get("language", language=rng.choice(LANGUAGES)),),
}

# Families that nobody would ask for together: an English phrase in a Spanish answer, the question
# word for word and all of it in capitals. Whatever else does not fit is found by the witness.
APART = (
    {"language", "copy"},
    {"language", "lexical"},
    {"language", "affix"},
    {"copy", "case"},
)


# Families that speak no English of their own: what a question in another language is asked under.
NEUTRAL = ("length", "format", "case", "punctuation", "language")


def load(
    *,
    limit: int | None = None,
    seed: Seed | int = 0,
    panel: Panel | None = None,
    data: Path | str | None = None,
) -> Benchmark:
    """`limit` items (240 without one) of a seed; a longer list begins with the shorter one.

    `data` is the file or folder of the panel's sources that are not generated; published sets have
    so many problems as they have, and a limit beyond them gives fewer items.

    Raises:
        BridleError: a limit below 1; a source whose package or file is missing.
        DataError: problems that cannot be had or read.
    """
    panel = panel or Panel()
    seed = public(seed) if isinstance(seed, int) else seed
    size = SIZE if limit is None else limit
    first((), limit)  # says what is wrong with a limit
    given = {
        name: sources.load(name, data=data, count=size, seed=seed.number) for name in panel.sources
    }
    items: list[Item] = []
    for index, problem in enumerate(_problems(panel, seed, given)):
        items += _items(problem, index, seed, panel)
        if len(items) >= size:
            break
    made: dict[str, Any] = {"problems_version": PROBLEMS} if panel.families else {}
    if given:
        made["sources"] = {name: dict(source.provenance) for name, source in given.items()}
    return Benchmark(
        name=str(panel),
        items=first(items, size),
        provenance={**seed.known, "version": VERSION, **made},
    )


def _problems(panel: Panel, seed: Seed, given: Mapping[str, sources.Source]) -> Iterator[Problem]:
    """Problems, none of them twice, without end where some are generated; ids show no more of the
    seed than its label.

    Every block has each family at each difficulty in each of its languages once, and one problem of
    each source, families and sources in turn.
    """
    if not panel.problems:
        for index in itertools.count():
            problem = generate(index, seed=seed.number).problem
            yield dataclasses.replace(problem, id=f"gen-{seed.label}-{index}")
    asked: set[str] = set()
    orders = {name: _shuffled(name, given[name], panel, seed) for name in panel.sources}
    for block in itertools.count():
        rng = random.Random(f"problems-{seed.number}-{block}")
        groups: list[list[Problem]] = []
        for name in rng.sample(panel.problems, len(panel.problems)):
            if name in orders:
                groups.append(orders[name][block : block + 1])
            else:
                groups.append(_generated(name, block, panel, seed, rng))
        block_of = spread([group for group in groups if group])
        if not block_of:
            return
        for problem in block_of:
            if problem.question not in asked:
                asked.add(problem.question)
                yield problem


def _generated(
    name: str, block: int, panel: Panel, seed: Seed, rng: random.Random
) -> list[Problem]:
    """A family's problems of a block: one at each difficulty in each language, in an order drawn."""
    spoken = [lang for lang in panel.languages if lang in families()[name].languages]
    cells = [(steps, lang) for steps in panel.difficulty for lang in spoken]
    problems: list[Problem] = []
    for steps, lang in rng.sample(cells, len(cells)):
        made = make(name, block, seed=seed.number, difficulty=steps, language=lang).problem
        tail = "" if lang == "en" else f"-{lang}"
        problems.append(dataclasses.replace(made, id=f"{name}-{seed.label}-{block}-{steps}{tail}"))
    return problems


def _shuffled(name: str, source: sources.Source, panel: Panel, seed: Seed) -> list[Problem]:
    """A source's problems of the difficulty that is asked for, in an order drawn from the seed."""
    wanted = [
        p for p in source.problems if p.difficulty is None or p.difficulty in panel.difficulty
    ]
    order = random.Random(f"source-{seed.number}-{name}").sample(wanted, len(wanted))
    return [dataclasses.replace(p, id=f"{name}-{seed.label}-{p.id}") for p in order]


def _items(problem: Problem, index: int, seed: Seed, panel: Panel) -> list[Item]:
    """The problem under each number of constraints; a number that no bundle reaches is left out."""
    constraints = bundle(problem, index, seed.number, most=max(panel.constraints))
    rng = random.Random(f"phrasing-{seed.number}-{index}")
    said = [c.describe(rng.randrange(len(c.phrasings()))) for c in constraints]
    name = f"crossed-{problem.id}" if panel.problems else f"crossed-{seed.label}-{index}"
    items: list[Item] = []
    for count in range(len(constraints) + 1):
        # drawn for every count: panels that differ in their counts share the items of a count
        order = rng.sample(range(count), count)  # the newest constraint is not always the last said
        if count not in panel.constraints:
            continue
        items.append(
            Item(
                id=f"{name}-{count}",
                problem=problem,
                constraints=tuple(constraints[i] for i in order),
                prompt=ask(problem.question, [said[i] for i in order]),
                bare_prompt=ask(problem.question, []),
                benchmark="crossed",
                group=group_of(count),
            )
        )
    return items


def bundle(problem: Problem, index: int, seed: int, *, most: int = USUAL[-1]) -> list[Constraint]:
    """`most` constraints such that the first one, the first two and so on have a witness with the
    problem's answer; of different families as long as there are some left, then of different types.

    Fewer where nothing more gets on with what is there.
    """
    rng = random.Random(f"bundle-{seed}-{index}")
    chosen: list[Constraint] = []
    taken: set[str] = set()
    for place in range(most):
        turns = [f for f in _turns(index, seed, place) if _asked(f, problem, most)]
        fresh = [family for family in turns if family not in taken]
        again = [family for family in turns if family in taken and len(FAMILIES[family]) > 1]
        for family in fresh + again:
            if any({family, other} in APART for other in taken):
                continue
            found = _fitting(rng, problem, FAMILIES[family], index // len(FAMILIES) + place, chosen)
            if found is not None:
                chosen.append(found)
                taken.add(family)
                break
    return chosen


def _asked(family: str, problem: Problem, most: int) -> bool:
    """Whether the family goes with the problem and with so many others.

    Under more than three rules the question word for word leaves hardly any room for the others.
    """
    if problem.language != "en" and family not in NEUTRAL:
        return False
    return family != "copy" or most <= USUAL[-1]


def _turns(index: int, seed: int, place: int) -> list[str]:
    """The families in the order in which they are tried for a place of a problem's bundle.

    Within a block of eight problems the first ones tried for a place are all different; the next
    ones step in when a family is taken or does not get on with what is there.
    """
    block, turn = divmod(index, len(FAMILIES))
    rng = random.Random(f"families-{seed}-{block}")
    order = rng.sample(list(FAMILIES), len(FAMILIES))
    shifts = [0, *rng.sample(range(1, len(FAMILIES)), len(FAMILIES) - 1)]
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
        constraint = draws[(turn + attempt) % len(draws)](rng, problem)
        if any(other.name == constraint.name for other in others):
            continue
        if not isinstance(_witness([*others, constraint], problem), Conflict):
            return constraint
    return None


def _witness(constraints: Sequence[Constraint], problem: Problem) -> str | Conflict:
    return witness(constraints, problem.answer, language=problem.language)
