"""A loop of which one step runs at a time."""

import keras
from keras import ops


def one_by_one(function, numbers, shape, dtype):
    """Returns what a function makes of each number, never two at a time.

    Args:
        function: function of an int32 scalar to a tensor.
        numbers: [N], int32.
        shape: shape of the tensor; entries may be tensors.
        dtype: dtype of the tensor.

    Returns:
        [N, *shape].

    Example:
        >>> found = one_by_one(lambda i: ops.full((2,), i, "int32"), ops.arange(3), (2,), "int32")
        >>> ops.convert_to_numpy(found).tolist()
        [[0, 0], [1, 1], [2, 2]]
    """
    # `ops.scan` of TensorFlow does not say how often its loop runs, and XLA compiles no gradient of
    # that (Keras 3.15); the gradient of `ops.while_loop` is one that JAX does not have.
    if keras.backend.backend() == "tensorflow":
        return _by_while_loop(function, numbers, shape, dtype)
    start = ops.zeros(())
    _, found = ops.scan(lambda same, number: (same, function(number)), start, numbers)
    return found


def _by_while_loop(function, numbers, shape, dtype):
    count = ops.shape(numbers)[0]

    def step(index, found):
        made = function(numbers[index])
        return index + 1, ops.scatter_update(found, [[index]], made[None])

    _, found = ops.while_loop(
        lambda index, _: index < count,
        step,
        (ops.convert_to_tensor(0), ops.zeros((count, *shape), dtype=dtype)),
        maximum_iterations=count,
    )
    return found
