"""The vectors of windows, sorted back to their texts."""

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="keras_pe")
class WindowVectors(keras.layers.Layer):
    """Gives each text the vectors of its windows, so that a pooling can make one of them.

    Args:
        **kwargs: Of `keras.layers.Layer`.

    Call arguments:
        vectors: [B * W, D], float. Of the windows of `TextWindows`.
        has_window: [B, W], bool. As `TextWindows` gives it; the mask of a pooling.

    Returns:
        [B, W, D].

    Example:
        >>> has_window = ops.array([[True, True], [True, False]])
        >>> vectors = WindowVectors()(ops.reshape(ops.arange(4.0), (4, 1)), has_window)
        >>> ops.convert_to_numpy(vectors)[..., 0].tolist()
        [[0.0, 1.0], [2.0, 3.0]]
    """

    def __init__(self, **kwargs):
        super().__init__(**kwargs)

    def call(self, vectors, has_window):
        return ops.reshape(vectors, (*ops.shape(has_window), vectors.shape[-1]))

    def compute_output_spec(self, vectors, has_window):
        shape = (*has_window.shape, vectors.shape[-1])
        return keras.KerasTensor(shape, dtype=vectors.dtype)
