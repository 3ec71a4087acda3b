"""The keys that a window leaves to a chunk of queries."""

from keras import ops

from keras_pe.layers.cut import cut
from keras_pe.layers.sizes import smaller


def near_keys(tokens, keys, values, start, rows, window):
    """Returns the stretch of keys that holds all within a window around some queries.

    Args:
        tokens: `Tokens`, contiguous.
        keys: [B, T, H, d].
        values: [B, T, H, d].
        start: int or int tensor. Number of the first query.
        rows: int or int tensor. Queries.
        window: int. The most tokens between query and key, plus 1.

    Returns:
        `Tokens`, keys and values, of `rows + 2 * window` tokens, or of all where there are fewer.

    Example:
        >>> from keras_pe.layers.tokens import Tokens
        >>> heads = ops.reshape(ops.arange(6.0), (1, 6, 1, 1))
        >>> _, near, _ = near_keys(Tokens.of(heads[..., 0]), heads, heads, 2, 1, window=1)
        >>> ops.convert_to_numpy(near)[0, :, 0, 0].tolist()
        [1.0, 2.0, 3.0]
    """
    length = tokens.length
    size = smaller(rows + 2 * window, length)
    begin = ops.clip(ops.cast(start, "int32") - window, 0, length - size)
    near = (cut(heads, begin, size) for heads in (keys, values))
    return tokens.part(begin, size), *near
