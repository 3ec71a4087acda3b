"""Rows with all their padding at the end, so that all rows share one count of positions."""

from keras import ops


def to_right_padding(tokens, mask):
    """Moves the padding of every row to its end.

    Then token number p of any row stands at position p: tables and biases that depend on positions
    alone are the same for the whole batch, and are computed once instead of once per row. Rows that
    are padded on the right already are not touched.

    Args:
        tokens: [B, T, D].
        mask: [B, T], bool, True where a token is.

    Returns:
        Tuple of the tokens [B, T, D], their mask [B, T], and a function that takes [B, T, D] and
        moves every token back to its old place.

    Example:
        >>> tokens = ops.array([[[0.0], [5.0], [6.0]]])
        >>> moved, mask, restore = to_right_padding(tokens, ops.array([[False, True, True]]))
        >>> ops.convert_to_numpy(moved)[0, :, 0].tolist()
        [5.0, 6.0, 0.0]
        >>> ops.convert_to_numpy(restore(moved))[0, :, 0].tolist()
        [0.0, 5.0, 6.0]
    """
    mask = ops.cast(mask, "bool")
    real = ops.cast(mask, "int32")
    count = ops.sum(real, axis=1, keepdims=True)
    places = ops.where(mask, ops.cumsum(real, axis=1), count + ops.cumsum(1 - real, axis=1)) - 1
    in_place = ops.logical_not(ops.any(ops.logical_and(mask[:, 1:], ops.logical_not(mask[:, :-1]))))

    def move(rows, order):
        return ops.cond(in_place, lambda: rows, lambda: _take(rows, order()))

    moved = move(tokens, lambda: ops.argsort(places, axis=1))
    moved_mask = ops.arange(ops.shape(mask)[1], dtype="int32")[None] < count
    return moved, moved_mask, lambda rows: move(rows, lambda: places)


def _take(rows, order):
    """Returns [B, T, D]: token order[b, t] of each row b."""
    batch, length, dim = *ops.shape(rows)[:2], rows.shape[-1]
    first = ops.arange(batch, dtype="int32")[:, None] * length
    flat = ops.take(ops.reshape(rows, (-1, dim)), first + ops.cast(order, "int32"), axis=0)
    return ops.reshape(flat, (batch, length, dim))
