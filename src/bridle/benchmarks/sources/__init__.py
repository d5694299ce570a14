"""Problems that are not generated here: published sets, reasoning-gym, a file of the user's.

    load("gsm8k")                    -> Source(problems=(Problem(id="1", question="Janet's ducks …", answer="18"), …))
    load("gsm8k", data="…/folder")   -> the same from a file of the user's
    load("data", data="mine.csv")    -> the user's own questions and answers
    load("gym/lcm", count=50, seed=7)

`crossed:problems=gsm8k` puts them under constraints, as it does with generated ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bridle.benchmarks.sources import gym, published, rows
from bridle.errors import BridleError, nearest
from bridle.problems.base import Problem

DATA = "data"  # the user's own file


@dataclass(frozen=True, slots=True)
class Source:
    """Problems in their own order, and what a study writes down of where they came from."""

    problems: tuple[Problem, ...]
    provenance: Mapping[str, Any]


def names() -> dict[str, str]:
    """The sources that `load` knows, each with a line about it."""
    return {
        **{name: known.about for name, known in published.known().items()},
        DATA: "Your own problems: a JSONL, JSON, CSV or Parquet file with question and answer, by --data.",
        f"{gym.PREFIX}NAME": "A data set of reasoning-gym by its name, as gym/lcm (extra: gym).",
    }


def is_source(name: str) -> bool:
    """Whether the name is one of a source rather than of a family of generated problems."""
    return name == DATA or name.startswith(gym.PREFIX) or name in published.known()


def load(name: str, *, data: Path | str | None = None, count: int = 0, seed: int = 0) -> Source:
    """The problems of a source; `count` and `seed` matter to what is generated (reasoning-gym).

    Raises:
        BridleError: no such source, or one that needs a file or a package that is not there.
        DataError: the file cannot be had or read.
    """
    if name.startswith(gym.PREFIX):
        return Source(*gym.load(name, count, seed))
    if name == DATA:
        if data is None:
            raise BridleError(
                "The problems 'data' are a file of yours.",
                expected="JSONL, JSON, CSV or Parquet with the fields question and answer",
                hint="--data FILE",
            )
        return Source(*rows.load(Path(data)))
    if name not in published.known():
        near = nearest(name, names())
        raise BridleError(
            f"There is no source of problems {name!r}.",
            expected=(f"did you mean {near!r}? " if near else "") + f"One of: {', '.join(names())}",
            hint="bridle list problems",
        )
    return Source(*published.load(name, data))
