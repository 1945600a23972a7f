"""The encoder of all-MiniLM-L6-v2 as an ONNX graph, written from its weights.

Six BERT layers, the mean over the mask and the L2 norm, all in standard operators: no framework
is needed to export it.
"""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
from onnx import ModelProto, TensorProto, ValueInfoProto, helper, numpy_helper

BUILDER_VERSION = "1"
"""Raise it with each change that changes the file: it is part of the cached graph's name."""

LAYERS = 6
HEADS = 12
WIDTH = 384
HEAD_WIDTH = WIDTH // HEADS
EPSILON = 1e-12
OPSET = 20
IR_VERSION = 10

Attribute = float | list[int]
Weights = Mapping[str, npt.NDArray[np.float32]]


class GraphWriter:
    """Nodes and constants, in the order in which they are added."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.graph = helper.make_graph([], "minilm", _inputs(), [_output()])

    def constant(self, name: str, values: npt.ArrayLike) -> str:
        """Put a tensor in, and return its name."""
        array = np.ascontiguousarray(values)
        self.graph.initializer.append(numpy_helper.from_array(array, name))
        return name

    def add(self, operator: str, *inputs: str, output: str = "", **attributes: Attribute) -> str:
        """Put a node in, and return the name of what it computes."""
        output = output or f"{operator}_{len(self.graph.node)}"
        node = helper.make_node(operator, list(inputs), [output])
        node.attribute.extend(helper.make_attribute(name, attributes[name]) for name in attributes)
        self.graph.node.append(node)
        return output

    def dense(self, value: str, prefix: str) -> str:
        """Multiply by the transposed weight and add the bias, as a linear layer stores them."""
        weight = self.constant(f"{prefix}.weight", self.weights[f"{prefix}.weight"].T)
        bias = self.constant(f"{prefix}.bias", self.weights[f"{prefix}.bias"])
        return self.add("Add", self.add("MatMul", value, weight), bias)

    def normal(self, value: str, prefix: str) -> str:
        """Normalise over the last axis."""
        scale = self.constant(f"{prefix}.weight", self.weights[f"{prefix}.weight"])
        bias = self.constant(f"{prefix}.bias", self.weights[f"{prefix}.bias"])
        return self.add("LayerNormalization", value, scale, bias, axis=-1, epsilon=EPSILON)


def build(weights: Weights) -> ModelProto:
    """Write the graph: `ids` and `mask` (batch, tokens) to `vectors` (batch, width)."""
    writer = GraphWriter(weights)
    _add_constants(writer)
    mask = writer.add("Cast", "mask", to=TensorProto.FLOAT)
    hidden = _embed_tokens(writer)
    bias = _bias_against_padding(writer, mask)
    for number in range(LAYERS):
        hidden = _layer(writer, hidden, bias, prefix=f"encoder.layer.{number}")
    _pool(writer, hidden, mask)
    opset = helper.make_opsetid("", OPSET)
    return helper.make_model(writer.graph, opset_imports=[opset], ir_version=IR_VERSION)


def _inputs() -> list[ValueInfoProto]:
    shape = ["batch", "tokens"]
    return [helper.make_tensor_value_info(n, TensorProto.INT64, shape) for n in ("ids", "mask")]


def _output() -> ValueInfoProto:
    return helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["batch", WIDTH])


def _add_constants(writer: GraphWriter) -> None:
    writer.constant("zero", np.array([0], np.int64))
    writer.constant("axis_1", np.array([1], np.int64))
    writer.constant("axis_2", np.array([2], np.int64))
    writer.constant("axes_1_2", np.array([1, 2], np.int64))
    writer.constant("by_head", np.array([0, 0, HEADS, HEAD_WIDTH], np.int64))
    writer.constant("joined", np.array([0, 0, WIDTH], np.int64))
    writer.constant("scale", np.array([HEAD_WIDTH**-0.5], np.float32))
    writer.constant("one", np.array([1], np.float32))
    writer.constant("far_below", np.array([-10_000], np.float32))


def _embed_tokens(writer: GraphWriter) -> str:
    """Add up word, place and segment; the segment is always the first, so it joins the places."""
    prefix = "embeddings"
    segment = writer.weights[f"{prefix}.token_type_embeddings.weight"][0]
    table = writer.weights[f"{prefix}.position_embeddings.weight"] + segment
    words = writer.constant("words", writer.weights[f"{prefix}.word_embeddings.weight"])
    tokens = writer.add("Shape", "ids", start=1, end=2)
    places = writer.add("Slice", writer.constant("places", table), "zero", tokens, "zero")
    summed = writer.add("Add", writer.add("Gather", words, "ids"), places)
    return writer.normal(summed, f"{prefix}.LayerNorm")


def _bias_against_padding(writer: GraphWriter, mask: str) -> str:
    """0 for a token, far below for padding: (batch, 1, 1, tokens)."""
    padding = writer.add("Sub", "one", mask)
    return writer.add("Mul", writer.add("Unsqueeze", padding, "axes_1_2"), "far_below")


def _layer(writer: GraphWriter, hidden: str, bias: str, *, prefix: str) -> str:
    attended = _attend(writer, hidden, bias, prefix=f"{prefix}.attention.self")
    attended = writer.dense(attended, f"{prefix}.attention.output.dense")
    hidden = writer.normal(
        writer.add("Add", attended, hidden), f"{prefix}.attention.output.LayerNorm"
    )
    inner = writer.add("Gelu", writer.dense(hidden, f"{prefix}.intermediate.dense"))
    outer = writer.dense(inner, f"{prefix}.output.dense")
    return writer.normal(writer.add("Add", outer, hidden), f"{prefix}.output.LayerNorm")


def _attend(writer: GraphWriter, hidden: str, bias: str, *, prefix: str) -> str:
    query = _heads(writer, writer.dense(hidden, f"{prefix}.query"), order=[0, 2, 1, 3])
    key = _heads(writer, writer.dense(hidden, f"{prefix}.key"), order=[0, 2, 3, 1])
    value = _heads(writer, writer.dense(hidden, f"{prefix}.value"), order=[0, 2, 1, 3])
    scores = writer.add("Mul", writer.add("MatMul", query, key), "scale")
    shares = writer.add("Softmax", writer.add("Add", scores, bias), axis=-1)
    mixed = writer.add("Transpose", writer.add("MatMul", shares, value), perm=[0, 2, 1, 3])
    return writer.add("Reshape", mixed, "joined")


def _heads(writer: GraphWriter, value: str, *, order: list[int]) -> str:
    return writer.add("Transpose", writer.add("Reshape", value, "by_head"), perm=order)


def _pool(writer: GraphWriter, hidden: str, mask: str) -> None:
    kept = writer.add("Mul", hidden, writer.add("Unsqueeze", mask, "axis_2"))
    summed = writer.add("ReduceSum", kept, "axis_1", keepdims=0)
    count = writer.add("ReduceSum", mask, "axis_1", keepdims=1)
    mean = writer.add("Div", summed, count)
    length = writer.add("ReduceL2", mean, "axis_1", keepdims=1)
    writer.add("Div", mean, length, output="vectors")
