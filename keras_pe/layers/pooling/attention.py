"""An average of a text's token vectors with learned weights."""

import keras
from keras import ops

from keras_pe.layers.pooling.base import Pooling
from keras_pe.layers.softmax import softmax


@keras.saving.register_keras_serializable(package="keras_pe")
class AttentionPooling(Pooling):
    """Averages the real tokens' vectors with weights softmax(w . x), w learned.

    An empty text gives zeros.

    Args:
        **kwargs: Of `keras.layers.Layer`.

    Call arguments:
        inputs: [B, T, D], float.
        mask: [B, T], bool, True where a token is; optional.

    Returns:
        [B, D], the compute dtype.

    Example:
        >>> tuple(AttentionPooling()(keras.ops.ones((2, 3, 4))).shape)
        (2, 4)

    Source: Lin et al. (2017), https://arxiv.org/abs/1703.03130, with one hop and no inner layer.
    """

    def build(self, inputs_shape):
        self.query = self.add_weight(
            shape=(inputs_shape[-1], 1),
            initializer="glorot_uniform",
            autocast=False,
            name="query",
        )
        self.built = True

    def pool(self, inputs, kept):
        logits = ops.matmul(inputs, self.query)  # [B, T, 1]
        weights = softmax(ops.where(kept > 0, logits, -1e9), axis=1) * kept
        return ops.sum(inputs * weights, axis=1)
