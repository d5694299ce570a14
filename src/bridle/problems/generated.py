"""Word problems from a seed: no contamination, exact answers, difficulty counted in steps.

    made = generate(3, seed=7, steps=2)
    made.problem.question -> "Mia has 12 shells. She finds 7 more. Then ... How many shells ...?"
    made.problem.answer   -> "57"
    made.steps[0]         -> Step(text="Mia finds 7 more shells", equation="12+7=19")

A problem is a chain: every step changes the value that the step before it left. The stories live in
`stories.py`; this file walks them.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from bridle.errors import DataError
from bridle.problems.base import Problem
from bridle.problems.moves import Cast, Move, fill
from bridle.problems.stories import STORIES

MOST_STEPS = 6
LARGEST = 400  # no value on the way exceeds it


@dataclass(frozen=True, slots=True)
class Step:
    """One link of the solution: what happens in words, and its equation without spaces."""

    text: str
    equation: str


@dataclass(frozen=True, slots=True)
class Generated:
    """A problem with the solution that made it; `steps[-1]` ends in the answer."""

    problem: Problem
    steps: tuple[Step, ...]


def generate(index: int, *, seed: int = 0, steps: int | None = None) -> Generated:
    """The word problem number `index` of a seed: the same arguments give the same problem.

    Without `steps` every block of six consecutive indices holds each number of steps once, in an
    order drawn from the seed. The id is `gen-{seed}-{index}`; where `steps` overrides that order
    the id says so (`gen-{seed}-{index}-{steps}`), so that an id never means two problems.

    Raises:
        DataError: a negative index, or steps outside 1 to 6.
    """
    if index < 0:
        raise DataError(f"There is no generated problem {index}.", expected="an index from 0 up")
    if steps is not None and not 1 <= steps <= MOST_STEPS:
        raise DataError(f"steps={steps} is not possible.", expected=f"1 to {MOST_STEPS}")
    usual = _usual_steps(index, seed)
    wanted = usual if steps is None else steps
    name = f"gen-{seed}-{index}" + ("" if wanted == usual else f"-{wanted}")
    question, chain, value = tell(random.Random(name), wanted)
    problem = Problem(
        id=name, question=question, answer=str(value), source="generated", difficulty=float(wanted)
    )
    return Generated(problem=problem, steps=tuple(chain))


def _usual_steps(index: int, seed: int) -> int:
    block, place = divmod(index, MOST_STEPS)
    order = list(range(1, MOST_STEPS + 1))
    random.Random(f"steps-{seed}-{block}").shuffle(order)
    return order[place]


def tell(rng: random.Random, wanted: int) -> tuple[str, list[Step], int]:
    """Question, steps and answer of one story; told again if it runs into a dead end."""
    while True:
        story = rng.choice(STORIES)
        cast = Cast.drawn(rng)
        sentences: list[str] = []
        chain: list[Step] = []
        value = rng.randint(*story.first)
        if story.opening is not None:
            sentences.append(fill(rng.choice(story.opening), cast, n=value))
        used: Move | None = None  # the move just told, not to be told twice in a row
        while len(chain) < wanted:
            options = [
                (move, numbers)
                for move in (story.moves if chain or not story.first_moves else story.first_moves)
                if move is not used
                and len(move.operations) <= wanted - len(chain)
                and (not move.last or len(chain) + len(move.operations) == wanted)
                and (numbers := _numbers(rng, move, value)) is not None
            ]
            if not options:
                break
            used, numbers = rng.choice(options)
            cast = cast.turned() if used.turns else cast
            sentences.append(fill(rng.choice(used.sentences), cast, n=value, **numbers))
            worked = _work(used, cast, numbers, value)
            chain += [step for step, _ in worked]
            value = worked[-1][1]
        else:
            ask = (used.question if used else ()) or story.questions
            sentences.append(fill(rng.choice(ask), cast))
            return " ".join(sentences), chain, value


def _numbers(rng: random.Random, move: Move, value: int) -> dict[str, int] | None:
    """The move's operands such that every intermediate value is a whole number in 1..LARGEST."""
    for _ in range(12):
        k, m = rng.randint(*move.k), rng.randint(*move.m)
        if "/" in move.operations:
            divisors = [d for d in range(move.k[0], move.k[1] + 1) if value % d == 0]
            if not divisors:
                return None
            k = rng.choice(divisors)
        if all(1 <= v <= LARGEST for _, _, v in _apply(move, k, m, value)):
            return {"k": k, "m": m}
    return None


def _apply(move: Move, k: int, m: int, value: int) -> list[tuple[int, int, int]]:
    """(left, right, result) for each operation; a leading `x` makes k*m first, to be added or
    taken away next."""
    out: list[tuple[int, int, int]] = []
    right = k
    for operation in move.operations:
        if operation == "x":
            right = k * m
            out.append((k, m, right))
            continue
        left = value
        value = {
            "+": left + right,
            "-": left - right,
            "*": left * right,
            "/": left // right,
        }[operation]
        out.append((left, right, value))
    return out


def _work(move: Move, cast: Cast, numbers: dict[str, int], value: int) -> list[tuple[Step, int]]:
    """The step of each operation of a move, with the value it leaves."""
    out: list[tuple[Step, int]] = []
    applied = _apply(move, numbers["k"], numbers["m"], value)
    for text, operation, (left, right, result) in zip(
        move.texts, move.operations, applied, strict=True
    ):
        sign = "*" if operation == "x" else operation
        words = fill(text, cast, n=left, **numbers)
        out.append((Step(words, f"{left}{sign}{right}={result}"), result))
    return out
