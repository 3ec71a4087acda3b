"""One block of a Transformer encoder."""

import keras
from keras import ops

from keras_pe.layers.attention import SelfAttention
from keras_pe.layers.byte_dropout import ByteDropout
from keras_pe.layers.centred_normalization import CentredNormalization
from keras_pe.layers.token_dense import TokenDense


@keras.saving.register_keras_serializable(package="keras_pe")
class EncoderBlock(keras.layers.Layer):
    """Adds to every token what attention finds, then what a feed-forward net makes of it.

    x + dropout(attention(norm(x))), then x + dropout(dense(activation(dense(norm(x))))): pre-norm.
    Dropout acts on the two residual branches only, not on attention weights nor inside the
    feed-forward part.

    Args:
        num_heads: int. Must divide the features of the input.
        intermediate_dim: int. Inner width of the feed-forward part.
        position: A `PositionEncoding` that acts inside attention; None for no positions.
        dropout: float in [0, 1).
        activation: Of the feed-forward part.
        causal: bool. Whether a token sees only tokens that do not stand after it.
        log_n_scaling: float above 1, in tokens; None for none. As of `SelfAttention`.
        attention_window: int. As of `SelfAttention`.
        query_chunk_size: int. As of `SelfAttention`.
        **kwargs: Of `keras.layers.Layer`.

    Call arguments:
        inputs: [B, T, D], float.
        positions: [B or 1, T], int or float; optional.
        mask: [B, T], bool, True where a token is; optional. Taken from `inputs` if Keras knows it.
        segment_ids: [B, T], int; optional.
        sight: `Sight`; optional. Replaces the three above: an encoder finds it once for all blocks.

    Returns:
        [B, T, D], the compute dtype. The mask is passed on.

    Example:
        >>> block = EncoderBlock(num_heads=2, intermediate_dim=16)
        >>> tuple(block(keras.ops.ones((1, 3, 8))).shape)
        (1, 3, 8)

    Source: Vaswani et al. (2017), https://arxiv.org/abs/1706.03762; pre-norm: Xiong et al. (2020),
        https://arxiv.org/abs/2002.04745
    """

    def __init__(
        self,
        num_heads,
        intermediate_dim,
        position=None,
        dropout=0.0,
        activation="relu",
        causal=False,
        log_n_scaling=None,
        attention_window=None,
        query_chunk_size=512,
        **kwargs,
    ):
        super().__init__(autocast=False, **kwargs)
        self.supports_masking = True
        self.intermediate_dim = intermediate_dim
        self.activation = keras.activations.get(activation)
        policy = {"dtype": self.dtype_policy}
        self.attention = SelfAttention(
            num_heads,
            position,
            causal,
            log_n_scaling,
            attention_window,
            query_chunk_size,
            name="attention",
            **policy,
        )
        self.attention_norm = CentredNormalization(name="attention_norm", **policy)
        self.feed_forward_norm = CentredNormalization(name="feed_forward_norm", **policy)
        self.dropout = ByteDropout(dropout, name="dropout", **policy)

    def build(self, inputs_shape):
        dim = inputs_shape[-1]
        self.attention.build(inputs_shape)
        self.attention_norm.build(inputs_shape)
        self.feed_forward_norm.build(inputs_shape)
        self.widen = TokenDense(
            self.intermediate_dim,
            activation=self.activation,
            dtype=self.dtype_policy,
            name="widen",
        )
        self.narrow = TokenDense(dim, dtype=self.dtype_policy, name="narrow")
        self.widen.build((None, dim))
        self.narrow.build((None, self.intermediate_dim))
        self.built = True

    def call(
        self,
        inputs,
        positions=None,
        mask=None,
        segment_ids=None,
        sight=None,
        training=None,
        inputs_mask=None,
    ):
        mask = inputs_mask if mask is None else mask
        inputs = ops.cast(inputs, self.compute_dtype)
        seen = self.attention(
            self.attention_norm(inputs),
            positions=positions,
            mask=mask,
            segment_ids=segment_ids,
            sight=sight,
        )
        inputs = inputs + self.dropout(seen, training=training)
        made = self.narrow(self.widen(self.feed_forward_norm(inputs)))
        return inputs + self.dropout(made, training=training)

    def compute_output_shape(self, inputs_shape):
        return inputs_shape

    def get_config(self):
        attention = self.attention.get_config()
        return {
            **super().get_config(),
            "num_heads": attention["num_heads"],
            "intermediate_dim": self.intermediate_dim,
            "position": attention["position"],
            "dropout": self.dropout.rate,
            "activation": keras.activations.serialize(self.activation),
            "causal": attention["causal"],
            "log_n_scaling": attention["log_n_scaling"],
            "attention_window": attention["attention_window"],
            "query_chunk_size": attention["query_chunk_size"],
        }

    @classmethod
    def from_config(cls, config):
        position = keras.saving.deserialize_keras_object(config.get("position"))
        return cls(**{**config, "position": position})
