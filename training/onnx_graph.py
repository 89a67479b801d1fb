"""Writes the network as an ONNX graph of int8 products, made for one window a call.

Weights are int8 with one scale per column, activations are quantised at run time per
window, so a window's result depends on nothing outside it. Word embeddings are int8 with
one scale per row. Fused operators of onnxruntime (com.microsoft) keep the graph short.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

Array = NDArray[Any]
LAYERS, WIDTH, HEADS = 6, 384, 12
TOP_SCRIPTS = 6


def quantise_columns(weight: Array) -> tuple[Array, Array]:
    """int8 weights and one scale per column; each column's clipping minimises its error."""
    top = np.abs(weight).max(0) + 1e-12
    best_error = np.full(weight.shape[1], np.inf)
    best_scale = top / 127
    for share in (1.0, 0.95, 0.9, 0.85, 0.8):
        scale = top * share / 127
        error = ((np.clip(np.round(weight / scale), -127, 127) * scale - weight) ** 2).sum(0)
        better = error < best_error
        best_error[better], best_scale[better] = error[better], scale[better]
    return np.clip(np.round(weight / best_scale), -127, 127).astype(np.int8), best_scale.astype(
        np.float32
    )


class Graph:
    """Collects nodes and initialisers."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.initialisers: dict[str, onnx.TensorProto] = {}
        self.count = 0

    def constant(self, name: str, value: Array) -> str:
        self.initialisers.setdefault(
            name, numpy_helper.from_array(np.ascontiguousarray(value), name)
        )
        return name

    def node(
        self, kind: str, inputs: list[str], outputs: int = 1, domain: str = "", **attributes: Any
    ) -> Any:
        self.count += 1
        names = [f"{kind.lower()}{self.count}_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(kind, inputs, names, domain=domain, **attributes))
        return names[0] if outputs == 1 else names

    def product(
        self, x: str, name: str, weight: Array, bias: Array | None, exact: bool = False
    ) -> str:
        """x @ weight + bias with int8 weights (``exact``: in floating point)."""
        bias_name = [] if bias is None else [self.constant(f"{name}.bias", bias.astype(np.float32))]
        if exact:
            y = self.node("MatMul", [x, self.constant(f"{name}.weight", weight.astype(np.float32))])
            return self.node("Add", [y, *bias_name]) if bias_name else str(y)
        values, scale = quantise_columns(weight)
        inputs = [
            x,
            self.constant(f"{name}.int8", values),
            self.constant(f"{name}.scale", scale),
            "",
            *bias_name,
        ]
        return str(
            self.node(
                "DynamicQuantizeMatMul", inputs if bias_name else inputs[:3], domain="com.microsoft"
            )
        )


def build(state: dict[str, Array], exact_heads: bool) -> onnx.ModelProto:
    """The graph of a network with these weights (names as in network.Network)."""
    g = Graph()

    def weight(name: str) -> Array:
        return state[f"{name}.weight"].T

    table = state["pieces.weight"]
    row_scale = np.abs(table).max(1, keepdims=True) / 127
    pieces = g.node(
        "Gather", [g.constant("pieces.int8", np.round(table / row_scale).astype(np.int8)), "ids"]
    )
    scales = g.node("Gather", [g.constant("pieces.scale", row_scale.astype(np.float32)), "ids"])
    x = g.node("Mul", [g.node("Cast", [pieces], to=TensorProto.FLOAT), scales])
    x = g.node(
        "Add", [x, g.node("Gather", [g.constant("shapes", state["shapes.weight"]), "piece_shapes"])]
    )
    length = g.node("Shape", ["ids"], start=1, end=2)
    zero = g.constant("zero", np.array([0]))
    positions = g.node(
        "Slice", [g.constant("positions", state["positions.weight"]), zero, length, zero]
    )
    x = g.node("Add", [x, positions])
    x = _norm(g, x, state, "norm")
    states = [x]
    for i in range(LAYERS):
        x = layer(g, x, state, f"layers.{i}")
        states.append(x)
    gathered = []
    flat_shape = g.constant("flat", np.array([-1, WIDTH]))
    line_shape = g.constant("line", np.array([1, -1]))
    for s in states:
        flat = g.node("Reshape", [s, flat_shape])
        both = g.node("Add", [g.node("Gather", [flat, "first"]), g.node("Gather", [flat, "last"])])
        gathered.append(g.node("Reshape", [both, line_shape]))
    stacked = g.node("Concat", gathered, axis=0)
    logits = state["mix"]
    mix = np.exp(logits - logits.max(1, keepdims=True))
    mix = mix / mix.sum(1, keepdims=True) * 0.5
    mixed = g.node("MatMul", [g.constant("mix", mix.astype(np.float32)), stacked])
    syntax, names = g.node(
        "Split", [mixed, g.constant("halves", np.array([1, 1]))], outputs=2, axis=0
    )
    shapes = g.node(
        "Gather", [g.constant("word_shapes.table", state["word_shapes.weight"]), "word_shapes"]
    )
    syntax = g.node("Concat", [g.node("Reshape", [syntax, flat_shape]), shapes], axis=1)
    names = g.node("Concat", [g.node("Reshape", [names, flat_shape]), shapes], axis=1)

    def named(kind: str, inputs: list[str], output: str, **attributes: Any) -> None:
        g.nodes.append(helper.make_node(kind, inputs, [output], **attributes))

    rel_two = weight("rel_dep").shape[1]
    hidden = ["tag_hidden", "arc_dep", "arc_head"]
    first = g.product(
        syntax,
        "hidden",
        np.concatenate([weight(k) for k in hidden], 1),
        np.concatenate([state[f"{k}.bias"] for k in hidden]),
        exact_heads,
    )
    first = g.node("Gelu", [first], domain="com.microsoft")
    sizes = [weight(k).shape[1] for k in hidden]
    tags, dep, head = g.node(
        "Split", [first, g.constant("hidden.sizes", np.array(sizes))], outputs=3, axis=1
    )
    named("Identity", [head], "arc_head")
    named(
        "Identity",
        [g.product(dep, "arc", state["arc_matrix"], state["arc_bias"], exact_heads)],
        "arc_dep",
    )
    relations = g.product(
        syntax,
        "relations",
        np.concatenate([weight("rel_dep"), weight("rel_head")], 1),
        np.concatenate([state["rel_dep.bias"], state["rel_head.bias"]]),
        exact_heads,
    )
    rel_dep, rel_head = g.node(
        "Split",
        [relations, g.constant("rel.sizes", np.array([rel_two, rel_two]))],
        outputs=2,
        axis=1,
    )
    named("Identity", [rel_dep], "rel_dep")
    named("Identity", [rel_head], "rel_head")
    outs = ["xpos", "morph", "script", "sentence"]
    scores = g.product(
        tags,
        "tags",
        np.concatenate([weight(k) for k in outs], 1),
        np.concatenate([state[f"{k}.bias"] for k in outs]),
        exact_heads,
    )
    sizes = [weight(k).shape[1] for k in outs]
    xpos, morph, script, sentence = g.node(
        "Split", [scores, g.constant("tags.sizes", np.array(sizes))], outputs=4, axis=1
    )
    named("ArgMax", [xpos], "xpos", axis=1, keepdims=0)
    named("ArgMax", [morph], "morph", axis=1, keepdims=0)
    best, best_index = g.node(
        "TopK", [script, g.constant("top", np.array([TOP_SCRIPTS]))], outputs=2, axis=1
    )
    named("Identity", [best], "script_scores")
    named("Identity", [best_index], "scripts")
    named("Identity", [sentence], "sentence")
    inner = g.node(
        "Gelu",
        [
            g.product(
                names, "name_hidden", weight("name_hidden"), state["name_hidden.bias"], exact_heads
            )
        ],
        domain="com.microsoft",
    )
    named("Identity", [g.product(inner, "name", weight("name"), state["name.bias"], True)], "names")

    def value(name: str, kind: int, dims: list[Any]) -> onnx.ValueInfoProto:
        return helper.make_tensor_value_info(name, kind, dims)

    inputs = [value(n, TensorProto.INT64, [1, "pieces"]) for n in ("ids", "piece_shapes")]
    inputs += [value(n, TensorProto.INT64, ["words"]) for n in ("first", "last", "word_shapes")]
    floats = ("arc_dep", "arc_head", "rel_dep", "rel_head", "script_scores", "sentence", "names")
    outputs = [value(n, TensorProto.FLOAT, ["words", None]) for n in floats]
    outputs += [value(n, TensorProto.INT64, ["words"]) for n in ("xpos", "morph")]
    outputs += [value("scripts", TensorProto.INT64, ["words", TOP_SCRIPTS])]
    graph = helper.make_graph(g.nodes, "kg", inputs, outputs, list(g.initialisers.values()))
    model = helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)]
    )
    model.ir_version = 8
    return model


def layer(g: Graph, x: str, state: dict[str, Array], name: str) -> str:
    """One transformer layer: int8 attention, two int8 products, fused norms."""
    values, scale = quantise_columns(state[f"{name}.qkv.weight"].T)
    x_values, x_scale, x_zero = g.node("DynamicQuantizeLinear", [x], outputs=3)
    attention = g.node(
        "QAttention",
        [
            x_values,
            g.constant(f"{name}.qkv.int8", values),
            g.constant(f"{name}.qkv.bias", state[f"{name}.qkv.bias"]),
            x_scale,
            g.constant(f"{name}.qkv.scale", scale),
            "",
            x_zero,
            g.constant(f"{name}.qkv.zero", np.zeros(len(scale), np.int8)),
        ],
        domain="com.microsoft",
        num_heads=HEADS,
    )
    out = _linear(g, str(attention), state, f"{name}.out")
    x = _norm(g, g.node("Add", [out, x]), state, f"{name}.norm1")
    up = g.product(x, f"{name}.up", state[f"{name}.up.weight"].T, None)
    up_bias = g.constant(f"{name}.up.bias", state[f"{name}.up.bias"])
    up = g.node("BiasGelu", [up, up_bias], domain="com.microsoft")
    down = _linear(g, up, state, f"{name}.down")
    return _norm(g, g.node("Add", [down, x]), state, f"{name}.norm2")


def _linear(g: Graph, x: str, state: dict[str, Array], name: str) -> str:
    return g.product(x, name, state[f"{name}.weight"].T, state[f"{name}.bias"])


def _norm(g: Graph, x: str, state: dict[str, Array], name: str) -> str:
    """A plain norm: faster on one thread than the operator that also adds."""
    parts = [g.constant(f"{name}.{kind}", state[f"{name}.{kind}"]) for kind in ("weight", "bias")]
    return str(g.node("LayerNormalization", [x, *parts], axis=-1, epsilon=1e-12))
