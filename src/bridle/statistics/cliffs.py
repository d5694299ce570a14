"""Flat, slope or cliff: what shape recall has over length, and where the cliff is.

    held = Shapes([8000, 16000, ...], of=8)
    held.see(16000, hits=8); held.next()          -> the length whose answer would tell most for its tokens
    held.shares(), held.place()                   -> {"flat": .02, "slope": .05, "cliff": .93}, Estimate(...)

A posterior on a grid: flat (one level), slope (linear in log length, falling by at least 10 points) and cliff
(two levels, at least 20 points apart, and a place). Each shape has a third of the prior. Hits among the
fragments of one text hang together: beta-binomial with an intraclass correlation of 0.15.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from bridle.errors import DataError
from bridle.statistics.estimate import Estimate

if TYPE_CHECKING:
    from bridle.statistics.estimate import Floats

RHO = 0.15
LEVELS = (0.02, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.87, 0.92, 0.96, 0.985, 0.997)
PLACES = 32
SHAPES = ("flat", "slope", "cliff")


class Shapes:
    """The posterior over shapes; lengths in tokens, hits out of `of` fragments."""

    def __init__(self, lengths: Sequence[float], of: int, *, rho: float = RHO) -> None:
        """
        Raises:
            DataError: fewer than three lengths, or one that is not above 0.
        """
        import numpy as np

        self.lengths = sorted(float(x) for x in lengths)
        if len(self.lengths) < 3 or self.lengths[0] <= 0:
            raise DataError("A shape needs three lengths.", expected="at least three, above 0")
        self.of, self.rho = of, rho
        low, high = math.log2(self.lengths[0]), math.log2(self.lengths[-1])
        places = np.linspace(low, high, PLACES + 2)[1:-1]
        flat = [(p, p, low) for p in LEVELS]
        slope = [(a, b, low) for a in LEVELS for b in LEVELS if a - b >= 0.1]
        cliff = [(a, b, x) for a in LEVELS for b in LEVELS if a - b >= 0.2 for x in places]
        self._models = np.array(flat + slope + cliff, dtype=float)
        self._kind = np.repeat(np.arange(3), [len(flat), len(slope), len(cliff)])
        sizes = np.array([len(flat), len(slope), len(cliff)], dtype=float)
        self._log = -np.log(3 * sizes[self._kind])
        self._span = (low, high)
        self.seen = 0

    def _p(self, length: float) -> Floats:
        """The probability of a hit at that length under every model."""
        import numpy as np

        a, b, place = self._models.T
        low, high = self._span
        at = min(1.0, max(0.0, (math.log2(length) - low) / (high - low)))
        after = math.log2(length) > place
        share = np.where(
            self._kind == 2, after, at
        )  # of the way from the first level to the second
        return np.asarray(a + (b - a) * share, dtype=np.float64)

    def _likelihood(self, length: float) -> Floats:
        """(models, of + 1): the beta-binomial probability of each number of hits."""
        import numpy as np
        from scipy.special import betaln, gammaln  # pyright: ignore[reportMissingTypeStubs]

        p = np.clip(self._p(length), 1e-4, 1 - 1e-4)[:, None]
        m = 1 / self.rho - 1
        k = np.arange(self.of + 1)[None, :]
        n = self.of
        logs: Any = (
            gammaln(n + 1)
            - gammaln(k + 1)
            - gammaln(n - k + 1)
            + betaln(k + p * m, n - k + (1 - p) * m)
            - betaln(p * m, (1 - p) * m)
        )
        return np.exp(logs)

    def see(self, length: float, hits: int) -> None:
        """Learn from one text of that length."""
        import numpy as np

        if not 0 <= hits <= self.of:
            raise DataError(f"{hits} of {self.of} fragments is not possible.")
        self._log = self._log + np.log(np.maximum(self._likelihood(length)[:, hits], 1e-300))
        self.seen += 1

    def weights(self) -> Floats:
        """The posterior of every model."""
        import numpy as np

        w = np.exp(self._log - self._log.max())
        return w / w.sum()

    def next(self) -> float:
        """The length to ask next: shortest, longest, middle, then most information per root of tokens."""
        import numpy as np

        if self.seen < 3:
            return (self.lengths[0], self.lengths[-1], self.lengths[len(self.lengths) // 2])[
                self.seen
            ]
        w = self.weights()
        best, most = self.lengths[0], -1.0
        for length in self.lengths:
            each = self._likelihood(length)
            mean = w @ each
            gain = float(
                -(mean * np.log(mean + 1e-300)).sum()
                + (w[:, None] * each * np.log(each + 1e-300)).sum()
            )
            if gain / math.sqrt(length) > most:
                best, most = length, gain / math.sqrt(length)
        return best

    def shares(self) -> dict[str, float]:
        """The probability of each shape."""
        w = self.weights()
        return {name: float(w[self._kind == i].sum()) for i, name in enumerate(SHAPES)}

    def place(self, *, level: float = 0.9) -> Estimate:
        """Where the cliff is, given that there is one: posterior median and equal-tailed interval.

        Raises:
            DataError: a cliff is less likely than another shape.
        """
        import numpy as np

        shares = self.shares()
        if shares["cliff"] < max(shares.values()):
            likely = max(shares, key=lambda name: shares[name])
            raise DataError(f"No cliff: {likely} is likelier ({shares[likely]:.2f}).")
        mine = self._kind == 2
        w, x = self.weights()[mine], self._models[mine, 2]
        order = np.argsort(x, kind="stable")
        total = np.cumsum(w[order]) / w.sum()
        found = [
            2 ** float(x[order][min(len(total) - 1, int(np.searchsorted(total, q)))])
            for q in ((1 - level) / 2, 0.5, (1 + level) / 2)
        ]
        # a place lies between two of the grid: half a step of it to each side
        step = 2 ** ((self._span[1] - self._span[0]) / (PLACES + 1) / 2)
        return Estimate(
            found[1], found[0] / step, found[2] * step, self.seen,
            f"posterior median, {100 * level:.0f} % interval", "place of the cliff", None, "tokens",
        )  # fmt: skip

    def level(self, length: float) -> float:
        """The posterior mean of the share recalled at that length."""
        return float(self.weights() @ self._p(length))
