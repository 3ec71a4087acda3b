"""Self-attention with a place for every positional encoding."""

import math

import keras
from keras import ops

from keras_pe.layers.position.base import PositionEncoding
from keras_pe.layers.position.sources import token_positions
from keras_pe.layers.softmax import softmax

# Finite, so that a row without any open key gives a plain average and no NaN.
CLOSED = -1e9


@keras.saving.register_keras_serializable(package="keras_pe")
class SelfAttention(keras.layers.Layer):
    """Lets every token of a text look at every other, and at where it stands.

    softmax(rotate(q) . rotate(k) / sqrt(d) + bias) v, with the two hooks those of the encoding.
    Logits, bias, mask and softmax meet in float32 whatever the dtype policy:
    `keras.ops.dot_product_attention` rounds a bias to the compute dtype first. Queries, keys and
    values come from one matrix product. No dropout on the attention weights.

    Args:
        num_heads: int. Must divide the features of the input.
        position: A `PositionEncoding` that acts inside attention; None for no positions.
        **kwargs: Of `keras.layers.Layer`.

    Call arguments:
        inputs: [B, T, D], float.
        positions: [B or 1, T], int or float; optional. Default: the count of real tokens before
            each.
        mask: [B, T], bool, True where a token is; optional. Taken from `inputs` if Keras knows it.
        segment_ids: [B, T], int; optional. Tokens see only tokens with their own number.

    Returns:
        [B, T, D], the compute dtype. The mask is passed on.

    Raises:
        ValueError: If `num_heads` does not divide D, the encoding only acts on embeddings, or it
            cannot act on such heads.

    Example:
        >>> from keras_pe.layers import ALiBi
        >>> attention = SelfAttention(num_heads=2, position=ALiBi(num_heads=2))
        >>> tuple(attention(keras.ops.ones((1, 3, 8))).shape)
        (1, 3, 8)

    Source: Vaswani et al. (2017), section 3.2, https://arxiv.org/abs/1706.03762
    """

    def __init__(self, num_heads, position=None, **kwargs):
        super().__init__(autocast=False, **kwargs)
        self.supports_masking = True
        if num_heads < 1:
            raise ValueError(f"`num_heads` must be at least 1. Received: num_heads={num_heads}")
        position = PositionEncoding(dtype=self.dtype_policy) if position is None else position
        if position.acts_on_embeddings and not position.acts_in_attention:
            raise ValueError(
                "`position` must act inside attention. "
                f"Received: position={type(position).__name__}, which acts on embeddings. "
                "Call it on the embeddings instead, or give it to `TransformerEncoder`."
            )
        self.num_heads = num_heads
        self.position = position

    def build(self, inputs_shape):
        dim = inputs_shape[-1]
        if dim % self.num_heads:
            raise ValueError(
                "`num_heads` must divide the features of the input. "
                f"Received: num_heads={self.num_heads}, features={dim}"
            )
        self.position.check_heads(self.num_heads, dim // self.num_heads)
        # An encoding that came with a loaded model is built already.
        if not self.position.built:
            self.position.build(inputs_shape)
        self.project_in = keras.layers.Dense(3 * dim, dtype=self.dtype_policy, name="project_in")
        self.project_out = keras.layers.Dense(dim, dtype=self.dtype_policy, name="project_out")
        # On [B * T, D]: one plain matrix product instead of a batch of small ones.
        self.project_in.build((None, dim))
        self.project_out.build((None, dim))
        self.built = True

    def call(self, inputs, positions=None, mask=None, segment_ids=None, inputs_mask=None):
        mask = inputs_mask if mask is None else mask
        positions = token_positions(inputs, positions, mask, segment_ids)
        queries, keys, values = self._project(ops.cast(inputs, self.compute_dtype))
        bias = self.position.bias(positions, positions, queries, keys)
        queries = self.position.rotate(queries, positions)
        keys = self.position.rotate(keys, positions)
        logits = self._logits(queries, keys)
        logits = logits if bias is None else logits + bias
        weights = softmax(_close(logits, mask, segment_ids), axis=-1)
        mixed = ops.matmul(
            ops.cast(weights, self.compute_dtype), ops.transpose(values, (0, 2, 1, 3))
        )
        return self._merge(mixed)

    def _project(self, inputs):
        batch, length, dim = *ops.shape(inputs)[:2], inputs.shape[-1]
        heads = (batch, length, 3, self.num_heads, dim // self.num_heads)
        joint = self.project_in(ops.reshape(inputs, (-1, dim)))
        return ops.unstack(ops.reshape(joint, heads), 3, axis=2)

    def _logits(self, queries, keys):
        """Returns [B, H, Tq, Tk], float32, scaled."""
        # Scaled before the product: float16 overflows on large unscaled logits.
        queries = ops.transpose(queries * (1.0 / math.sqrt(queries.shape[-1])), (0, 2, 1, 3))
        return ops.cast(ops.matmul(queries, ops.transpose(keys, (0, 2, 3, 1))), "float32")

    def _merge(self, mixed):
        mixed = ops.transpose(mixed, (0, 2, 1, 3))  # [B, T, H, d]
        batch, length = ops.shape(mixed)[:2]
        dim = mixed.shape[2] * mixed.shape[3]
        merged = self.project_out(ops.reshape(mixed, (-1, dim)))
        return ops.reshape(merged, (batch, length, dim))

    def compute_output_shape(self, inputs_shape):
        return inputs_shape

    def get_config(self):
        config = super().get_config()
        position = keras.saving.serialize_keras_object(self.position)
        return {**config, "num_heads": self.num_heads, "position": position}

    @classmethod
    def from_config(cls, config):
        position = keras.saving.deserialize_keras_object(config.get("position"))
        return cls(**{**config, "position": position})


def _close(logits, mask, segment_ids):
    """Returns logits that padding and other segments cannot get a share of."""
    if mask is not None:
        logits = ops.where(ops.cast(mask, "bool")[:, None, None, :], logits, CLOSED)
    if segment_ids is not None:
        same = ops.equal(segment_ids[:, None, :, None], segment_ids[:, None, None, :])
        logits = ops.where(same, logits, CLOSED)
    return logits
