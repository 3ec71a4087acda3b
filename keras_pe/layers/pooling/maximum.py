"""The largest value of each feature over a text's tokens."""

import keras
from keras import ops

from keras_pe.layers.pooling.base import Pooling


@keras.saving.register_keras_serializable(package="keras_pe")
class MaxPooling(Pooling):
    """Keeps the largest value of each feature among the real tokens; an empty text gives zeros.

    Args:
        **kwargs: Of `keras.layers.Layer`.

    Call arguments:
        inputs: [B, T, D], float.
        mask: [B, T], bool, True where a token is; optional.

    Returns:
        [B, D], the compute dtype.

    Example:
        >>> inputs = keras.ops.array([[[-2.0], [-4.0], [9.0]]])
        >>> pooled = MaxPooling()(inputs, mask=keras.ops.array([[True, True, False]]))
        >>> float(pooled[0, 0])
        -2.0
    """

    def pool(self, inputs, kept):
        largest = ops.max(ops.where(kept > 0, inputs, float("-inf")), axis=1)
        return ops.where(ops.max(kept, axis=1) > 0, largest, 0.0)
