"""The keys and values of all rows of the batch, and the one call that appends to them.

cache.hold(rows=2, tokens=300)
cache.run(session, ids, lengths, first=0, places=LAST)  -> scores [rows, 1, vocabulary]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from bridle.organism.model.shape import Shape

if TYPE_CHECKING:
    import onnxruntime

ROWS = 32  # rows of a batch; further requests wait
ROOM = 256  # tokens a cache grows by
LAST = np.array([-1], np.int64)  # the place to score while generating: after the last token


class Cache:
    """Keys and values of all rows, one array a layer and kind: [rows, kv_heads, room, head_size]."""

    def __init__(self, shape: Shape) -> None:
        self._shape = shape
        self._arrays: list[tuple[str, np.ndarray[Any, np.dtype[np.float32]]]] = [
            (f"{kind}{layer}", self._empty(1, ROOM))
            for layer in range(shape.layers)
            for kind in "kv"
        ]

    def _empty(self, rows: int, room: int) -> np.ndarray[Any, np.dtype[np.float32]]:
        return np.zeros((rows, self._shape.kv_heads, room, self._shape.head_size), np.float32)

    def hold(self, rows: int, tokens: int) -> None:
        """Grow, if needed, to hold so many rows of so many tokens."""
        have = self._arrays[0][1].shape
        if rows <= have[0] and tokens <= have[2]:
            return
        size = have[0] if rows <= have[0] else min(ROWS, max(rows, 2 * have[0]))
        room = have[2] if tokens <= have[2] else -(-tokens // ROOM) * ROOM
        for index, (name, old) in enumerate(self._arrays):
            new = self._empty(size, room)
            new[: have[0], :, : have[2]] = old
            self._arrays[index] = (name, new)

    def move(self, source: int, target: int, tokens: int) -> None:
        for _, array in self._arrays:
            array[target, :, :tokens] = array[source, :, :tokens]

    def run(
        self,
        session: onnxruntime.InferenceSession,
        ids: np.ndarray[Any, np.dtype[np.int64]],
        lengths: np.ndarray[Any, np.dtype[np.int32]],
        first: int,
        places: np.ndarray[Any, np.dtype[np.int64]],
    ) -> np.ndarray[Any, np.dtype[np.float32]]:
        """Scores [rows, places, vocabulary] of what follows the tokens at `places` among the new
        tokens `ids` [rows, new] of the rows from `first` on, whose lengths with them are `lengths`;
        the caches are written in place."""
        binding = session.io_binding()
        binding.bind_cpu_input("ids", ids)
        binding.bind_cpu_input("lengths", lengths - np.int32(1))
        binding.bind_cpu_input("longest", np.array(lengths.max(), np.int32))
        binding.bind_cpu_input("places", places)
        for name, array in self._arrays:
            part = array[first : first + len(ids)]
            where = ("cpu", 0, np.float32, part.shape, part.ctypes.data)
            binding.bind_input(name, *where)
            binding.bind_output(f"new_{name}", *where)
        scores = np.empty((len(ids), len(places), self._shape.vocabulary), np.float32)
        binding.bind_output("logits", "cpu", 0, np.float32, scores.shape, scores.ctypes.data)
        session.run_with_iobinding(binding)
        return scores
