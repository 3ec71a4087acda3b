"""Operations that tf2onnx 1.17 does not know: it would write a graph that nothing can run."""

import numpy as np


def _log1p(context, node, name, args):
    """log(1 + x): one rounding more than TensorFlow's, which only numbers near 0 would notice."""
    _with_one(context, node, "Add")
    context.insert_new_node_on_output("Log", node.output[0])


def _erfc(context, node, name, args):
    """1 - erf(x), for the exact GELU; https://github.com/onnx/tensorflow-onnx/pull/2463."""
    context.insert_new_node_on_input(node, "Erf", node.input[0])
    _with_one(context, node, "Sub", before=True)


def _with_one(context, node, op, before=False):
    one = context.make_const(f"{node.name}_one", np.float32(1.0)).output[0]
    inputs = [one, node.input[0]] if before else [node.input[0], one]
    context.replace_inputs(node, inputs)
    node.type = op


# name -> (function, what it wants to be told besides)
MISSING_OPS = {"Log1p": (_log1p, []), "Erfc": (_erfc, [])}
