"""Small functions on lists of whole numbers: the text, the reference, the tests, and tests that contradict.

task = draw(Random(0))
task.text()       -> "Write solve(xs) … 1. Drop the negative numbers. 2. Double every number."
task.solve([3])   -> what the reference says
task.mutated(rng) -> tests of which one contradicts the text, proved by the reference
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

Numbers = list[int]
STEPS: dict[str, tuple[str, Callable[[Numbers], Numbers]]] = {
    "evens": ("Keep the even numbers only.", lambda xs: [x for x in xs if x % 2 == 0]),
    "positive": ("Drop the negative numbers.", lambda xs: [x for x in xs if x >= 0]),
    "double": ("Double every number.", lambda xs: [2 * x for x in xs]),
    "square": ("Square every number.", lambda xs: [x * x for x in xs]),
    "add3": ("Add 3 to every number.", lambda xs: [x + 3 for x in xs]),
    "negate": ("Change the sign of every number.", lambda xs: [-x for x in xs]),
    "reverse": ("Reverse the order.", lambda xs: xs[::-1]),
    "ascending": ("Sort in ascending order.", sorted),
    "unique": ("Keep the first of equal numbers only.", lambda xs: list(dict.fromkeys(xs))),
    "third": ("Keep every third number, from the first on.", lambda xs: xs[::3]),
}
ENDS: dict[str, tuple[str, Callable[[Numbers], Any]]] = {
    "list": ("Return the list.", list),
    "sum": ("Return the sum (0 for an empty list).", sum),
    "count": ("Return how many numbers there are.", len),
    "largest": (
        "Return the largest number, or None for an empty list.",
        lambda xs: max(xs, default=None),
    ),
}
CASES, HIDDEN = 5, 12


@dataclass(frozen=True, slots=True)
class Task:
    """A composition of steps; two to four of them and an end."""

    steps: tuple[str, ...]
    end: str

    def solve(self, xs: Numbers) -> Any:
        for step in self.steps:
            xs = STEPS[step][1](list(xs))
        return ENDS[self.end][1](xs)

    def text(self) -> str:
        lines = [STEPS[step][0] for step in self.steps] + [ENDS[self.end][0]]
        listed = "\n".join(f"{i}. {line}" for i, line in enumerate(lines, 1))
        return f"solve(xs) takes a list of whole numbers and does the following, in this order:\n{listed}"

    def code(self) -> str:
        """A solution in Python."""
        body = {
            "evens": "xs = [x for x in xs if x % 2 == 0]",
            "positive": "xs = [x for x in xs if x >= 0]",
            "double": "xs = [2 * x for x in xs]",
            "square": "xs = [x * x for x in xs]",
            "add3": "xs = [x + 3 for x in xs]",
            "negate": "xs = [-x for x in xs]",
            "reverse": "xs = xs[::-1]",
            "ascending": "xs = sorted(xs)",
            "unique": "xs = list(dict.fromkeys(xs))",
            "third": "xs = xs[::3]",
        }
        end = {
            "list": "list(xs)",
            "sum": "sum(xs)",
            "count": "len(xs)",
            "largest": "max(xs, default=None)",
        }[self.end]
        lines = [body[step] for step in self.steps]
        return "def solve(xs):\n" + "".join(f"    {x}\n" for x in lines) + f"    return {end}\n"


@dataclass(frozen=True, slots=True)
class Tests:
    """Cases (input, expected value); `wrong` is the place of the one that contradicts the text."""

    cases: tuple[tuple[tuple[int, ...], Any], ...]
    wrong: int | None = None

    def code(self) -> str:
        """The tests as a file."""
        lines = [f"assert solve({list(xs)!r}) == {value!r}" for xs, value in self.cases]
        return "from solution import solve\n\n" + "\n".join(lines) + "\n"


def draw(rng: Random) -> tuple[Task, tuple[tuple[int, ...], ...]]:
    """A task whose results vary, and inputs for it."""
    while True:
        task = Task(tuple(rng.sample(sorted(STEPS), rng.randint(2, 4))), rng.choice(sorted(ENDS)))
        inputs = tuple(dict.fromkeys(_numbers(rng) for _ in range(CASES + HIDDEN)))
        results = {repr(task.solve(list(xs))) for xs in inputs}
        if len(inputs) == CASES + HIDDEN and len(results) > HIDDEN // 2:
            return task, inputs


def _numbers(rng: Random) -> tuple[int, ...]:
    return tuple(rng.randint(-9, 20) for _ in range(rng.randint(3, 8)))


def tests_of(task: Task, inputs: tuple[tuple[int, ...], ...], mutation: str, rng: Random) -> Tests:
    """The visible tests: as they should be ("none"), with one wrong value ("one-off"), or with two
    values for one input ("conflicting")."""
    cases = [(xs, task.solve(list(xs))) for xs in inputs[:CASES]]
    if mutation == "none":
        return Tests(tuple(cases))
    place = rng.randrange(CASES)
    xs, right = cases[place]
    wrong = _other(right, rng)
    assert wrong != right
    if mutation == "one-off":
        cases[place] = (xs, wrong)
        return Tests(tuple(cases), place)
    cases.insert(place + 1, (xs, wrong))
    return Tests(tuple(cases), place + 1)


def _other(value: Any, rng: Random) -> Any:
    if isinstance(value, list):
        return [*value[:-1], value[-1] + rng.randint(1, 5)] if value else [rng.randint(1, 9)]
    return rng.randint(1, 9) if value is None else value + rng.randint(1, 5)
