"""Refuses a SavedModel that a stock TensorFlow Serving could not run."""

from collections.abc import Iterator
from pathlib import Path

import tensorflow as tf
from tensorflow.core.framework import node_def_pb2, types_pb2
from tensorflow.core.protobuf import meta_graph_pb2, saved_model_pb2

from keras_pe.serving.tf_text_ops import TF_TEXT_OPS

# Python callbacks, GPU-only kernels, and what needs the XLA compiler, which servers switch off.
_FORBIDDEN_OPS = ("PyFunc", "EagerPyFunc", "CudnnRNN", "Xla")
_XLA_MARK = "_XlaMustCompile"
# REST has no encoding for half precision; a composite (ragged) output has no dtype at all.
_FORBIDDEN_OUTPUTS = (types_pb2.DT_HALF, types_pb2.DT_BFLOAT16, types_pb2.DT_INVALID)


def check_servable(folder: str | Path) -> None:
    """Raises if a server without Python could not load and run the SavedModel in a folder.

    Args:
        folder: holds `saved_model.pb`.

    Raises:
        ValueError: names every op, function and output that stands in the way.
    """
    saved_model = read_saved_model(folder)
    problems = sorted({p for graph in saved_model.meta_graphs for p in _problems(graph)})
    if problems:
        raise ValueError(
            f"The graph must run on a stock TensorFlow Serving. Received: {'; '.join(problems)}"
        )


def read_saved_model(folder: str | Path) -> saved_model_pb2.SavedModel:
    """Parses `saved_model.pb` without loading it."""
    content = (Path(folder) / "saved_model.pb").read_bytes()
    return saved_model_pb2.SavedModel.FromString(content)


def public_signatures(
    graph: meta_graph_pb2.MetaGraphDef,
) -> dict[str, meta_graph_pb2.SignatureDef]:
    """Returns the signatures that clients call, without the one that initialises tables."""
    return {
        name: signature
        for name, signature in sorted(graph.signature_def.items())
        if not name.startswith("__saved_model")
    }


def _problems(graph: meta_graph_pb2.MetaGraphDef) -> Iterator[str]:
    functions = {function.signature.name for function in graph.graph_def.library.function}
    for place, node in _nodes(graph):
        if not _allowed(node.op, functions):
            yield f"op {node.op} in {place}"
        if _XLA_MARK in node.attr and node.attr[_XLA_MARK].b:
            yield f"{_XLA_MARK} on {node.name} in {place}"
    for function in graph.graph_def.library.function:
        if _XLA_MARK in function.attr and function.attr[_XLA_MARK].b:
            yield f"{_XLA_MARK} on function {function.signature.name}"
    for name, signature in public_signatures(graph).items():
        for key, tensor in signature.outputs.items():
            if tensor.dtype in _FORBIDDEN_OUTPUTS:
                yield f"output {key} of {name} as {types_pb2.DataType.Name(tensor.dtype)}"


def _nodes(graph: meta_graph_pb2.MetaGraphDef) -> Iterator[tuple[str, node_def_pb2.NodeDef]]:
    for node in graph.graph_def.node:
        yield "the main graph", node
    for function in graph.graph_def.library.function:
        for node in function.node_def:
            yield f"function {function.signature.name}", node


def _allowed(op: str, functions: set[str]) -> bool:
    if op.startswith(_FORBIDDEN_OPS):
        return False
    return hasattr(tf.raw_ops, op) or op in TF_TEXT_OPS or op in functions
