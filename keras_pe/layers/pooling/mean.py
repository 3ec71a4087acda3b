"""The average of a text's token vectors."""

import keras
from keras import ops

from keras_pe.layers.pooling.base import Pooling


@keras.saving.register_keras_serializable(package="keras_pe")
class MeanPooling(Pooling):
    """Averages the vectors of the real tokens; an empty text gives zeros, not NaN.

    Args:
        **kwargs: Of `keras.layers.Layer`.

    Call arguments:
        inputs: [B, T, D], float.
        mask: [B, T], bool, True where a token is; optional.

    Returns:
        [B, D], the compute dtype.

    Example:
        >>> inputs = keras.ops.array([[[2.0], [4.0], [9.0]]])
        >>> pooled = MeanPooling()(inputs, mask=keras.ops.array([[True, True, False]]))
        >>> float(pooled[0, 0])
        3.0
    """

    def pool(self, inputs, kept):
        return ops.sum(inputs * kept, axis=1) / ops.maximum(ops.sum(kept, axis=1), 1.0)
