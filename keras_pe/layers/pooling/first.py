"""The vector of a text's first token."""

import keras
from keras import ops

from keras_pe.layers.pooling.base import Pooling


@keras.saving.register_keras_serializable(package="keras_pe")
class FirstTokenPooling(Pooling):
    """Takes the vector of the first real token, which is [CLS], wherever the padding is.

    Args:
        **kwargs: Of `keras.layers.Layer`.

    Call arguments:
        inputs: [B, T, D], float.
        mask: [B, T], bool, True where a token is; optional.

    Returns:
        [B, D], the compute dtype. Zeros for a text without tokens.

    Example:
        >>> left_padded = keras.ops.array([[False, True]])
        >>> pooled = FirstTokenPooling()(keras.ops.array([[[2.0], [4.0]]]), mask=left_padded)
        >>> float(pooled[0, 0])
        4.0
    """

    def pool(self, inputs, kept):
        first = kept * ops.cast(ops.cumsum(kept, axis=1) == 1.0, "float32")
        return ops.sum(inputs * first, axis=1)
