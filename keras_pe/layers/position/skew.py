"""Between columns that are keys and columns that are distances."""

from keras import ops


def consecutive_distances(query_positions, key_positions):
    """Returns the distances key - query that consecutive tokens have, in rising order.

    Args:
        query_positions: [1, Tq], float32, in steps of 1.
        key_positions: [1, Tk], float32, in steps of 1.

    Returns:
        [Tq + Tk - 1], float32.

    Example:
        >>> positions = ops.arange(3.0)[None]
        >>> ops.convert_to_numpy(consecutive_distances(positions[:, 1:], positions)).tolist()
        [-2.0, -1.0, 0.0, 1.0]
    """
    queries, keys = ops.shape(query_positions)[1], ops.shape(key_positions)[1]
    first = key_positions[0, 0] - query_positions[0, -1]
    return first + ops.arange(queries + keys - 1, dtype="float32")


def skew(by_distance):
    """Turns columns that are distances into columns that are keys, without a gather.

    For tokens that stand one after the other: out[..., i, j] = by_distance[..., i, j - i + Tq - 1].
    With one column more, rows are read again one shorter, so each starts one further to the left.

    Args:
        by_distance: [..., Tq, Tq + Tk - 1]. Columns in the order of `consecutive_distances`.

    Returns:
        [..., Tq, Tk].

    Example:
        >>> ops.convert_to_numpy(skew(ops.array([[-1, 0, 1], [-1, 0, 1]]))).tolist()
        [[0, 1], [-1, 0]]

    Source: Dai et al. (2019), appendix B, https://arxiv.org/abs/1901.02860; here for both sides.
    """
    *lead, queries, width = ops.shape(by_distance)
    none = [(0, 0)] * len(lead)
    wide = ops.pad(by_distance, (*none, (0, 0), (0, 1)))
    flat = ops.reshape(wide, (*lead, queries * (width + 1)))
    flat = flat[..., queries - 1 : queries - 1 + queries * width]
    return ops.reshape(flat, (*lead, queries, width))[..., : width - queries + 1]


def unskew(by_key):
    """Turns columns that are keys into columns that are distances: undoes `skew`.

    Args:
        by_key: [..., Tq, Tk].

    Returns:
        [..., Tq, Tq + Tk - 1], zero where a distance has no key.

    Example:
        >>> ops.convert_to_numpy(unskew(ops.array([[5, 6], [7, 8]]))).tolist()
        [[0, 5, 6], [7, 8, 0]]
    """
    *lead, queries, keys = ops.shape(by_key)
    none = [(0, 0)] * len(lead)
    width = queries + keys - 1
    wide = ops.pad(by_key, (*none, (0, 0), (0, queries - 1)))
    flat = ops.reshape(wide, (*lead, queries * width))
    flat = ops.pad(flat, (*none, (queries - 1, 1)))
    return ops.reshape(flat, (*lead, queries, width + 1))[..., :-1]
