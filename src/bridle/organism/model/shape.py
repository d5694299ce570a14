"""The size of the embedded model: a Qwen3-type transformer, small enough for a package.

SHAPE.parameters()  -> 1_869_760
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Shape:
    """What fixes the weights' shapes; written into the ONNX file's metadata."""

    vocabulary: int = 1536
    width: int = 192
    layers: int = 4
    heads: int = 6
    kv_heads: int = 2
    head_size: int = 32
    inner: int = 512
    context: int = 2048  # tokens of prompt and completion together
    theta: float = 10_000.0  # base of the rotary positions
    epsilon: float = 1e-6  # of the root-mean-square norms

    def parameters(self) -> int:
        """The number of weights; the embedding is shared with the output."""
        q, kv = self.heads * self.head_size, self.kv_heads * self.head_size
        layer = 2 * self.width * (q + kv) + 3 * self.width * self.inner
        norms = 2 * self.width + 2 * self.head_size
        return self.vocabulary * self.width + self.layers * (layer + norms) + self.width

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


SHAPE = Shape()
