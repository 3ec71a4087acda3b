"""Whether tokens stand one after the other, so that a row of T tokens has only 2T - 1 distances."""

from keras import ops


def consecutive(query_positions, key_positions):
    """Returns whether all rows share positions that go up in steps of exactly 1.

    Args:
        query_positions: [B or 1, Tq], float32.
        key_positions: [B or 1, Tk], float32. The same object in self-attention.

    Returns:
        Scalar bool tensor; None if the shapes alone rule it out.

    Example:
        >>> positions = ops.array([[3.0, 4.0, 5.0]])
        >>> bool(consecutive(positions, positions))
        True
    """
    if key_positions is not query_positions or query_positions.shape[0] != 1:
        return None
    return ops.all(ops.equal(query_positions[:, 1:] - query_positions[:, :-1], 1.0))
