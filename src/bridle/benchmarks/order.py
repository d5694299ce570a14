"""The order of items: every prefix is spread evenly over the groups, so that a limit is fair.

spread([["a0", "a1"], ["b0", "b1", "b2", "b3"]]) -> ["b0", "a0", "b1", "b2", "a1", "b3"]
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from bridle.errors import BridleError

T = TypeVar("T")


def spread(groups: Sequence[Sequence[T]]) -> list[T]:
    """All members, each group in its own order, in proportion to the groups' sizes."""
    keyed = [
        ((place + 0.5) / len(group), number, member)
        for number, group in enumerate(groups)
        for place, member in enumerate(group)
    ]
    return [member for _, _, member in sorted(keyed, key=lambda k: k[:2])]


def first(items: Sequence[T], limit: int | None) -> tuple[T, ...]:
    """The first `limit` items, or all of them.

    Raises:
        BridleError: a limit below 1.
    """
    if limit is not None and limit < 1:
        raise BridleError(f"A limit of {limit} items leaves nothing.", expected="at least 1")
    return tuple(items if limit is None else items[:limit])
