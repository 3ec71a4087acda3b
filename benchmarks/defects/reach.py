"""What a table of 10 positions does with 12 tokens."""

import keras
import numpy as np
import tensorflow as tf
from keras import ops
from keras_hub.layers import PositionEmbedding

from benchmarks.defects.defect import Defect, exactly
from keras_pe.layers import LearnedPositionEmbedding

REACH, LENGTH = 10, 12
ADVICE = "says which setting to change"
TOKENS = np.zeros((1, LENGTH, 4), "float32")


def _advice(layer, setting):
    """The error, and whether it names the setting that could be changed."""
    try:
        layer(TOKENS)
    except Exception as error:
        return f"{type(error).__name__}, {ADVICE if setting in str(error) else 'no advice'}"
    return "no error"


def _built(layer):
    layer(keras.Input((LENGTH, 4)))
    return "no error"


def _silent_rows(layer):
    """How many tokens past the table's end get some vector or other under XLA."""
    layer.build((None, None, 4))
    positions = np.arange(LENGTH, dtype="int32")[None]

    @tf.function(jit_compile=True)
    def run(tokens, positions):
        return layer(tokens, positions=positions)

    found = ops.convert_to_numpy(run(TOKENS, positions))[0, REACH:]
    return int(np.isfinite(found).all(axis=-1).sum())


DEFECTS = (
    Defect(
        f"PositionEmbedding({REACH}), {LENGTH} tokens, eager: error",
        theirs=lambda: _advice(PositionEmbedding(REACH), "sequence_length"),
        ours=lambda: _advice(LearnedPositionEmbedding(REACH), "max_length"),
        right=lambda value: str(value).endswith(ADVICE),
    ),
    Defect(
        f"PositionEmbedding({REACH}), inputs of {LENGTH} tokens, while a model is built: error",
        theirs=lambda: _built(PositionEmbedding(REACH)),
        ours=lambda: _built(LearnedPositionEmbedding(REACH)),
        right=exactly("ValueError"),
    ),
    Defect(
        f"PositionEmbedding({REACH}), positions 0-{LENGTH - 1}, XLA: finite rows past its end",
        theirs=lambda: _silent_rows(PositionEmbedding(REACH)),
        ours=lambda: _silent_rows(LearnedPositionEmbedding(REACH)),
        right=exactly(0),
    ),
)
