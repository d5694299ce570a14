"""Benchmarks by name: items, how their authors drew responses, where they came from.

load("crossed", limit=20, seed=7)            -> our own items, made from the seed
load("mathif", data="…/mathif")              -> MathIF's 420 rows
load("ifeval", data="…/ifeval")              -> IFEval's 541 prompts
names()                                      -> {"crossed": "…", "mathif": "…", …}
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from bridle import plugins
from bridle.errors import BridleError, nearest

if TYPE_CHECKING:
    from bridle.benchmarks.base import Benchmark

_NAMES = {
    "crossed": "Our own word problems, made from a seed; every item can be satisfied.",
    "mathif": "MathIF: 420 questions from five sources, one to three constraints each.",
    "ifeval": "IFEval: 541 prompts of 25 instruction types, no reference answers; needs --data.",
    "ifbench": "IFBench: 300 prompts of 58 other types, no reference answers; needs --data.",
    "reasonif": "ReasonIF: 300 questions with a rule about the reasoning trace; needs --data.",
    "custom": "Your own questions, answers and constraints: a JSONL file, named by --data.",
}

Loader = Callable[..., "Benchmark"]
_REGISTERED: dict[str, tuple[str, Loader]] = {}

__all__ = ["load", "names", "register"]


def names() -> dict[str, str]:
    """The benchmarks that `load` knows, each with a line about it."""
    plugins.load("bridle.benchmarks")
    return _NAMES | {name: about for name, (about, _) in _REGISTERED.items()}


def register(name: str, about: str) -> Callable[[Loader], Loader]:
    """Decorator: make a benchmark known; the function takes `data`, `limit` and `seed` as `load` does.

    Raises:
        BridleError: another benchmark has that name.
    """

    def known(loader: Loader) -> Loader:
        if name in _NAMES or _REGISTERED.get(name, (about, loader))[1] is not loader:
            raise BridleError(
                f"There are two benchmarks named {name!r}.", hint="rename one of them"
            )
        _REGISTERED[name] = (about, loader)
        return loader

    return known


def load(
    name: str,
    *,
    data: Path | str | None = None,
    limit: int | None = None,
    seed: int = 0,
    whole: bool = True,
) -> Benchmark:
    """The benchmark of that name, or its first `limit` items; any prefix is spread evenly.

    `data` is a folder (or file) of the user's that takes the place of the download; `seed` makes
    the items of benchmarks that are generated, and has no effect on the others. With `whole=False`
    rows that cannot be read are left out, and named in `bad_rows`.

    Raises:
        BridleError: an unknown name, an argument that the benchmark cannot use.
        DataError: data that cannot be had or are not what they must be.
    """
    loaded = _load(name, data, limit, seed)
    if whole and loaded.bad_rows:
        from bridle.benchmarks.rows import refusal

        raise refusal(loaded.bad_rows)
    return loaded


def _load(name: str, data: Path | str | None, limit: int | None, seed: int) -> Benchmark:
    if name == "crossed":
        from bridle.benchmarks.crossed import items as crossed

        if data is not None:
            raise BridleError(
                "The benchmark 'crossed' is generated: it reads no data.", hint="leave --data out"
            )
        return crossed.load(limit=limit, seed=seed)
    if name == "mathif":
        from bridle.benchmarks.mathif import items as mathif

        return mathif.load(data=data, limit=limit)
    if name == "ifeval":
        from bridle.benchmarks.ifeval import items as ifeval

        return ifeval.load(data=data, limit=limit)
    if name == "ifbench":
        from bridle.benchmarks.ifbench import items as ifbench

        return ifbench.load(data=data, limit=limit)
    if name == "reasonif":
        from bridle.benchmarks.reasonif import items as reasonif

        return reasonif.load(data=data, limit=limit)
    if name == "custom":
        from bridle.benchmarks import custom

        return custom.load(data=data, limit=limit)
    plugins.load("bridle.benchmarks")
    if name in _REGISTERED:
        return _REGISTERED[name][1](data=data, limit=limit, seed=seed)
    known = names()
    near = nearest(name, known)
    raise BridleError(
        f"There is no benchmark {name!r}.",
        expected=(f"did you mean {near!r}? " if near else "") + f"One of: {', '.join(known)}",
        hint="bridle list benchmarks",
    )
