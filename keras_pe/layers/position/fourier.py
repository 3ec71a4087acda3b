"""A small network of sines and cosines of the position, added to the token vectors."""

import keras
import numpy as np
from keras import ops

from keras_pe.layers.position.another_draw import another_draw
from keras_pe.layers.position.base import PositionEncoding


@keras.saving.register_keras_serializable(package="keras_pe")
class FourierPositionEncoding(PositionEncoding):
    """Adds to every token vector what a small network makes of sines and cosines of its position.

    r(p) = [cos(p w), sin(p w)] / sqrt(F) with F trained frequencies w, then
    gelu(r W_1 + b_1) W_2 + b_2 is added. No longest position, though the network has not seen
    positions past the trained length; it sees direction. Unlike the paper, where points lie between
    0 and 1 and frequencies are drawn from a normal distribution, frequencies begin as those of the
    sinusoid, since tokens are counted.

    Args:
        num_frequencies: int. F.
        hidden_dim: int. Inner width of the network.
        max_wavelength: float. Wavelengths begin between 2 pi and 2 pi times this many tokens.
        initializer: Of both matrices.
        **kwargs: Of `keras.layers.Layer`.

    Call arguments:
        embeddings: [B, T, D], float.
        positions: [B or 1, T], int or float; optional.
        mask: [B, T], bool, True where a token is; optional.

    Returns:
        [B, T, D], token vectors plus encoding, the compute dtype; the sum is rounded once.

    Raises:
        ValueError: If a size is below 1 or `max_wavelength` is not above 1.

    Example:
        >>> tuple(FourierPositionEncoding()(keras.ops.ones((1, 3, 4))).shape)
        (1, 3, 4)

    Source: Li et al. (2021), section 3, https://arxiv.org/abs/2106.02795
    """

    def __init__(
        self,
        num_frequencies=32,
        hidden_dim=64,
        max_wavelength=10_000.0,
        initializer="glorot_uniform",
        **kwargs,
    ):
        super().__init__(**kwargs)
        for name, size in (("num_frequencies", num_frequencies), ("hidden_dim", hidden_dim)):
            if size < 1:
                raise ValueError(f"`{name}` must be at least 1. Received: {name}={size}")
        if max_wavelength <= 1:
            raise ValueError(
                f"`max_wavelength` must be above 1. Received: max_wavelength={max_wavelength!r}"
            )
        self.num_frequencies = num_frequencies
        self.hidden_dim = hidden_dim
        self.max_wavelength = max_wavelength
        self.initializer = keras.initializers.get(initializer)

    def build(self, embeddings_shape):
        dim = embeddings_shape[-1]
        self.frequencies = self._weight("frequencies", (self.num_frequencies,), self._first)
        shape = (2 * self.num_frequencies, self.hidden_dim)
        self.kernel_in = self._weight("kernel_in", shape, self.initializer)
        self.bias_in = self._weight("bias_in", (self.hidden_dim,), "zeros")
        again = another_draw(self.initializer)
        self.kernel_out = self._weight("kernel_out", (self.hidden_dim, dim), again)
        self.bias_out = self._weight("bias_out", (dim,), "zeros")
        self.built = True

    def _weight(self, name, shape, initializer):
        # Angles and features in the compute dtype would lose far positions.
        return self.add_weight(shape=shape, initializer=initializer, autocast=False, name=name)

    def _first(self, shape, dtype=None):
        exponents = -np.arange(self.num_frequencies, dtype="float64") / self.num_frequencies
        return ops.cast(np.power(float(self.max_wavelength), exponents), dtype)

    def add(self, embeddings, positions):
        weights = (self.frequencies, self.kernel_in, self.bias_in, self.kernel_out, self.bias_out)
        frequencies, kernel_in, bias_in, kernel_out, bias_out = (
            ops.cast(weight, "float32") for weight in weights
        )
        angles = positions[..., None] * frequencies
        waves = ops.concatenate([ops.cos(angles), ops.sin(angles)], axis=-1)
        inner = ops.gelu(ops.matmul(waves / self.num_frequencies**0.5, kernel_in) + bias_in)
        return embeddings + ops.matmul(inner, kernel_out) + bias_out

    def get_config(self):
        return {
            **super().get_config(),
            "num_frequencies": self.num_frequencies,
            "hidden_dim": self.hidden_dim,
            "max_wavelength": self.max_wavelength,
            "initializer": keras.initializers.serialize(self.initializer),
        }
