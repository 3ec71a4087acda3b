"""A trained function of the distance."""

import keras
from keras import ops

from keras_pe.layers.position.another_draw import another_draw
from keras_pe.layers.position.base import PositionEncoding
from keras_pe.layers.position.distance_values import distance_values
from keras_pe.layers.position.heads import check_num_heads


@keras.saving.register_keras_serializable(package="keras_pe")
class DynamicPositionBias(PositionEncoding):
    """Adds to each logit what a small network makes of the signed distance to the key.

    f(x) with x = sign(j - i) ln(1 + |j - i|), or x = j - i with `log_distance=False`, and f a
    network of `num_layers` hidden layers with the activation silu, one number per head (a bias at
    the end would change no softmax). Sees direction. The logarithm keeps distances past the trained
    length near those it knows. The network has no normalisation inside, which the first paper has
    and the second has not. Acts inside attention; an LSTM cannot use it. No longest position.

    Args:
        num_heads: int. Heads of the attention it acts in.
        hidden_dim: int. Width of the hidden layers.
        num_layers: int. Hidden layers.
        log_distance: bool. Whether the network reads the logarithm of the distance.
        initializer: Of all matrices.
        **kwargs: Of `keras.layers.Layer`.

    Raises:
        ValueError: If an argument is out of range or the attention has another number of heads.

    Example:
        >>> positions = keras.ops.arange(3.0)[None]
        >>> dynamic = DynamicPositionBias(num_heads=2)
        >>> dynamic.build((None, None, 8))
        >>> tuple(dynamic.prepare(positions, positions, head_dim=4).shape)
        (1, 2, 3, 3)

    Source: Wang et al. (2021), section 3.3, https://arxiv.org/abs/2108.00154; the logarithm: Liu et
        al. (2021), section 3.3, https://arxiv.org/abs/2111.09883
    """

    def __init__(
        self,
        num_heads,
        hidden_dim=32,
        num_layers=2,
        log_distance=True,
        initializer="glorot_uniform",
        **kwargs,
    ):
        super().__init__(**kwargs)
        sizes = {"num_heads": num_heads, "hidden_dim": hidden_dim, "num_layers": num_layers}
        for name, size in sizes.items():
            if size < 1:
                raise ValueError(f"`{name}` must be at least 1. Received: {name}={size}")
        self.num_heads = num_heads
        self.hidden_dim = hidden_dim
        self.num_layers = num_layers
        self.log_distance = log_distance
        self.initializer = keras.initializers.get(initializer)

    def check_heads(self, num_heads, head_dim):
        check_num_heads(self, num_heads)

    def build(self, embeddings_shape):
        widths = [1, *[self.hidden_dim] * self.num_layers, self.num_heads]
        self.kernels, self.biases = [], []
        for index, shape in enumerate(zip(widths, widths[1:], strict=False)):
            first = another_draw(self.initializer, index)
            self.kernels.append(self._weight(f"kernel_{index}", shape, first))
            # The softmax does not see what all keys get alike: no bias at the end.
            if index < self.num_layers:
                self.biases.append(self._weight(f"bias_{index}", shape[1:], "zeros"))
        self.built = True

    def _weight(self, name, shape, initializer):
        return self.add_weight(shape=shape, initializer=initializer, autocast=False, name=name)

    def prepare(self, query_positions, key_positions, head_dim, same_text=None, consecutive=False):
        return distance_values(self._values, query_positions, key_positions, consecutive)

    def bias(self, queries, keys, tables):
        return tables

    def _values(self, distances):
        if self.log_distance:
            distances = ops.sign(distances) * ops.log1p(ops.abs(distances))
        values = distances[..., None]
        for kernel, bias in zip(self.kernels, self.biases, strict=False):
            values = ops.matmul(values, ops.cast(kernel, "float32")) + ops.cast(bias, "float32")
            values = ops.silu(values)
        return ops.matmul(values, ops.cast(self.kernels[-1], "float32"))

    def get_config(self):
        return {
            **super().get_config(),
            "num_heads": self.num_heads,
            "hidden_dim": self.hidden_dim,
            "num_layers": self.num_layers,
            "log_distance": self.log_distance,
            "initializer": keras.initializers.serialize(self.initializer),
        }
