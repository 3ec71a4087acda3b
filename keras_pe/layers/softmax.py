"""The softmax of attention and pooling."""

from keras import ops


def softmax(logits, axis):
    """Returns what `keras.ops.softmax` does, without its warning about a text of one token.

    Args:
        logits: Float tensor.
        axis: int. The axis along which the result sums to 1.

    Returns:
        Tensor of the shape and dtype of `logits`.

    Example:
        >>> float(softmax(ops.array([[5.0]]), axis=1)[0, 0])
        1.0
    """
    if logits.shape[axis] == 1:
        return ops.ones_like(logits)
    return ops.softmax(logits, axis=axis)
