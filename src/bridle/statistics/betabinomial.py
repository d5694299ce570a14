"""The beta-binomial interval of a rate: each problem has its own chance, drawn from a Beta.

Narrower than Wilson's with few problems, and a model: the chances of the problems must look like a
Beta. Under 30 problems with one outcome each and a rate near 0 or 1 it covers too rarely, so it is
an option and not the default.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bridle.statistics.estimate import LEVEL

if TYPE_CHECKING:
    from bridle.statistics.estimate import Floats

MEANS, ICCS = 161, 24


def posterior(successes: Floats, sizes: Floats, *, level: float = LEVEL) -> tuple[float, float]:
    """The central interval of the mean chance, given successes and outcomes of each problem.

    Prior: uniform on the mean, Beta(1, 2) on the correlation within a problem. Problems with equal
    (successes, size) are computed once, so the cost hardly depends on their number.

    Source: Bowyer, Aitchison & Ivanova 2025, arXiv 2503.01747, section 3 (the model).
    """
    import numpy as np
    from scipy.special import betaln  # pyright: ignore[reportMissingTypeStubs]

    edges = np.linspace(0, 1, MEANS + 1)
    mean = ((edges[:-1] + edges[1:]) / 2)[:, None]
    icc = ((np.arange(ICCS) + 0.5) / ICCS)[None, :]
    spread = 1 / icc - 1  # alpha + beta
    a, b = mean * spread, (1 - mean) * spread
    pairs, often = np.unique(np.stack([successes, sizes]), axis=1, return_counts=True)
    log = np.log(1 - icc) + np.zeros_like(a)
    base = betaln(a, b)
    for s, k, times in zip(pairs[0], pairs[1], often, strict=True):
        log += times * (betaln(a + s, b + k - s) - base)
    weight = np.exp(log - log.max()).sum(1)
    cumulated = np.concatenate([[0.0], np.cumsum(weight)]) / weight.sum()
    tail = (1 - level) / 2
    low, high = np.interp([tail, 1 - tail], cumulated, edges)
    return float(low), float(high)
