"""Problems of reasoning-gym: seeded generators of another project (extra `gym`).

    load("gym/lcm", count=3, seed=7)
    -> (Problem(id="0", question="Find the Least Common Multiple …", answer="2232", family="lcm"), …), …

Its answers are compared as everything here is: a data set whose answers are grids, programs or games
is better judged by its own verifier, and `bridle sample` shows which are such.
"""

from __future__ import annotations

import warnings
from typing import Any

from bridle.errors import BridleError, DataError, nearest
from bridle.problems.base import Problem

PREFIX = "gym/"
SPARE = 2  # questions drawn for one that is wanted: some generators repeat themselves


def load(name: str, count: int, seed: int) -> tuple[tuple[Problem, ...], dict[str, Any]]:
    """`count` different problems of a data set, the same for a seed and a version of the package.

    Raises:
        BridleError: the package is not installed, or has no such data set.
        DataError: the data set gives no question with an answer in text.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the syntax of packages that it imports
            import reasoning_gym  # pyright: ignore[reportMissingImports]
            from reasoning_gym.factory import DATASETS  # pyright: ignore
    except ImportError as error:
        raise BridleError(
            f"The problems {name!r} need the package reasoning-gym.",
            hint="pip install 'bridle-eval[gym]'",
        ) from error
    family = name.removeprefix(PREFIX)
    if family not in DATASETS:
        near = nearest(family, DATASETS)
        raise BridleError(
            f"reasoning-gym has no data set {family!r}.",
            expected=f"did you mean {PREFIX}{near}?" if near else "one of its names",
            hint="python -c 'from reasoning_gym.factory import DATASETS; print(*DATASETS)'",
        )
    made: Any = reasoning_gym.create_dataset(family, seed=seed, size=max(1, count) * SPARE)
    problems: dict[str, Problem] = {}
    for index in range(max(1, count) * SPARE):
        entry = made[index]
        question, answer = str(entry["question"]).strip(), entry["answer"]
        if isinstance(answer, str) and answer.strip() and question not in problems:
            problems[question] = Problem(
                id=str(index),
                question=question,
                answer=answer.strip(),
                source="reasoning-gym",
                family=family,
            )
        if len(problems) == count:
            break
    if not problems:
        raise DataError(f"The data set {name!r} has no answers in text.")
    version = getattr(reasoning_gym, "__version__", "?")
    return tuple(problems.values()), {"package": f"reasoning-gym {version}"}
