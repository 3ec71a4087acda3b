"""Biases that are some function of the signed distance, computed once for each distance."""

from keras import ops

from keras_pe.layers.position.consecutive import consecutive
from keras_pe.layers.position.skew import skew


def distance_values(values_of, query_positions, key_positions):
    """Returns what a function of the distance gives for every query and key.

    Tokens that stand one after the other have only 2T - 1 distances: the function is asked for
    these, whatever it costs, and not for T * T pairs.

    Args:
        values_of: function from distances key - query, any shape, float32, to [..., H], float32.
        query_positions: [B or 1, Tq], float32.
        key_positions: [B or 1, Tk], float32. The same object in self-attention.

    Returns:
        [B or 1, H, Tq, Tk], float32.

    Example:
        >>> positions = ops.arange(3.0)[None]
        >>> values = distance_values(lambda distance: distance[..., None], positions, positions)
        >>> ops.convert_to_numpy(values)[0, 0, 1].tolist()
        [-1.0, 0.0, 1.0]
    """

    def of_all_pairs():
        pairs = key_positions[:, None, :] - query_positions[:, :, None]
        return ops.transpose(values_of(pairs), (0, 3, 1, 2))

    one_after_the_other = consecutive(query_positions, key_positions)
    if one_after_the_other is None:
        return of_all_pairs()
    length = ops.shape(key_positions)[1]
    return ops.cond(
        one_after_the_other, lambda: values_of_neighbours(values_of, length), of_all_pairs
    )


def values_of_neighbours(values_of, length):
    """Returns what a function of the distance gives for tokens that stand one after the other.

    Args:
        values_of: function from distances key - query, [2T - 1], float32, to [2T - 1, H], float32.
        length: int or scalar tensor. T.

    Returns:
        [1, H, T, T], float32.
    """
    values = ops.transpose(values_of(ops.arange(1 - length, length, dtype="float32")))
    rows = ops.broadcast_to(values[:, None], (values.shape[0], length, 2 * length - 1))
    return skew(rows)[None]
