"""One token out of the scores of one row: greedy, or drawn with the row's own generator.

Every request has a generator of its own, seeded by the request; what else is in the batch does not
touch it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

Scores = np.ndarray[Any, np.dtype[np.float32]]


@dataclass(frozen=True, slots=True)
class TokenScore:
    """A token with its log probability under the model (natural logarithm, temperature 1)."""

    id: int
    logprob: float


def log_softmax(scores: Scores) -> np.ndarray[Any, np.dtype[np.float64]]:
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


def likeliest(logprobs: np.ndarray[Any, np.dtype[np.float64]], number: int) -> list[TokenScore]:
    """The likeliest tokens, best first."""
    order = np.argsort(-logprobs, kind="stable")[:number]
    return [TokenScore(int(i), float(logprobs[i])) for i in order]
