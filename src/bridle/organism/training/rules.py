"""Which constraints the model learns, and in which words it meets them.

The types are those of the crossed benchmark (MathIF's fifteen and twelve more), with parameters in
wider ranges; the words are the constraints' own phrasings, and for some of them the pattern in
which MathIF says the same.
"""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Callable, Sequence

from bridle.benchmarks.crossed.items import (
    APART,
    END_PHRASES,
    LANGUAGES,
    MARKERS,
    SECTIONS,
    SIGNS,
    START_PHRASES,
    WORDS,
)
from bridle.constraints import Constraint, get
from bridle.constraints.drafts.phrases import SENTENCES
from bridle.problems.base import Problem
from bridle.problems.moves import GOODS, THINGS

Draw = Callable[[random.Random, Problem], Constraint]

# Words that may be asked for or forbidden: so many that copying is learned rather than a list.
POOL = tuple(
    sorted(
        {*WORDS, *THINGS, *GOODS}
        | {w.strip(".").lower() for s in SENTENCES["en"] for w in s.split() if len(w) > 3}
    )
)
ENDINGS = ("is", "was", "all", "please", "thank you", "more", "done", "here", "now", "good luck")


def _phrase(rng: random.Random, usual: Sequence[str]) -> str:
    """A usual phrase, or a sentence put together from the pool, to be copied word for word."""
    if rng.random() < 0.5:
        return rng.choice(usual)
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
    if rng.random() < 0.35:
        return get("capital_words", less_than=rng.randint(1, 12))
    return get("capital_words", at_least=rng.randint(1, 6))


def _sentences(rng: random.Random, _: Problem) -> Constraint:
    if rng.random() < 0.5:
        return get("sentences", less_than=rng.randint(4, 9))
    return get("sentences", at_least=rng.randint(2, 6))


def _paragraphs(rng: random.Random, _: Problem) -> Constraint:
    return get("paragraphs", exactly=rng.randint(1, 4), separator=rng.choice(("blank", "***")))


def _bullets(rng: random.Random, _: Problem) -> Constraint:
    return get("bullets", exactly=rng.randint(1, 5))


def _highlights(rng: random.Random, _: Problem) -> Constraint:
    return get("highlights", at_least=rng.randint(1, 3))


def _sections(rng: random.Random, _: Problem) -> Constraint:
    return get("sections", number=rng.randint(1, 5), label=rng.choice(SECTIONS))


def _marked_list(rng: random.Random, _: Problem) -> Constraint:
    return get("list_marker", marker=rng.choice(MARKERS), exactly=rng.randint(2, 4))


def _in_english(rng: random.Random) -> str | None:
    return "en" if rng.random() < 0.5 else None


