"""How another project's id and arguments become a constraint of ours: the pieces of its table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bridle.constraints.base import Constraint, make
from bridle.errors import ConstraintError

Params = Mapping[str, Any]
Build = Callable[[Params], Constraint]


def peer(name: str, arguments: Callable[[Params], Params]) -> Build:
    """A row of a table: our type, and its parameters from the peer's arguments."""

    def build(params: Params) -> Constraint:
        return make(name, arguments(params))

    build.type = name  # pyright: ignore[reportFunctionMemberAccess]
    return build


_RELATIONS = {"at least": "at_least", "less than": "less_than", "at most": "at_most",
              "more than": "more_than", "exactly": "exactly"}  # fmt: skip


def bound(relation: object, number: object) -> dict[str, Any]:
    """The bound that a peer's relation and number mean: `("at least", 3)` -> `{"at_least": 3}`."""
    key = _RELATIONS.get(str(relation))
    if key is None:
        raise ConstraintError(
            f"The relation {relation!r} is not known.", expected=f"one of: {', '.join(_RELATIONS)}"
        )
    return {key: number}


class Arguments(dict[str, Any]):
    """A peer's arguments; which of them were asked for is kept."""

    def __init__(self, given: Params) -> None:
        super().__init__(given)
        self.asked: set[str] = set()

    def __getitem__(self, key: str) -> Any:
        self.asked.add(key)
        return super().__getitem__(key)

    def get(self, key: str, default: Any = None) -> Any:  # pyright: ignore[reportIncompatibleMethodOverride]
        self.asked.add(key)
        return super().get(key, default)


def whole(value: Any) -> Any:
    """Peers write `2.0` for 2: a whole number becomes an int, anything else stays as it is."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
