"""One token out of the scores of one row: greedy, or drawn with the row's own generator.

Every request has a generator of its own, seeded by the request; what else is in the batch does not
touch it.
"""

from __future__ import annotations

from typing import Any

import numpy as np

Scores = np.ndarray[Any, np.dtype[np.float32]]
LogProbs = np.ndarray[Any, np.dtype[np.float64]]  # natural logarithms, temperature 1


def log_softmax(scores: Scores) -> LogProbs:
    """Log probabilities [vocabulary] of one row of scores, in double precision."""
    exact = scores.astype(np.float64)
    exact -= exact.max()
    return exact - np.log(np.exp(exact).sum())


def pick(
    scores: Scores, generator: np.random.Generator, *, temperature: float, top_p: float
) -> int:
    """The next token: the likeliest at temperature 0, else one from the smallest set of likeliest
    tokens with at least `top_p` of the probability (Holtzman et al. 2020, section 3.1)."""
    if temperature == 0:
        return int(scores.argmax())
    chances = np.exp(log_softmax(scores / np.float32(temperature)))
    order = np.argsort(-chances, kind="stable")
    mass = np.cumsum(chances[order])
    kept = int(np.searchsorted(mass, top_p * mass[-1])) + 1 if top_p < 1 else len(order)
    kept = min(kept, len(order))
    drawn = generator.random() * mass[kept - 1]
    return int(order[min(int(np.searchsorted(mass[:kept], drawn, side="right")), kept - 1)])


def likeliest(logprobs: LogProbs, number: int) -> list[int]:
    """The likeliest tokens, best first; of equals the one with the smaller id."""
    if number < 1:
        return []
    kth = max(0, len(logprobs) - number)
    candidates = np.flatnonzero(logprobs >= np.partition(logprobs, kth)[kth])
    order = np.argsort(-logprobs[candidates], kind="stable")[:number]
    return candidates[order].tolist()
