"""Weights → an ONNX graph whose attention appends to a cache in place.

The graph is written by hand rather than traced: one node of onnxruntime's GroupQueryAttention a layer
rotates, appends to the cache and attends, every row at its own length. The inputs:

    ids      int64 [rows, new]                    the new tokens
    lengths  int32 [rows]                         tokens of the row after this call, less one
    longest  int32 []                             the largest number of tokens of a row after this call
    places   int64 [asked]                        which of the new tokens are scored; -1 is the last
    k{i} v{i} float [rows, kv_heads, room, head_size]   caches; bound to their own outputs, so in place

and the output `logits` float [rows, asked, vocabulary], the scores of what follows each of the
places. Weights are stored as float16 and computed in float32: the same numbers on every machine, in
half the space.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from bridle.organism.model.shape import Shape

if TYPE_CHECKING:
    import onnx

HALF = ".half"  # a stored weight is named after transformers' name, with this behind it
EMBEDDING = "model.embed_tokens.weight"

Array = np.ndarray[Any, np.dtype[Any]]


def build(
    weights: Mapping[str, Array], shape: Shape, notes: Mapping[str, str] | None = None
) -> onnx.ModelProto:
    """The ONNX model of weights named as transformers' Qwen3ForCausalLM names them.

    `notes` go into the file's metadata beside the shape.
    """
    from onnx import TensorProto, helper

    graph = _Graph(shape)
    hidden = graph.add("Gather", [graph.weight(weights, EMBEDDING), "ids"])
    for layer in range(shape.layers):
        hidden = _layer(graph, weights, layer, hidden)
    asked = graph.add("Gather", [hidden, "places"], axis=1)
    asked = graph.norm(asked, weights, "model.norm.weight")
    head = graph.add("Transpose", [EMBEDDING], perm=[1, 0])
    graph.add("MatMul", [asked, head], out="logits")

    room = ["rows", shape.kv_heads, "room", shape.head_size]
    inputs = [
        helper.make_tensor_value_info("ids", TensorProto.INT64, ["rows", "new"]),
        helper.make_tensor_value_info("lengths", TensorProto.INT32, ["rows"]),
        helper.make_tensor_value_info("longest", TensorProto.INT32, []),
        helper.make_tensor_value_info("places", TensorProto.INT64, ["asked"]),
    ]
    scores = ["rows", "asked", shape.vocabulary]
    outputs = [helper.make_tensor_value_info("logits", TensorProto.FLOAT, scores)]
    for layer in range(shape.layers):
        for kind in "kv":
            inputs.append(helper.make_tensor_value_info(f"{kind}{layer}", TensorProto.FLOAT, room))
            outputs.append(
                helper.make_tensor_value_info(f"new_{kind}{layer}", TensorProto.FLOAT, room)
            )
    model = helper.make_model(
        helper.make_graph(graph.nodes, "organism", inputs, outputs, graph.initializers),
        opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)],
        ir_version=8,
        producer_name="bridle",
    )
    helper.set_model_props(model, {"shape": json.dumps(shape.to_dict()), **(notes or {})})
    return model


def weights_of(model: onnx.ModelProto) -> dict[str, Array]:
    """The weights back under transformers' names, as float32: to train on, and to compare with."""
    from onnx import numpy_helper

    stored = {i.name: numpy_helper.to_array(i) for i in model.graph.initializer}
    out: dict[str, Array] = {}
    for name, value in stored.items():
        if name.endswith(HALF):
            full = value.astype(np.float32)
            out[name.removesuffix(HALF)] = full.T.copy() if "_proj" in name else full
    out["lm_head.weight"] = out["model.embed_tokens.weight"]
    return out


