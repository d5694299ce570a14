"""What a family of generated problems is, and the registry of all of them.

    make("rates", 3, seed=7, difficulty=4).problem.question
    -> "A bus drives for 3 hours at 60 km/h, ... How many kilometres ...?"

A family writes one problem from a random generator, a number of steps and a language. It also says
the facts that the question states, so that a test can solve the problem by another way.
"""

from __future__ import annotations

import functools
import importlib
import json
import pkgutil
import random
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from bridle.errors import DataError, nearest
from bridle.problems.base import Problem

HARDEST = 8  # steps
LANGUAGES = ("en", "de", "es", "fr", "it", "nl", "pt")
VERSION = 1  # raised by every change after which an id means another question

_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Written:
    """A question, its exact answer, and the facts it states (plain JSON values)."""

    question: str
    answer: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Made:
    """A generated problem with the facts that its question states."""

    problem: Problem
    facts: Mapping[str, Any]


class Family(ABC):
    """One kind of problem. Subclasses name themselves and write one problem at a time."""

    name: ClassVar[str]
    meaning: ClassVar[str]  # one line, for `bridle list problems`
    languages: ClassVar[tuple[str, ...]] = ("en",)

    @abstractmethod
    def write(self, rng: random.Random, steps: int, language: str) -> Written:
        """A problem of so many steps (1 to 8), the same for the same generator."""


FAMILIES: dict[str, Family] = {}

F = TypeVar("F", bound=Family)


def register(cls: type[F]) -> type[F]:
    """Class decorator: make the family known by its name."""
    if cls.name in FAMILIES:
        raise DataError(f"Two families of problems are called {cls.name!r}.")
    FAMILIES[cls.name] = cls()
    return cls


@functools.cache
def families() -> Mapping[str, Family]:
    """All families by name, in alphabetical order."""
    folder = importlib.import_module("bridle.problems.families")
    for module in pkgutil.iter_modules(folder.__path__, f"{folder.__name__}."):
        importlib.import_module(module.name)
    return dict(sorted(FAMILIES.items()))


def make(
    family: str, index: int, *, seed: int = 0, difficulty: int = 1, language: str = "en"
) -> Made:
    """The problem number `index` of a family and seed; the same arguments give the same problem.

    Raises:
        DataError: no such family, a language that it lacks, an index or difficulty out of range.
    """
    known = families()
    if family not in known:
        near = nearest(family, known)
        raise DataError(
            f"There is no family of problems {family!r}.",
            expected=(f"did you mean {near!r}? " if near else "") + f"One of: {', '.join(known)}",
            hint="bridle list problems",
        )
    if index < 0:
        raise DataError(f"There is no generated problem {index}.", expected="an index from 0 up")
    if not 1 <= difficulty <= HARDEST:
        raise DataError(f"difficulty={difficulty} is not possible.", expected=f"1 to {HARDEST}")
    if language not in known[family].languages:
        raise DataError(
            f"The family {family!r} is not written in {language!r}.",
            expected=f"one of: {', '.join(known[family].languages)}",
            hint="bridle list problems",
        )
    id = f"{family}-{seed}-{index}-{difficulty}" + ("" if language == "en" else f"-{language}")
    rng = random.Random(f"{VERSION}:{family}:{seed}:{index}:{difficulty}")  # the language apart
    written = known[family].write(rng, difficulty, language)
    problem = Problem(
        id=id,
        question=written.question,
        answer=written.answer,
        source="generated",
        difficulty=float(difficulty),
        family=family,
        language=language,
    )
    return Made(problem, written.facts)


@functools.cache
def phrases(language: str) -> Mapping[str, Any]:
    """The sentences of a language: family -> kind of sentence -> ways to say it."""
    return json.loads((_DATA / f"{language}.json").read_text(encoding="utf-8"))


def say(rng: random.Random, ways: list[str], **values: object) -> str:
    """One of the ways to say it, its blanks filled.

    The draw takes one number whatever the number of ways, so that a problem has the same numbers in
    every language.
    """
    return ways[int(rng.random() * len(ways))].format(**values)
