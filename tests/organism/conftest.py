"""A model with random weights, made in a moment: what the engine does must not hang on training."""

from __future__ import annotations

import numpy as np
import pytest

from bridle.organism.engine import Engine
from bridle.organism.graph import build
from bridle.organism.shape import Shape

SMALL = Shape(width=64, layers=2, heads=4, kv_heads=2, head_size=16, inner=128, context=512)


def random_weights(shape: Shape, seed: int = 0) -> dict[str, np.ndarray]:
    """Weights under transformers' names; rounded to half so that both sides compute with the same."""
    rng = np.random.default_rng(seed)
    q, kv = shape.heads * shape.head_size, shape.kv_heads * shape.head_size

    def matrix(rows: int, columns: int) -> np.ndarray:
        drawn = rng.normal(0, 1.5 / columns**0.5, (rows, columns))
        return drawn.astype(np.float16).astype(np.float32)

    def scale(size: int) -> np.ndarray:
        return rng.uniform(0.5, 1.5, size).astype(np.float16).astype(np.float32)

    weights = {
        "model.embed_tokens.weight": matrix(shape.vocabulary, shape.width),
        "model.norm.weight": scale(shape.width),
    }
    for layer in range(shape.layers):
        at = f"model.layers.{layer}."
        weights |= {
            f"{at}input_layernorm.weight": scale(shape.width),
            f"{at}post_attention_layernorm.weight": scale(shape.width),
            f"{at}self_attn.q_norm.weight": scale(shape.head_size),
            f"{at}self_attn.k_norm.weight": scale(shape.head_size),
            f"{at}self_attn.q_proj.weight": matrix(q, shape.width),
            f"{at}self_attn.k_proj.weight": matrix(kv, shape.width),
            f"{at}self_attn.v_proj.weight": matrix(kv, shape.width),
            f"{at}self_attn.o_proj.weight": matrix(shape.width, q),
            f"{at}mlp.gate_proj.weight": matrix(shape.inner, shape.width),
            f"{at}mlp.up_proj.weight": matrix(shape.inner, shape.width),
            f"{at}mlp.down_proj.weight": matrix(shape.width, shape.inner),
        }
    return weights


@pytest.fixture(scope="session")
def small_weights() -> dict[str, np.ndarray]:
    return random_weights(SMALL)


@pytest.fixture(scope="session")
def small_model(tmp_path_factory, small_weights) -> str:
    path = tmp_path_factory.mktemp("model") / "small.onnx"
    path.write_bytes(build(small_weights, SMALL, {"made": "for tests"}).SerializeToString())
    return str(path)


@pytest.fixture(scope="session")
def small_engine(small_model):
    engine = Engine.load(small_model, threads=1)
    yield engine
    engine.close()
