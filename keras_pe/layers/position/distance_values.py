"""Biases that are some function of the signed distance, computed once for each distance."""

from keras import ops

from keras_pe.layers.position.skew import consecutive_distances, skew


def distance_values(values_of, query_positions, key_positions, consecutive):
    """Returns what a function of the distance gives for every query and key.

    Tokens that stand one after the other have only Tq + Tk - 1 distances: the function is asked for
    these, whatever it costs, and not for Tq * Tk pairs.

    Args:
        values_of: function from distances key - query, any shape, float32, to [..., H], float32.
        query_positions: [B or 1, Tq], float32.
        key_positions: [B or 1, Tk], float32.
        consecutive: bool. Whether both go up in steps of 1, the same in every row.

    Returns:
        [B or 1, H, Tq, Tk], float32.

    Example:
        >>> positions = ops.arange(3.0)[None]
        >>> values = distance_values(lambda d: d[..., None], positions, positions, consecutive=True)
        >>> ops.convert_to_numpy(values)[0, 0, 1].tolist()
        [-1.0, 0.0, 1.0]
    """
    if consecutive:
        return _of_neighbours(values_of, query_positions, key_positions)
    pairs = key_positions[:, None, :] - query_positions[:, :, None]
    return ops.transpose(values_of(pairs), (0, 3, 1, 2))


def _of_neighbours(values_of, query_positions, key_positions):
    """Returns [1, H, Tq, Tk]."""
    values = ops.transpose(values_of(consecutive_distances(query_positions, key_positions)))
    heads, width = values.shape[0], ops.shape(values)[1]
    rows = ops.broadcast_to(values[:, None], (heads, ops.shape(query_positions)[1], width))
    return skew(rows)[None]
