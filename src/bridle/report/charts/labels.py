"""Where the names of points stand: beside their points, and not upon each other.

placed([(10, 20), (12, 22)], ["a", "b"])    -> [(18, 13, "left"), (20, 31, "left")]
"""

from __future__ import annotations

from collections.abc import Sequence

CHARACTER, LINE, SIDE = 6.2, 12, 8  # pixels of a letter, of a line, between a point and its name
# Above to the right first, then around the point, then further away.
_AROUND = tuple(
    (dx, dy)
    for dy in (-7, 9, -19, 21, -31, 33, -43, 45)
    for dx in (SIDE, -SIDE)
)  # fmt: skip
Box = tuple[float, float, float, float]  # left, top, right, bottom


def placed(
    points: Sequence[tuple[float, float]], names: Sequence[str], width: float, height: float
) -> list[tuple[float, float, str]]:
    """For each point (pixels from the left top) where its name begins or ends, and which of both.

    The first place around the point that covers no name and no point is taken, else the one that covers
    least. Names stay within the plot, but for the right and the top, where nothing else stands.
    """
    taken: list[Box] = [(x - 5, y - 5, x + 5, y + 5) for x, y in points]
    found: list[tuple[float, float, str]] = []
    for (x, y), name in zip(points, names, strict=True):
        size = CHARACTER * len(name)
        best: tuple[float, Box, tuple[float, float, str]] | None = None
        for number, (dx, dy) in enumerate(_AROUND):
            left = x + dx if dx > 0 else x + dx - size
            box = (left, y + dy - LINE / 2, left + size, y + dy + LINE / 2)
            outside = max(0.0, -left) + max(0.0, box[2] - width - 120)
            outside += max(0.0, box[3] - height)
            cost = sum(_shared(box, other) for other in taken) + 20 * outside + number / 100
            if best is None or cost < best[0]:
                best = (cost, box, (x + dx, y + dy, "left" if dx > 0 else "right"))
        assert best is not None
        taken.append(best[1])
        found.append(best[2])
    return found


def _shared(a: Box, b: Box) -> float:
    """The area that both cover."""
    return max(0.0, min(a[2], b[2]) - max(a[0], b[0])) * max(0.0, min(a[3], b[3]) - max(a[1], b[1]))
