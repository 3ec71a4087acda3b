"""A penalty on distance that grows with what each token between makes the heads forget."""

import keras
from keras import ops

from keras_pe.layers.position.base import PositionEncoding
from keras_pe.layers.position.heads import check_num_heads
from keras_pe.layers.position.sums_up_to import SumsUpTo


@keras.saving.register_keras_serializable(package="keras_pe")
class ForgettingBias(PositionEncoding):
    """Lowers each logit by what all tokens between query and key let the head forget (FoX).

    Each token l has a gate f_l = sigmoid(w . x_l + b) per head. A key before query i gets the sum
    of ln f_l over all tokens after key j, up to the query itself: p_j < p_l <= p_i. The paper is
    causal; for keys after the query we mirror it, with gates of their own and the sum over
    p_i <= p_l < p_j. Here x_l are the keys of all heads side by side, [D], since the bias does not
    see what they were made of. Only the order of positions is read; tokens at one position have no
    bias between them. Tokens that may not be seen make nobody forget. Acts inside attention; an
    LSTM cannot use it. No longest text, but a bias is the difference of two sums: at 8,192 tokens
    it is off by up to 1e-4 at first, and by up to 0.02 where each token makes half be forgotten.

    Args:
        num_heads: int. Heads of the attention it acts in.
        initial_bias: float. b at first: large values forget little, 5 about 0.7 % a token.
        initializer: Of w, [D, 2H].
        **kwargs: Of `keras.layers.Layer`.

    Raises:
        ValueError: If `num_heads` is below 1 or the attention has another number of heads.

    Example:
        >>> positions = keras.ops.arange(3.0)[None]
        >>> heads = keras.ops.zeros((1, 3, 1, 4))
        >>> forgetting = ForgettingBias(num_heads=1, initial_bias=0.0)
        >>> forgetting.build((None, None, 4))
        >>> tables = forgetting.prepare(positions, positions, head_dim=4)
        >>> bias = forgetting.bias(heads, heads, tables)
        >>> keras.ops.convert_to_numpy(keras.ops.exp(bias))[0, 0, 0].round(3).tolist()
        [1.0, 0.5, 0.25]

    Source: Lin et al. (2025), section 3, https://arxiv.org/abs/2503.02130
    """

    def __init__(self, num_heads, initial_bias=5.0, initializer="glorot_uniform", **kwargs):
        super().__init__(**kwargs)
        if num_heads < 1:
            raise ValueError(f"`num_heads` must be at least 1. Received: num_heads={num_heads}")
        self.num_heads = num_heads
        self.initial_bias = initial_bias
        self.initializer = keras.initializers.get(initializer)

    @property
    def reads_positions(self):
        return False

    def check_heads(self, num_heads, head_dim):
        check_num_heads(self, num_heads)

    def build(self, embeddings_shape):
        gates = 2 * self.num_heads
        first = keras.initializers.Constant(self.initial_bias)
        self.kernel = self._weight("kernel", (embeddings_shape[-1], gates), self.initializer)
        self.gate_bias = self._weight("gate_bias", (gates,), first)
        self.built = True

    def _weight(self, name, shape, initializer):
        return self.add_weight(shape=shape, initializer=initializer, autocast=False, name=name)

    def prepare(self, query_positions, key_positions, head_dim, same_text=None, consecutive=False):
        later = key_positions[:, None, :] > query_positions[:, :, None]
        seen, of_keys = None, None
        if same_text is not None and same_text.shape[2] == 1:
            of_keys = ops.cast(same_text[:, 0, 0, :, None], "float32")
        elif same_text is not None:
            seen = same_text[:, 0]
        return later[:, None], of_keys, SumsUpTo(query_positions, key_positions, seen, consecutive)

    def bias(self, queries, keys, tables):
        later, of_keys, sums = tables
        gates = self._log_gates(keys)
        gates = gates if of_keys is None else gates * of_keys
        of_queries, of_keys = sums.of(*ops.split(gates, 2, axis=-1))
        left, right = (
            ops.transpose(q, (0, 2, 1))[..., None] - ops.transpose(k, (0, 2, 1))[:, :, None]
            for q, k in zip(of_queries, of_keys, strict=True)
        )
        return ops.where(later, -right, left)

    def _log_gates(self, keys):
        """Returns ln f of every token, [B, Tk, 2H]: of the left side, then of the right."""
        batch, length = ops.shape(keys)[:2]
        keys = ops.reshape(ops.cast(keys, "float32"), (batch, length, self.kernel.shape[0]))
        kernel, bias = (ops.cast(w, "float32") for w in (self.kernel, self.gate_bias))
        return ops.negative(ops.softplus(ops.negative(ops.matmul(keys, kernel) + bias)))

    def get_config(self):
        return {
            **super().get_config(),
            "num_heads": self.num_heads,
            "initial_bias": self.initial_bias,
            "initializer": keras.initializers.serialize(self.initializer),
        }
