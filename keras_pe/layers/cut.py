"""A stretch of the tokens of every row."""

from keras import ops


def cut(values, start, size):
    """Returns the `size` tokens from number `start` on; both may be tensors.

    Args:
        values: [B, T, ...].
        start: int or int tensor. The stretch must not go beyond the end.
        size: int or int tensor.

    Returns:
        [B, size, ...].

    Example:
        >>> ops.convert_to_numpy(cut(ops.array([[5, 6, 7]]), 1, 2)).tolist()
        [[6, 7]]
    """
    batch, _, *rest = ops.shape(values)
    return ops.slice(values, (0, start, *[0] * len(rest)), (batch, size, *rest))
