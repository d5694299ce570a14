"""The items of a study again, to the byte: what makes them, and the checksum of what was made.

    made = manifest("crossed:problems=all", loaded)   # loaded: benchmarks.load(...)
    made["items_sha256"]          -> the checksum of `lines(loaded.items)`
    remade(made).items            -> the same items, or a DataError that says that they differ

A study's `study.json` holds all that is needed for it; a manifest is that part alone, small enough to go
into a paper. It has the hash of a secret seed, never the seed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bridle import benchmarks
from bridle.benchmarks.base import Benchmark
from bridle.benchmarks.item import Ask, Item
from bridle.errors import BridleError, DataError
from bridle.version import __version__

NEEDED = ("benchmark", "items", "items_sha256")


def lines(items: Sequence[Item]) -> Iterator[str]:
    """Each item as a line of JSON with sorted keys: all that is asked and all that it is judged by."""
    for item in items:
        row: dict[str, Any] = {
            "id": item.id,
            "problem": item.problem.id,
            "question": item.problem.question,
            "group": item.group,
            "system": item.system,
            "turns": [_turn(ask) for ask in item.asks],
        }
        yield json.dumps(row, sort_keys=True, ensure_ascii=True) + "\n"


def _turn(ask: Ask) -> dict[str, Any]:
    return {
        "prompt": ask.prompt,
        "bare_prompt": ask.bare_prompt,
        "answer": ask.answer,
        "constraints": [rule.spec() for rule in ask.constraints],
    }


def digest(items: Sequence[Item]) -> str:
    """The sha256 of the lines, in hexadecimal digits."""
    found = hashlib.sha256()
    for line in lines(items):
        found.update(line.encode("ascii"))
    return found.hexdigest()


def manifest(loaded: Benchmark, *, data: str | None = None, seed: int = 0) -> dict[str, Any]:
    """What a file of a manifest holds; `data` is the user's file or folder, by name."""
    return {
        "benchmark": loaded.name,
        "bridle_version": __version__,
        "data": data,
        "items": len(loaded.items),
        "items_sha256": digest(loaded.items),
        "provenance": dict(loaded.provenance),
        "seed": None if "seed_hash" in loaded.provenance else seed,
    }


def remade(row: Mapping[str, Any], *, secret: str | None = None) -> Benchmark:
    """The benchmark that a manifest names, its items proved equal.

    Raises:
        DataError: the row is no manifest, or this version makes other items from it.
        BridleError: the items come from a secret seed, and none or another one is given.
    """
    if not isinstance(row, Mapping) or any(key not in row for key in NEEDED):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise DataError(
            "This is no manifest.", expected=f"an object with {', '.join(NEEDED)}",
            hint="bridle manifest DIR",
        )  # fmt: skip
    hashed = (row.get("provenance") or {}).get("seed_hash")
    if hashed is not None and secret is None:
        raise BridleError(
            "The items of this manifest were made from a secret seed.",
            hint="--secret-seed TEXT, or the environment variable BRIDLE_SECRET_SEED",
        )
    loaded = benchmarks.load(
        row["benchmark"],
        data=row.get("data"),
        limit=row["items"],
        seed=row.get("seed") or 0,
        secret=None if hashed is None else secret,
    )
    if hashed not in (None, loaded.provenance.get("seed_hash")):
        raise BridleError("This is another secret seed than the manifest's.")
    if (found := digest(loaded.items)) != row["items_sha256"]:
        raise DataError(
            f"These are other items: sha256 {found[:12]}… instead of {row['items_sha256'][:12]}….",
            expected=f"the items that bridle {row.get('bridle_version', '?')} made; this is {__version__}",
        )
    return loaded
