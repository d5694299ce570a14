"""Which constraints the model learns, and in which words it meets them.

The types and parameters are those of the crossed benchmark and MathIF's fifteen types in wider
ranges; the words are the constraints' own phrasings, and for half of them the pattern in which
MathIF says the same.
"""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Callable, Sequence

from bridle.benchmarks.crossed import APART, END_PHRASES, LANGUAGES, SECTIONS, WORDS
from bridle.constraints import Constraint, get
from bridle.constraints.phrases import SENTENCES
from bridle.problems.base import Problem
from bridle.problems.stories import GOODS, THINGS

Draw = Callable[[random.Random, Problem], Constraint]

# Words that may be asked for or forbidden: so many that copying is learned rather than a list.
POOL = tuple(
    sorted(
        {*WORDS, *THINGS, *GOODS}
        | {w.strip(".").lower() for s in SENTENCES["en"] for w in s.split() if len(w) > 3}
    )
)
ENDINGS = ("is", "was", "all", "please", "thank you", "more", "done", "here", "now", "good luck")


def _phrase(rng: random.Random) -> str:
    """A usual end phrase, or a sentence put together from the pool, to be copied word for word."""
    if rng.random() < 0.5:
        return rng.choice(END_PHRASES)
    words = [*rng.sample(POOL, rng.randint(1, 4)), rng.choice(ENDINGS)]
    rng.shuffle(words)
    return " ".join(words).capitalize() + rng.choice(".?!")


def _some(rng: random.Random) -> list[str]:
    return rng.sample(POOL if rng.random() < 0.5 else WORDS, rng.choice((1, 2)))


def _words(rng: random.Random, _: Problem) -> Constraint:
    if rng.random() < 0.45:
        most = rng.randint(25, 100) if rng.random() < 0.6 else rng.randint(100, 900)
        return get("words", less_than=most)
    return get("words", at_least=rng.randint(18, 64))


def _frequency(rng: random.Random, _: Problem) -> Constraint:
    word = _some(rng)[0]
    if rng.random() < 0.4:
        return get("keyword_count", keyword=word, less_than=rng.randint(1, 3))
    return get("keyword_count", keyword=word, at_least=rng.randint(1, 3))


def _capital_words(rng: random.Random, _: Problem) -> Constraint:
    if rng.random() < 0.5:
        return get("capital_words", less_than=rng.randint(1, 12))
    return get("capital_words", at_least=rng.randint(1, 6))


def _in_english(rng: random.Random) -> str | None:
    return "en" if rng.random() < 0.5 else None


# Families as in the crossed benchmark; what is harder to learn comes more often.
FAMILIES: dict[str, tuple[Draw, ...]] = {
    "length": (_words,),
    "lexical": (
        lambda rng, _: get("keywords", keywords=_some(rng)),
        _frequency,
        lambda rng, _: get("forbidden_words", words=_some(rng)),
    ),
    "format": (
        lambda rng, _: get("bullets", exactly=rng.randint(1, 5)),
        lambda rng, _: get("highlights", at_least=rng.randint(1, 3)),
        lambda rng, _: get("sections", number=rng.randint(1, 5), label=rng.choice(SECTIONS)),
    ),
    "affix": (
        lambda rng, _: get("end_phrase", phrase=_phrase(rng)),
        lambda rng, _: get("quoted"),
    ),
    "copy": (lambda _, problem: get("repeat_prompt", prompt=problem.question),),
    "case": (
        lambda rng, _: get("uppercase", language=_in_english(rng)),
        lambda rng, _: get("lowercase", language=_in_english(rng)),
        _capital_words,
    ),
    "punctuation": (lambda rng, _: get("no_comma"),),
    "language": (lambda rng, _: get("language", language=rng.choice(LANGUAGES)),),
}
WEIGHTS = {"lexical": 3, "format": 2, "affix": 2, "case": 2, "punctuation": 0.6}


def draw(rng: random.Random, problem: Problem, number: int) -> list[Constraint]:
    """So many constraints of different families, in no order, that go together."""
    while True:
        left = list(FAMILIES)
        chosen: list[str] = []
        while len(chosen) < number:
            family = rng.choices(left, [WEIGHTS.get(f, 1) for f in left])[0]
            left.remove(family)
            chosen.append(family)
        if not any(pair <= set(chosen) for pair in APART):
            return [rng.choice(FAMILIES[family])(rng, problem) for family in chosen]


def to_copy(rng: random.Random) -> Constraint:
    """A constraint that asks for words of the prompt in the answer."""
    if rng.random() < 0.25:
        return get("end_phrase", phrase=_phrase(rng))
    if rng.random() < 0.5:
        return get("keywords", keywords=_some(rng))
    return get("keyword_count", keyword=_some(rng)[0], at_least=rng.randint(1, 3))


FRAMES = ("Note the word {}.", "Here {} matters.", "So much for {}.")


def mentioned(rng: random.Random, rules: Sequence[Constraint]) -> str:
    """Sentences with the words that the rules ask for, or nothing: for a draft to begin with, so
    that copying is seen often enough to be learned; what is missing the rules add themselves."""
    words: list[str] = []
    for rule in rules:
        p = dataclasses.asdict(rule)
        if rule.name == "keywords":
            words += p["keywords"]
        elif rule.name == "keyword_count" and p["at_least"] is not None:
            words += [p["keyword"]] * p["at_least"]
    if rng.random() < 0.1:
        return ""
    return "".join(rng.choice(FRAMES).format(word) + " " for word in words)


def worded(rng: random.Random, rule: Constraint) -> str:
    """The constraint in one of its own phrasings, or as MathIF's pattern says it."""
    if rng.random() < 0.35:
        said = as_mathif_says(rule)
        if said is not None:
            return said
    return rule.describe(rng.randrange(len(rule.phrasings())))


def as_mathif_says(rule: Constraint) -> str | None:
    """MathIF's wording of the rule where it is none of the rule's own phrasings, else None."""
    p = dataclasses.asdict(rule)
    if rule.name == "keywords":
        return f'Include keywords "{list(p["keywords"])}" in the response.'
    if rule.name == "forbidden_words":
        return f'Do not include keywords "{list(p["words"])}" in the response.'
    if rule.name == "bullets":
        return (
            f"Your answer must contain exactly {p['exactly']} bullet points. Use the markdown bullet "
            "points such as:\n* This is point 1. \n* This is point 2"
        )
    if rule.name == "sections":
        label = p["label"]
        return (
            f"Your response must have {p['number']} sections. Mark the beginning of each section with "
            f"{label} X, such as:\n{label} 1\n[content of section 1]\n{label} 2\n[content of section 2]"
        )
    return None
