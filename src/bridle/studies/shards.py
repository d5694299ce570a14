"""Shares of a study: every n-th problem with all its items, asked on a machine of its own.

read_shard("3/16")            -> (3, 16)
share_of(items, 3, 16)        -> the items of every sixteenth problem, from the third on"""

from __future__ import annotations

from collections.abc import Sequence

from bridle.benchmarks.item import Item
from bridle.errors import BridleError


def share_of(items: Sequence[Item], number: int, of: int) -> list[Item]:
    """The items of shard `number` (from 1): every `of`-th problem with all its items.

    Items of one problem stay together, since they share their bare prompt.

    Raises:
        BridleError: there is no such shard, or no problem for it.
    """
    if not 1 <= number <= of:
        raise BridleError(
            f"There is no shard {number} of {of}.",
            expected=f"1/{max(of, 1)} to {max(of, 1)}/{max(of, 1)}",
        )
    problems = list(dict.fromkeys(item.problem.id for item in items))
    if len(problems) < of:
        raise BridleError(
            f"{len(problems)} problems cannot be cut into {of} shards.",
            expected=f"at most {len(problems)}",
        )
    mine = set(problems[number - 1 :: of])
    return [item for item in items if item.problem.id in mine]


def read_shard(text: str) -> tuple[int, int]:
    """ "3/16" -> (3, 16)

    Raises:
        BridleError: it is not of that form.
    """
    first, slash, second = text.partition("/")
    if not (
        slash and first.isascii() and first.isdigit() and second.isascii() and second.isdigit()
    ):
        raise BridleError(
            f"{text!r} names no shard.", expected="--shard 3/16: the third of sixteen"
        )
    return int(first[:9]), int(second[:9])
