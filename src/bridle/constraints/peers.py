"""Other projects' ids and arguments as constraints of ours.

    from_peer("keywords:existence", {"keywords": ["root"]})   -> Keywords(keywords=("root",))

Each benchmark declares its ids in its own folder (`benchmarks/<name>/ids.py`): our type, the
arguments that the id takes, and our parameters from them.
"""

from __future__ import annotations

import functools
import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bridle.constraints.base import Constraint
from bridle.constraints.registry import make
from bridle.errors import ConstraintError, nearest

Params = Mapping[str, Any]

# The tables of ids, imported when the first id is looked up: they stand on a floor above this one.
TABLES = ("bridle.benchmarks.ifeval.ids", "bridle.benchmarks.ifbench.ids")

_RELATIONS = {"at least": "at_least", "less than": "less_than", "at most": "at_most",
              "more than": "more_than", "exactly": "exactly"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Peer:
    """One id of another project: our type, the arguments it takes, our parameters from them."""

    type: str
    arguments: tuple[str, ...]
    parameters: Callable[[Params], Params]


def peer(type: str, arguments: str, parameters: Callable[[Params], Params]) -> Peer:
    """A row of a table; `arguments` are names with blanks between them."""
    return Peer(type, tuple(arguments.split()), parameters)


def bound(relation: object, number: object) -> dict[str, Any]:
    """The bound that a peer's relation and number mean: `("at least", 3)` -> `{"at_least": 3}`."""
    key = _RELATIONS.get(str(relation))
    if key is None:
        raise ConstraintError(
            f"The relation {relation!r} is not known.", expected=f"one of: {', '.join(_RELATIONS)}"
        )
    return {key: number}


@functools.cache
def peers() -> Mapping[str, Peer]:
    """Every id of another project that has a counterpart here."""
    found: dict[str, Peer] = {}
    for table in TABLES:
        found |= importlib.import_module(table).PEERS
    return found


def peers_of(name: str) -> list[str]:
    """The peers' ids that resolve to a type of ours."""
    return [id for id, row in peers().items() if row.type == name]


def from_peer(id: str, kwargs: Params | None = None, *, benchmark: str | None = None) -> Constraint:
    """Our constraint for another project's id and arguments.

    ReasonIF uses MathIF's and IFEval's ids for constraints on the thinking; `benchmark="reasonif"`
    says so, and so do its own arguments (a number of words without a relation) where no other
    benchmark is named.

    Raises:
        ConstraintError: an id without counterpart here, or arguments that are missing, unknown or
            make no sense.
    """
    row = peers().get(id)
    if row is None:
        near = nearest(str(id), peers())
        raise ConstraintError(
            f"The peer constraint {id!r} has no counterpart here.",
            expected=f"did you mean {near!r}?" if near else f"one of: {', '.join(peers())}",
            hint="bridle list constraints",
        )
    if kwargs is not None and not isinstance(kwargs, (dict, Mapping)):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise _refused(id, f"has {kwargs!r} for arguments", "an object")
    given = {key: _int(v) for key, v in kwargs.items() if v is not None} if kwargs else {}
    thinking = benchmark == "reasonif" or id == "language:reasoning_language"
    if "num_words" in given and "relation" not in given and id.endswith(":number_words"):
        if benchmark not in (None, "reasonif"):
            raise _refused(id, "lacks the argument 'relation'", f"it beside {given}")
        thinking = True
    try:
        params = row.parameters(given)
    except KeyError as missing:
        raise _refused(
            id, f"lacks the argument {missing}", f"arguments with {missing}; got {given}"
        ) from None
    except (TypeError, AttributeError):
        raise _refused(id, "has an argument of a wrong type", f"not {given}") from None
    for key in given:
        if key not in row.arguments:
            only = f"only: {', '.join(sorted(row.arguments))}" if row.arguments else "no arguments"
            raise _refused(id, f"has no argument {key!r}", only)
    return make(row.type, {**params, "scope": "thinking"} if thinking else params)


def _refused(id: str, why: str, expected: str) -> ConstraintError:
    short = expected if len(expected) <= 300 else f"{expected[:300]}…"
    return ConstraintError(f"The peer constraint {id!r} {why}.", expected=short)


def _int(value: Any) -> Any:
    """Peers write `2.0` for 2: a whole number becomes an int, anything else stays as it is."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
