r"""Vectors written with unit vectors: 2\mathbf{i} + 3\mathbf{j} is (2, 3)."""

from __future__ import annotations

from bridle.maths.read.scalars import with_value
from bridle.maths.tree import Node, has, letters, num, replaced
from bridle.maths.values import Group, Scalar, Value

UNITS = ("i:hat", "j:hat", "k:hat")


def as_vector(scalar: Scalar) -> Value:
    """The components, where unit vectors occur; two of them unless the third one occurs."""
    found = letters(scalar.tree) & set(UNITS)
    if not found or has(scalar.tree, "pow", "root", "abs"):
        return scalar
    names = UNITS if UNITS[2] in found else UNITS[:2]
    return Group(tuple(_component(scalar.tree, name) for name in names), "(", ")")


def _component(tree: Node, name: str) -> Scalar:
    values: dict[str, Node] = {unit: num(1 if unit == name else 0) for unit in UNITS}
    return with_value(Scalar(replaced(tree, values)))
