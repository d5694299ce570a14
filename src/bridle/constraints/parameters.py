"""Which types the parameters of a constraint may have, by their annotations."""

from __future__ import annotations

import dataclasses
import functools
from typing import Any

# What the parameters' annotations stand for; rules in rules are looked at by the combinators.
_ANNOTATED: dict[str, tuple[tuple[type, ...], str]] = {
    "int": ((int,), "a whole number"),
    "float": ((int, float), "a number"),
    "bool": ((bool,), "true or false"),
    "str": ((str,), "a text"),
    "tuple[str, ...]": ((tuple,), "one or more texts"),
    "tuple[int, ...]": ((tuple,), "one or more whole numbers"),
}


@functools.cache
def types_of(cls: type[Any]) -> tuple[tuple[str, tuple[type, ...], str], ...]:
    """The types that each parameter may have, and their names for people."""
    found: list[tuple[str, tuple[type, ...], str]] = []
    for f in dataclasses.fields(cls):
        kind = str(f.type).removesuffix(" | None")
        named = _ANNOTATED["str"] if kind.startswith(("Literal", "Order")) else _ANNOTATED.get(kind)
        if named:
            types, expected = named
            optional = kind != f.type
            found.append((f.name, (*types, type(None)) if optional else types, expected))
    return tuple(found)