# Families as in the crossed benchmark; what is harder to learn comes more often.
FAMILIES: dict[str, tuple[Draw, ...]] = {
    "length": (_words, _words, _sentences, _paragraphs),
    "lexical": (
        lambda rng, _: get("keywords", keywords=_some(rng)),
        _frequency,
        lambda rng, _: get("forbidden_words", words=_some(rng)),
    ),
    "format": (
        _bullets,
        _highlights,
        _sections,
        lambda rng, _: get("title"),
        lambda rng, _: get("placeholders", at_least=rng.randint(1, 3)),
        _marked_list,
        lambda rng, _: get("sub_bullets"),
    ),
    "affix": (
        lambda rng, _: get("end_phrase", phrase=_phrase(rng, END_PHRASES)),
        lambda rng, _: get("quoted"),
        lambda rng, _: get("start_phrase", phrase=_phrase(rng, START_PHRASES)),
        lambda rng, _: get("postscript"),
        lambda rng, _: get("hash_answer"),
    ),
    "copy": (lambda _, problem: get("repeat_prompt", prompt=problem.question),),
    "case": (
        lambda rng, _: get("uppercase", language=_in_english(rng)),
        lambda rng, _: get("lowercase", language=_in_english(rng)),
        _capital_words,
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
WEIGHTS = {"lexical": 2.5, "format": 2, "affix": 2, "case": 1.5, "language": 1.5}


# The last stage dwells on what is learned last: numbers of things, words to copy, capitals.
LAST_FAMILIES: dict[str, tuple[Draw, ...]] = FAMILIES | {
    "format": (*FAMILIES["format"], *(_bullets, _sections, _marked_list) * 2, _highlights),
    "length": (_words, _words, _sentences, _paragraphs, _paragraphs),
    "case": (*FAMILIES["case"][:1] * 2, *FAMILIES["case"]),
}
LAST_WEIGHTS = {"lexical": 2, "format": 3, "length": 2, "affix": 1.5, "case": 1.5, "language": 1.2}


# The stage of numbers, at the very end: exact counts, and two words that must not be one twice.
_EXACT = {"bullets": 3, "list_marker": 5, "sections": 2, "paragraphs": 3, "keywords": 3}
NUMBER_FAMILIES: dict[str, tuple[Draw, ...]] = FAMILIES | {
    "format": (*FAMILIES["format"], *(_bullets,) * 4, *(_sections,) * 3, *(_marked_list,) * 6),
    "length": (_words, _sentences, _sentences, _paragraphs, _paragraphs, _paragraphs),
    "lexical": (*FAMILIES["lexical"][:1] * 3, *FAMILIES["lexical"]),
}
NUMBER_WEIGHTS = {"lexical": 2, "format": 4, "length": 2, "case": 1.3}


def draw(
    rng: random.Random, problem: Problem, number: int, *, stage: str = "late"
) -> list[Constraint]:
    """So many constraints of different families, in no order, that go together."""
    families, weights = BY_STAGE.get(stage, (FAMILIES, WEIGHTS))
    while True:
        left = list(families)
        chosen: list[str] = []
        while len(chosen) < number:
            family = rng.choices(left, [weights.get(f, 1) for f in left])[0]
            left.remove(family)
            chosen.append(family)
        if not any(pair <= set(chosen) for pair in APART):
            return [rng.choice(families[family])(rng, problem) for family in chosen]


BY_STAGE = {
    "last": (LAST_FAMILIES, LAST_WEIGHTS),
    "numbers": (NUMBER_FAMILIES, NUMBER_WEIGHTS),
}


def exactly(rng: random.Random, problem: Problem) -> Constraint:
    """A constraint on an exact number, or on two words."""
    wanted = rng.choices([*_EXACT], [*_EXACT.values()])[0]
    if wanted == "keywords":
        return get("keywords", keywords=rng.sample(POOL if rng.random() < 0.5 else WORDS, 2))
    while True:
        family = "length" if wanted == "paragraphs" else "format"
        rule = rng.choice(FAMILIES[family])(rng, problem)
        if rule.name == wanted:
            return rule


def to_count(rng: random.Random, problem: Problem) -> Constraint:
    """A constraint that asks for a number of things."""
    while True:
        rule = rng.choice(FAMILIES[rng.choice(("format", "format", "length", "lexical"))])(
            rng, problem
        )
        if rule.name not in ("title", "sub_bullets", "keywords", "forbidden_words"):
            return rule


def to_copy(rng: random.Random, *, most: int = 2) -> Constraint:
    """A constraint that asks for words of the prompt in the answer, up to so many."""
    kind = rng.random()
    if kind < 0.15:
        return get("end_phrase", phrase=_phrase(rng, END_PHRASES))
    if kind < 0.3:
        return get("start_phrase", phrase=_phrase(rng, START_PHRASES))
    if kind < 0.7:
        pool = POOL if rng.random() < 0.6 else WORDS
        return get("keywords", keywords=rng.sample(pool, rng.randint(1, most)))
    return get("keyword_count", keyword=_some(rng)[0], at_least=rng.randint(1, 3))


# The word stands in quotation marks as in the request: then its tokens are the same in both places,
# and copying is a matter of looking, not of spelling.
FRAMES = ("Note the word '{}'.", "Here '{}' matters.", "So much for '{}'.")


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
    if rng.random() < 0.05:
        return ""
    return "".join(rng.choice(FRAMES).format(word) + " " for word in words)


def with_margin(rule: Constraint, *, wide: bool = False) -> Constraint:
    """The rule as an author keeps it who does not count on the last word: a lower bound on words,
    sentences or capitals is passed by some; a `wide` one also on what is asked for in ones and twos."""
    least = dataclasses.asdict(rule).get("at_least")
    if least is None:
        return rule
    more = {"words": 4 + least // 3, "capital_words": 1 + least // 3, "sentences": 1}
    if wide:
        more |= {"highlights": 1, "placeholders": 1}
    return dataclasses.replace(rule, at_least=least + more.get(rule.name, 0))  # type: ignore[call-arg]


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
