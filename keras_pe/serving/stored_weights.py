"""How the weights of an exported graph are stored, whatever it computes in."""

import functools
from collections.abc import Callable

import keras
import tensorflow as tf

# Scores, beside those of the unrounded weights: bfloat16 keeps 8 bits of a weight.
WEIGHT_TOLERANCES = {"float32": None, "bfloat16": 5e-2}


def stored_weights(model: keras.Model, dtype: str) -> Callable[[Callable], Callable]:
    """Returns what makes functions of a model read rounded copies of its float32 weights.

    The copies are cast back in the graph, so a file has half the size, and all is computed as
    before. The functions must read the weights while they are traced.

    Args:
        model: its weights are left alone.
        dtype: `"float32"` for the weights themselves, `"bfloat16"` for rounded ones.

    Returns:
        A decorator.

    Raises:
        ValueError: if `dtype` is another.
    """
    if dtype not in WEIGHT_TOLERANCES:
        raise ValueError(
            f"`weights` must be one of: {', '.join(WEIGHT_TOLERANCES)}. Received: weights={dtype!r}"
        )
    if dtype == "float32":
        return lambda function: function
    copies = [
        (weight, tf.Variable(tf.cast(weight.value, dtype), trainable=False, name=weight.name))
        for weight in model.variables
        if weight.dtype == "float32"
    ]

    def reading_copies(function: Callable) -> Callable:
        @functools.wraps(function)
        def read(*inputs, **named):
            exact = [(weight, tf.cast(copy, "float32")) for weight, copy in copies]
            with keras.StatelessScope(state_mapping=exact):
                return function(*inputs, **named)

        return read

    return reading_copies
