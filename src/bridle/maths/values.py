"""What an answer can be: the types that `read` returns and `equal` compares."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from bridle.maths.tree import Node, Op, letters
from bridle.maths.units import Unit


@dataclass(frozen=True, slots=True)
class Scalar:
    """A number or an expression, perhaps with a unit.

    `exact` is its value where it is a plain number; `step` one unit in its last place where it was
    written as a decimal, and `digits` its significant digits (both None for what is exact).
    `percent` is a sign behind it (the value is then a hundredth). `other` is the second reading of
    an ambiguous spelling (1/2x), `base` the base of a number like 4210_5.
    """

    tree: Node
    exact: Fraction | None = None
    step: Fraction | None = None
    digits: int | None = None
    unit: Unit | None = None
    percent: bool = False
    degrees: bool = False
    other: Node | None = None
    base: int | None = None

    @property
    def kind(self) -> str:
        if self.base is not None:
            return "base-n number"
        if self.unit is not None and self.unit.known:
            return "quantity"
        if self.percent:
            return "percentage"
        if self.exact is not None:
            if self.step is not None:
                return "decimal"
            return "integer" if self.exact.denominator == 1 else "fraction"
        if letters(self.tree):
            return "expression"
        return "constant"


@dataclass(frozen=True, slots=True)
class Group:
    """Several values in an order: `opening` and `closing` as written ("" for a bare list).

    "(" ")" is a tuple or an open interval, "[" "]" a list or a closed one, "{" "}" a set.
    """

    items: tuple[Value, ...]
    opening: str = ""
    closing: str = ""
    interval: bool = False  # certain to be one: mixed ends, infinity, "x in"
    joined: str = ""  # "and" or "or" where a bare list says so

    @property
    def kind(self) -> str:
        if self.interval:
            return "interval"
        return {"{": "set", "(": "tuple", "[": "list"}.get(self.opening, "list of answers")


@dataclass(frozen=True, slots=True)
class Union:
    """Intervals and sets joined."""

    parts: tuple[Value, ...]

    @property
    def kind(self) -> str:
        return "union"


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows of values; `bars` for a determinant."""

    rows: tuple[tuple[Value, ...], ...]
    bars: bool = False

    @property
    def kind(self) -> str:
        return "determinant" if self.bars else "matrix"


@dataclass(frozen=True, slots=True)
class Relation:
    """left op right, with op one of = < <= in ne approx (> and >= are turned round)."""

    op: str
    left: Value
    right: Value
    mirrored: bool = False  # it was written with > or >=
    through: tuple[Value, ...] = ()  # the sides between, of a chain a = b = c
    rounded: bool = False  # the last sign is one of approximation

    @property
    def kind(self) -> str:
        return {"=": "equation", "in": "membership"}.get(self.op, "inequality")


@dataclass(frozen=True, slots=True)
class Words:
    """An answer in words, normalised."""

    text: str

    @property
    def kind(self) -> str:
        return "text"


@dataclass(frozen=True, slots=True)
class Choice:
    """An option of a multiple choice, with the text behind its letter."""

    letter: str
    rest: str = ""
    said: Value | None = None  # what stands behind the letter, read

    @property
    def kind(self) -> str:
        return "choice"


@dataclass(frozen=True, slots=True)
class Truth:
    """True or false, yes or no."""

    value: bool

    @property
    def kind(self) -> str:
        return "truth value"


@dataclass(frozen=True, slots=True)
class Moment:
    """A date (year, month, day; 0 for what is not said) or a time of day in minutes."""

    date: tuple[int, int, int] | None = None
    minutes: int | None = None
    half: str = "marked"  # "marked" with am or pm, "24" hours, or "unknown"

    @property
    def kind(self) -> str:
        return "date" if self.date else "time"


@dataclass(frozen=True, slots=True)
class Named:
    """A set with a name (the real numbers, the empty set), perhaps without some elements."""

    name: str
    without: tuple[Value, ...] = field(default=())

    @property
    def kind(self) -> str:
        return "named set"


@dataclass(frozen=True, slots=True)
class Unreadable:
    """What was not understood, and why; `given_up` for what is too long, too deep or too large."""

    reason: str
    given_up: bool = False

    @property
    def kind(self) -> str:
        return "unreadable"


Value = (
    Scalar
    | Group
    | Union
    | Matrix
    | Relation
    | Words
    | Choice
    | Truth
    | Moment
    | Named
    | Unreadable
)


def is_call(tree: Node) -> bool:
    """f(x): the value of a function without a name for it."""
    return isinstance(tree, Op) and tree.kind == "call"
