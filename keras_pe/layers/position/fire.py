"""A trained function of the distance, as a share of how far into the text one is."""

import keras
from keras import ops

from keras_pe.layers.position.another_draw import another_draw
from keras_pe.layers.position.base import PositionEncoding
from keras_pe.layers.position.heads import check_num_heads


@keras.saving.register_keras_serializable(package="keras_pe")
class FIRE(PositionEncoding):
    """Adds to each logit what a small network makes of the distance as a share of the position.

    Query i and key j get f(s psi(|i - j|) / psi(max(L, i, j))), with psi(x) = ln(|c| x + 1), L the
    trained threshold below which the share is one of a fixed length, s = 1 for keys up to the query
    and -1 for those after it, and f(x) = relu(x W_1 + b_1) W_2, one number per head (a bias at the
    end would change no softmax). The share never leaves [-1, 1] while positions are at least 0,
    however long the text: that is what reaches past the trained length. For keys up to the query
    this is the paper's form; the paper is causal and the other side is ours: it keeps the share in
    range without asking how long the text is. Sees direction. Acts inside attention; an LSTM cannot
    use it. No longest position.

    Args:
        num_heads: int. Heads of the attention it acts in.
        hidden_dim: int. Inner width of the network.
        threshold: float, in tokens. L at first; about the length of the training texts.
        initial_c: float above 0. c at first.
        initializer: Of both matrices.
        **kwargs: Of `keras.layers.Layer`.

    Raises:
        ValueError: If an argument is out of range or the attention has another number of heads.

    Example:
        >>> positions = keras.ops.arange(3.0)[None]
        >>> fire = FIRE(num_heads=2)
        >>> fire.build((None, None, 8))
        >>> tuple(fire.prepare(positions, positions, head_dim=4).shape)
        (1, 2, 3, 3)

    Source: Li et al. (2023), section 3, https://arxiv.org/abs/2310.04418
    """

    def __init__(
        self,
        num_heads,
        hidden_dim=32,
        threshold=512.0,
        initial_c=0.1,
        initializer="glorot_uniform",
        **kwargs,
    ):
        super().__init__(**kwargs)
        for name, size in (("num_heads", num_heads), ("hidden_dim", hidden_dim)):
            if size < 1:
                raise ValueError(f"`{name}` must be at least 1. Received: {name}={size}")
        for name, value in (("threshold", threshold), ("initial_c", initial_c)):
            if value <= 0:
                raise ValueError(f"`{name}` must be above 0. Received: {name}={value}")
        self.num_heads = num_heads
        self.hidden_dim = hidden_dim
        self.threshold = threshold
        self.initial_c = initial_c
        self.initializer = keras.initializers.get(initializer)

    @property
    def reads_distances_only(self):
        return False

    def check_heads(self, num_heads, head_dim):
        check_num_heads(self, num_heads)

    def build(self, embeddings_shape):
        self.kernel_in = self._weight("kernel_in", (1, self.hidden_dim), self.initializer)
        self.bias_in = self._weight("bias_in", (self.hidden_dim,), "zeros")
        again = another_draw(self.initializer)
        self.kernel_out = self._weight("kernel_out", (self.hidden_dim, self.num_heads), again)
        self.c = self._weight("c", (), keras.initializers.Constant(self.initial_c))
        # As in the authors' code: a factor of about 1 moves at the pace of the other weights.
        self.threshold_factor = self._weight("threshold_factor", (), "ones")
        self.built = True

    def _weight(self, name, shape, initializer):
        return self.add_weight(shape=shape, initializer=initializer, autocast=False, name=name)

    def prepare(self, query_positions, key_positions, head_dim, same_text=None, consecutive=False):
        queries, keys = query_positions[:, :, None], key_positions[:, None, :]
        threshold = ops.abs(ops.cast(self.threshold_factor, "float32")) * self.threshold
        reached = ops.maximum(threshold, ops.maximum(queries, keys))
        return ops.transpose(self._network(self._share(keys - queries, reached)), (0, 3, 1, 2))

    def bias(self, queries, keys, tables):
        return tables

    def _network(self, share):
        weights = (self.kernel_in, self.bias_in, self.kernel_out)
        kernel_in, bias_in, kernel_out = (ops.cast(weight, "float32") for weight in weights)
        return ops.matmul(ops.relu(ops.expand_dims(share, -1) * kernel_in[0] + bias_in), kernel_out)

    def _share(self, distances, reached):
        """Returns the signed share of distances key - query: positive up to the query."""
        # A threshold of 0 and two tokens at position 0 would give 0 / 0.
        share = self._psi(ops.abs(distances)) / ops.maximum(self._psi(reached), 1e-6)
        return ops.where(distances > 0, -share, share)

    def _psi(self, x):
        return ops.log(ops.abs(ops.cast(self.c, "float32")) * x + 1.0)

    def get_config(self):
        return {
            **super().get_config(),
            "num_heads": self.num_heads,
            "hidden_dim": self.hidden_dim,
            "threshold": self.threshold,
            "initial_c": self.initial_c,
            "initializer": keras.initializers.serialize(self.initializer),
        }
