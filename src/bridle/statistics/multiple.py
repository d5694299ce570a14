"""Several contrasts at once: Holm's adjustment. The one primary contrast stays as it is.

holm([0.01, 0.04, None, 0.03])  -> [0.03, 0.06, None, 0.06]
"""

from __future__ import annotations

from collections.abc import Sequence


def holm(values: Sequence[float | None]) -> list[float | None]:
    """Adjusted p values, in their order; a contrast without a p (too few problems) is not counted.

    Source: Holm 1979, Scand. J. Stat. 6:65.
    """
    tested = sorted((p, place) for place, p in enumerate(values) if p is not None)
    adjusted: list[float | None] = [None] * len(values)
    most = 0.0
    for rank, (p, place) in enumerate(tested):
        most = max(most, min(1.0, p * (len(tested) - rank)))
        adjusted[place] = most
    return adjusted
