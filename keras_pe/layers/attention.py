"""Self-attention with a place for every positional encoding."""

import math

import keras
from keras import ops

from keras_pe.layers.attention_arguments import check_numbers, check_position
from keras_pe.layers.fused_attention import attend_fused, can_fuse
from keras_pe.layers.near_keys import near_keys
from keras_pe.layers.position.base import PositionEncoding
from keras_pe.layers.query_chunks import attend_in_chunks
from keras_pe.layers.sight import Sight
from keras_pe.layers.softmax import softmax
from keras_pe.layers.token_dense import TokenDense
from keras_pe.layers.tokens import Tokens
from keras_pe.layers.visible_keys import keys_of_text, visible_keys

# Finite, so that a row without any open key gives a plain average and no NaN; so low that a logit
# it is added to is lost in it.
CLOSED = -1e30


@keras.saving.register_keras_serializable(package="keras_pe")
class SelfAttention(keras.layers.Layer):
    """Lets every token of a text look at every other, and at where it stands.

    softmax(rotate(q) . rotate(k) / sqrt(d) + bias) v + mix, with the hooks those of the encoding.
    Logits, bias, mask and softmax meet in float32 whatever the dtype policy:
    `keras.ops.dot_product_attention` rounds a bias to the compute dtype first. Queries, keys and
    values come from one matrix product. No dropout on the attention weights. On JAX one
    fused kernel computes all of it where the encoding adds neither bias nor mix.

    Args:
        num_heads: int. Must divide the features of the input.
        position: A `PositionEncoding` that acts inside attention; None for no positions.
        causal: bool. Whether a token sees only tokens that do not stand after it.
        log_n_scaling: float above 1, in tokens; None for none. Logits, biases included, are
            multiplied by ln(n) / ln(log_n_scaling), n the keys that the query sees (at least 2):
            attention over many tokens stays as sharp as over `log_n_scaling` of them.
        attention_window: int. A token sees only so many tokens to each side, and itself: the cost
            grows with T and not with T * T. None for all.
        query_chunk_size: int. Beyond so many tokens, queries attend chunk by chunk, to the same
            result: the memory grows with T and not with T * T, and each chunk is computed again for
            its gradient. None for never.
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
        ValueError: If `num_heads` does not divide D, the encoding only acts on embeddings, it
            cannot act on such heads, or it reads how long a text is and a window hides that.

    Example:
        >>> from keras_pe.layers import ALiBi
        >>> attention = SelfAttention(num_heads=2, position=ALiBi(num_heads=2))
        >>> tuple(attention(keras.ops.ones((1, 3, 8))).shape)
        (1, 3, 8)

    Source: Vaswani et al. (2017), section 3.2, https://arxiv.org/abs/1706.03762; the scaling with
        ln(n): Su (2021), https://kexue.fm/archives/8823
    """

    def __init__(
        self,
        num_heads,
        position=None,
        causal=False,
        log_n_scaling=None,
        attention_window=None,
        query_chunk_size=512,
        **kwargs,
    ):
        super().__init__(autocast=False, **kwargs)
        self.supports_masking = True
        check_numbers(num_heads, log_n_scaling, attention_window, query_chunk_size)
        position = PositionEncoding(dtype=self.dtype_policy) if position is None else position
        check_position(position, attention_window)
        self.num_heads = num_heads
        self.position = position
        self.causal = causal
        self.log_n_scaling = log_n_scaling
        self.attention_window = attention_window
        self.query_chunk_size = query_chunk_size

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
        self.project_in = TokenDense(3 * dim, dtype=self.dtype_policy, name="project_in")
        self.project_out = TokenDense(dim, dtype=self.dtype_policy, name="project_out")
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
            sight = self.sight(inputs.shape[-1], Tokens.of(inputs, positions, mask, segment_ids))
        queries, keys, values = self._project(ops.cast(inputs, self.compute_dtype))
        if sight.tokens is None:
            return self._merge(self._attend(queries, keys, values, sight))
        tokens, size = sight.tokens, self.query_chunk_size
        near = self._near_first(tokens)
        first = self._attend(queries[:, :size], keys[:, :near], values[:, :near], sight)
        later = attend_in_chunks(
            self._chunk_of(tokens), queries, keys, values, tokens, size, self.position.variables
        )
        return self._merge(ops.concatenate([first, later], axis=2))

    def sight(self, dim, tokens):
        """Returns what tokens see, for this and all equal attentions.

        Args:
            dim: int. Features of the tokens, D.
            tokens: `Tokens`.

        Returns:
            `Sight`.
        """
        head_dim = dim // self.num_heads
        length = tokens.positions.shape[1]
        size = self.query_chunk_size
        if size is None or (length is not None and length <= size):
            return self._sight_of(tokens, tokens, head_dim)
        keys = tokens.first(self._near_first(tokens))
        return self._sight_of(tokens.first(size), keys, head_dim, tokens)

    def _near_first(self, tokens):
        """Returns how many keys, from the start, the first chunk of queries needs; None for all."""
        if self.attention_window is None or not tokens.contiguous:
            return None
        return self.query_chunk_size + self.attention_window

    def _chunk_of(self, tokens):
        """Returns the function that attends for a later chunk of queries."""

        def attend(queries, keys, values, placed, start):
            near = tokens
            if self._near_first(tokens) is not None:
                rows, window = placed.length, self.attention_window
                near, keys, values = near_keys(tokens, keys, values, start, rows, window)
            sight = self._sight_of(placed, near, queries.shape[-1])
            return self._attend(queries, keys, values, sight)

        return attend

    def _sight_of(self, queries, keys, head_dim, tokens=None):
        same_text = keys_of_text(queries, keys)
        visible = visible_keys(queries, keys, same_text, self.causal, self.attention_window)
        tables = self.position.prepare(
            queries.positions, keys.positions, head_dim, same_text, queries.consecutive
        )
        return Sight(visible, tables, tokens)

    def _attend(self, queries, keys, values, sight):
        """Returns what each query brings back, [B, H, Tq, d], the compute dtype."""
        if can_fuse(self.position, self.log_n_scaling, self.compute_dtype):
            scale = 1.0 / math.sqrt(queries.shape[-1])
            rotated = self.position.rotate(queries, keys, sight.tables)
            return attend_fused(*rotated, values, sight.visible, scale)
        weights = softmax(self._logits(queries, keys, sight), axis=-1)
        mixed = ops.matmul(
            ops.cast(weights, self.compute_dtype), ops.transpose(values, (0, 2, 1, 3))
        )
        added = self.position.mix(weights, sight.tables)
        return mixed if added is None else mixed + ops.cast(added, self.compute_dtype)

    def _project(self, inputs):
        batch, length, dim = *ops.shape(inputs)[:2], inputs.shape[-1]
        heads = (batch, length, 3, self.num_heads, dim // self.num_heads)
        return ops.unstack(ops.reshape(self.project_in(inputs), heads), 3, axis=2)

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
        if sight.visible is None:
            return logits
        # Added, not chosen: a pass over the logits less, and none in the gradient.
        return logits + ops.where(sight.visible, 0.0, CLOSED)

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
        return self.project_out(
            ops.reshape(mixed, (batch, length, mixed.shape[2] * mixed.shape[3]))
        )

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
            "attention_window": self.attention_window,
            "query_chunk_size": self.query_chunk_size,
        }

    @classmethod
    def from_config(cls, config):
        position = keras.saving.deserialize_keras_object(config.get("position"))
        return cls(**{**config, "position": position})
