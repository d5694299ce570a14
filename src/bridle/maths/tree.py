"""Expressions as trees: what the parser makes, what algebra and numeric evaluation take.

2*x + 1   ->   Op("add", (Op("mul", (Num(2), Sym("x"))), Num(1)))
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Num:
    """An exact number."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class Sym:
    """A letter, with its subscript and accents; `pi`, `e`, `i` and `oo` (infinity) are constants."""

    name: str


@dataclass(frozen=True, slots=True)
class Op:
    """An operation: add, mul, div, neg, pow, root, pm, deg (degrees), fact, binom, abs, floor, ceil, mod, log,
    the usual functions by their names, and `call` (its first argument is the function's name)."""

    kind: str
    args: tuple[Node, ...]


Node = Num | Sym | Op

INFINITY = Sym("oo")
# The base of a logarithm that names none: a positive number, as far as is known.
LOG_BASE = "base of log"
CONSTANTS = frozenset({"pi", "e", "i", "oo"})

# Functions of one argument that are evaluated by their name.
FUNCTIONS = frozenset(
    [
        "sin",
        "cos",
        "tan",
        "cot",
        "sec",
        "csc",
        "sinh",
        "cosh",
        "tanh",
        "coth",
        "sech",
        "csch",
        "arcsin",
        "arccos",
        "arctan",
        "arccot",
        "arcsec",
        "arccsc",
        "arcsinh",
        "arccosh",
        "arctanh",
        "exp",
        "ln",
        "sqrt",
        "abs",
        "floor",
        "ceil",
        "fact",
        "re",
        "im",
        "conj",
        "arg",
        "sign",
    ]
)
# They make sense for whole numbers only, and are sampled there.
WHOLE = frozenset({"fact", "binom", "floor", "ceil", "mod", "gcd", "lcm"})


MOST_DEPTH = 60  # of brackets in brackets


class TooMuch(Exception):
    """Reading or computing was given up: too long, too deep or too large."""


def walk(node: Node) -> Iterator[Node]:
    """Every node of the tree, parents first."""
    stack = [node]
    while stack:
        here = stack.pop()
        yield here
        if isinstance(here, Op):
            stack.extend(here.args)


def letters(node: Node) -> set[str]:
    """The names of the free letters."""
    return {n.name for n in walk(node) if isinstance(n, Sym) and n.name not in CONSTANTS}


def has(node: Node, *kinds: str) -> bool:
    """Whether an operation of one of these kinds occurs."""
    return any(isinstance(n, Op) and n.kind in kinds for n in walk(node))


def holds(node: Node, name: str) -> bool:
    """Whether the letter or constant of this name occurs."""
    return any(isinstance(n, Sym) and n.name == name for n in walk(node))


def num(value: int | Fraction) -> Num:
    return Num(Fraction(value))


def add(*args: Node) -> Node:
    return args[0] if len(args) == 1 else Op("add", args)


def mul(*args: Node) -> Node:
    return args[0] if len(args) == 1 else Op("mul", args)


def neg(arg: Node) -> Node:
    return Num(-arg.value) if isinstance(arg, Num) else Op("neg", (arg,))


def sub(a: Node, b: Node) -> Node:
    return Op("add", (a, neg(b)))


def replaced(node: Node, values: dict[str, Node]) -> Node:
    """The tree with letters replaced."""
    if isinstance(node, Sym):
        return values.get(node.name, node)
    if isinstance(node, Op):
        return Op(node.kind, tuple(replaced(arg, values) for arg in node.args))
    return node


def radians(of: Node) -> Node:
    """An angle in degrees as one in radians."""
    return Op("div", (mul(of, Sym("pi")), num(180)))


def signs(node: Node, plus: bool) -> Node:
    """The tree with every plus-minus decided one way (and every minus-plus the other way)."""
    if not isinstance(node, Op):
        return node
    args = tuple(signs(arg, plus) for arg in node.args)
    if node.kind == "pm":
        return args[0] if plus else neg(args[0])
    if node.kind == "mp":
        return neg(args[0]) if plus else args[0]
    return Op(node.kind, args)
