"""What a story of a generated problem is made of: its cast, its moves, an opening and questions.

A move holds the sentences that tell it (one is drawn), its operations on the running value, and one
text per operation for the solution. `{a}` is the person (or thing) at hand, `{b}` another one,
`{she}` the pronoun, `{things}` the goods, `{k}` and `{m}` the numbers of the move, `{n}` the value.
Operations: `+ - * /` by k; `x` makes k*m first, which the next operation uses in place of k."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

WOMEN = ("Mia", "Ana", "Eva", "Lena", "Nora", "Rosa", "Sara", "Zoe", "Ida", "Kim")


MEN = ("Tom", "Leo", "Max", "Ben", "Sam", "Omar", "Paul", "Ivan", "Luis", "Finn")


THINGS = (
    "apples",
    "shells",
    "stamps",
    "coins",
    "books",
    "cards",
    "marbles",
    "pencils",
    "stickers",
    "buttons",
    "cookies",
    "flowers",
    "stones",
    "tickets",
    "balls",
    "beads",
    "eggs",
    "nuts",
    "photos",
    "toys",
)


GOODS = ("pen", "cap", "lamp", "kite", "mug", "coat", "ring", "map", "drum", "bowl")


@dataclass(frozen=True, slots=True)
class Cast:
    """Who and what a story is about."""

    people: tuple[str, ...]
    things: str
    good: str
    other: str

    @classmethod
    def drawn(cls, rng: random.Random) -> Cast:
        people = rng.sample(WOMEN + MEN, 8)
        good, other = rng.sample(GOODS, 2)
        return cls(tuple(people), rng.choice(THINGS), good, other)

    def turned(self) -> Cast:
        """The next person comes to the fore; the one before becomes `{b}`."""
        return replace(self, people=self.people[1:] + self.people[:1])


def fill(template: str, cast: Cast, **numbers: int) -> str:
    a = cast.people[0]
    she = "she" if a in WOMEN else "he"
    return template.format(
        a=a,
        b=cast.people[-1],
        c=cast.people[1],
        she=she,
        She=she.capitalize(),
        things=cast.things,
        good=cast.good,
        other=cast.other,
        **numbers,
    )


@dataclass(frozen=True, slots=True)
class Move:
    """One or two operations and the ways to tell them."""

    sentences: tuple[str, ...]
    operations: str
    texts: tuple[str, ...]
    k: tuple[int, int] = (2, 30)
    m: tuple[int, int] = (2, 9)
    turns: bool = False  # the next person comes to the fore
    last: bool = False  # only the end of a story
    question: tuple[str, ...] = ()  # what to ask when the story ends here


@dataclass(frozen=True, slots=True)
class Story:
    """An opening with the first value, the moves that may follow, and how the story may ask."""

    opening: tuple[str, ...] | None
    first: tuple[int, int]
    moves: tuple[Move, ...]
    questions: tuple[str, ...]
    first_moves: tuple[Move, ...] = ()
