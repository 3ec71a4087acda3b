"""Self-attention with a place for every positional encoding."""

import math

import keras
from keras import ops

from keras_pe.layers.position.base import PositionEncoding
from keras_pe.layers.position_source.counted import token_positions
from keras_pe.layers.sight import Sight
from keras_pe.layers.softmax import softmax
from keras_pe.layers.visible_keys import visible_keys

# Finite, so that a row without any open key gives a plain average and no NaN.
CLOSED = -1e9


@keras.saving.register_keras_serializable(package="keras_pe")
class SelfAttention(keras.layers.Layer):
    """Lets every token of a text look at every other, and at where it stands.

    softmax(rotate(q) . rotate(k) / sqrt(d) + bias) v + mix, with the hooks those of the encoding.
    Logits, bias, mask and softmax meet in float32 whatever the dtype policy:
    `keras.ops.dot_product_attention` rounds a bias to the compute dtype first. Queries, keys and
    values come from one matrix product. No dropout on the attention weights.

    Args:
        num_heads: int. Must divide the features of the input.
        position: A `PositionEncoding` that acts inside attention; None for no positions.
        causal: bool. Whether a token sees only tokens that do not stand after it.
        log_n_scaling: float above 1, in tokens; None for none. Logits, biases included, are
            multiplied by ln(n) / ln(log_n_scaling), n the keys that the query sees (at least 2):
            attention over many tokens stays as sharp as over `log_n_scaling` of them.
        **kwargs: Of `keras.layers.Layer`.

    Call arguments:
        inputs: [B, T, D], float.
        positions: [B or 1, T], int or float; optional. Default: the count of real tokens before
            each.
        mask: [B, T], bool, True where a token is; optional. Taken from `inputs` if Keras knows it.
        segment_ids: [B, T], int; optional. Tokens see only tokens with their own number.
        sight: `Sight`; optional. Replaces the three above: an encoder finds it once for all blocks.

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

    Source: Vaswani et al. (2017), section 3.2, https://arxiv.org/abs/1706.03762; the scaling with
        ln(n): Su (2021), https://kexue.fm/archives/8823
    """

    def __init__(self, num_heads, position=None, causal=False, log_n_scaling=None, **kwargs):
        super().__init__(autocast=False, **kwargs)
        self.supports_masking = True
        if num_heads < 1:
            raise ValueError(f"`num_heads` must be at least 1. Received: num_heads={num_heads}")
        if log_n_scaling is not None and log_n_scaling <= 1:
            raise ValueError(
                f"`log_n_scaling` must be above 1. Received: log_n_scaling={log_n_scaling!r}"
            )
        position = PositionEncoding(dtype=self.dtype_policy) if position is None else position
        if position.acts_on_embeddings and not position.acts_in_attention:
            raise ValueError(
                "`position` must act inside attention. "
                f"Received: position={type(position).__name__}, which acts on embeddings. "
                "Call it on the embeddings instead, or give it to `TransformerEncoder`."
            )
        self.num_heads = num_heads
        self.position = position
        self.causal = causal
        self.log_n_scaling = log_n_scaling

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

    def call(
        self,
        inputs,
        positions=None,
        mask=None,
        segment_ids=None,
        sight=None,
        inputs_mask=None,
    ):
        if sight is None:
            mask = inputs_mask if mask is None else mask
            consecutive = positions is None and mask is None and segment_ids is None
            positions = token_positions(inputs, positions, mask, segment_ids)
            sight = self.sight(inputs.shape[-1], positions, mask, segment_ids, consecutive)
        queries, keys, values = self._project(ops.cast(inputs, self.compute_dtype))
        weights = softmax(self._logits(queries, keys, sight), axis=-1)
        mixed = ops.matmul(
            ops.cast(weights, self.compute_dtype), ops.transpose(values, (0, 2, 1, 3))
        )
        added = self.position.mix(weights, sight.tables)
        mixed = mixed if added is None else mixed + ops.cast(added, self.compute_dtype)
        return self._merge(mixed)

    def sight(self, dim, positions, mask=None, segment_ids=None, consecutive=False):
        """Returns what tokens at these positions see, for this and all equal attentions.

        Args:
            dim: int. Features of the tokens, D.
            positions: [B or 1, T], float32.
            mask: [B, T], bool, True where a token is; optional.
            segment_ids: [B, T], int; optional.
            consecutive: bool. Whether positions go up in steps of 1, the same in every row.

        Returns:
            `Sight`.
        """
        visible = visible_keys(positions, mask, segment_ids, self.causal)
        head_dim = dim // self.num_heads
        tables = self.position.prepare(positions, positions, head_dim, visible, consecutive)
        return Sight(visible, tables)

    def _project(self, inputs):
        batch, length, dim = *ops.shape(inputs)[:2], inputs.shape[-1]
        heads = (batch, length, 3, self.num_heads, dim // self.num_heads)
        joint = self.project_in(ops.reshape(inputs, (-1, dim)))
        return ops.unstack(ops.reshape(joint, heads), 3, axis=2)

    def _logits(self, queries, keys, sight):
        """Returns [B, H, Tq, Tk], float32, scaled, with what may not be seen closed."""
        bias = self.position.bias(queries, keys, sight.tables)
        # Scaled before the product: float16 overflows on large unscaled logits.
        scale = 1.0 / math.sqrt(queries.shape[-1])
        queries, keys = self.position.rotate(queries, keys, sight.tables)
        queries = ops.transpose(queries * scale, (0, 2, 1, 3))
        logits = ops.cast(ops.matmul(queries, ops.transpose(keys, (0, 2, 3, 1))), "float32")
        logits = logits if bias is None else logits + bias
        if self.log_n_scaling is not None:
            logits = logits * self._log_n(logits, sight.visible)
        return logits if sight.visible is None else ops.where(sight.visible, logits, CLOSED)

    def _log_n(self, logits, visible):
        """Returns what logits are multiplied by, [B or 1, 1, Tq or 1, 1]."""
        if visible is None:
            seen = ops.cast(ops.shape(logits)[-1], "float32")
        else:
            seen = ops.sum(ops.cast(visible, "float32"), axis=-1, keepdims=True)
        return ops.log(ops.maximum(seen, 2.0)) / math.log(self.log_n_scaling)

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
        return {
            **config,
            "num_heads": self.num_heads,
            "position": position,
            "causal": self.causal,
            "log_n_scaling": self.log_n_scaling,
        }

    @classmethod
    def from_config(cls, config):
        position = keras.saving.deserialize_keras_object(config.get("position"))
        return cls(**{**config, "position": position})
