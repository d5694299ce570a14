"""The constraint types by name.

    get("words", at_most=300)
    from_spec({"type": "words", "at_most": 300})

A type is known by being defined in a file under `families/` (all of them are imported when a name
is first looked up), by a plug-in's entry point in the group `bridle.constraints`, or by having been
imported at all.
"""

from __future__ import annotations

import dataclasses
import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from bridle import plugins
from bridle.constraints.aliases import ALIASES, SAID
from bridle.constraints.base import Constraint
from bridle.errors import ConstraintError, nearest

FAMILIES = "bridle.constraints.families"


class Registry(Mapping[str, type[Constraint]]):
    """The types by name. All families are imported when a name is first looked up."""

    def __init__(self) -> None:
        self._types: dict[str, type[Constraint]] = {}
        self._complete = False

    def add(self, cls: type[Constraint]) -> None:
        if self._types.setdefault(cls.name, cls) is not cls:
            raise ConstraintError(f"Two constraint types are called {cls.name!r}.")

    def _all(self) -> dict[str, type[Constraint]]:
        types = self._ours()
        plugins.load("bridle.constraints")
        return types

    def _ours(self) -> dict[str, type[Constraint]]:
        if not self._complete:
            self._complete = True  # before the imports: they may look a name up themselves
            folder = importlib.import_module(FAMILIES).__path__
            for module in pkgutil.walk_packages(folder, f"{FAMILIES}."):
                importlib.import_module(module.name)
        return self._types

    def __getitem__(self, name: str) -> type[Constraint]:
        if name not in self._types and name not in self._ours():
            plugins.load("bridle.constraints")
        return self._types[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def __contains__(self, name: object) -> bool:
        return name in self._types or name in self._ours() or name in self._all()


REGISTRY = Registry()

C = TypeVar("C", bound=type[Constraint])


def register(cls: C) -> C:
    """Class decorator: make the type known by its `name`.

    The family of a type of ours is the folder that its file stands in; others name theirs.
    """
    if cls.__module__.startswith(f"{FAMILIES}."):
        cls.family = cls.__module__.split(".")[FAMILIES.count(".") + 1]
    REGISTRY.add(cls)
    return cls


def make(name: str, params: Mapping[str, Any]) -> Constraint:
    """The constraint of that registered name, or of one of its other names (`aliases`).

    Raises:
        ConstraintError: unknown name or parameter, missing parameter, impossible value.
    """
    cls = REGISTRY.get(known_as(name))
    if cls is None:
        raise unknown(name)
    for key, value in params.items():
        if isinstance(value, list):
            params = {**params, key: _hashable(value)}
    try:
        return cls(**params)
    except TypeError:
        _complain(cls, params)
        raise


def known_as(name: str) -> str:
    """The type's own name, where `name` is another one for it."""
    return name if name in REGISTRY else ALIASES.get(name, name)


def unknown(name: str) -> ConstraintError:
    """The error for a name that no type has."""
    near = SAID.get(name)
    if near is None and (found := nearest(name, [*REGISTRY, *ALIASES])):
        near = repr(found)
    return ConstraintError(
        f"There is no constraint {name!r}.",
        expected=f"did you mean {near}?" if near else "a registered name",
        hint="bridle list constraints",
    )


def _complain(cls: type[Constraint], params: Mapping[str, Any]) -> None:
    """Raise what is wrong with the parameters' names, if anything is."""
    name = cls.name
    fields, needed = _parameters(cls)
    for key in params:
        if key not in fields:
            near = nearest(key, fields)
            raise ConstraintError(
                f"{name} has no parameter {key!r}.",
                expected=(f"did you mean {near!r}? " if near else "")
                + f"One of: {', '.join(fields)}",
                hint=f"bridle list constraints {name}",
            )
    missing = [key for key in needed if key not in params]
    if missing:
        raise ConstraintError(
            f"{name} needs {', '.join(missing)}.",
            expected=f"parameters: {', '.join(fields)}",
            hint=f"bridle list constraints {name}",
        )


def _parameters(cls: type[Constraint]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of a type's parameters, and of those without a default."""
    fields = dataclasses.fields(cls)
    absent = dataclasses.MISSING
    needed = [f.name for f in fields if f.default is absent and f.default_factory is absent]
    return tuple(f.name for f in fields), tuple(needed)


def _hashable(value: Any) -> Any:
    """Lists become tuples, so that a constraint can be a key."""
    return tuple(_hashable(v) for v in value) if isinstance(value, list) else value  # pyright: ignore[reportUnknownVariableType]


def get(name: str, **params: Any) -> Constraint:
    """The constraint of that name, e.g. `get("words", at_most=300)`.

    Raises:
        ConstraintError: unknown name or parameter, missing parameter, impossible value.
    """
    return make(name, params)


def from_spec(spec: Mapping[str, Any]) -> Constraint:
    """The constraint of a spec as files hold it: `{"type": "words", "at_most": 300}`."""
    if not isinstance(spec, Mapping) or not isinstance(spec.get("type"), str):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise ConstraintError(
            f"{spec!r} is not a constraint.",
            expected='an object with a "type", as {"type": "words", "at_most": 300}',
            hint="bridle list constraints",
        )
    return make(spec["type"], {k: v for k, v in spec.items() if k != "type"})
