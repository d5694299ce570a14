"""No reward beyond so many tokens, and a linear ramp down to that.

    Length(4096).factor(5000)              -> 0.0
    Length(4096, ramp=1024).factor(3584)   -> 0.5

Source: the cap without a reward is that of MathIF's rollout study (arXiv 2505.14810, section 5.3);
the ramp is DAPO's soft overlong punishment (arXiv 2503.14476, section 3.4), as a factor.
"""

from __future__ import annotations

from dataclasses import dataclass

from bridle.errors import BridleError


@dataclass(frozen=True, slots=True)
class Length:
    """`cap`: tokens beyond which nothing is earned; over the last `ramp` of them the reward falls to 0."""

    cap: int
    ramp: int = 0

    def __post_init__(self) -> None:
        if isinstance(self.cap, bool) or self.cap < 1 or not 0 <= self.ramp <= self.cap:
            raise BridleError(
                f"Length(cap={self.cap!r}, ramp={self.ramp!r}) makes no sense.",
                expected="a cap of at least 1 token, and a ramp from 0 to the cap",
            )

    def factor(self, tokens: float) -> float:
        """What the reward is multiplied by: 1 up to `cap - ramp`, 0 beyond `cap`, linear between."""
        if tokens > self.cap:
            return 0.0
        if not self.ramp:
            return 1.0
        return min(1.0, max(0.0, (self.cap - tokens) / self.ramp))
