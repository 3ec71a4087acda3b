"""Biases that are some function of the signed distance, computed once for each distance."""

from keras import ops

from keras_pe.layers.position.skew import skew


def distance_values(values_of, query_positions, key_positions, consecutive):
    """Returns what a function of the distance gives for every query and key.

    Tokens that stand one after the other have only 2T - 1 distances: the function is asked for
    these, whatever it costs, and not for T * T pairs.

    Args:
        values_of: function from distances key - query, any shape, float32, to [..., H], float32.
        query_positions: [B or 1, Tq], float32.
        key_positions: [B or 1, Tk], float32.
        consecutive: bool. Whether the tokens are the same and stand one after the other.

    Returns:
        [B or 1, H, Tq, Tk], float32.

    Example:
        >>> positions = ops.arange(3.0)[None]
        >>> values = distance_values(lambda d: d[..., None], positions, positions, consecutive=True)
        >>> ops.convert_to_numpy(values)[0, 0, 1].tolist()
        [-1.0, 0.0, 1.0]
    """
    if consecutive:
        return _of_neighbours(values_of, ops.shape(key_positions)[1])
    pairs = key_positions[:, None, :] - query_positions[:, :, None]
    return ops.transpose(values_of(pairs), (0, 3, 1, 2))


def _of_neighbours(values_of, length):
    """Returns [1, H, T, T]."""
    values = ops.transpose(values_of(ops.arange(1 - length, length, dtype="float32")))
    rows = ops.broadcast_to(values[:, None], (values.shape[0], length, 2 * length - 1))
    return skew(rows)[None]
