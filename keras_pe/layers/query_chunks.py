"""Attention of long texts, some queries at a time."""

import keras
from keras import ops

from keras_pe.layers.cut import cut
from keras_pe.layers.one_by_one import one_by_one
from keras_pe.layers.sizes import larger


def attend_in_chunks(attend, queries, keys, values, tokens, size, variables=()):
    """Returns what the queries after the first `size` bring back, never all of them at once.

    Each chunk is computed anew for its gradient, so that no more than one is ever in memory.

    Args:
        attend: function of queries [B, Tq, H, d], keys and values [B, T, H, d], the `Tokens` of the
            queries, and the number of the first of them; returns [B, H, Tq, d].
        queries: [B, T, H, d], the compute dtype.
        keys: [B, T, H, d], the compute dtype.
        values: [B, T, H, d], the compute dtype.
        tokens: `Tokens`, all T of them.
        size: int. The most queries in a chunk.
        variables: What else `attend` reads that is trained.

    Returns:
        [B, H, T - size, d], the compute dtype; no rows where T is less than `size`.

    Source: Rabe and Staats (2021), https://arxiv.org/abs/2112.05682
    """
    batch, length, heads, dim = ops.shape(values)
    left = larger(length - size, 0)
    # At least one chunk of one row: loops over nothing know no shapes.
    count = larger((left + size - 1) // size, 1)
    rows = larger((left + count - 1) // count, 1)
    missing = size + count * rows - length
    queries = ops.pad(queries, ((0, 0), (0, missing), (0, 0), (0, 0)))
    extended = tokens.extended(missing)
    # As arguments: TensorFlow (2.21) finds no gradient of a variable that is read inside a loop by
    # a function that is computed anew.
    weights = [ops.cast(variable, variable.dtype) for variable in variables]

    @keras.remat
    def attend_chunk(start, queries, keys, values, weights):
        start = ops.cast(start, "int32")
        with keras.StatelessScope(state_mapping=zip(variables, weights, strict=True)):
            chunk = cut(queries, start, rows)
            return attend(chunk, keys, values, extended.part(start, rows), start)

    found = one_by_one(
        # As a float: TensorFlow (2.21) logs a warning for each whole number that it watches here.
        lambda start: attend_chunk(ops.cast(start, "float32"), queries, keys, values, weights),
        size + rows * ops.arange(count, dtype="int32"),
        (batch, heads, rows, dim),
        keras.backend.standardize_dtype(values.dtype),
    )
    found = ops.transpose(found, (1, 2, 0, 3, 4))
    return ops.reshape(found, (batch, heads, count * rows, dim))[:, :, :left]
