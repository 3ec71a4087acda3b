"""Polar coordinates: content is how much, position is where to."""

import math

import keras
import numpy as np
from keras import ops

from keras_pe.layers.position.base import PositionEncoding
from keras_pe.layers.position.heads import check_num_heads


@keras.saving.register_keras_serializable(package="keras_pe")
class PolarPositionEncoding(PositionEncoding):
    """Makes every query and key feature a length, and turns it by an angle of the position alone.

    Feature c of a head becomes a pair of length softplus(feature) at the angle p w_c, with
    w_c = max_wavelength ** (-c / d); that of keys is turned further by delta, trained for each head
    and feature and limited to [-2 pi, 0]. So a logit is the sum over c of
    softplus(q_c) softplus(k_c) cos((i - j) w_c - delta_c): what and where cannot mix, as they do in
    a rotation, where content has an angle too. Queries and keys get twice as wide. While all deltas
    are 0, as at first, it sees distance and not direction. Acts inside attention; an LSTM cannot
    use it. No longest position. Not the encoding by Legendre polynomials of the same name. Beyond
    its limits delta counts as the limit and still learns, as it would not behind a plain clip.

    Args:
        num_heads: int. Heads of the attention it acts in.
        max_wavelength: float. Wavelengths go from 2 pi towards 2 pi times this many tokens.
        initializer: Of the deltas, [H, d], in radians.
        **kwargs: Of `keras.layers.Layer`.

    Raises:
        ValueError: If an argument is out of range or the attention has another number of heads.

    Example:
        >>> positions = keras.ops.arange(3.0)[None]
        >>> heads = keras.ops.ones((1, 3, 2, 4))
        >>> polar = PolarPositionEncoding(num_heads=2)
        >>> polar.build((None, None, 8))
        >>> tables = polar.prepare(positions, positions, head_dim=4)
        >>> queries, keys = polar.rotate(heads, heads, tables)
        >>> tuple(queries.shape)
        (1, 3, 2, 8)

    Source: Gopalakrishnan et al. (2025), https://arxiv.org/abs/2509.10534
    """

    def __init__(self, num_heads, max_wavelength=10_000.0, initializer="zeros", **kwargs):
        super().__init__(**kwargs)
        if num_heads < 1:
            raise ValueError(f"`num_heads` must be at least 1. Received: num_heads={num_heads}")
        if max_wavelength <= 1:
            raise ValueError(
                f"`max_wavelength` must be above 1. Received: max_wavelength={max_wavelength!r}"
            )
        self.num_heads = num_heads
        self.max_wavelength = max_wavelength
        self.initializer = keras.initializers.get(initializer)

    def check_heads(self, num_heads, head_dim):
        check_num_heads(self, num_heads)

    def build(self, embeddings_shape):
        self.delta = self.add_weight(
            shape=(self.num_heads, embeddings_shape[-1] // self.num_heads),
            initializer=self.initializer,
            autocast=False,
            name="delta",
        )
        self.built = True

    def prepare(self, query_positions, key_positions, head_dim, same_text=None, consecutive=False):
        delta = ops.cast(self.delta, "float32")
        limited = ops.clip(delta, -2.0 * math.pi, 0.0)
        # The gradient of a plain clip is 0 out there: a delta could never come back.
        delta = delta + ops.stop_gradient(limited - delta)
        of_queries = self._angles(query_positions, head_dim)
        of_keys = self._angles(key_positions, head_dim) + delta
        return tuple((ops.cos(angles), ops.sin(angles)) for angles in (of_queries, of_keys))

    def rotate(self, queries, keys, tables):
        of_queries, of_keys = tables
        return _polar(queries, *of_queries), _polar(keys, *of_keys)

    def _angles(self, positions, dim):
        """Returns [B or 1, T, 1, d], float32."""
        exponents = np.arange(dim, dtype="float64") * (-1.0 / dim)
        frequencies = np.power(float(self.max_wavelength), exponents).astype("float32")
        return positions[:, :, None, None] * ops.convert_to_tensor(frequencies)

    def get_config(self):
        return {
            **super().get_config(),
            "num_heads": self.num_heads,
            "max_wavelength": self.max_wavelength,
            "initializer": keras.initializers.serialize(self.initializer),
        }


def _polar(heads, cosines, sines):
    """Returns [B, T, H, 2d]: the lengths along both axes, the dtype of `heads`."""
    lengths = ops.softplus(ops.cast(heads, "float32"))
    polar = ops.concatenate([lengths * cosines, lengths * sines], axis=-1)
    return ops.cast(polar, heads.dtype)
