"""Between columns that are keys and columns that are distances."""

from keras import ops


def skew(by_distance):
    """Turns columns that are distances into columns that are keys, without a gather.

    For tokens that stand one after the other: out[..., i, j] = by_distance[..., i, j - i + T - 1].
    Rows of length 2T are read again with length 2T - 1, so each starts one further to the left.

    Args:
        by_distance: [..., T, 2T - 1]. Column r belongs to the distance r - (T - 1), key - query.

    Returns:
        [..., T, T].

    Example:
        >>> ops.convert_to_numpy(skew(ops.array([[-1, 0, 1], [-1, 0, 1]]))).tolist()
        [[0, 1], [-1, 0]]

    Source: Dai et al. (2019), appendix B, https://arxiv.org/abs/1901.02860; here for both sides.
    """
    *lead, length = ops.shape(by_distance)[:-1]
    none = [(0, 0)] * len(lead)
    flat = ops.reshape(ops.pad(by_distance, (*none, (0, 0), (0, 1))), (*lead, 2 * length * length))
    flat = flat[..., length - 1 : 2 * length * length - 1]
    return ops.reshape(flat, (*lead, length, 2 * length - 1))[..., :length]


def unskew(by_key):
    """Turns columns that are keys into columns that are distances: undoes `skew`.

    Args:
        by_key: [..., T, T].

    Returns:
        [..., T, 2T - 1], zero where a distance has no key.

    Example:
        >>> ops.convert_to_numpy(unskew(ops.array([[5, 6], [7, 8]]))).tolist()
        [[0, 5, 6], [7, 8, 0]]
    """
    *lead, length = ops.shape(by_key)[:-1]
    none = [(0, 0)] * len(lead)
    wide = ops.pad(by_key, (*none, (0, 0), (0, length - 1)))
    flat = ops.reshape(wide, (*lead, length * (2 * length - 1)))
    flat = ops.pad(flat, (*none, (length - 1, 1)))
    return ops.reshape(flat, (*lead, length, 2 * length))[..., :-1]
