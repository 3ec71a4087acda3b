"""Tokens in the order in which an LSTM reads them, without those that it skips."""

import tensorflow as tf


def reading_order(mask, go_backwards):
    """Returns where the tokens of a batch stand once they are sorted by when they are read.

    Tokens of a text move together at its beginning, the skipped ones behind them, and all texts end
    with the longest. So an LSTM need not know of a mask: what it makes of skipped tokens comes
    after all that anybody asks for.

    Args:
        mask: [B, T], bool. Which tokens are read; any pattern.
        go_backwards: bool. Whether they are read from the last to the first.

    Returns:
        A tuple `(order, length, places, begun)`:
        - order: [L * B], int32. Of each row of [L, B, ...], the row of [B, T, ...].
        - length: int32. L, the tokens of the longest text; at least 1.
        - places: [B, T], int32. For each token as it stands, the row of [L, B, ...] that was read
          last when it had its turn; below 0 if none was.
        - begun: [B, T], bool. Whether any was.

    Example:
        >>> mask = tf.constant([[True, False, True], [False, False, True]])
        >>> order, length, _, begun = reading_order(mask, go_backwards=False)
        >>> order.numpy().tolist(), int(length)
        ([0, 5, 2, 3], 2)
        >>> begun.numpy().tolist()
        [[True, True, True], [False, False, True]]
    """
    batch = tf.shape(mask)[0]
    text = tf.range(batch)[:, tf.newaxis]
    read = tf.cast(mask, tf.int32)
    count = tf.cumsum(read, axis=1, reverse=go_backwards)
    total = tf.reduce_sum(read, axis=1, keepdims=True)
    step = tf.where(mask, count, total + tf.cumsum(1 - read, axis=1)) - 1
    order = tf.math.invert_permutation(tf.reshape(step * batch + text, [-1]))
    length = tf.maximum(tf.reduce_max(total), 1)
    return order[: length * batch], length, (count - 1) * batch + text, count > 0


@tf.custom_gradient
def taken_once(rows, order):
    """Returns [M, D]: some of the rows [N, D], none of them twice.

    Args:
        rows: [N, D], float.
        order: [M], int32. Which ones.
    """

    def gradient(upstream):
        return tf.scatter_nd(order[:, tf.newaxis], upstream, tf.shape(rows)), None

    return tf.gather(rows, order), gradient


@tf.custom_gradient
def taken(rows, places):
    """Returns [..., D]: rows [N, D] at any places, whose gradient is no sparse one.

    Args:
        rows: [N, D], float.
        places: [...], int32.
    """

    def gradient(upstream):
        return tf.math.unsorted_segment_sum(upstream, places, tf.shape(rows)[0]), None

    return tf.gather(rows, places), gradient
