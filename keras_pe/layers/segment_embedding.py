"""Learned vectors that tell the texts of a pair apart."""

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="keras_pe")
class SegmentEmbedding(keras.layers.Layer):
    """Adds one learned vector to the tokens of a first text, another to those of a second one.

    The first text of [CLS] first [SEP] second [SEP] ends with the first [SEP]. [SEP] is the last
    token of its row, whatever its id is; none can stand inside a text.

    Args:
        **kwargs: Of `keras.layers.Layer`.

    Call arguments:
        inputs: [B, T, D], float. Token vectors.
        token_ids: [B, T], int, 0 = padding, which may stand anywhere.

    Returns:
        [B, T, D], the compute dtype. The mask is passed on.

    Example:
        >>> tuple(SegmentEmbedding()(ops.ones((1, 4, 8)), ops.array([[2, 5, 3, 3]])).shape)
        (1, 4, 8)

    Source: Devlin et al. (2019), figure 2, https://arxiv.org/abs/1810.04805
    """

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True

    def build(self, inputs_shape, token_ids_shape=None):
        self.embeddings = self.add_weight(
            shape=(2, inputs_shape[-1]), initializer="uniform", name="embeddings"
        )
        self.built = True

    @staticmethod
    def segments(token_ids):
        """Returns which text each token is of, 0 or 1, [B, T], int32.

        These are the `segment_ids` of BERT, not those of packed rows, which keep texts apart that
        must not see each other.

        Example:
            >>> found = SegmentEmbedding.segments(ops.array([[2, 5, 3, 6, 7, 3]]))
            >>> ops.convert_to_numpy(found).tolist()
            [[0, 0, 0, 1, 1, 1]]
        """
        ids = ops.cast(token_ids, "int32")
        places = ops.where(ids != 0, ops.arange(ops.shape(ids)[1], dtype="int32")[None], -1)
        is_last = ops.equal(places, ops.max(places, axis=1, keepdims=True))
        last = ops.max(ops.where(is_last, ids, 0), axis=1, keepdims=True)
        ends = ops.cast(ops.logical_and(ids == last, ids != 0), "int32")
        return ops.minimum(ops.cumsum(ends, axis=1) - ends, 1)

    def call(self, inputs, token_ids):
        return inputs + ops.take(self.embeddings, self.segments(token_ids), axis=0)

    def compute_output_shape(self, inputs_shape, token_ids_shape=None):
        return inputs_shape
