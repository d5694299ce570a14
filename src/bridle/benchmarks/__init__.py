"""Benchmarks by name: items, how their authors drew responses, where they came from.

load("crossed", limit=20, seed=7)            -> our own items, made from the seed
load("mathif", data="…/mathif")              -> MathIF's 420 rows
load("ifeval", data="…/ifeval")              -> IFEval's 541 prompts
load("my_rules.yaml")                        -> the user's own prompts and rules
names()                                      -> {"crossed": "…", "mathif": "…", …}
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from bridle import plugins
from bridle.benchmarks.system import with_system
from bridle.errors import BridleError, nearest

if TYPE_CHECKING:
    from bridle.benchmarks.base import Benchmark

_NAMES = {
    "crossed": "Our own problems, made from a seed, each under 1 to 3 constraints (0 to 8), all of which "
    "can be obeyed; crossed:problems=all,difficulty=1-8,constraints=0-3. Or published problems, or yours: "
    "crossed:problems=gsm8k (bridle list problems).",
    "density": "Word problems under 1, 2, 4 … 128 rules about words, nested; made from a seed.",
    "mathif": "MathIF: 420 questions from five sources, one to three constraints each.",
    "ifeval": "IFEval: 541 prompts of 25 instruction types, no reference answers.",
    "ifbench": "IFBench: 300 prompts of 58 other types, no reference answers.",
    "reasonif": "ReasonIF: 300 questions with a rule about the reasoning trace.",
    "custom": "Your own questions, answers and constraints: a JSONL file, named by --data. Or name a "
    "YAML or JSON file of rules in place of a benchmark: bridle init writes one.",
}

GENERATED = ("crossed", "density")
# Sizes in items; the smallest differences between two arms that they show are in docs/benchmarks.md.
PANELS = {"small": 150, "standard": 750, "large": 3_000}

Loader = Callable[..., "Benchmark"]
_REGISTERED: dict[str, tuple[str, Loader]] = {}

__all__ = ["GENERATED", "PANELS", "load", "names", "register", "with_system"]


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
    secret: str | None = None,
    whole: bool = True,
) -> Benchmark:
    """The benchmark of that name, or its first `limit` items; any prefix is spread evenly.

    `data` is a folder (or file) of the user's that takes the place of the download; `seed` makes
    the items of benchmarks that are generated, and has no effect on the others; `secret` takes its
    place for items that nobody else can make (`bridle.benchmarks.seeds`). With `whole=False`
    rows that cannot be read are left out, and named in `bad_rows`.

    Raises:
        BridleError: an unknown name, an argument that the benchmark cannot use.
        DataError: data that cannot be had or are not what they must be.
    """
    loaded = _load(name, data, limit, seed, secret)
    if whole and loaded.bad_rows:
        from bridle.benchmarks.rows import refusal

        raise refusal(loaded.bad_rows)
    return loaded


def _load(
    name: str, data: Path | str | None, limit: int | None, seed: int, secret: str | None
) -> Benchmark:
    base = name.partition(":")[0]
    if base in GENERATED:
        return _generated(base, name, data, limit, seed, secret)
    if secret is not None:
        raise BridleError(
            f"The items of {name!r} are not generated: no seed is secret.",
            expected=f"one of: {', '.join(GENERATED)}",
            hint="leave --secret-seed out",
        )
    if Path(name).suffix in (".yaml", ".yml", ".json"):
        from bridle.benchmarks import rules_file

        if data is not None:
            raise BridleError(f"{name} holds its items itself.", hint="leave --data out")
        return rules_file.load(Path(name), limit=limit)
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


def _generated(
    base: str, name: str, data: Path | str | None, limit: int | None, seed: int, secret: str | None
) -> Benchmark:
    from bridle.benchmarks import density, seeds
    from bridle.benchmarks.crossed import items as crossed
    from bridle.benchmarks.crossed import spec

    panel = spec.read(name) if base == "crossed" else None
    if data is not None and not (panel and panel.sources):
        raise BridleError(
            f"The benchmark {base!r} is generated: it reads no data.",
            hint="leave --data out; or, for questions of yours: crossed:problems=data",
        )
    drawn = seeds.public(seed) if secret is None else seeds.secret(secret)
    if panel is not None:
        return crossed.load(limit=limit, seed=drawn, panel=panel, data=data)
    if name != base:
        raise BridleError(f"The benchmark {base!r} has no options.", hint=f"--benchmark {base}")
    return density.load(limit=limit, seed=drawn)