def _layer(graph: _Graph, weights: Mapping[str, Array], layer: int, hidden: str) -> str:
    shape, at = graph.shape, f"model.layers.{layer}."

    def project(value: str, name: str) -> str:
        return graph.add(
            "MatMul", [value, graph.weight(weights, f"{at}{name}.weight", turned=True)]
        )

    normed = graph.norm(hidden, weights, f"{at}input_layernorm.weight")
    q, k, v = (project(normed, f"self_attn.{name}_proj") for name in "qkv")
    q = graph.norm_heads(q, weights, f"{at}self_attn.q_norm.weight", shape.heads)
    k = graph.norm_heads(k, weights, f"{at}self_attn.k_norm.weight", shape.kv_heads)
    attended = graph.add(
        "GroupQueryAttention",
        [q, k, v, f"k{layer}", f"v{layer}", "lengths", "longest", *graph.rotation()],
        out=[graph.name(), f"new_k{layer}", f"new_v{layer}"],
        domain="com.microsoft",
        num_heads=shape.heads,
        kv_num_heads=shape.kv_heads,
        do_rotary=1,
        scale=float(shape.head_size**-0.5),
    )
    hidden = graph.add("Add", [hidden, project(attended, "self_attn.o_proj")])
    normed = graph.norm(hidden, weights, f"{at}post_attention_layernorm.weight")
    gate, up = project(normed, "mlp.gate_proj"), project(normed, "mlp.up_proj")
    opened = graph.add("Mul", [gate, graph.add("Sigmoid", [gate])])
    return graph.add("Add", [hidden, project(graph.add("Mul", [opened, up]), "mlp.down_proj")])


class _Graph:
    """Nodes and stored numbers, while they are being put together."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self.nodes: list[Any] = []
        self.initializers: list[Any] = []
        self._names = 0
        self._rotation: tuple[str, str] | None = None

    def name(self) -> str:
        self._names += 1
        return f"t{self._names}"

    def add(
        self,
        kind: str,
        inputs: list[str],
        *,
        out: str | list[str] | None = None,
        domain: str = "",
        **attributes: Any,
    ) -> str:
        from onnx import helper

        outputs = [out or self.name()] if not isinstance(out, list) else out
        self.nodes.append(helper.make_node(kind, inputs, outputs, domain=domain, **attributes))
        return outputs[0]

    def constant(self, value: Any, name: str | None = None) -> str:
        from onnx import numpy_helper

        name = name or self.name()
        self.initializers.append(numpy_helper.from_array(np.asarray(value), name))
        return name

    def weight(self, weights: Mapping[str, Array], name: str, *, turned: bool = False) -> str:
        """A weight, stored in half and read in full precision."""
        value = weights[name].T if turned else weights[name]
        half = np.ascontiguousarray(value.astype(np.float16))
        return self.add("Cast", [self.constant(half, name + HALF)], out=name, to=1)

    def norm(self, value: str, weights: Mapping[str, Array], name: str) -> str:
        scale = self.weight(weights, name)
        return self.add(
            "SimplifiedLayerNormalization",
            [value, scale],
            axis=-1,
            epsilon=self.shape.epsilon,
            stash_type=1,
        )

    def norm_heads(self, value: str, weights: Mapping[str, Array], name: str, heads: int) -> str:
        """The norm over each head's own numbers."""
        size = self.shape.head_size
        split = self.add("Reshape", [value, self.constant(np.array([0, 0, heads, size], np.int64))])
        normed = self.norm(split, weights, name)
        return self.add(
            "Reshape", [normed, self.constant(np.array([0, 0, heads * size], np.int64))]
        )

    def rotation(self) -> tuple[str, str]:
        """Cosines and sines of the rotary positions, [context, head_size / 2]."""
        if self._rotation is None:
            half = self.shape.head_size // 2
            rates = self.shape.theta ** (-np.arange(half, dtype=np.float64) / half)
            angles = np.outer(np.arange(self.shape.context), rates)
            self._rotation = (
                self.constant(np.cos(angles).astype(np.float32)),
                self.constant(np.sin(angles).astype(np.float32)),
            )
        return self._rotation
