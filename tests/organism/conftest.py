"""A model with random weights, made in a moment: what the engine does must not hang on training.
And a server process with the shipped one, as users start it.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable

import numpy as np
import openai
import pytest

from bridle.organism.model.engine import Engine
from bridle.organism.model.graph import build
from bridle.organism.model.shape import Shape

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


Start = Callable[..., tuple[subprocess.Popen[str], str]]


@pytest.fixture(scope="session")
def start_server() -> Start:
    """Starts a server process on a free port; gives it and its address."""

    def start(*options: str, stderr: int | None = None) -> tuple[subprocess.Popen[str], str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "bridle", "serve", "--port", "0", "--threads", "1", *options],
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
        )
        assert process.stdout is not None
        line = process.stdout.readline()
        assert "http" in line, f"the server said: {line!r}"
        return process, line.split()[-1]

    return start


@pytest.fixture(scope="session")
def server(start_server):
    process, address = start_server("--max-queue", "64")
    yield address
    process.send_signal(signal.SIGTERM)
    process.wait(20)


@pytest.fixture(scope="session")
def client(server):
    return openai.OpenAI(base_url=server, api_key="none", max_retries=0)
