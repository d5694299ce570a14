"""Chains of counts whose answer is proved to be one, none or any: questions and their unanswerable twins.

    twin(0, seed=0, kind="plain").answer      -> "57"
    twin(0, seed=0, kind="premise").answer    -> None: the start of the chain is left out

A fact says how much a person has, outright or by the person before. `values` works out who has how much from
the facts alone; two facts about one person that differ contradict each other. Every twin is proved by it.
"""

from __future__ import annotations

import functools
import itertools
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from random import Random
from typing import Any

NAMES = (
    "Mia",
    "Noah",
    "Lena",
    "Omar",
    "Ines",
    "Tom",
    "Aiko",
    "Ravi",
    "Elif",
    "Jan",
    "Nina",
    "Paul",
)
MOST_STEPS = 6
ANSWERABLE = ("plain", "surplus")
UNANSWERABLE = ("premise", "contradiction")
KINDS = (*ANSWERABLE, *UNANSWERABLE)


@dataclass(frozen=True, slots=True)
class Fact:
    """What is said of `who`: {start: n}, or {more, times: n} of `other`."""

    kind: str
    who: str
    n: int
    other: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A question with its answer, None where there is none; `about` are those it asks for."""

    text: str
    answer: str | None
    facts: tuple[Fact, ...]
    about: tuple[str, ...]
    steps: int


class Contradiction(Exception):
    """Two facts give one person different counts."""


def values(facts: Sequence[Fact]) -> dict[str, int]:
    """Who has how much, as far as it follows.

    Raises:
        Contradiction: two facts that exclude each other.
    """
    known: dict[str, int] = {}
    for _ in facts:  # a chain of so many facts is worked out in as many rounds
        for fact in facts:
            if fact.kind == "start":
                value = fact.n
            elif fact.other in known:
                base = known[fact.other]
                value = base + fact.n if fact.kind == "more" else base * fact.n
            else:
                continue
            if known.setdefault(fact.who, value) != value:
                raise Contradiction(fact.who)
    return known


def answer_of(facts: Sequence[Fact], about: Sequence[str]) -> str | None:
    """The sum of what those have whom the question is about; None where it does not follow."""
    try:
        known = values(facts)
    except Contradiction:
        return None
    return str(sum(known[who] for who in about)) if all(who in known for who in about) else None


@functools.cache
def sentences() -> dict[str, dict[str, Any]]:
    return tomllib.loads((files("bridle.probes.know") / "tell.toml").read_text("utf-8"))


def twin(place: int, *, seed: int, kind: str, language: str = "en") -> Told:
    """The question number `place` of a seed as that kind of twin: the same chain in all kinds."""
    rng = Random(f"know/{seed}/{place}")
    steps = 1 + place % MOST_STEPS
    who = rng.sample(NAMES, steps + 1)
    large = 12 * steps * steps  # harder chains have larger numbers
    facts = [Fact("start", who[0], rng.randint(3, 9 + large))]
    for before, now in itertools.pairwise(who):
        if rng.random() < 0.6:
            facts.append(Fact("more", now, rng.randint(2, 9 + large), before))
        else:
            facts.append(Fact("times", now, rng.randint(2, 3 + steps), before))
    about: tuple[str, ...] = tuple(who) if rng.random() < 0.5 else (who[-1],)
    # whom nobody else names must stay where "they" are asked for: without that fact nobody would miss them
    left_out = rng.randrange(len(facts) - (len(about) > 1))
    extra = rng.randint(3, 40)
    if kind == "premise":
        del facts[left_out]
    elif kind == "contradiction":
        other = Fact("start", who[0], facts[0].n + rng.randint(1, 5))
        facts.insert(rng.randint(1, len(facts)), other)
    said = sentences()[language]
    lines = [said[f.kind].format(a=f.who, b=f.other, n=f.n) for f in facts]
    if kind == "surplus":
        lines.insert(
            rng.randint(1, len(lines)), rng.choice(said["surplus"]).format(a=who[-1], n=extra)
        )
    asked = said["total"] if len(about) > 1 else said["last"].format(a=who[-1])
    answer = answer_of(facts, about)
    assert (answer is None) == (kind in UNANSWERABLE), (place, seed, kind)
    return Told(" ".join((*lines, asked)), answer, tuple(facts), about, steps)
